"""Amazon RDS: groups that are in use or don't cover two zones, networks that databases are in."""

from __future__ import annotations

from typing import Any

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import dependency, ec2_of, refuses


def rds_of(request: AwsRequest) -> Any:
    """Moto's RDS in the account and region of a request."""
    return moto_state.backend("rds", request.account_id, request.region)


@refuses("rds", "(Create|Modify)DBSubnetGroup")
def subnets_of_a_group(request: AwsRequest) -> None:
    """Subnets that are there, of one VPC, and of two zones."""
    wanted = request.params["SubnetIds"]
    subnets = [one for one in moto_state.subnets(ec2_of(request)) if one.id in wanted]
    if len(subnets) < len(set(wanted)) or len({one.vpc_id for one in subnets}) > 1:
        raise Refusal("InvalidSubnet", "Some of the subnets are not there, or not all of one VPC")
    if len({one.availability_zone for one in subnets}) < 2:
        message = "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement: two AZs at least"
        raise Refusal("DBSubnetGroupDoesNotCoverEnoughAZs", message)


@refuses("rds", "ModifyDBSubnetGroup")
def subnet_group_stays_in_its_network(request: AwsRequest) -> None:
    """A group stays in its VPC."""
    group = rds_of(request).subnet_groups.get(request.params["DBSubnetGroupName"])
    subnets = [one for one in moto_state.subnets(ec2_of(request)) if one.id in request.params["SubnetIds"]]
    if group is not None and any(subnet.vpc_id != group.vpc_id for subnet in subnets):
        raise Refusal("InvalidParameterValue", "The new Subnets are not in the same Vpc as the existing subnet group")


@refuses("rds", "DeleteDBSubnetGroup")
def subnet_group_in_use(request: AwsRequest) -> None:
    """A group that a database is in stays."""
    name, rds = request.params["DBSubnetGroupName"], rds_of(request)
    users = [one.db_instance_identifier for one in rds.databases.values() if _subnet_group(one) == name]
    users += [one.db_cluster_identifier for one in rds.clusters.values() if one.db_subnet_group_name == name]
    if users:
        message = f"Cannot delete the subnet group '{name}' because at least one database instance: {users[0]} is still using it."
        raise Refusal("InvalidDBSubnetGroupStateFault", message)


@refuses("rds", "DeleteDBParameterGroup")
def parameter_group_in_use(request: AwsRequest) -> None:
    """A group that an instance uses stays, and so do AWS's own."""
    name = request.params["DBParameterGroupName"]
    users = [one for one in rds_of(request).databases.values() if one.db_parameter_group_name == name]
    _refuse_in_use(name, bool(users))


@refuses("rds", "DeleteDBClusterParameterGroup")
def cluster_parameter_group_in_use(request: AwsRequest) -> None:
    """A group that a cluster uses stays, and so do AWS's own."""
    name = request.params["DBClusterParameterGroupName"]
    users = [one for one in rds_of(request).clusters.values() if one.parameter_group == name]
    _refuse_in_use(name, bool(users))


def _refuse_in_use(name: str, used: bool) -> None:
    if used or name.startswith("default."):
        message = f"One or more database instances are still members of this parameter group {name}, so the group cannot be deleted"
        raise Refusal("InvalidDBParameterGroupState", message)


@refuses("ec2", "DeleteSecurityGroup")
def security_group_of_a_database(request: AwsRequest) -> None:
    """A group of a database's network interface stays."""
    group = request.params.get("GroupId", "")
    users = [one for one in rds_of(request).databases.values() if group in one.vpc_security_group_ids]
    dependency("resource", group, [one.db_instance_identifier for one in users])


@refuses("ec2", "DeleteSubnet")
def subnet_of_a_database(request: AwsRequest) -> None:
    """A subnet stays that may have a database's network interface: one of its subnet group, in its zone."""
    subnet = moto_state.find_subnet(ec2_of(request), request.params["SubnetId"])
    if subnet is not None:
        users = [one for one in rds_of(request).databases.values() if _is_in(one, subnet)]
        dependency("subnet", subnet.id, [one.db_instance_identifier for one in users])


def _is_in(database: Any, subnet: Any) -> bool:
    group = getattr(database, "db_subnet_group", None)
    subnets = [one.id for one in group._subnets] if group else []
    return subnet.id in subnets and database.availability_zone == subnet.availability_zone


def _subnet_group(database: Any) -> str | None:
    group = getattr(database, "db_subnet_group", None)
    return group.name if group else None
