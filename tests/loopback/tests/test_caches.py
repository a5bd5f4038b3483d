"""Amazon ElastiCache: what AWS keeps, fills in and refuses, what a last snapshot leaves, and that all of it takes a while."""

from __future__ import annotations

from typing import Any

import pytest

from aws import Aws, refused

TAGS = [{"Key": "Name", "Value": "one"}]
USUAL = {"ReplicationGroupId": "g", "ReplicationGroupDescription": "d", "CacheNodeType": "cache.t4g.micro"}
SHARDS = {"NumNodeGroups": 3, "ReplicasPerNodeGroup": 1, "AutomaticFailoverEnabled": True}


@pytest.fixture
def cache(aws: Aws) -> Any:
    """A client."""
    return aws.client("elasticache")


def made(cache: Any, **more: Any) -> dict[str, Any]:
    return cache.create_replication_group(**{**USUAL, **more})["ReplicationGroup"]


def seen(cache: Any) -> dict[str, Any]:
    return cache.describe_replication_groups(ReplicationGroupId="g")["ReplicationGroups"][0]


def changed(cache: Any, **what: Any) -> dict[str, Any]:
    return cache.modify_replication_group(ReplicationGroupId="g", ApplyImmediately=True, **what)["ReplicationGroup"]


def test_the_inventory_lists_what_there_is(aws: Aws, cache: Any) -> None:
    subnet = aws.subnet(aws.vpc())
    group = {"CacheSubnetGroupName": "s", "CacheSubnetGroupDescription": "d", "SubnetIds": [subnet], "Tags": TAGS}
    cache.create_cache_subnet_group(**group)
    parameters = {"CacheParameterGroupName": "p", "CacheParameterGroupFamily": "valkey8", "Description": "d"}
    cache.create_cache_parameter_group(**parameters, Tags=TAGS)
    made(cache, CacheSubnetGroupName="s", CacheParameterGroupName="p", Tags=TAGS)
    found = aws.get("inventory")
    for kind, name in (("replication_group", "g"), ("subnet_group", "s"), ("parameter_group", "p")):
        assert found[f"cache_{kind}"] == [{"id": name, "region": "us-east-1", "tags": {"Name": "one"}}]
    assert "unknown" not in found

    with refused("CacheSubnetGroupInUse"):
        cache.delete_cache_subnet_group(CacheSubnetGroupName="s")
    with refused("InvalidCacheParameterGroupState"):
        cache.delete_cache_parameter_group(CacheParameterGroupName="p")
    cache.delete_replication_group(ReplicationGroupId="g")
    cache.delete_cache_subnet_group(CacheSubnetGroupName="s")
    cache.delete_cache_parameter_group(CacheParameterGroupName="p")
    assert set(aws.get("inventory")) == {"vpc", "subnet"}


def test_a_cache_needs_the_groups_that_it_names(cache: Any) -> None:
    with refused("CacheSubnetGroupNotFoundFault"):
        made(cache, CacheSubnetGroupName="none")
    with refused("CacheParameterGroupNotFound"):
        made(cache, CacheParameterGroupName="none")
    with refused("SnapshotNotFoundFault"):
        made(cache, SnapshotName="none")


def test_a_cache_doesnt_leave_its_vpc(aws: Aws, cache: Any) -> None:
    subnets = [aws.subnet(aws.vpc()), aws.subnet(aws.vpc("10.1.0.0/16"), "10.1.0.0/24")]
    cache.create_cache_subnet_group(
        CacheSubnetGroupName="s", CacheSubnetGroupDescription="d", SubnetIds=subnets[:1]
    )
    made(cache, CacheSubnetGroupName="s")
    with refused("SubnetInUse"):
        cache.modify_cache_subnet_group(CacheSubnetGroupName="s", SubnetIds=subnets[1:])


def test_what_is_asked_for_is_told(cache: Any) -> None:
    asked = {"Port": 6380, "NetworkType": "dual_stack", "IpDiscovery": "ipv6", "KmsKeyId": "key", "Engine": "valkey"}
    made(cache, **asked, EngineVersion="8.0", NotificationTopicArn="arn:aws:sns:us-east-1:123456789012:t")
    group = seen(cache)
    assert {name: group[name] for name in ("NetworkType", "IpDiscovery", "KmsKeyId", "Engine")} == {
        name: asked[name] for name in ("NetworkType", "IpDiscovery", "KmsKeyId", "Engine")
    }
    assert group["NodeGroups"][0]["PrimaryEndpoint"]["Port"] == 6380
    assert "ReplicationGroupCreateTime" in group
    node = cache.describe_cache_clusters(CacheClusterId=group["MemberClusters"][0])["CacheClusters"][0]
    assert node["EngineVersion"] == "8.0.1"
    assert node["NotificationConfiguration"]["TopicStatus"] == "active"


