"""Roll-outs of Amazon ECS that fail as a test has ordered (`PUT failures` with the kind `ecs_service`).

The next service that is made or changed then has tasks that have ended: `code` is their stopCode, `message` their
stoppedReason; `exitCode` and `reason` are those of their containers; `events` are said by the service; `log` is what
the containers have written to their `awslogs` streams; `failedTasks` is how many have failed; `targets` is what its
target groups say of their targets, until the next roll-out: `code` and `description`.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from . import moto_state
from .exchange import Answer, Exchange

if TYPE_CHECKING:
    from .ministack_adapter import Ministack

KIND = "ecs_service"
_TARGET = "10.0.0.10"


def fail_if_ordered(exchange: Exchange, answer: Answer, ministack: "Ministack") -> None:
    """Make the roll-out fail that a call has begun, if a test wants that."""
    request = exchange.request
    begins = request.service == "ecs" and request.operation in ("CreateService", "UpdateService")
    if not begins or not answer.succeeded or request.params.get("desiredCount") == 0:
        return
    failure = exchange.account.transitions.next_failure(KIND)
    service = json.loads(answer.body)["service"]
    for balancer in service.get("loadBalancers", []):
        _report(request.account_id, request.region, balancer, (failure or {}).get("targets"))
    if failure is None:
        return
    for ended in ministack.fail_service(request, service["serviceArn"], failure):
        _write(request.account_id, request.region, ended, failure.get("log", []))


def _report(account_id: str, region: str, balancer: dict[str, Any], health: dict[str, str] | None) -> None:
    """Let a target group have one target with that health; without one, none."""
    group = moto_state.backend("elbv2", account_id, region).target_groups.get(balancer.get("targetGroupArn"))
    if group is not None:
        target = {"Id": _TARGET, "Port": str(balancer["containerPort"])}
        group.targets = {_TARGET: target} if health else {}
        group.said_of_targets = health


def _write(account_id: str, region: str, ended: dict[str, Any], lines: list[str]) -> None:
    task_id = ended["task"].rsplit("/", 1)[-1]
    logs = moto_state.backend("logs", account_id, region)
    for container in ended["definition"].get("containerDefinitions", []):
        options = container.get("logConfiguration", {}).get("options", {})
        group = options.get("awslogs-group")
        if not lines or group not in logs.groups:
            continue
        stream = f"{options['awslogs-stream-prefix']}/{container['name']}/{task_id}"
        logs.create_log_stream(group, stream)
        now = int(time.time() * 1000)
        logs.put_log_events(group, stream, [{"timestamp": now, "message": line} for line in lines])
