"""Replication groups of Amazon ElastiCache in ministack's process: what AWS keeps, tells, refuses and leaves behind."""

from __future__ import annotations

import time
from typing import Any, Callable

from ministack.core.responses import get_region
from ministack.services import elasticache as cache

Params = dict[str, Any]
Group = dict[str, Any]
Handler = Callable[[Params], Any]

# What both calls take by one name, and ministack forgets: the name in the group, or in the call.
_KEPT = ("KmsKeyId", "NetworkType", "IpDiscovery", "Durability", "NotificationTopicArn", "SnapshottingClusterId")
_CHANGED = ("PreferredMaintenanceWindow", "Engine", "ClusterMode")
_TAGGED = ("CacheNodeType", "Engine", "EngineVersion", "AutoMinorVersionUpgrade", "SecurityGroups", "CacheSubnetGroupName")
_TAGGED += ("PreferredMaintenanceWindow", "SnapshotRetentionLimit", "SnapshotWindow", "LogDeliveryConfigurations")
_TAGGED += ("NotificationTopicArn", "TransitEncryptionEnabled", "TransitEncryptionMode", "NetworkType", "IpDiscovery")
_NO_SNAPSHOTS = "cache.t1.micro"
_NO_LOGS = "<LogDeliveryConfigurations></LogDeliveryConfigurations>"


def _create(original: Handler) -> Handler:
    def handle(p: Params) -> Any:
        refused = _creation_refused(p)
        if refused:
            return refused
        name, shards = cache._p(p, "ReplicationGroupId"), _configured(p)
        existed = name in cache._replication_groups
        if shards and not cache._p(p, "NumNodeGroups"):
            p = {**p, "NumNodeGroups": [str(len(shards))]}
        status, headers, body = original(p)
        if status >= 300 or existed:
            return status, headers, body
        group = cache._replication_groups[name]
        group["CreateTime"] = time.time()
        group["Port"] = int(cache._p(p, "Port") or 6379)
        group["DataTiering"] = "enabled" if cache._p(p, "DataTieringEnabled").lower() == "true" else "disabled"
        group.update({key: cache._p(p, key) for key in _KEPT if cache._p(p, key)})
        group.setdefault("NetworkType", "ipv4")
        group.setdefault("IpDiscovery", "ipv4")
        group["EngineVersion"] = _in_full(group["EngineVersion"])
        group["LogDeliveryConfigurations"] = _logs(p)
        group["ClusterEnabled"] = group["ClusterMode"] == "enabled"
        for shard, (identifier, replicas) in zip(group["NodeGroups"], shards):
            shard["NodeGroupId"] = identifier or shard["NodeGroupId"]
            _resize(group, shard, replicas if replicas is not None else len(shard["NodeGroupMembers"]) - 1)
        return _answer("Create", sync(group))

    return handle


def _configured(p: Params) -> list[tuple[str, int | None]]:
    """The shards that are asked for one by one: their ids, and how many replicas each has."""
    shards: list[tuple[str, int | None]] = []
    while True:
        at = f"NodeGroupConfiguration.NodeGroupConfiguration.{len(shards) + 1}"
        if not any(key.startswith(f"{at}.") for key in p):
            return shards
        replicas = cache._p(p, f"{at}.ReplicaCount")
        shards.append((cache._p(p, f"{at}.NodeGroupId"), int(replicas) if replicas else None))


def _creation_refused(p: Params) -> Any:
    subnets, parameters = cache._p(p, "CacheSubnetGroupName"), cache._p(p, "CacheParameterGroupName")
    if subnets and subnets not in cache._subnet_groups:
        return cache._error("CacheSubnetGroupNotFoundFault", f"Cache subnet group {subnets} not found.", 400)
    if parameters and parameters not in cache._param_groups:
        return cache._error("CacheParameterGroupNotFound", f"Cache parameter group {parameters} not found.", 404)
    snapshot = cache._p(p, "SnapshotName")
    if snapshot and snapshot not in cache._snapshots:
        return cache._error("SnapshotNotFoundFault", f"Snapshot {snapshot} not found", 404)
    if _yes(p, "AutomaticFailoverEnabled") and not _has_replicas_wanted(p):
        return _combination("Automatic failover is not supported without a replica.")
    return None


