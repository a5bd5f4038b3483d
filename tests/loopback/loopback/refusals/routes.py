"""Route tables, their associations, and where routes may point."""

from __future__ import annotations

from typing import Any

from ..exchange import AwsRequest, Refusal
from .registry import dependency, ec2_of, refuses


@refuses("ec2", "AssociateRouteTable")
def associate_route_table(request: AwsRequest) -> None:
    """A subnet has one route table."""
    subnet_id = request.params.get("SubnetId")
    for table in ec2_of(request).route_tables.values():
        for association, target in table._associations.items():
            if subnet_id and target == subnet_id:
                message = f"the specified association for subnet {subnet_id} conflicts with existing {association}"
                raise Refusal("Resource.AlreadyAssociated", message)


@refuses("ec2", "AssociateRouteTable")
def associate_within_vpc(request: AwsRequest) -> None:
    """A route table serves subnets of its own VPC."""
    ec2 = ec2_of(request)
    table = ec2.route_tables.get(request.params["RouteTableId"])
    for zone in ec2.subnets.values():
        subnet = zone.get(request.params.get("SubnetId"))
        if table and subnet and subnet.vpc_id != table.vpc_id:
            raise Refusal("InvalidParameterValue", f"{table.id} and {subnet.id} belong to different networks")


@refuses("ec2", "DeleteRouteTable")
def delete_route_table(request: AwsRequest) -> None:
    """A main table, or one with associations, stays."""
    table = ec2_of(request).route_tables.get(request.params["RouteTableId"])
    if table is not None:
        main = [table.main_association_id] if table.main_association_id else []
        dependency("routeTable", table.id, [*main, *table._associations])


@refuses("ec2", "(Create|Replace)Route")
def route_to_internet_gateway(request: AwsRequest) -> None:
    """An internet gateway exists and is attached to the table's VPC."""
    ec2, gateway_id = ec2_of(request), request.params.get("GatewayId", "")
    if not gateway_id.startswith("igw-"):
        return
    gateway = ec2.internet_gateways.get(gateway_id)
    if gateway is None:
        raise Refusal("InvalidGatewayID.NotFound", f"The gateway ID '{gateway_id}' does not exist")
    _same_network(ec2, request, gateway_id, gateway.vpc.id if gateway.vpc else None)


@refuses("ec2", "(Create|Replace)Route")
def route_to_nat_gateway(request: AwsRequest) -> None:
    """A NAT gateway exists, is not on its way out, and is in the table's VPC."""
    ec2, nat_id = ec2_of(request), request.params.get("NatGatewayId")
    if nat_id is None:
        return
    nat = ec2.nat_gateways.get(nat_id)
    if nat is None or nat.state not in ("pending", "available"):
        raise Refusal("InvalidNatGatewayID.NotFound", f"The natGateway ID '{nat_id}' does not exist")
    _same_network(ec2, request, nat_id, nat.vpc_id)


def _same_network(ec2: Any, request: AwsRequest, target: str, vpc_id: str | None) -> None:
    table = ec2.route_tables.get(request.params["RouteTableId"])
    if table is not None and table.vpc_id != vpc_id:
        raise Refusal("InvalidParameterValue", f"route table {table.id} and {target} belong to different networks")
