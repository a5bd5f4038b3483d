"""The table of things that AWS makes slowly. A new kind is a new row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Callable

from . import moto_state
from .corrections import certificates, db_clusters, db_instances, nat_gateways, secrets, vpc_endpoints
from .exchange import Answer, AwsRequest
from .kinds import EC2_IDS


def _nothing(*_: Any) -> None:
    return None


def _from_body(pattern: str) -> Callable[[AwsRequest, Answer], list[str]]:
    def ids(_request: AwsRequest, answer: Answer) -> list[str]:
        return re.findall(pattern, answer.body.decode())[:1]

    return ids


def _new_ec2_id(kind: str) -> Callable[[AwsRequest, Answer], list[str]]:
    return _from_body(EC2_IDS[kind])


def _from_params(member: str) -> Callable[[AwsRequest], list[str]]:
    def ids(request: AwsRequest) -> list[str]:
        value = request.params.get(member, [])
        return value if isinstance(value, list) else [value]

    return ids


def _load_balancer(backend: Any, arn: str) -> Any:
    return backend.load_balancers.get(arn)


@dataclass(frozen=True)
class SlowKind:
    """One kind of slow thing that moto holds: its calls, its states, and where moto keeps it."""

    name: str
    service: str
    create: str
    describe: str
    find: Callable[[Any, str], Any]
    ids_created: Callable[[AwsRequest, Answer], list[str]]
    newborn: tuple[bytes, bytes] = (b"", b"")
    pending: str = "pending"
    ready: str = "available"
    attribute: str = "state"
    delete: str | None = None
    ids_deleted: Callable[[AwsRequest], list[str]] = lambda _request: []
    deleting: str = "deleting"
    doom: Callable[[Any, Any], dict[str, str] | None] = _nothing
    fail: Callable[[Any, Any, dict[str, str]], None] = _nothing
    remove: Callable[[Any, Any], None] = _nothing
    revive: Callable[[Any, Any, dict[str, str]], None] = _nothing
    change: str | None = None
    ids_changed: Callable[[AwsRequest], list[str]] = lambda _request: []
    changing: str = "modifying"
    finish: Callable[[Any, Any], None] = _nothing

    def made_by(self, request: AwsRequest) -> bool:
        """Whether this call makes such a thing; `create` is a regular expression."""
        return request.service == self.service and re.fullmatch(self.create, request.operation) is not None

    def changed_by(self, request: AwsRequest) -> bool:
        """Whether this call begins to change such things."""
        return request.service == self.service and request.operation == self.change

    def deleted_by(self, request: AwsRequest) -> bool:
        """Whether this call begins to delete such things."""
        return request.service == self.service and request.operation == self.delete

    def described_by(self, request: AwsRequest) -> bool:
        """Whether this call shows such things."""
        return request.service == self.service and request.operation == self.describe

    def backend(self, request: AwsRequest) -> Any:
        """Where moto keeps the things that this request is about."""
        return moto_state.backend(_MOTO_NAMES.get(self.service, self.service), request.account_id, request.region)

    def state(self, thing: Any) -> str:
        """The state that describes show now."""
        return getattr(thing, self.attribute)

    def set_state(self, thing: Any, state: str) -> None:
        """The state that describes show from now on."""
        setattr(thing, self.attribute, state)

    def as_newborn(self, body: bytes) -> bytes:
        """The answer of a create, with the state that AWS gives there."""
        return body.replace(*self.newborn) if self.newborn[0] else body


_MOTO_NAMES = {"elasticloadbalancing": "elbv2"}
_AVAILABLE = (b"<state>available</state>", b"<state>pending</state>")

SLOW_KINDS = (
    SlowKind("vpc", "ec2", "CreateVpc", "DescribeVpcs", lambda ec2, i: ec2.vpcs[i], _new_ec2_id("vpc"), _AVAILABLE),
    SlowKind(
        "subnet",
        "ec2",
        "CreateSubnet",
        "DescribeSubnets",
        moto_state.find_subnet,
        _new_ec2_id("subnet"),
        _AVAILABLE,
    ),
    SlowKind(
        "nat_gateway",
        "ec2",
        "CreateNatGateway",
        "DescribeNatGateways",
        lambda ec2, i: ec2.nat_gateways.get(i),
        _new_ec2_id("nat_gateway"),
        delete="DeleteNatGateway",
        ids_deleted=_from_params("NatGatewayId"),
        doom=nat_gateways.doom,
        fail=nat_gateways.fail,
        remove=nat_gateways.remove,
    ),
    SlowKind(
        "vpc_endpoint",
        "ec2",
        "CreateVpcEndpoint",
        "DescribeVpcEndpoints",
        lambda ec2, i: ec2.vpc_end_points.get(i),
        _new_ec2_id("vpc_endpoint"),
        _AVAILABLE,
        delete="DeleteVpcEndpoints",
        ids_deleted=_from_params("VpcEndpointIds"),
        fail=vpc_endpoints.fail,
        remove=vpc_endpoints.remove,
    ),
    SlowKind(
        "load_balancer",
        "elasticloadbalancing",
        "CreateLoadBalancer",
        "DescribeLoadBalancers",
        _load_balancer,
        _from_body(r"<LoadBalancerArn>([^<]+)<"),
        (b"<Code>active</Code>", b"<Code>provisioning</Code>"),
        pending="provisioning",
        ready="active",
    ),
    SlowKind(
        "db_instance",
        "rds",
        "CreateDBInstance|RestoreDBInstanceFromDBSnapshot",
        "DescribeDBInstances",
        lambda rds, i: rds.databases.get(i),
        _from_body(r"<DBInstanceIdentifier>([^<]+)<"),
        (b"<DBInstanceStatus>available<", b"<DBInstanceStatus>creating<"),
        pending="creating",
        attribute="status",
        delete="DeleteDBInstance",
        ids_deleted=_from_params("DBInstanceIdentifier"),
        remove=db_instances.remove,
        revive=db_instances.revive,
        change="ModifyDBInstance",
        ids_changed=_from_params("DBInstanceIdentifier"),
        finish=db_instances.finish,
    ),
    SlowKind(
        "db_cluster",
        "rds",
        "CreateDBCluster|RestoreDBClusterFromSnapshot",
        "DescribeDBClusters",
        lambda rds, i: rds.clusters.get(i),
        _from_body(r"<DBClusterIdentifier>([^<]+)<"),
        (b"<Status>available<", b"<Status>creating<"),
        pending="creating",
        attribute="status",
        delete="DeleteDBCluster",
        ids_deleted=_from_params("DBClusterIdentifier"),
        remove=db_clusters.remove,
        revive=db_clusters.revive,
        change="ModifyDBCluster",
        ids_changed=_from_params("DBClusterIdentifier"),
        finish=db_clusters.finish,
    ),
    SlowKind(
        "certificate",
        "acm",
        "RequestCertificate",
        "DescribeCertificate",
        lambda acm, i: acm._certificates.get(i),
        _from_body(r'"CertificateArn":\s*"([^"]+)"'),
        pending="unassigned",
        ready="assigned",
        attribute="records",
        fail=certificates.fail,
    ),
    SlowKind(
        "secret_replica",
        "secretsmanager",
        "ReplicateSecretToRegions",
        "DescribeSecret",
        lambda secrets_manager, i: secrets_manager.secrets.get(i),
        _from_body(r'"ARN":\s*"([^"]+)"'),
        (b'"Status": "InSync"', b'"Status": "InProgress"'),
        pending="InProgress",
        ready="InSync",
        attribute="replication",
        fail=secrets.fail,
    ),
)
