"""The process that ministack runs in: ministack itself, and a way to forget one account.

Ministack can only forget everything at once, which would pull the rug from
under the tests that run beside. Its state lives in dictionaries keyed by
(account, key), so forgetting one account is dropping its keys.
"""

from __future__ import annotations

import gc
import json
import sys
from typing import Any

import ministack.app as app
from ministack.core import responses

from .parent_watch import watch_parent

_PREFIX = "/_loopback/forget/"


def main() -> None:
    """Serve until told to stop."""
    watch_parent(int(sys.argv.pop(1)))
    app._handle_admin_reset = _with_forget(app._handle_admin_reset)
    app.main()


def _with_forget(original: Any) -> Any:
    async def handle(path: str, method: str, query_params: dict[str, Any]) -> Any:
        if not path.startswith(_PREFIX):
            return await original(path, method, query_params)
        forget(path.removeprefix(_PREFIX))
        return 200, {"Content-Type": "application/json"}, json.dumps({}).encode()

    return handle


def forget(account_id: str) -> None:
    """Drop the keys of one account from every scoped dictionary."""
    kinds = tuple(kind for name, kind in vars(responses).items() if name.endswith("ScopedDict"))
    for scoped in [one for one in gc.get_objects() if isinstance(one, kinds)]:
        for key in [key for key in list(scoped._data) if key[0] == account_id]:
            scoped._data.pop(key, None)


if __name__ == "__main__":
    main()
