"""Route tables, their associations, and where routes may point."""

from __future__ import annotations

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
def route_to_gateway(request: AwsRequest) -> None:
    """A route points at a gateway that exists, and that is attached to the table's VPC."""
    ec2, params = ec2_of(request), request.params
    table = ec2.route_tables.get(params["RouteTableId"])
    gateway_id, nat_id = params.get("GatewayId", ""), params.get("NatGatewayId")
    if gateway_id.startswith("igw-"):
        gateway = ec2.internet_gateways.get(gateway_id)
        if gateway is None:
            raise Refusal("InvalidGatewayID.NotFound", f"The gateway ID '{gateway_id}' does not exist")
        if table and (gateway.vpc is None or gateway.vpc.id != table.vpc_id):
            message = f"route table {table.id} and network gateway {gateway_id} belong to different networks"
            raise Refusal("InvalidParameterValue", message)
    nat = ec2.nat_gateways.get(nat_id)
    if nat_id and (nat is None or nat.state in ("deleting", "deleted", "failed")):
        raise Refusal("InvalidNatGatewayID.NotFound", f"The natGateway ID '{nat_id}' does not exist")
    if nat is not None and table and nat.vpc_id != table.vpc_id:
        message = f"route table {table.id} and NAT gateway {nat_id} belong to different networks"
        raise Refusal("InvalidParameterValue", message)
