"""What stands in an account, over all regions that it used, without what AWS itself makes.

One row a kind: how to list it. A test that has destroyed everything demands `{}`,
so what was made and has no row here is shown as well: see `unlisted`.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable

from moto.secretsmanager.models import FakeSecret

from . import moto_state
from .corrections import autoscaling
from .corrections.catalogues import policies_loaded
from .corrections.record_sets import own_records

Item = tuple[str, dict[str, str]]


def inventory(account_id: str) -> dict[str, list[dict[str, Any]]]:
    """The things of one account by kind; kinds of which there are none are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, (service, list_items) in KINDS.items():
        for region, backend in moto_state.used_backends(service, account_id):
            for identifier, tags in list_items(backend):
                found.setdefault(kind, []).append({"id": identifier, "region": region, "tags": tags})
    return found


def _ec2(select: Callable[[Any], Iterable[Any]]) -> Callable[[Any], Iterable[Item]]:
    return lambda ec2: [(thing.id, _tags(thing)) for thing in select(ec2)]


def _tags(thing: Any) -> dict[str, str]:
    return {tag["key"]: tag["value"] for tag in thing.get_tags()}


def _own_subnets(ec2: Any) -> list[Any]:
    return [subnet for subnet in moto_state.subnets(ec2) if str(subnet.default_for_az).lower() != "true"]


def _own_interfaces(ec2: Any) -> list[Any]:
    return [eni for eni in ec2.enis.values() if not eni.requester_managed and not eni.instance]


def _own_acls(ec2: Any) -> list[Any]:
    return [acl for acl in ec2.network_acls.values() if not acl.default]


def _own_tables(ec2: Any) -> list[Any]:
    return [table for table in ec2.route_tables.values() if not table.main_association_id]


def _own_routes(ec2: Any) -> list[Item]:
    """Routes that were added to main tables, which are AWS's own."""
    tables = [table for table in ec2.route_tables.values() if table.main_association_id]
    return [(route.id, {}) for table in tables for route in table.routes if not route.local]


def _own_rules(ec2: Any) -> list[Any]:
    """Rules that were added to a default group; those of other groups go with their group."""
    return [rule for group in moto_state.security_groups(ec2) if group.is_default for rule in _added(group)]


def _added(group: Any) -> list[Any]:
    everything = {("-1", None, None, "0.0.0.0/0", None, None, None), ("-1", None, None, None, "::/0", None, None)}
    egress = [rule for rule in group.egress_rules if moto_state.rule_key(rule) not in everything]
    return [*group.ingress_rules, *egress]


def _own_roles(iam: Any) -> list[Item]:
    roles = [role for role in iam.roles.values() if not role.path.startswith("/aws-service-role/")]
    return [(role.name, _plain(role.tags)) for role in roles]


def _own_policies(iam: Any) -> list[Item]:
    policies = [p for p in policies_loaded(iam).values() if not p.arn.startswith("arn:aws:iam::aws:")]
    return [(policy.arn, _plain(policy.tags)) for policy in policies]


def _plain(tags: Any) -> dict[str, str]:
    tags = tags.values() if isinstance(tags, dict) else tags or []
    return {tag["Key"]: tag["Value"] for tag in tags}


def _log_groups(logs: Any) -> list[Item]:
    return [(group.name, logs.list_tags_for_resource(group.arn)) for group in logs.groups.values()]


def _repositories(ecr: Any) -> list[Item]:
    tags = ecr.tagger.get_tag_dict_for_resource
    return [(repository.name, tags(repository.arn)) for repository in ecr.repositories.values()]


def _scalable_targets(scaling: Any) -> list[Item]:
    return [
        (f"{one.resource_id}|{one.scalable_dimension}|{one.service_namespace}", one.tags)
        for one in autoscaling.targets(scaling)
    ]


def _balancing(select: Callable[[Any], Iterable[str]]) -> Callable[[Any], Iterable[Item]]:
    return lambda elb: [(arn, elb.tagging_service.get_tag_dict_for_resource(arn)) for arn in select(elb)]


