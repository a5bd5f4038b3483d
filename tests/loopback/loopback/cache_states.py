"""What AWS refuses of a replication group while it is being made, changed or deleted; and that its end takes a while.

ministack makes, changes and deletes within the call. A deleted group is shown here for K describes more, as it was.
"""

from __future__ import annotations

import re
from threading import Lock
from typing import Callable

from . import envelope
from .exchange import Answer, AwsRequest, Exchange

_CHANGES = re.compile(r"(Modify|Delete)ReplicationGroup.*|(In|De)creaseReplicaCount|(AddTagsTo|RemoveTagsFrom)Resource")
_TAGS = "ListTagsForResource"
_GROUP = re.compile(rb"<ReplicationGroup>.*?</ReplicationGroup>", re.DOTALL)
_STATUS = re.compile(rb"<Status>available</Status>")


class CacheEndings:
    """The groups of one account that are on their way out, and for how many describes more."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: dict[tuple[str, str], tuple[int, bytes]] = {}

    def begin(self, region: str, name: str, polls: int, shown: bytes) -> None:
        """A group is deleted."""
        with self._lock:
            self._left[region, name] = polls, shown

    def change(self, polls: int) -> None:
        """None takes more describes than that."""
        with self._lock:
            self._left = {key: (min(left, polls), shown) for key, (left, shown) in self._left.items()}

    def has(self, region: str, name: str) -> bool:
        """Whether a group is on its way out."""
        return self._left.get((region, name), (0, b""))[0] > 0

    def look(self, region: str, name: str | None) -> list[bytes]:
        """How such groups look, that one or all; uses up a describe of each."""
        with self._lock:
            found = []
            for key, (left, shown) in self._left.items():
                if left > 0 and key[0] == region and name in (None, key[1]):
                    self._left[key] = left - 1, shown
                    found.append(shown)
            return found


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Refuse what AWS would refuse now, and show what isn't gone yet."""
    request, account = exchange.request, exchange.account
    if request.service != "elasticache":
        return onward(exchange)
    name = _named(request)
    leaves = name is not None and account.cache_endings.has(request.region, name)
    if request.operation == "DescribeReplicationGroups":
        return _described(exchange, name, onward)
    if leaves and request.operation == "CreateReplicationGroup":
        return envelope.error(request, "ReplicationGroupAlreadyExists", f"Replication group {name} already exists", 400)
    busy = leaves or name is not None and account.wire.is_busy("elasticache", request.region, name)
    if busy and (_CHANGES.fullmatch(request.operation) or request.operation == _TAGS):
        return envelope.error(request, "InvalidReplicationGroupState", f"{name} is not in the available state.", 400)
    answer = onward(exchange)
    if request.operation == "DeleteReplicationGroup" and answer.succeeded and name is not None:
        shown = _STATUS.sub(b"<Status>deleting</Status>", _GROUP.findall(answer.body)[0])
        account.cache_endings.begin(request.region, name, account.transitions.polls, shown)
    return answer


def _named(request: AwsRequest) -> str | None:
    arn = request.params.get("ResourceName", "")
    if ":replicationgroup:" in arn:
        return arn.rpartition(":")[2]
    return request.params.get("ReplicationGroupId")


def _described(exchange: Exchange, name: str | None, onward: Callable[[Exchange], Answer]) -> Answer:
    ended = exchange.account.cache_endings.look(exchange.request.region, name)
    if not ended:
        return onward(exchange)
    if name is not None:
        result = b"<DescribeReplicationGroupsResult><ReplicationGroups>%s</ReplicationGroups></DescribeReplicationGroupsResult>"
        body = b"<DescribeReplicationGroupsResponse>" + result % ended[0] + b"</DescribeReplicationGroupsResponse>"
        return Answer(200, body, [("content-type", "text/xml")])
    answer = onward(exchange)
    body = answer.body.replace(b"</ReplicationGroups>", b"".join(ended) + b"</ReplicationGroups>")
    return Answer(answer.status, body, answer.headers)