def _has_replicas_wanted(p: Params) -> bool:
    number = lambda name: int(cache._p(p, name) or 0)  # noqa: E731
    configured = cache._p(p, "NodeGroupConfiguration.NodeGroupConfiguration.1.ReplicaCount")
    return number("NumCacheClusters") > 1 or number("ReplicasPerNodeGroup") > 0 or number("NumNodeGroups") > 1 or bool(configured)


def _modify(original: Handler) -> Handler:
    def handle(p: Params) -> Any:
        group = cache._replication_groups.get(cache._p(p, "ReplicationGroupId"))
        refused = group and (_settings_refused(group, p) or _encryption_refused(group, p) or _token_refused(group, p))
        if refused:
            return refused
        status, headers, body = original(p)
        if status >= 300:
            return status, headers, body
        _take(group, p)
        return _answer("Modify", sync(group))

    return handle


def _settings_refused(group: Group, p: Params) -> Any:
    alone = not group["ClusterEnabled"] and len(group["NodeGroups"][0]["NodeGroupMembers"]) < 2
    if _yes(p, "AutomaticFailoverEnabled") and alone:
        return _combination("Replication group must have at least one read replica to enable autofailover.")
    if _yes(p, "MultiAZEnabled") and not _fails_over_then(group, p):
        return _combination("Multi-AZ requires automatic failover.")
    parameters = cache._p(p, "CacheParameterGroupName")
    if parameters and parameters not in cache._param_groups:
        return cache._error("CacheParameterGroupNotFound", f"Cache parameter group {parameters} not found.", 404)
    mode = cache._p(p, "ClusterMode")
    if (group["ClusterMode"], mode) in (("disabled", "enabled"), ("enabled", "disabled"), ("enabled", "compatible")):
        return _combination(f"Cluster mode can't go from {group['ClusterMode']} to {mode}.")
    wanted, runs = cache._p(p, "EngineVersion"), group["EngineVersion"]
    if wanted and not cache._p(p, "Engine") and _numbers(wanted) < _numbers(runs)[: len(_numbers(wanted))]:
        return _combination(f"Cannot downgrade from {runs} to {wanted}.")
    node = cache._p(p, "SnapshottingClusterId")
    if node and node not in group["MemberClusters"]:
        return cache._error("CacheClusterNotFound", "Specified snapshotting cluster does not exist", 404)
    return None


def _fails_over_then(group: Group, p: Params) -> bool:
    said = cache._p(p, "AutomaticFailoverEnabled")
    return said.lower() == "true" if said else group["AutomaticFailover"] == "enabled"


def _encryption_refused(group: Group, p: Params) -> Any:
    """AWS turns encryption on and off in two steps, with the mode `preferred` between them."""
    said = cache._p(p, "TransitEncryptionEnabled")
    stands = group.get("TransitEncryptionMode") if group["TransitEncryptionEnabled"] else None
    if said.lower() == "true" and stands is None and cache._p(p, "TransitEncryptionMode") != "preferred":
        return _combination("To enable encryption in transit, set the mode to preferred first.")
    if said.lower() == "false" and stands == "required":
        return _combination("To disable encryption in transit, set the mode to preferred first.")
    return None


def _token_refused(group: Group, p: Params) -> Any:
    """SET is for a password that ROTATE has brought, or the first one; DELETE is for those who get users."""
    token, strategy = cache._p(p, "AuthToken"), cache._p(p, "AuthTokenUpdateStrategy")
    known = group.get("_auth_tokens") or []
    gets_password = cache._p(p, "UserGroupIdsToRemove.member.1")
    if token and strategy == "SET" and known and token not in known and not gets_password:
        return _combination("The SET strategy is allowed only after ROTATE.")
    if strategy == "DELETE" and not cache._p(p, "UserGroupIdsToAdd.member.1"):
        return _combination("The DELETE strategy is allowed only with a user group.")
    return None


