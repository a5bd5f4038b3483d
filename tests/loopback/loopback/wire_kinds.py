"""Slow things whose emulator cannot be reached into: their answers are changed on the way out.

A row says which calls begin a transition, which thing they mean, and how that
thing looks in an answer while it lasts.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Callable, Iterator

from .exchange import Answer, AwsRequest


@dataclass(frozen=True)
class WireKind:
    """One kind of slow thing. `show` gives the changed body, or None if the thing is not in it."""

    name: str
    service: str
    begin: str
    describe: str
    identify: Callable[[Answer], str]
    show: Callable[[bytes, str], bytes | None]

    def begun_by(self, request: AwsRequest) -> bool:
        """Whether this call begins a transition."""
        return request.service == self.service and bool(re.fullmatch(self.begin, request.operation))

    def described_by(self, request: AwsRequest) -> bool:
        """Whether this call shows such things."""
        return request.service == self.service and request.operation == self.describe


def _in_json(id_member: str, change: Callable[[dict[str, Any]], None]) -> Callable[[bytes, str], bytes | None]:
    def show(body: bytes, identifier: str) -> bytes | None:
        document = json.loads(body)
        items = [item for item in _objects(document) if item.get(id_member) == identifier]
        for item in items:
            change(item)
        return json.dumps(document).encode() if items else None

    return show


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(child)


def _in_xml(item_tag: str, id_tag: str, steady: bytes, between: bytes) -> Callable[[bytes, str], bytes | None]:
    pattern = re.compile(rf"<{item_tag}>.*?</{item_tag}>".encode(), re.DOTALL)

    def show(body: bytes, identifier: str) -> bytes | None:
        marker = f"<{id_tag}>{identifier}</{id_tag}>".encode()
        if marker not in body:
            return None
        return pattern.sub(lambda item: item[0].replace(steady, between) if marker in item[0] else item[0], body)

    return show


def _xml_id(tag: str) -> Callable[[Answer], str]:
    def identify(answer: Answer) -> str:
        found = re.search(rf"<{tag}>([^<]+)</{tag}>".encode(), answer.body)
        return found.group(1).decode() if found else ""

    return identify


def _rolling_out(service: dict[str, Any]) -> None:
    wanted = service.get("desiredCount", 0)
    counts = {"runningCount": 0, "pendingCount": wanted}
    service.update(counts)
    for deployment in service.get("deployments", [])[:1]:
        deployment.update(counts, rolloutState="IN_PROGRESS")


def _draining(service: dict[str, Any]) -> None:
    service["status"] = "DRAINING"


def _change_id(answer: Answer) -> str:
    found = re.search(rb"<ChangeInfo>.*?<Id>(?:/change/)?([^<]+)</Id>", answer.body, re.DOTALL)
    return found.group(1).decode() if found else ""


def _pending_change(body: bytes, identifier: str) -> bytes | None:
    if not identifier or identifier.encode() not in body:
        return None
    return body.replace(b"<Status>INSYNC</Status>", b"<Status>PENDING</Status>")


_STATUS = (b"<Status>available</Status>", b"<Status>creating</Status>")

WIRE_KINDS = (
    WireKind(
        "ecs_service",
        "ecs",
        "CreateService|UpdateService",
        "DescribeServices",
        lambda answer: json.loads(answer.body)["service"]["serviceArn"],
        _in_json("serviceArn", _rolling_out),
    ),
    WireKind(
        "ecs_service_end",
        "ecs",
        "DeleteService",
        "DescribeServices",
        lambda answer: json.loads(answer.body)["service"]["serviceArn"],
        _in_json("serviceArn", _draining),
    ),
    WireKind(
        "replication_group",
        "elasticache",
        "CreateReplicationGroup",
        "DescribeReplicationGroups",
        _xml_id("ReplicationGroupId"),
        _in_xml("ReplicationGroup", "ReplicationGroupId", *_STATUS),
    ),
    WireKind(
        "replication_group_change",
        "elasticache",
        "ModifyReplicationGroup.*|(In|De)creaseReplicaCount",
        "DescribeReplicationGroups",
        _xml_id("ReplicationGroupId"),
        _in_xml("ReplicationGroup", "ReplicationGroupId", _STATUS[0], b"<Status>modifying</Status>"),
    ),
    WireKind(
        "dns_change",
        "route53",
        "ChangeResourceRecordSets|CreateHostedZone",
        "GetChange",
        _change_id,
        _pending_change,
    ),
)