def _listeners(elb: Any) -> list[Any]:
    return [listener for balancer in elb.load_balancers.values() for listener in balancer.listeners.values()]


def _own_listener_rules(elb: Any) -> list[str]:
    return [arn for listener in _listeners(elb) for arn, rule in listener.rules.items() if not rule.is_default]


def _further_certificates(elb: Any) -> list[Item]:
    return [(f"{one.arn}|{certificate}", {}) for one in _listeners(elb) for certificate in one.further]


def _zones(route53: Any) -> list[Item]:
    return [(zone.resource_id, dict(route53.resource_tags.get(zone.resource_id, {}))) for zone in route53.zones.values()]


def _records(route53: Any) -> list[Item]:
    """Without those that Route 53 makes with the zone."""
    zones = route53.zones.values()
    records = [(zone, record) for zone in zones for record in own_records(zone)]
    return [("|".join([zone.resource_id, *_place(record)]), {}) for zone, record in records]


def _place(record: Any) -> list[str]:
    return [part for part in (record.name, record.type, record.set_identifier) if part]


def _query_logs(route53: Any) -> list[Item]:
    return [(log.id, {}) for log in route53.query_logging_configs.values()]


def _certificates(acm: Any) -> list[Item]:
    return [(arn, dict(certificate.tags)) for arn, certificate in acm._certificates.items()]


def _own_keys(kms: Any) -> list[Any]:
    """Without those of AWS's own, and those that wait for their end."""
    keys = [key for key in kms.keys.values() if key.key_state != "PendingDeletion"]
    return [key for key in keys if not any(alias.startswith("alias/aws/") for alias in key.aliases)]


def _keys(kms: Any) -> list[Item]:
    return [(key.id, kms.tagger.get_tag_dict_for_resource(key.id)) for key in _own_keys(kms)]


def _aliases(kms: Any) -> list[Item]:
    names = [name for key in kms.keys.values() for name in key.aliases]
    return [(name, {}) for name in names if not name.startswith("alias/aws/")]


def _secrets(secrets: Any) -> list[Item]:
    """Without those that can still be restored."""
    own = [secret for secret in secrets.secrets.values() if isinstance(secret, FakeSecret)]
    return [(secret.arn, _plain(secret.tags)) for secret in own if not secret.is_deleted()]


def _secret_replicas(secrets: Any) -> list[Item]:
    return [(secret.arn, {}) for secret in secrets.secrets.values() if not isinstance(secret, FakeSecret)]


def _databases(rds: Any) -> list[Item]:
    return [(one.db_instance_identifier, _plain(one.tags)) for one in rds.databases.values()]


def _own_snapshots(rds: Any) -> list[Item]:
    """Those that stay until somebody deletes them; automated ones go with the instance."""
    snapshots = [one for one in rds.database_snapshots.values() if one.snapshot_type == "manual"]
    return [(one.db_snapshot_identifier, _plain(one.tags)) for one in snapshots]


def _clusters(rds: Any) -> list[Item]:
    return [(one.db_cluster_identifier, _plain(one.tags)) for one in rds.clusters.values()]


def _own_cluster_snapshots(rds: Any) -> list[Item]:
    snapshots = [one for one in rds.cluster_snapshots.values() if one.snapshot_type == "manual"]
    return [(one.db_cluster_snapshot_identifier, _plain(one.tags)) for one in snapshots]


def _own_groups(select: Callable[[Any], dict[str, Any]]) -> Callable[[Any], Iterable[Item]]:
    """Groups of databases, without those that RDS makes for each family."""
    return lambda rds: [
        (group.name, _plain(group.tags)) for group in select(rds).values() if not group.name.startswith("default.")
    ]


