"""Load balancers in moto forget much of what they are told, take any name twice, and become active by themselves.

AWS: a create of a balancer that is there already gives that one, or is refused if it differs. Each type has a
list of attributes of its own, and an ARN that tells it. The transitions decide when a balancer is active.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2.exceptions import DuplicateLoadBalancerName, ELBClientError, LoadBalancerNotFoundError
from moto.elbv2.models import AvailabilityZone, ELBv2Backend, FakeLoadBalancer
from moto.elbv2.responses import ELBV2Response

from . import balancing_attributes

_PARTS = {"application": "app", "network": "net", "gateway": "gwy"}
_KEPT = ("Subnets", "SubnetMappings", "SecurityGroups", "Scheme", "Type", "IpAddressType")
_create = ELBv2Backend.create_load_balancer


def apply() -> None:
    """Keep what was given, and answer as AWS does."""
    FakeLoadBalancer.activate = lambda _self: None
    FakeLoadBalancer.availability_zones = property(_zones)
    ELBV2Response.create_load_balancer = _create_with_all
    ELBV2Response.set_subnets = _set_subnets
    ELBV2Response.set_security_groups = _set_security_groups
    ELBV2Response.set_ip_address_type = _set_ip_address_type
    ELBV2Response.modify_ip_pools = _modify_ip_pools
    ELBV2Response.modify_capacity_reservation = _modify_capacity
    ELBV2Response.describe_capacity_reservation = _describe_capacity
    ELBv2Backend.modify_load_balancer_attributes = _modify_attributes


def _create_with_all(self: Any) -> ActionResult:
    params, backend = self._get_params(), self.elbv2_backend
    there = next((one for one in backend.load_balancers.values() if one.name == params["Name"]), None)
    asked = {key: params.get(key) for key in _KEPT}
    if there is not None:
        if there.asked != asked:
            raise DuplicateLoadBalancerName()
        return ActionResult({"LoadBalancers": [there]})
    kind = params.get("Type", "application")
    mappings = params.get("SubnetMappings", [])
    balancer = _create(
        backend,
        name=params["Name"],
        security_groups=params.get("SecurityGroups") or [],
        subnet_ids=params.get("Subnets", []),
        subnet_mappings=mappings,
        scheme=None if kind == "gateway" else params.get("Scheme", "internet-facing"),
        loadbalancer_type=kind,
        tags=params.get("Tags") or [],
    )
    _rename(backend, balancer, kind)
    balancer.asked, balancer.mappings = asked, {one["SubnetId"]: one for one in mappings}
    balancer.ip_address_type = params.get("IpAddressType", "ipv4")
    balancer.ipam_pools = params.get("IpamPools")
    balancer.enable_prefix_for_ipv6_source_nat = params.get("EnablePrefixForIpv6SourceNat")
    balancer.attrs = balancing_attributes.of_load_balancer(kind)
    if kind == "network":
        balancer.enable_prefix_for_ipv6_source_nat = params.get("EnablePrefixForIpv6SourceNat", "off")
        if balancer.security_groups:
            balancer.enforce_security_group_inbound_rules_on_private_link_traffic = "on"
    if kind == "application" and not balancer.security_groups:
        groups = backend.ec2_backend.groups[balancer.vpc_id].values()
        balancer.security_groups = [group.id for group in groups if group.is_default]
    return ActionResult({"LoadBalancers": [balancer]})


def _rename(backend: Any, balancer: Any, kind: str) -> None:
    """Moto calls all of them `app`."""
    tags = backend.tagging_service.get_tag_dict_for_resource(balancer.arn)
    del backend.load_balancers[balancer.arn]
    backend.tagging_service.delete_all_tags_for_resource(balancer.arn)
    balancer.arn = balancer.arn.replace(":loadbalancer/app/", f":loadbalancer/{_PARTS[kind]}/")
    backend.load_balancers[balancer.arn] = balancer
    backend.tagging_service.tag_resource(balancer.arn, [{"Key": k, "Value": v} for k, v in tags.items()])


def _zones(self: Any) -> list[AvailabilityZone]:
    zones = []
    for subnet in self.subnets:
        zone, mapping = AvailabilityZone(subnet), self.mappings.get(subnet.id, {})
        names = ("AllocationId", "PrivateIPv4Address", "IPv6Address")
        addresses = {name: mapping[name] for name in names if mapping.get(name)}
        zone.load_balancer_addresses = [addresses] if addresses else []
        prefix = mapping.get("SourceNatIpv6Prefix")
        zone.source_nat_ipv6_prefixes = [prefix] if prefix and prefix != "auto_assigned" else []
        zones.append(zone)
    return zones


def _balancer(self: Any) -> Any:
    balancer = self.elbv2_backend.load_balancers.get(self._get_params()["LoadBalancerArn"])
    if balancer is None:
        raise LoadBalancerNotFoundError()
    return balancer


def _set_subnets(self: Any) -> ActionResult:
    params, balancer, ec2 = self._get_params(), _balancer(self), self.elbv2_backend.ec2_backend
    mappings = params.get("SubnetMappings", [])
    subnets = [ec2.get_subnet(one) for one in params.get("Subnets") or [m["SubnetId"] for m in mappings]]
    if len({subnet.availability_zone for subnet in subnets}) < len(subnets):
        raise ELBClientError("InvalidConfigurationRequest", "A load balancer cannot be attached to multiple subnets in the same Availability Zone")
    balancer.subnets, balancer.mappings = subnets, {one["SubnetId"]: one for one in mappings}
    balancer.ip_address_type = params.get("IpAddressType", balancer.ip_address_type)
    if params.get("EnablePrefixForIpv6SourceNat"):
        balancer.enable_prefix_for_ipv6_source_nat = params["EnablePrefixForIpv6SourceNat"]
    return ActionResult({"AvailabilityZones": balancer.availability_zones})


def _set_security_groups(self: Any) -> ActionResult:
    params, balancer = self._get_params(), _balancer(self)
    self.elbv2_backend.set_security_groups(balancer.arn, params.get("SecurityGroups", []))
    enforced = params.get("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic")
    if enforced:
        balancer.enforce_security_group_inbound_rules_on_private_link_traffic = enforced
    return ActionResult({"SecurityGroupIds": balancer.security_groups})


def _set_ip_address_type(self: Any) -> ActionResult:
    balancer = _balancer(self)
    balancer.ip_address_type = self._get_params()["IpAddressType"]
    return ActionResult({"IpAddressType": balancer.ip_address_type})


def _modify_ip_pools(self: Any) -> ActionResult:
    params, balancer = self._get_params(), _balancer(self)
    balancer.ipam_pools = None if params.get("RemoveIpamPools") else params.get("IpamPools")
    return ActionResult({"IpamPools": balancer.ipam_pools})


def _modify_capacity(self: Any) -> ActionResult:
    params, balancer = self._get_params(), _balancer(self)
    balancer.capacity = None if params.get("ResetCapacityReservation") else params.get("MinimumLoadBalancerCapacity")
    return _describe_capacity(self)


def _describe_capacity(self: Any) -> ActionResult:
    balancer = _balancer(self)
    capacity = getattr(balancer, "capacity", None)
    states = [{"AvailabilityZone": one.zone_name, "State": {"Code": "provisioned"}} for one in balancer.availability_zones]
    return ActionResult({"MinimumLoadBalancerCapacity": capacity, "CapacityReservationState": states if capacity else []})


def _modify_attributes(self: Any, arn: str, attrs: dict[str, Any]) -> dict[str, Any]:
    balancer = self.load_balancers.get(arn)
    if balancer is None:
        raise LoadBalancerNotFoundError()
    for key in attrs:
        if key not in balancer.attrs:
            raise ELBClientError("InvalidConfigurationRequest", f"Load balancer attribute key '{key}' is not recognized")
    balancer.attrs.update(attrs)
    return balancer.attrs