def _take(group: Group, p: Params) -> None:
    group.update({key: cache._p(p, key) for key in (*_KEPT, *_CHANGED) if cache._p(p, key)})
    if cache._p(p, "ReplicationGroupDescription"):
        group["Description"] = cache._p(p, "ReplicationGroupDescription")
    if cache._p(p, "NotificationTopicStatus") == "inactive":
        group.pop("NotificationTopicArn", None)
    if cache._p(p, "AutoMinorVersionUpgrade"):
        group["AutoMinorVersionUpgrade"] = _yes(p, "AutoMinorVersionUpgrade")
    groups = cache._extract_configs(p, "SecurityGroupIds", ("SecurityGroupId", "member"))
    if groups:
        group["SecurityGroups"] = [{"SecurityGroupId": one, "Status": "active"} for one in groups]
    if cache._p(p, "TransitEncryptionEnabled"):
        group["TransitEncryptionEnabled"] = _yes(p, "TransitEncryptionEnabled")
        group["TransitEncryptionMode"] = cache._p(p, "TransitEncryptionMode") or None
    changed = {log["LogType"]: log for log in _logs(p, ended=True)}
    kept = [log for log in group["LogDeliveryConfigurations"] if log["LogType"] not in changed]
    group["LogDeliveryConfigurations"] = kept + [log for log in changed.values() if log.pop("_enabled", True)]
    group["EngineVersion"] = _in_full(group["EngineVersion"])
    group["ClusterEnabled"] = group["ClusterMode"] == "enabled"


def _replicas(original: Handler) -> Handler:
    def handle(p: Params) -> Any:
        """One number for all shards, or one for each; AWS refuses what changes nothing."""
        group = cache._replication_groups.get(cache._p(p, "ReplicationGroupId"))
        if group is None:
            return original(p)
        wanted = _wanted(group, p)
        grows = cache._p(p, "Action") == "IncreaseReplicaCount"
        differ = [len(shard["NodeGroupMembers"]) - 1 != wanted[shard["NodeGroupId"]] for shard in group["NodeGroups"]]
        if not any(differ):
            return cache._error("NoOperationFault", "No changes were required.", 400)
        if not grows and 0 in wanted.values() and group["AutomaticFailover"] == "enabled" and not group["ClusterEnabled"]:
            return _combination("Must have at least one replica while automatic failover is enabled.")
        for shard in group["NodeGroups"]:
            _resize(group, shard, wanted[shard["NodeGroupId"]])
        return _answer("IncreaseReplicaCount" if grows else "DecreaseReplicaCount", sync(group), whole=True)

    return handle


def _wanted(group: Group, p: Params) -> dict[str, int]:
    shards = {shard["NodeGroupId"]: len(shard["NodeGroupMembers"]) - 1 for shard in group["NodeGroups"]}
    if cache._p(p, "NewReplicaCount"):
        return {shard: int(cache._p(p, "NewReplicaCount")) for shard in shards}
    index, prefix = 1, "ReplicaConfiguration.ConfigureShard"
    while shard := cache._p(p, f"{prefix}.{index}.NodeGroupId"):
        shards[shard] = int(cache._p(p, f"{prefix}.{index}.NewReplicaCount"))
        index += 1
    return shards


def _resize(group: Group, shard: Group, replicas: int) -> None:
    members = shard["NodeGroupMembers"]
    del members[replicas + 1 :]
    while len(members) < replicas + 1:
        number = len(members) + 1
        role = "primary" if number == 1 else "replica"
        zone = f"{get_region()}{'abc'[(number - 1) % 3]}"
        name = f"{group['ReplicationGroupId']}-{shard['NodeGroupId']}-{number:03d}"
        members.append({"CacheClusterId": name, "CacheNodeId": "0001", "CurrentRole": role, "PreferredAvailabilityZone": zone})


