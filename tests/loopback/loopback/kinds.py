"""The kinds of EC2 things that the router treats alike: one row each.

Adding a row gives a kind its eventual consistency; `transitions` and
`inventory` have tables of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Ec2Kind:
    """A kind of EC2 thing: which call makes it, how AWS says that there is
    no such id, and what its tags are called in a create."""

    name: str
    prefix: str
    create: str
    not_found: str
    taggable: str

    @property
    def pattern(self) -> str:
        """What an id of this kind looks like."""
        return rf"\b{self.prefix}-[0-9a-f]{{8,17}}\b"

    def ids_in(self, text: str) -> list[str]:
        """The ids of this kind in a text, in order, each once."""
        return list(dict.fromkeys(re.findall(self.pattern, text)))


EC2_KINDS = (
    Ec2Kind("vpc", "vpc", "CreateVpc", "InvalidVpcID.NotFound", "vpc"),
    Ec2Kind("subnet", "subnet", "CreateSubnet", "InvalidSubnetID.NotFound", "subnet"),
    Ec2Kind(
        "internet_gateway", "igw", "CreateInternetGateway", "InvalidInternetGatewayID.NotFound", "internet-gateway"
    ),
    Ec2Kind("route_table", "rtb", "CreateRouteTable", "InvalidRouteTableID.NotFound", "route-table"),
    Ec2Kind("nat_gateway", "nat", "CreateNatGateway", "NatGatewayNotFound", "natgateway"),
    Ec2Kind("address", "eipalloc", "AllocateAddress", "InvalidAllocationID.NotFound", "elastic-ip"),
    Ec2Kind("security_group", "sg", "CreateSecurityGroup", "InvalidGroup.NotFound", "security-group"),
    Ec2Kind(
        "security_group_rule",
        "sgr",
        "AuthorizeSecurityGroup(Ingress|Egress)",
        "InvalidSecurityGroupRuleId.NotFound",
        "security-group-rule",
    ),
    Ec2Kind("vpc_endpoint", "vpce", "CreateVpcEndpoint", "InvalidVpcEndpointId.NotFound", "vpc-endpoint"),
    Ec2Kind("flow_log", "fl", "CreateFlowLogs", "InvalidFlowLogId.NotFound", "vpc-flow-log"),
    Ec2Kind("dhcp_options", "dopt", "CreateDhcpOptions", "InvalidDhcpOptionID.NotFound", "dhcp-options"),
    Ec2Kind("network_acl", "acl", "CreateNetworkAcl", "InvalidNetworkAclID.NotFound", "network-acl"),
    Ec2Kind(
        "network_interface",
        "eni",
        "CreateNetworkInterface",
        "InvalidNetworkInterfaceID.NotFound",
        "network-interface",
    ),
)

EC2_IDS = {kind.name: kind.pattern for kind in EC2_KINDS}


_ANY_ID = re.compile(r"\b(?:[a-z]+-)+[0-9a-f]{8,17}\b")
_REQUEST_ID = re.compile(r"<requestId>.*?</requestId>")


def ids_in(answer: str) -> list[str]:
    """All EC2 ids in an answer, of whatever kind, in order."""
    return _ANY_ID.findall(_REQUEST_ID.sub("", answer))


def made_by(operation: str) -> Ec2Kind | None:
    """The kind that an operation makes."""
    return next((kind for kind in EC2_KINDS if re.fullmatch(kind.create, operation)), None)