KINDS: dict[str, tuple[str, Callable[[Any], Iterable[Item]]]] = {
    "vpc": ("ec2", _ec2(lambda ec2: [vpc for vpc in ec2.vpcs.values() if str(vpc.is_default).lower() != "true"])),
    "subnet": ("ec2", _ec2(_own_subnets)),
    "internet_gateway": ("ec2", _ec2(lambda ec2: ec2.internet_gateways.values())),
    "route_table": ("ec2", _ec2(_own_tables)),
    "route": ("ec2", _own_routes),
    "nat_gateway": ("ec2", _ec2(lambda ec2: [n for n in ec2.nat_gateways.values() if n.state != "deleted"])),
    "address": ("ec2", _ec2(lambda ec2: ec2.addresses)),
    "security_group": ("ec2", _ec2(lambda ec2: [g for g in moto_state.security_groups(ec2) if not g.is_default])),
    "security_group_rule": ("ec2", _ec2(_own_rules)),
    "vpc_endpoint": ("ec2", _ec2(lambda ec2: ec2.vpc_end_points.values())),
    "flow_log": ("ec2", _ec2(lambda ec2: ec2.flow_logs.values())),
    "dhcp_options": ("ec2", _ec2(lambda ec2: ec2.dhcp_options_sets.values())),
    "network_acl": ("ec2", _ec2(_own_acls)),
    "network_interface": ("ec2", _ec2(_own_interfaces)),
    "iam_role": ("iam", _own_roles),
    "iam_policy": ("iam", _own_policies),
    "load_balancer": ("elbv2", _balancing(lambda elb: elb.load_balancers)),
    "target_group": ("elbv2", _balancing(lambda elb: elb.target_groups)),
    "listener": ("elbv2", _balancing(lambda elb: [listener.arn for listener in _listeners(elb)])),
    "listener_rule": ("elbv2", _balancing(_own_listener_rules)),
    "listener_certificate": ("elbv2", _further_certificates),
    "log_group": ("logs", _log_groups),
    "ecr_repository": ("ecr", _repositories),
    "scalable_target": ("application-autoscaling", _scalable_targets),
    "scaling_policy": (
        "application-autoscaling",
        lambda scaling: [(policy.policy_arn, {}) for policy in scaling.policies.values()],
    ),
    "scheduled_action": (
        "application-autoscaling",
        lambda scaling: [(action.arn, {}) for action in scaling.scheduled_actions],
    ),
    "hosted_zone": ("route53", _zones),
    "record_set": ("route53", _records),
    "query_logging_config": ("route53", _query_logs),
    "certificate": ("acm", _certificates),
    "kms_key": ("kms", _keys),
    "kms_alias": ("kms", _aliases),
    "secret": ("secretsmanager", _secrets),
    "secret_replica": ("secretsmanager", _secret_replicas),
    "db_instance": ("rds", _databases),
    "db_snapshot": ("rds", _own_snapshots),
    "db_cluster": ("rds", _clusters),
    "db_cluster_snapshot": ("rds", _own_cluster_snapshots),
    "db_subnet_group": ("rds", _own_groups(lambda rds: rds.subnet_groups)),
    "db_parameter_group": ("rds", _own_groups(lambda rds: rds.db_parameter_groups)),
    "db_cluster_parameter_group": ("rds", _own_groups(lambda rds: rds.db_cluster_parameter_groups)),
}

# What makes them; for EC2 it stands in `kinds`. What is Amazon ECS's is listed by `ministack_ecs`, what is
# ElastiCache's by `ministack_elasticache`.
MADE_BY = frozenset(
    {
        "acm:ImportCertificate",
        "acm:RequestCertificate",
        "ecr:CreateRepository",
        "ecs:CreateCluster",
        "ecs:CreateService",
        "elasticache:CreateCacheParameterGroup",
        "elasticache:CreateCacheSubnetGroup",
        "elasticache:CreateReplicationGroup",
        "elasticache:CreateSnapshot",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateTargetGroup",
        "iam:CreatePolicy",
        "iam:CreateRole",
        "kms:CreateAlias",
        "kms:CreateKey",
        "logs:CreateLogGroup",
        "rds:CreateDBCluster",
        "rds:CreateDBClusterParameterGroup",
        "rds:CreateDBClusterSnapshot",
        "rds:CreateDBInstance",
        "rds:CreateDBParameterGroup",
        "rds:CreateDBSnapshot",
        "rds:CreateDBSubnetGroup",
        "route53:CreateHostedZone",
        "route53:CreateQueryLoggingConfig",
        "secretsmanager:CreateSecret",
    }
)