def reshard(p: Params) -> Any:
    """ModifyReplicationGroupShardConfiguration, which ministack hasn't."""
    group = cache._replication_groups.get(cache._p(p, "ReplicationGroupId"))
    if group is None:
        return cache._error("ReplicationGroupNotFoundFault", "Replication group not found", 404)
    if not group["ClusterEnabled"]:
        return _combination("This replication group has no shards.")
    shards, count = group["NodeGroups"], int(cache._p(p, "NodeGroupCount"))
    if count < len(shards):
        kept = cache._extract_configs(p, "NodeGroupsToRetain", ("NodeGroupToRetain",))
        if len(kept) != count:
            return cache._error("InvalidParameterValue", "Say which shards are to be retained.", 400)
        group["NodeGroups"] = [shard for shard in shards if shard["NodeGroupId"] in kept]
    replicas = len(shards[0]["NodeGroupMembers"]) - 1
    while len(group["NodeGroups"]) < count:
        number = max(int(shard["NodeGroupId"]) for shard in group["NodeGroups"]) + 1
        shard = {"NodeGroupId": f"{number:04d}", "Status": "available", "NodeGroupMembers": []}
        _resize(group, shard, replicas)
        group["NodeGroups"].append(shard)
    return _answer("ModifyReplicationGroupShardConfiguration", sync(group), whole=True)


def _delete(original: Handler) -> Handler:
    def handle(p: Params) -> Any:
        """With its last snapshot, or not at all."""
        group = cache._replication_groups.get(cache._p(p, "ReplicationGroupId"))
        snapshot = cache._p(p, "FinalSnapshotIdentifier")
        if group and snapshot:
            if group["CacheNodeType"] == _NO_SNAPSHOTS:
                message = "Snapshots are not supported on this node type."
                return cache._error("SnapshotFeatureNotSupportedFault", message, 400)
            made = cache._create_snapshot({"SnapshotName": [snapshot], "ReplicationGroupId": [group["ReplicationGroupId"]]})
            if made[0] >= 300:
                return made
        return original(p)

    return handle


def sync(group: Group) -> Group:
    """Bring endpoints and nodes to what the group is: the names that AWS gives, the port that was asked for."""
    name, port = group["ReplicationGroupId"], group["Port"]
    rest = f"abc123.{get_region()}.cache.amazonaws.com"
    prefix = ("master.", "replica.") if group["TransitEncryptionEnabled"] else ("", "ro.")
    at = lambda host: {"Address": f"{host}.{rest}", "Port": port}  # noqa: E731
    group["ConfigurationEndpoint"] = at(f"clustercfg.{name}") if group["ClusterMode"] != "disabled" else None
    members = []
    for shard in group["NodeGroups"]:
        shard["PrimaryEndpoint"], shard["ReaderEndpoint"] = (at(f"{one}{name}") for one in prefix)
        for member in shard["NodeGroupMembers"]:
            member["ReadEndpoint"] = at(member["CacheClusterId"])
            members.append(member)
    old = cache._clusters.get(group["MemberClusters"][0])
    for gone in set(group["MemberClusters"]) - {member["CacheClusterId"] for member in members}:
        cache._clusters.pop(gone, None)
    group["MemberClusters"] = [member["CacheClusterId"] for member in members]
    for member in members:
        _sync_node(group, member, cache._clusters.get(member["CacheClusterId"]) or old)
    return group


def _sync_node(group: Group, member: Group, like: Group) -> None:
    name = member["CacheClusterId"]
    node = {**like, "CacheClusterId": name, "CacheClusterArn": cache._arn_cluster(name)}
    node.update({key: group.get(key) for key in _TAGGED})
    node["CacheParameterGroup"] = {"CacheParameterGroupName": group["CacheParameterGroupName"]}
    node["CacheNodes"] = [{**like["CacheNodes"][0], "Endpoint": member["ReadEndpoint"]}]
    cache._clusters[name] = node


