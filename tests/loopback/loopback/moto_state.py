"""Moto's own view of an account, asked directly instead of over its API.

Moto runs inside the router's process, so the refusals, the transitions and the
inventory look at the very objects that the next answer will be made from.
"""

from __future__ import annotations

from typing import Any, Iterator

from moto.backends import get_backend
from moto.core.base_backend import BackendDict, backend_lock


def backend(service: str, account_id: str, region: str) -> Any:
    """Moto's backend of one service in one account and region ("aws" for global services)."""
    return get_backend(service)[account_id][region]


def used_backends(service: str, account_id: str) -> Iterator[tuple[str, Any]]:
    """The regions in which an account has used a service, without touching others."""
    by_account = get_backend(service)
    with backend_lock:
        if account_id not in by_account.keys():
            return
        regions = list(by_account[account_id].items())
    yield from sorted(regions, key=lambda item: item[0])


def forget_account(account_id: str) -> None:
    """Drop everything that moto holds for one account, in every service."""
    with backend_lock:
        for by_account in list(BackendDict._instances):
            if account_id in by_account.keys():
                by_account[account_id].reset()
                del by_account[account_id]


def security_groups(ec2: Any) -> list[Any]:
    """All security groups of one region."""
    return [group for groups in ec2.groups.values() for group in groups.values()]


def subnets(ec2: Any) -> list[Any]:
    """All subnets of one region."""
    return [subnet for zone in ec2.subnets.values() for subnet in zone.values()]


def living_nat_gateways(ec2: Any) -> list[Any]:
    """The NAT gateways that hold an interface and an address: also the ones being deleted."""
    return [nat for nat in ec2.nat_gateways.values() if nat.state in ("pending", "available", "deleting")]


def find_subnet(ec2: Any, subnet_id: str) -> Any | None:
    """The subnet with this id."""
    return next((subnet for subnet in subnets(ec2) if subnet.id == subnet_id), None)


def rule_key(rule: Any) -> tuple[Any, ...]:
    """What makes two rules of a group the same rule to AWS: everything but description and tags."""
    source = rule.source_group or {}
    prefix_list = rule.prefix_list_id
    if isinstance(prefix_list, dict):
        prefix_list = prefix_list.get("PrefixListId")
    ports = (None, None) if rule.ip_protocol == "-1" else (rule.from_port, rule.to_port)
    peer = rule.ip_range.get("CidrIp"), rule.ip_range.get("CidrIpv6"), source.get("GroupId"), prefix_list
    return (rule.ip_protocol, *ports, *peer)