def test_what_is_changed_is_told(cache: Any) -> None:
    log = {
        "LogType": "slow-log",
        "LogFormat": "json",
        "DestinationType": "cloudwatch-logs",
        "DestinationDetails": {"CloudWatchLogsDetails": {"LogGroup": "l"}},
    }
    stream = {"KinesisFirehoseDetails": {"DeliveryStream": "s"}}
    other = {**log, "LogType": "engine-log", "DestinationType": "kinesis-firehose", "DestinationDetails": stream}
    asked = [{**other, "Enabled": True}]
    assert made(cache, SecurityGroupIds=["sg-1"], LogDeliveryConfigurations=asked)["LogDeliveryConfigurations"] == [
        {**other, "Status": "active"}
    ]
    changed(cache, SecurityGroupIds=["sg-2"], PreferredMaintenanceWindow="sun:23:00-mon:01:30")
    group = changed(cache, LogDeliveryConfigurations=[{**log, "Enabled": True}], AutoMinorVersionUpgrade=False)
    assert group["LogDeliveryConfigurations"] == [{**one, "Status": "active"} for one in (other, log)]
    assert group["AutoMinorVersionUpgrade"] is False
    node = cache.describe_cache_clusters(CacheClusterId=group["MemberClusters"][0])["CacheClusters"][0]
    assert node["SecurityGroups"] == [{"SecurityGroupId": "sg-2", "Status": "active"}]
    assert node["PreferredMaintenanceWindow"] == "sun:23:00-mon:01:30"
    ended = changed(cache, LogDeliveryConfigurations=[{"LogType": "slow-log", "Enabled": False}])
    assert [one["LogType"] for one in ended["LogDeliveryConfigurations"]] == ["engine-log"]


def test_replicas_come_and_go(cache: Any) -> None:
    made(cache)
    with refused("InvalidParameterCombination"):
        changed(cache, AutomaticFailoverEnabled=True)
    count = {"ReplicationGroupId": "g", "ApplyImmediately": True}
    grown = cache.increase_replica_count(**count, NewReplicaCount=2)["ReplicationGroup"]
    assert len(grown["MemberClusters"]) == 3
    with refused("NoOperationFault"):
        cache.increase_replica_count(**count, NewReplicaCount=2)
    changed(cache, AutomaticFailoverEnabled=True)
    with refused("InvalidParameterCombination"):
        cache.decrease_replica_count(**count, NewReplicaCount=0)
    shrunk = cache.decrease_replica_count(**count, NewReplicaCount=1)["ReplicationGroup"]
    assert len(shrunk["MemberClusters"]) == 2
    assert len(cache.describe_cache_clusters()["CacheClusters"]) == 2


def test_shards_come_and_go(cache: Any) -> None:
    made(cache, **SHARDS)
    count = {"ReplicationGroupId": "g", "ApplyImmediately": True}
    grown = cache.modify_replication_group_shard_configuration(**count, NodeGroupCount=4)["ReplicationGroup"]
    assert [len(shard["NodeGroupMembers"]) for shard in grown["NodeGroups"]] == [2, 2, 2, 2]
    with refused("InvalidParameterValue"):
        cache.modify_replication_group_shard_configuration(**count, NodeGroupCount=3)
    kept = ["0001", "0002", "0004"]
    shrunk = cache.modify_replication_group_shard_configuration(**count, NodeGroupCount=3, NodeGroupsToRetain=kept)
    assert [shard["NodeGroupId"] for shard in shrunk["ReplicationGroup"]["NodeGroups"]] == kept


def test_encryption_is_turned_on_and_off_in_two_steps(cache: Any) -> None:
    made(cache)
    with refused("InvalidParameterCombination"):
        changed(cache, TransitEncryptionEnabled=True, TransitEncryptionMode="required")
    changed(cache, TransitEncryptionEnabled=True, TransitEncryptionMode="preferred")
    group = changed(cache, TransitEncryptionEnabled=True, TransitEncryptionMode="required")
    assert group["TransitEncryptionMode"] == "required"
    with refused("InvalidParameterCombination"):
        changed(cache, TransitEncryptionEnabled=False)
    changed(cache, TransitEncryptionEnabled=True, TransitEncryptionMode="preferred")
    assert changed(cache, TransitEncryptionEnabled=False)["TransitEncryptionEnabled"] is False


