"""VPC endpoints: of services that exist, with parts that exist, once."""

from __future__ import annotations

from typing import Any

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import ec2_of, refuses

# AWS services that moto does not list among those with endpoints.
_ALSO = {
    "ecr.api",
    "ecr.dkr",
    "ssmmessages",
    "ec2messages",
    "secretsmanager",
    "kms",
    "logs",
    "monitoring",
    "sts",
    "ssm",
    "ecs",
    "ecs-agent",
    "ecs-telemetry",
    "elasticloadbalancing",
    "sqs",
    "sns",
    "events",
    "rds",
    "guardduty-data",
}
_GATEWAYS = {"s3", "dynamodb"}


@refuses("ec2", "CreateVpcEndpoint")
def service_exists(request: AwsRequest) -> None:
    """The service is one of this region, or an endpoint service of the account's own."""
    ec2, name = ec2_of(request), request.params.get("ServiceName", "")
    prefix = f"com.amazonaws.{request.region}."
    known = {service["ServiceName"] for service in _default_services(ec2, request)}
    known |= {prefix + short for short in _ALSO | _GATEWAYS}
    if name not in known and ".vpce-svc-" not in name:
        raise Refusal("InvalidServiceName", f"The Vpc Endpoint Service '{name}' does not exist")
    if _kind(request) == "Gateway" and name.removeprefix(prefix) not in _GATEWAYS:
        raise Refusal(
            "InvalidParameter", f"Endpoint type (Gateway) does not match available service types for {name}"
        )


def _default_services(ec2: Any, request: AwsRequest) -> list[dict[str, Any]]:
    return ec2._collect_default_endpoint_services(request.account_id, request.region)


@refuses("ec2", "CreateVpcEndpoint")
def parts_exist(request: AwsRequest) -> None:
    """Route tables, subnets and groups are there and belong to the VPC."""
    ec2, params = ec2_of(request), request.params
    vpc_id = params["VpcId"]
    tables = {table.id: table for table in ec2.route_tables.values()}
    subnets = {subnet.id: subnet for subnet in moto_state.subnets(ec2)}
    groups = {group.id: group for group in moto_state.security_groups(ec2)}
    _all_in(vpc_id, params.get("RouteTableIds", []), tables, "InvalidRouteTableId.NotFound")
    _all_in(vpc_id, params.get("SubnetIds", []), subnets, "InvalidSubnetId.NotFound")
    _all_in(vpc_id, params.get("SecurityGroupIds", []), groups, "InvalidGroup.NotFound")


def _all_in(vpc_id: str, wanted: list[str], known: dict[str, Any], code: str) -> None:
    for identifier in wanted:
        if identifier not in known:
            raise Refusal(code, f"The ID '{identifier}' does not exist")
        if known[identifier].vpc_id != vpc_id:
            raise Refusal("InvalidParameter", f"{identifier} does not belong to {vpc_id}")


@refuses("ec2", "CreateVpcEndpoint")
def not_twice(request: AwsRequest) -> None:
    """A route table has one route to a service, and a VPC one private name for it."""
    ec2, params = ec2_of(request), request.params
    same = [
        e
        for e in ec2.vpc_end_points.values()
        if e.vpc_id == params["VpcId"] and e.service_name == params.get("ServiceName")
    ]
    for endpoint in same:
        for table in set(endpoint.route_table_ids) & set(params.get("RouteTableIds", [])):
            raise Refusal(
                "RouteAlreadyExists", f"route table {table} already has a route to {endpoint.service_name}"
            )
    if _wants_private_dns(request) and any(endpoint.private_dns_enabled for endpoint in same):
        message = "private-dns-enabled cannot be set because there is already a conflicting DNS domain in the VPC"
        raise Refusal("InvalidParameter", message)


@refuses("ec2", "CreateVpcEndpoint")
def private_dns_needs_dns(request: AwsRequest) -> None:
    """Private names work only where the VPC answers DNS and gives host names."""
    vpc = ec2_of(request).vpcs.get(request.params["VpcId"])
    if vpc is None or not _wants_private_dns(request):
        return
    if not (_is_true(vpc.enable_dns_support) and _is_true(vpc.enable_dns_hostnames)):
        message = (
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true"
        )
        raise Refusal("InvalidParameter", message)


def _kind(request: AwsRequest) -> str:
    return request.params.get("VpcEndpointType", "Gateway")


def _wants_private_dns(request: AwsRequest) -> bool:
    return _kind(request) == "Interface" and request.params.get("PrivateDnsEnabled", True)


def _is_true(value: Any) -> bool:
    return str(value).lower() == "true"
