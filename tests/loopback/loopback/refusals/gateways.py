"""Internet and NAT gateways."""

from __future__ import annotations

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import ec2_of, refuses


@refuses("ec2", "DetachInternetGateway")
def detach_internet_gateway(request: AwsRequest) -> None:
    """A VPC with public addresses in it keeps its internet gateway."""
    ec2, vpc_id = ec2_of(request), request.params["VpcId"]
    interfaces = {address.eni.id: address.eni for address in ec2.addresses if address.eni is not None}
    if any(eni.subnet.vpc_id == vpc_id for eni in interfaces.values()):
        message = f"Network {vpc_id} has some mapped public address(es). Please unmap those before detaching."
        raise Refusal("DependencyViolation", message)


@refuses("ec2", "AttachInternetGateway")
def attach_internet_gateway(request: AwsRequest) -> None:
    """One internet gateway for a VPC, one VPC for an internet gateway."""
    ec2, vpc_id = ec2_of(request), request.params["VpcId"]
    for gateway in ec2.internet_gateways.values():
        attached = gateway.vpc.id if gateway.vpc else None
        if attached and (gateway.id == request.params["InternetGatewayId"] or attached == vpc_id):
            raise Refusal(
                "Resource.AlreadyAssociated", f"resource {gateway.id} is already attached to network {attached}"
            )


@refuses("ec2", "CreateNatGateway")
def create_nat_gateway(request: AwsRequest) -> None:
    """A public gateway needs a free address in the same account; a private one takes none."""
    ec2, params = ec2_of(request), request.params
    allocation, private = params.get("AllocationId"), params.get("ConnectivityType") == "private"
    if private and allocation:
        raise Refusal("InvalidParameter", "AllocationId is not allowed with private connectivity.")
    if private:
        return
    if not allocation:
        raise Refusal("MissingParameter", "The request must contain the parameter AllocationId")
    address = next((one for one in ec2.addresses if one.allocation_id == allocation), None)
    if address is None:
        raise Refusal("InvalidAllocationID.NotFound", f"The allocation ID '{allocation}' does not exist")
    if address.association_id:
        raise Refusal("Resource.AlreadyAssociated", f"resource {allocation} is already associated")


@refuses("ec2", "DeleteNetworkInterface")
def delete_network_interface(request: AwsRequest) -> None:
    """The interfaces of NAT gateways and endpoints belong to them."""
    ec2, interface = ec2_of(request), request.params["NetworkInterfaceId"]
    owned = {nat._eni.id for nat in moto_state.living_nat_gateways(ec2)}
    owned |= {eni for endpoint in ec2.vpc_end_points.values() for eni in endpoint.network_interface_ids}
    if interface in owned:
        raise Refusal("InvalidParameterValue", f"Network interface '{interface}' is currently in use.")
