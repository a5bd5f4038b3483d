"""VPC endpoints in moto linger as `deleted` and break later describes; their kind is not defaulted.

AWS: a delete goes through `deleting` and then the id is unknown. An unknown id
in a delete is reported as unsuccessful, not ignored. Without a type, an
endpoint is a gateway, and its private DNS is off. A change of subnets or route
tables makes and removes interfaces and routes.
"""

from __future__ import annotations

import json
from typing import Any, Callable

from moto.core.responses import ActionResult
from moto.ec2.models.vpcs import VPCBackend, VPCEndPoint
from moto.ec2.responses.vpcs import VPCs
from moto.ec2.utils import random_private_ip

_init = VPCEndPoint.__init__


def apply() -> None:
    """Delete in two steps and say what could not be deleted."""
    VPCEndPoint.__init__ = _init_with_type
    VPCEndPoint.get_filter_value = _filter_value
    VPCEndPoint.requester_managed = False
    VPCBackend.delete_vpc_endpoints = _begin_delete
    VPCs.delete_vpc_endpoints = _delete_response
    VPCs.modify_vpc_endpoint = _modify_response
    VPCs.describe_prefix_lists = _describe_prefix_lists


def fail(_ec2: Any, endpoint: Any, failure: dict[str, str]) -> None:
    """End a creation as failed."""
    endpoint.state = "failed"
    endpoint.last_error = {"Code": failure["code"], "Message": failure["message"]}


def remove(ec2: Any, endpoint: Any) -> None:
    """End a deletion: nothing of the endpoint is left."""
    for interface in endpoint.network_interface_ids:
        ec2.enis.pop(interface, None)
    for table in [ec2.route_tables.get(i) for i in endpoint.route_table_ids]:
        if table is not None:
            _drop_routes(table, endpoint.id)
    ec2.vpc_end_points.pop(endpoint.id, None)


def _drop_routes(table: Any, endpoint_id: str) -> None:
    for key, route in list(table._routes.items()):
        if getattr(route.gateway, "id", None) == endpoint_id:
            del table._routes[key]


def _init_with_type(self: Any, *arguments: Any, **named: Any) -> None:
    _init(self, *arguments, **named)
    self.vpc_endpoint_type = self.vpc_endpoint_type or "Gateway"
    if self.vpc_endpoint_type == "Gateway":
        self.private_dns_enabled = False
    for interface in self.network_interface_ids:
        self.ec2_backend.enis[interface].requester_managed = True


def _filter_value(self: Any, filter_name: str, method_name: str | None = None) -> Any:
    special = {
        "vpc-endpoint-type": self.vpc_endpoint_type,
        "vpc-endpoint-state": self.state,
        "vpc-endpoint-id": self.id,
    }
    if filter_name in special:
        return special[filter_name]
    return super(VPCEndPoint, self).get_filter_value(filter_name, method_name or "DescribeVpcEndpoints")


def _begin_delete(self: Any, vpce_ids: list[str] | None = None) -> None:
    for identifier in vpce_ids or []:
        if identifier in self.vpc_end_points:
            self.vpc_end_points[identifier].state = "deleting"


def _delete_response(self: Any) -> ActionResult:
    wanted = self._get_param("VpcEndpointIds", [])
    unknown = [i for i in wanted if i not in self.ec2_backend.vpc_end_points]
    self.ec2_backend.delete_vpc_endpoints(vpce_ids=wanted)
    return ActionResult({"Unsuccessful": [_unsuccessful(identifier) for identifier in unknown]})


def _unsuccessful(identifier: str) -> dict[str, Any]:
    message = f"The Vpc Endpoint Id '{identifier}' does not exist"
    return {"ResourceId": identifier, "Error": {"Code": "InvalidVpcEndpoint.NotFound", "Message": message}}


def _modify_response(self: Any) -> ActionResult:
    endpoint = self.ec2_backend.describe_vpc_endpoints([self._get_param("VpcEndpointId")])[0]
    _modify(self.ec2_backend, endpoint, self._get_param)
    return ActionResult({"Return": True})


def _modify(ec2: Any, endpoint: Any, given: Callable[..., Any]) -> None:
    if given("ResetPolicy"):
        endpoint.policy_document = json.dumps(VPCEndPoint.DEFAULT_POLICY)
    endpoint.policy_document = given("PolicyDocument") or endpoint.policy_document
    if given("PrivateDnsEnabled") is not None:
        endpoint.private_dns_enabled = str(given("PrivateDnsEnabled")).lower() == "true"
    groups = [*endpoint.security_group_ids, *given("AddSecurityGroupIds", [])]
    endpoint.security_group_ids = _without(groups, given("RemoveSecurityGroupIds", []))
    for subnet in _new(given("AddSubnetIds", []), endpoint.subnet_ids):
        _add_subnet(ec2, endpoint, subnet)
    for subnet in given("RemoveSubnetIds", []):
        _remove_subnet(ec2, endpoint, subnet)
    for table in _new(given("AddRouteTableIds", []), endpoint.route_table_ids):
        _add_table(ec2, endpoint, table)
    for table in given("RemoveRouteTableIds", []):
        _drop_routes(ec2.get_route_table(table), endpoint.id)
        endpoint.route_table_ids = _without(endpoint.route_table_ids, [table])


def _new(wanted: list[str], present: list[str] | None) -> list[str]:
    return [one for one in wanted if one not in (present or [])]


def _without(values: list[str], dropped: list[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value not in dropped]


def _add_subnet(ec2: Any, endpoint: Any, subnet: str) -> None:
    interface = ec2.create_network_interface(subnet, random_private_ip())
    interface.requester_managed = True
    endpoint.network_interface_ids.append(interface.id)
    endpoint.subnet_ids = [*(endpoint.subnet_ids or []), subnet]


def _remove_subnet(ec2: Any, endpoint: Any, subnet: str) -> None:
    gone = [i for i in endpoint.network_interface_ids if ec2.enis[i].subnet.id == subnet]
    for interface in gone:
        del ec2.enis[interface]
    endpoint.network_interface_ids = _without(endpoint.network_interface_ids, gone)
    endpoint.subnet_ids = _without(endpoint.subnet_ids or [], [subnet])


def _add_table(ec2: Any, endpoint: Any, table: str) -> None:
    ec2.create_route(
        table, None, gateway_id=endpoint.id, destination_prefix_list_id=endpoint.destination_prefix_list_id
    )
    endpoint.route_table_ids = [*endpoint.route_table_ids, table]


def _describe_prefix_lists(self: Any) -> ActionResult:
    lists = self.ec2_backend.describe_managed_prefix_lists(
        prefix_list_ids=self._get_param("PrefixListIds", []), filters=self._filters_from_querystring()
    )
    shown = [
        {"PrefixListId": one.id, "PrefixListName": one.prefix_list_name, "Cidrs": []}
        for one in lists
        if one.prefix_list_name.startswith("com.amazonaws.")
    ]
    return ActionResult({"PrefixLists": shown})
