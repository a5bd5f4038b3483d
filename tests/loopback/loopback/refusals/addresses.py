"""Elastic addresses that something uses."""

from __future__ import annotations

from typing import Any

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import ec2_of, refuses


@refuses("ec2", "ReleaseAddress")
def release_address(request: AwsRequest) -> None:
    """An associated address cannot be released."""
    address = _find(request)
    if address is not None and address.association_id:
        raise Refusal("InvalidIPAddress.InUse", f"Address {address.public_ip} is in use.")


@refuses("ec2", "DisassociateAddress")
def disassociate_address(request: AwsRequest) -> None:
    """The address of a NAT gateway belongs to the gateway until it is deleted."""
    address = _find(request)
    interfaces = {nat._eni.id for nat in moto_state.living_nat_gateways(ec2_of(request))}
    if address is not None and address.eni is not None and address.eni.id in interfaces:
        raise Refusal("AuthFailure", "You do not have permission to access the specified resource.")


def _find(request: AwsRequest) -> Any | None:
    wanted = set(filter(None, (request.params.get(k) for k in ("AllocationId", "AssociationId", "PublicIp"))))
    for address in ec2_of(request).addresses:
        if wanted & {address.allocation_id, address.association_id, address.public_ip}:
            return address
    return None
