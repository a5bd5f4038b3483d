"""NAT gateways in moto are deleted at once and never give back their interface and address.

AWS: a delete goes through `deleting`, and until it is over the interface, the
address and the subnet are in use. An unknown id is an error. A public gateway
in a VPC without an internet gateway is accepted and then fails.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend

_init, _describe = NatGateway.__init__, NatGatewayBackend.describe_nat_gateways

_KNOWN_EARLY = {"allocationId", "isPrimary", "status"}


def apply() -> None:
    """Delete in two steps, know unknown ids, show what AWS shows of an address."""
    NatGateway.__init__ = _init_pending
    NatGatewayBackend.delete_nat_gateway = _begin_delete
    NatGatewayBackend.describe_nat_gateways = _describe_known
    NatGateway.failure_code = NatGateway.failure_message = None
    NatGateway.delete_time = None
    NatGateway.nat_gateway_addresses = property(_addresses)


def doom(ec2: Any, nat: Any) -> dict[str, str] | None:
    """Why a gateway that was accepted will fail, if it will."""
    if nat.connectivity_type == "private":
        return None
    if any(gateway.vpc and gateway.vpc.id == nat.vpc_id for gateway in ec2.internet_gateways.values()):
        return None
    return {"code": "Gateway.NotAttached", "message": f"Network {nat.vpc_id} has no Internet gateway attached"}


def fail(ec2: Any, nat: Any, failure: dict[str, str]) -> None:
    """End a creation as failed; the address is free again."""
    nat.failure_code, nat.failure_message = failure["code"], failure["message"]
    nat.state = "failed"
    _give_back(ec2, nat)


def remove(ec2: Any, nat: Any) -> None:
    """End a deletion: the gateway stays visible as deleted, as AWS leaves it for an hour."""
    nat.state = "deleted"
    _give_back(ec2, nat)


def _init_pending(
    self: Any,
    backend: Any,
    subnet_id: str,
    allocation_id: str,
    tags: Any = None,
    connectivity_type: str | None = None,
) -> None:
    _init(self, backend, subnet_id, allocation_id, tags, connectivity_type or "public")
    self.state = "pending"
    self._eni.requester_managed = True
    self._eni.description = f"Interface for NAT Gateway {self.id}"


def _give_back(ec2: Any, nat: Any) -> None:
    for address in ec2.addresses:
        if address.eni is nat._eni:
            ec2.disassociate_address(address=address.public_ip)
    ec2.enis.pop(nat._eni.id, None)


def _begin_delete(self: Any, nat_gateway_id: str) -> Any:
    nat = self.nat_gateways.get(nat_gateway_id)
    if nat is None:
        raise _unknown(nat_gateway_id)
    if nat.state != "deleted":
        nat.state = "deleting"
    return nat


def _describe_known(self: Any, filters: Any, nat_gateway_ids: list[str] | None) -> list[Any]:
    for wanted in nat_gateway_ids or []:
        if wanted not in self.nat_gateways:
            raise _unknown(wanted)
    filters = dict(filters or {})
    by_tag = {name: filters.pop(name) for name in list(filters) if name.startswith("tag")}
    return [nat for nat in _describe(self, filters, nat_gateway_ids) if _tags_match(nat, by_tag)]


def _tags_match(nat: Any, filters: dict[str, list[str]]) -> bool:
    tags = {tag["key"]: tag["value"] for tag in nat.get_tags()}
    for name, values in filters.items():
        if name == "tag-key" and not tags.keys() & set(values):
            return False
        if name.startswith("tag:") and tags.get(name.removeprefix("tag:")) not in values:
            return False
    return True


def _addresses(self: Any) -> list[dict[str, Any]]:
    status = {"pending": "associating", "available": "succeeded", "failed": "failed"}.get(
        self.state, "disassociating"
    )
    shown = [{**address, "isPrimary": True, "status": status} for address in self.address_set]
    if self.state == "pending":  # interface and addresses are not known yet
        shown = [{key: value for key, value in one.items() if key in _KNOWN_EARLY} for one in shown]
    return shown


def _unknown(nat_gateway_id: str) -> EC2ClientError:
    return EC2ClientError("NatGatewayNotFound", f"The Nat Gateway {nat_gateway_id} was not found")
