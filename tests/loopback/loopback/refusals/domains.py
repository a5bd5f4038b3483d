"""Zones that hold records, VPCs that aren't there, and certificates that are in use."""

from __future__ import annotations

from typing import Any

from .. import moto_state
from ..corrections.certificates import in_use_by
from ..corrections.record_sets import own_records
from ..exchange import AwsRequest, Refusal
from .registry import refuses


def _zone(request: AwsRequest, member: str) -> Any:
    zones = moto_state.backend("route53", request.account_id, "aws").zones
    return zones.get(request.params[member].rpartition("/")[2])


@refuses("route53", "DeleteHostedZone")
def delete_zone(request: AwsRequest) -> None:
    """A zone with records beside its own NS and SOA stays."""
    zone = _zone(request, "Id")
    if zone is not None and own_records(zone):
        told = "The specified hosted zone contains non-required resource record sets and so cannot be deleted."
        raise Refusal("HostedZoneNotEmpty", told)


@refuses("route53", "CreateHostedZone|AssociateVPCWithHostedZone")
def vpc_exists(request: AwsRequest) -> None:
    """A private zone is for VPCs of this account that are there."""
    vpc = request.params.get("VPC")
    if vpc and vpc["VPCId"] not in moto_state.backend("ec2", request.account_id, vpc["VPCRegion"]).vpcs:
        raise Refusal("InvalidVPCId", f"The VPC: {vpc['VPCId']} that you provided does not exist")


@refuses("route53", "AssociateVPCWithHostedZone")
def associated_once(request: AwsRequest) -> None:
    """A VPC asks one zone of a name."""
    zone, vpc = _zone(request, "HostedZoneId"), request.params["VPC"]["VPCId"]
    zones = moto_state.backend("route53", request.account_id, "aws").zones.values()
    same = [one for one in zones if zone is not None and one.name == zone.name]
    if any(there["vpc_id"] == vpc for one in same for there in one.vpcs):
        told = f"The VPC {vpc} is already associated with a hosted zone of the same name"
        raise Refusal("ConflictingDomainExists", told)


@refuses("route53", "DisassociateVPCFromHostedZone")
def associated_at_all(request: AwsRequest) -> None:
    """What isn't associated can't be taken away."""
    zone, vpc = _zone(request, "HostedZoneId"), request.params["VPC"]["VPCId"]
    if zone is not None and all(there["vpc_id"] != vpc for there in zone.vpcs):
        raise Refusal("VPCAssociationNotFound", "The VPC and hosted zone are not currently associated.", 404)


@refuses("acm", "DeleteCertificate")
def delete_certificate(request: AwsRequest) -> None:
    """A certificate that a listener has stays."""
    arn = request.params["CertificateArn"]
    certificate = moto_state.backend("acm", request.account_id, request.region)._certificates.get(arn)
    if certificate is not None and in_use_by(certificate):
        raise Refusal("ResourceInUseException", f"Certificate {arn} in account {request.account_id} is in use.")