def test_a_password_is_rotated_before_it_is_set(cache: Any) -> None:
    made(cache, TransitEncryptionEnabled=True, AuthToken="0123456789abcdef")
    new = {"AuthToken": "fedcba9876543210"}
    with refused("InvalidParameterCombination"):
        changed(cache, **new, AuthTokenUpdateStrategy="SET")
    changed(cache, **new, AuthTokenUpdateStrategy="ROTATE")
    assert changed(cache, **new, AuthTokenUpdateStrategy="SET")["AuthTokenEnabled"] is True
    with refused("InvalidParameterCombination"):
        changed(cache, AuthTokenUpdateStrategy="DELETE")


def test_no_way_leads_back(cache: Any) -> None:
    made(cache, Engine="valkey", EngineVersion="8.0", NumCacheClusters=2, AutomaticFailoverEnabled=True)
    with refused("InvalidParameterCombination"):
        changed(cache, EngineVersion="7.2")
    with refused("InvalidParameterCombination"):
        changed(cache, ClusterMode="enabled")
    changed(cache, ClusterMode="compatible")
    changed(cache, ClusterMode="enabled")
    with refused("InvalidParameterCombination"):
        changed(cache, ClusterMode="compatible")


def test_a_last_snapshot_stays(aws: Aws, cache: Any) -> None:
    made(cache)
    cache.delete_replication_group(ReplicationGroupId="g", FinalSnapshotIdentifier="last")
    assert [one["id"] for one in aws.get("inventory")["cache_snapshot"]] == ["last"]
    made(cache, SnapshotName="last")
    with refused("SnapshotAlreadyExistsFault"):
        cache.delete_replication_group(ReplicationGroupId="g", FinalSnapshotIdentifier="last")
    cache.delete_replication_group(ReplicationGroupId="g")
    cache.delete_snapshot(SnapshotName="last")
    assert aws.get("inventory") == {}


def test_some_nodes_make_no_snapshots(cache: Any) -> None:
    made(cache, CacheNodeType="cache.t1.micro")
    with refused("SnapshotFeatureNotSupportedFault"):
        cache.delete_replication_group(ReplicationGroupId="g", FinalSnapshotIdentifier="last")
    assert seen(cache)["Status"] == "available"


def test_a_cache_that_is_being_made_or_changed_takes_no_word(aws: Aws, cache: Any) -> None:
    aws.put("transitions", {"polls": 1})
    arn = made(cache)["ARN"]
    for _ in ("made", "changed"):
        with refused("InvalidReplicationGroupState"):
            cache.delete_replication_group(ReplicationGroupId="g")
        with refused("InvalidReplicationGroupState"):
            cache.list_tags_for_resource(ResourceName=arn)
        assert seen(cache)["Status"] in ("creating", "modifying")
        assert seen(cache)["Status"] == "available"
        changed(cache, ReplicationGroupDescription="e")


def test_an_end_takes_a_while(aws: Aws, cache: Any) -> None:
    made(cache)
    aws.put("transitions", {"polls": 2})
    cache.delete_replication_group(ReplicationGroupId="g")
    with refused("ReplicationGroupAlreadyExists"):
        made(cache)
    with refused("InvalidReplicationGroupState"):
        cache.delete_replication_group(ReplicationGroupId="g")
    assert seen(cache)["Status"] == "deleting"
    assert [one["Status"] for one in cache.describe_replication_groups()["ReplicationGroups"]] == ["deleting"]
    with refused("ReplicationGroupNotFoundFault"):
        seen(cache)


def test_parameters_go_back(cache: Any) -> None:
    group = {"CacheParameterGroupName": "p"}
    cache.create_cache_parameter_group(**group, CacheParameterGroupFamily="valkey8", Description="d")
    set_both = [{"ParameterName": name, "ParameterValue": "60"} for name in ("timeout", "something-else")]
    cache.modify_cache_parameter_group(**group, ParameterNameValues=set_both)
    names = [{"ParameterName": one["ParameterName"]} for one in set_both]
    cache.reset_cache_parameter_group(**group, ParameterNameValues=names)
    parameters = {one["ParameterName"]: one for one in cache.describe_cache_parameters(**group)["Parameters"]}
    assert parameters["timeout"]["Source"] == "system"
    assert "something-else" not in parameters
