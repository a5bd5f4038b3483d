"""Security groups: in use, referenced, misnamed, and rules given twice."""

from __future__ import annotations

import re
from typing import Any

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import ec2_of, refuses

_TEXT = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}")
_PROTOCOLS = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "all": "-1"}
_PEERS = {
    "IpRanges": "CidrIp",
    "Ipv6Ranges": "CidrIpv6",
    "UserIdGroupPairs": "GroupId",
    "PrefixListIds": "PrefixListId",
}


@refuses("ec2", "CreateSecurityGroup")
def create_security_group(request: AwsRequest) -> None:
    """Names and descriptions are of few characters, and a name looks like no id."""
    name, description = request.params["GroupName"], request.params["Description"]
    if name.lower().startswith("sg-") or not _TEXT.fullmatch(name):
        raise Refusal("InvalidParameterValue", f"Value ({name}) for parameter GroupName is invalid.")
    if not _TEXT.fullmatch(description):
        raise Refusal("InvalidParameterValue", f"Value ({description}) for parameter GroupDescription is invalid.")


@refuses("ec2", "DeleteSecurityGroup")
def delete_security_group(request: AwsRequest) -> None:
    """A group that an interface, an endpoint or another group's rule uses stays."""
    ec2 = ec2_of(request)
    group = ec2.get_security_group_by_name_or_id(request.params.get("GroupId") or request.params.get("GroupName"))
    if group is None:
        return
    if group.is_default:
        raise Refusal(
            "CannotDelete", f'the specified group: "{group.id}" name: "default" cannot be deleted by a user'
        )
    holders = [endpoint.id for endpoint in ec2.vpc_end_points.values() if group.id in endpoint.security_group_ids]
    holders += [eni.id for eni in ec2.enis.values() if group.id in {one.id for one in eni.group_set}]
    holders += [
        other.id for other in moto_state.security_groups(ec2) if other is not group and _refers(other, group.id)
    ]
    if holders:
        raise Refusal("DependencyViolation", f"resource {group.id} has a dependent object ({', '.join(holders)})")


def _refers(group: Any, group_id: str) -> bool:
    rules = [*group.ingress_rules, *group.egress_rules]
    return any((rule.source_group or {}).get("GroupId") == group_id for rule in rules)


@refuses("ec2", "AuthorizeSecurityGroup(Ingress|Egress)")
def authorize(request: AwsRequest) -> None:
    """All rules of a call are added, or none: not one that is there, not one twice."""
    ec2 = ec2_of(request)
    group = ec2.get_security_group_by_name_or_id(request.params.get("GroupId") or request.params.get("GroupName"))
    if group is None:
        return
    rules = group.egress_rules if request.operation.endswith("Egress") else group.ingress_rules
    present, wanted = {moto_state.rule_key(rule) for rule in rules}, set()
    for key in _wanted(request.params.get("IpPermissions", [])):
        _check_peer(ec2, key)
        if key in wanted:
            raise Refusal("InvalidParameterValue", "The same permission must not appear multiple times")
        if key in present:
            message = "the specified rule already exists"
            raise Refusal("InvalidPermission.Duplicate", message)
        wanted.add(key)


def _wanted(permissions: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    keys = []
    for permission in permissions:
        protocol = permission.get("IpProtocol", "")
        protocol = _PROTOCOLS.get(protocol.lower(), protocol.lower())
        ports = (None, None) if protocol == "-1" else (permission.get("FromPort"), permission.get("ToPort"))
        if protocol in ("tcp", "udp") and None in ports:
            raise Refusal(
                "InvalidParameterValue", "Invalid value for portRange. Must specify both from and to ports."
            )
        for list_name, member in _PEERS.items():
            for peer in permission.get(list_name, []):
                values = tuple(peer.get(member) if member == one else None for one in _PEERS.values())
                keys.append((protocol, *ports, *values))
    return keys


def _check_peer(ec2: Any, key: tuple[Any, ...]) -> None:
    group_id = key[5]
    if group_id and ec2.get_security_group_from_id(group_id) is None:
        raise Refusal(
            "InvalidGroup.NotFound", f"You have specified a security group that does not exist: {group_id}"
        )
