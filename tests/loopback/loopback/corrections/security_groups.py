"""Security groups in moto: a rule too many, and rules told apart by their description.

AWS: a new group of an IPv4-only VPC lets everything out over IPv4, nothing over
IPv6. Two rules that differ only in description are the same rule.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule

from ..moto_state import rule_key

_init = SecurityGroup.__init__


def apply() -> None:
    """One default egress rule; equality as AWS sees it."""
    SecurityGroup.__init__ = _init_for_ipv4
    SecurityGroupRule.__eq__ = _equal


def _init_for_ipv4(self: Any, ec2_backend: Any, *arguments: Any, **named: Any) -> None:
    _init(self, ec2_backend, *arguments, **named)
    vpc = ec2_backend.vpcs.get(self.vpc_id)
    if vpc is not None and not vpc.get_cidr_block_association_set(ipv6=True):
        self.egress_rules = [rule for rule in self.egress_rules if "CidrIpv6" not in rule.ip_range]


def _equal(self: Any, other: Any) -> bool:
    return isinstance(other, SecurityGroupRule) and rule_key(self) == rule_key(other)
