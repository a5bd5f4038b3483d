"""Security groups in moto have a rule too many.

AWS: a new group of an IPv4-only VPC lets everything out over IPv4, nothing over IPv6.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.security_groups import SecurityGroup

_init = SecurityGroup.__init__


def apply() -> None:
    """One default egress rule."""
    SecurityGroup.__init__ = _init_for_ipv4


def _init_for_ipv4(self: Any, ec2_backend: Any, *arguments: Any, **named: Any) -> None:
    _init(self, ec2_backend, *arguments, **named)
    vpc = ec2_backend.vpcs.get(self.vpc_id)
    if vpc is not None and not vpc.get_cidr_block_association_set(ipv6=True):
        self.egress_rules = [rule for rule in self.egress_rules if "CidrIpv6" not in rule.ip_range]