def _group_xml(original: Callable[[Group], str]) -> Callable[[Group], str]:
    def render(group: Group) -> str:
        more = {key: group.get(key) for key in ("KmsKeyId", "NetworkType", "IpDiscovery", "DataTiering", "Durability")}
        more["SnapshottingClusterId"] = group.get("SnapshottingClusterId")
        if group.get("SnapshotRetentionLimit") and not group["ClusterEnabled"]:
            more["SnapshottingClusterId"] = more["SnapshottingClusterId"] or group["MemberClusters"][-1]
        if "CreateTime" in group:
            made = time.gmtime(group["CreateTime"])
            more["ReplicationGroupCreateTime"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", made)
        return original({**group, "LogDeliveryConfigurations": []}).replace(_NO_LOGS, _logs_xml(group)) + _tags(more)

    return render


def _node_xml(original: Callable[[Group], str]) -> Callable[[Group], str]:
    def render(node: Group) -> str:
        topic = node.get("NotificationTopicArn")
        inner = _tags({"TopicArn": topic, "TopicStatus": "active"})
        told = f"<NotificationConfiguration>{inner}</NotificationConfiguration>" if topic else ""
        return original({**node, "LogDeliveryConfigurations": []}) + told

    return render


def _logs(p: Params, ended: bool = False) -> list[Group]:
    logs, prefix = [], "LogDeliveryConfigurations.LogDeliveryConfigurationRequest"
    while kind := cache._p(p, f"{prefix}.{len(logs) + 1}.LogType"):
        at = f"{prefix}.{len(logs) + 1}"
        details = f"{at}.DestinationDetails"
        log = {"LogType": kind, "LogFormat": cache._p(p, f"{at}.LogFormat")}
        log["DestinationType"] = cache._p(p, f"{at}.DestinationType")
        log["LogGroup"] = cache._p(p, f"{details}.CloudWatchLogsDetails.LogGroup")
        log["DeliveryStream"] = cache._p(p, f"{details}.KinesisFirehoseDetails.DeliveryStream")
        if ended:
            log["_enabled"] = cache._p(p, f"{at}.Enabled", "true").lower() == "true"
        logs.append(log)
    return logs


def _logs_xml(group: Group) -> str:
    def one(log: Group) -> str:
        place = ("CloudWatchLogsDetails", "LogGroup") if log["LogGroup"] else ("KinesisFirehoseDetails", "DeliveryStream")
        details = f"<DestinationDetails><{place[0]}>{_tags({place[1]: log[place[1]]})}</{place[0]}></DestinationDetails>"
        rest = _tags({**{key: log[key] for key in ("LogType", "LogFormat", "DestinationType")}, "Status": "active"})
        return f"<LogDeliveryConfiguration>{details}{rest}</LogDeliveryConfiguration>"

    logs = "".join(one(log) for log in group.get("LogDeliveryConfigurations", []))
    return f"<LogDeliveryConfigurations>{logs}</LogDeliveryConfigurations>"


def _tags(values: Group) -> str:
    return "".join(f"<{key}>{cache.xml_escape(str(value))}</{key}>" for key, value in values.items() if value)


def _answer(operation: str, group: Group, whole: bool = False) -> Any:
    operation = operation if whole else f"{operation}ReplicationGroup"
    inner = f"<ReplicationGroup>{cache._rg_xml(group)}</ReplicationGroup>"
    return cache._xml(200, f"{operation}Response", f"<{operation}Result>{inner}</{operation}Result>")


def _combination(message: str) -> Any:
    return cache._error("InvalidParameterCombination", message, 400)


def _yes(p: Params, name: str) -> bool:
    return cache._p(p, name).lower() == "true"


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def _in_full(version: str) -> str:
    """AWS tells three numbers, whatever was asked for."""
    return version.replace(".x", ".2") + ".1" * (3 - len(version.split(".")))


WRAPPED = {
    "_create_replication_group": _create,
    "_modify_replication_group": _modify,
    "_increase_replica_count": _replicas,
    "_decrease_replica_count": _replicas,
    "_delete_replication_group": _delete,
    "_extract_log_delivery_configs": lambda _original: _logs,
    "_rg_xml": _group_xml,
    "_cluster_xml_inner": _node_xml,
}
