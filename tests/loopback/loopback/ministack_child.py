"""The process that ministack runs in: ministack itself, and what it cannot do.

Ministack can only forget everything at once, which would pull the rug from
under the tests that run beside. Its state lives in dictionaries keyed by
(account, key), so forgetting one account is dropping its keys.

Its caches look for subnets in an EC2 of its own, but the subnets are moto's, so
the router lends them before a call that names some.

What its Amazon ECS lacks is in `ministack_ecs`.
"""

from __future__ import annotations

import gc
import json
import sys
from typing import Any

import ministack.app as app
from ministack.core import responses
from ministack.services import ec2

from . import ministack_ecs, ministack_elasticache
from .parent_watch import watch_parent

FORGET, LEND, INVENTORY, FAIL = (f"/_loopback/{name}" for name in ("forget", "lend", "inventory", "fail"))


def main() -> None:
    """Serve until told to stop."""
    watch_parent(int(sys.argv.pop(1)))
    app._handle_admin_reset = _with_ours(app._handle_admin_reset)
    ministack_ecs.install()
    ministack_elasticache.install()
    app.main()


def _with_ours(original: Any) -> Any:
    async def handle(path: str, method: str, query_params: dict[str, Any]) -> Any:
        answer: Any = {}
        if path == FORGET:
            forget(query_params["account"][0])
        elif path == LEND:
            lend(query_params["subnet"])
        elif path == INVENTORY:
            account = query_params["account"][0]
            answer = {**ministack_ecs.inventory(account), **ministack_elasticache.inventory(account)}
        elif path == FAIL:
            account, region, service, failure = (
                query_params[name][0] for name in ("account", "region", "service", "failure")
            )
            answer = ministack_ecs.fail(account, region, service, json.loads(failure))
        else:
            return await original(path, method, query_params)
        return 200, {"Content-Type": "application/json"}, json.dumps(answer).encode()

    return handle


def forget(account_id: str) -> None:
    """Drop the keys of one account from every scoped dictionary."""
    kinds = tuple(kind for name, kind in vars(responses).items() if name.endswith("ScopedDict"))
    for scoped in [one for one in gc.get_objects() if isinstance(one, kinds)]:
        for key in [key for key in list(scoped._data) if key[0] == account_id]:
            scoped._data.pop(key, None)


def lend(subnets: list[str]) -> None:
    """Put subnets, each `account/region/id/vpc/zone`, into ministack's EC2."""
    for subnet in subnets:
        account_id, region, identifier, vpc_id, zone = subnet.split("/")
        known = {"SubnetId": identifier, "VpcId": vpc_id, "AvailabilityZone": zone}
        ec2._subnets._data[account_id, region, identifier] = known


if __name__ == "__main__":
    main()
