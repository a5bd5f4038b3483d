"""Deleting VPCs and subnets that still hold something, and DHCP options that VPCs still use."""

from __future__ import annotations

from typing import Any

from .. import moto_state
from ..exchange import AwsRequest
from .registry import dependency, ec2_of, refuses


@refuses("ec2", "DeleteVpc")
def delete_vpc(request: AwsRequest) -> None:
    """A VPC must hold nothing but what AWS made with it."""
    vpc_id = request.params["VpcId"]
    dependency("vpc", vpc_id, _in_vpc(ec2_of(request), vpc_id))


def _in_vpc(ec2: Any, vpc_id: str) -> list[str]:
    inside = [*moto_state.subnets(ec2), *moto_state.living_nat_gateways(ec2), *ec2.vpc_end_points.values()]
    inside += [table for table in ec2.route_tables.values() if not table.main_association_id]
    inside += [group for group in moto_state.security_groups(ec2) if not group.is_default]
    inside += [acl for acl in ec2.network_acls.values() if not acl.default]
    inside += list(ec2.egress_only_internet_gateways.values())
    attached = [gateway for gateway in ec2.internet_gateways.values() if gateway.vpc and gateway.vpc.id == vpc_id]
    return [thing.id for thing in inside if thing.vpc_id == vpc_id] + [gateway.id for gateway in attached]


@refuses("ec2", "DeleteSubnet")
def delete_subnet(request: AwsRequest) -> None:
    """A subnet must hold no interface, and so no NAT gateway and no endpoint."""
    ec2, subnet_id = ec2_of(request), request.params["SubnetId"]
    holders = [nat.id for nat in moto_state.living_nat_gateways(ec2) if nat.subnet_id == subnet_id]
    holders += [end.id for end in ec2.vpc_end_points.values() if subnet_id in (end.subnet_ids or [])]
    holders += [eni.id for eni in ec2.enis.values() if eni.subnet.id == subnet_id]
    dependency("subnet", subnet_id, holders)


@refuses("ec2", "DeleteDhcpOptions")
def delete_dhcp_options(request: AwsRequest) -> None:
    """A DHCP options set must be of no VPC: moto looks at the last one alone."""
    vpcs, options_id = ec2_of(request).vpcs.values(), request.params["DhcpOptionsId"]
    users = [vpc.id for vpc in vpcs if vpc.dhcp_options and vpc.dhcp_options.id == options_id]
    dependency("dhcpOptions", options_id, users)
