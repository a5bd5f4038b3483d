"""RDS: groups that are in use, databases that take their time, and what is pending until then."""

from __future__ import annotations

from typing import Any

import pytest

from aws import Aws, refused


@pytest.fixture
def rds(aws: Aws) -> Any:
    """RDS, with a subnet group `two` of two zones."""
    vpc = aws.vpc()
    zones = [aws.ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=f"us-east-1{zone}") for n, zone in enumerate("ab")]
    subnets = [zone["Subnet"]["SubnetId"] for zone in zones]
    client = aws.client("rds")
    client.create_db_subnet_group(DBSubnetGroupName="two", DBSubnetGroupDescription="two", SubnetIds=subnets)
    return client


def make(rds: Any, **more: Any) -> dict[str, Any]:
    wanted = {"DBInstanceIdentifier": "one", "DBInstanceClass": "db.t4g.micro", "Engine": "postgres", "AllocatedStorage": 20}
    wanted.update(MasterUsername="app", MasterUserPassword="correct-horse", DBSubnetGroupName="two", EngineVersion="16.3")
    return rds.create_db_instance(**{**wanted, **more})["DBInstance"]


def shown(rds: Any) -> dict[str, Any]:
    return rds.describe_db_instances(DBInstanceIdentifier="one")["DBInstances"][0]


def status(rds: Any) -> str:
    return shown(rds)["DBInstanceStatus"]


def test_a_subnet_group_covers_two_zones_and_stays_while_it_is_used(aws: Aws, rds: Any) -> None:
    vpc = aws.vpc("10.1.0.0/16")
    with refused("DBSubnetGroupDoesNotCoverEnoughAZs"):
        one = [aws.subnet(vpc, "10.1.0.0/24")]
        rds.create_db_subnet_group(DBSubnetGroupName="one", DBSubnetGroupDescription="one", SubnetIds=one)
    group = rds.describe_db_subnet_groups(DBSubnetGroupName="two")["DBSubnetGroups"][0]
    subnets = [subnet["SubnetIdentifier"] for subnet in group["Subnets"]]
    with refused("DBSubnetGroupAlreadyExists"):
        rds.create_db_subnet_group(DBSubnetGroupName="two", DBSubnetGroupDescription="two", SubnetIds=subnets)
    rds.modify_db_subnet_group(DBSubnetGroupName="two", DBSubnetGroupDescription="other", SubnetIds=subnets)
    assert rds.describe_db_subnet_groups(DBSubnetGroupName="two")["DBSubnetGroups"][0]["DBSubnetGroupDescription"] == "other"
    with refused("InvalidParameterValue"):
        elsewhere = aws.subnets(aws.vpc())
        rds.modify_db_subnet_group(DBSubnetGroupName="two", DBSubnetGroupDescription="other", SubnetIds=elsewhere)
    make(rds)
    with refused("InvalidDBSubnetGroupStateFault"):
        rds.delete_db_subnet_group(DBSubnetGroupName="two")
    with refused("DependencyViolation"):
        aws.ec2.delete_subnet(SubnetId=subnets[0])


@pytest.mark.parametrize("of", ["", "Cluster"])
def test_parameters_are_set_and_reset(aws: Aws, of: str) -> None:
    rds, name = aws.client("rds"), f"DB{of}ParameterGroupName"
    calls = {verb: getattr(rds, f"{verb}_db_{'cluster_' if of else ''}parameter_group") for verb in ("create", "modify", "reset")}
    listed = getattr(rds, f"describe_db_{'cluster_' if of else ''}parameters")
    calls["create"](**{name: "one", "DBParameterGroupFamily": "postgres16", "Description": "one"})
    static = {"ParameterName": "max_connections", "ParameterValue": "200"}
    with refused("InvalidParameterCombination"):
        calls["modify"](**{name: "one", "Parameters": [{**static, "ApplyMethod": "immediate"}]})
    with refused("InvalidParameterValue"):
        calls["modify"](**{name: "one", "Parameters": [{**static, "ParameterName": "nothing", "ApplyMethod": "immediate"}]})
    calls["modify"](**{name: "one", "Parameters": [{**static, "ApplyMethod": "pending-reboot"}]})
    assert [one["ParameterName"] for one in listed(**{name: "one", "Source": "user"})["Parameters"]] == ["max_connections"]
    everything = listed(**{name: "one"})
    assert len(everything["Parameters"]) == 100 and everything["Marker"]
    calls["reset"](**{name: "one", "Parameters": [{"ParameterName": "max_connections", "ApplyMethod": "pending-reboot"}]})
    assert listed(**{name: "one", "Source": "user"})["Parameters"] == []


def test_a_database_is_made_changed_and_ended_slowly(aws: Aws, rds: Any) -> None:
    aws.put("transitions", {"polls": 1})
    assert make(rds)["DBInstanceStatus"] == "creating"
    assert [status(rds) for _ in range(2)] == ["creating", "available"]
    rds.modify_db_instance(DBInstanceIdentifier="one", DBInstanceClass="db.t4g.small", ApplyImmediately=True)
    with refused("InvalidDBInstanceState"):
        rds.modify_db_instance(DBInstanceIdentifier="one", MultiAZ=True, ApplyImmediately=True)
    changing = shown(rds)
    assert changing["PendingModifiedValues"] == {"DBInstanceClass": "db.t4g.small"}
    assert (changing["DBInstanceStatus"], changing["DBInstanceClass"]) == ("modifying", "db.t4g.micro")
    changed = shown(rds)
    assert not changed.get("PendingModifiedValues")
    assert (changed["DBInstanceStatus"], changed["DBInstanceClass"]) == ("available", "db.t4g.small")
    rds.delete_db_instance(DBInstanceIdentifier="one", FinalDBSnapshotIdentifier="last")
    assert status(rds) == "deleting"
    with refused("DBInstanceNotFound"):
        shown(rds)
    assert [one["id"] for one in aws.get("inventory")["db_snapshot"]] == ["last"]


def test_what_may_wait_is_pending(aws: Aws, rds: Any) -> None:
    aws.put("transitions", {"polls": 0})
    make(rds)
    rds.modify_db_instance(DBInstanceIdentifier="one", DBInstanceClass="db.t4g.small")
    assert shown(rds)["PendingModifiedValues"] == {"DBInstanceClass": "db.t4g.small"}
    rds.modify_db_instance(DBInstanceIdentifier="one", ApplyImmediately=True)
    assert shown(rds)["DBInstanceClass"] == "db.t4g.small"


def test_what_rds_refuses(aws: Aws, rds: Any) -> None:
    aws.put("transitions", {"polls": 0})
    make(rds, DeletionProtection=True, AllocatedStorage=40)
    with refused("InvalidParameterCombination"):
        rds.modify_db_instance(DBInstanceIdentifier="one", AllocatedStorage=20, ApplyImmediately=True)
    with refused("InvalidParameterCombination"):
        rds.modify_db_instance(DBInstanceIdentifier="one", EngineVersion="17.1", ApplyImmediately=True)
    with refused("InvalidParameterCombination"):
        rds.delete_db_instance(DBInstanceIdentifier="one", SkipFinalSnapshot=True)
    rds.modify_db_instance(DBInstanceIdentifier="one", DeletionProtection=False, ApplyImmediately=True)
    with refused("InvalidParameterCombination"):
        rds.delete_db_instance(DBInstanceIdentifier="one")


def test_a_last_snapshot_that_fails_brings_the_database_back(aws: Aws, rds: Any) -> None:
    aws.put("transitions", {"polls": 1})
    aws.put("failures", [{"kind": "db_instance_deletion", "code": "x", "message": "x"}])
    make(rds)
    shown(rds)
    rds.delete_db_instance(DBInstanceIdentifier="one", FinalDBSnapshotIdentifier="last")
    assert [status(rds) for _ in range(2)] == ["deleting", "available"]
    assert "db_snapshot" not in aws.get("inventory")


def test_two_databases_have_two_resource_ids_and_keep_what_they_are_told(aws: Aws, rds: Any) -> None:
    told = {"EnablePerformanceInsights": True, "PerformanceInsightsRetentionPeriod": 31, "NetworkType": "DUAL", "StorageEncrypted": True}
    first, second = make(rds, **told), make(rds, DBInstanceIdentifier="other")
    assert first["DbiResourceId"] != second["DbiResourceId"]
    assert (first["PerformanceInsightsEnabled"], first["PerformanceInsightsRetentionPeriod"], first["NetworkType"]) == (True, 31, "DUAL")
    assert first["KmsKeyId"].startswith("arn:aws:kms:")


def test_performance_insights_keeps_its_key(rds: Any) -> None:
    key = "arn:aws:kms:us-east-1:123456789012:key/one"
    insights = {"EnablePerformanceInsights": True, "PerformanceInsightsRetentionPeriod": 31}
    make(rds, **insights, PerformanceInsightsKMSKeyId=key)
    shown(rds)
    for other in ({}, {"PerformanceInsightsKMSKeyId": "arn:aws:kms:us-east-1:123456789012:key/two"}):
        with refused("InvalidParameterCombination"):
            rds.modify_db_instance(DBInstanceIdentifier="one", **insights, **other)
    rds.modify_db_instance(DBInstanceIdentifier="one", **insights, PerformanceInsightsKMSKeyId=key)
    rds.modify_db_instance(DBInstanceIdentifier="one", EnablePerformanceInsights=False)


def make_cluster(rds: Any, **more: Any) -> dict[str, Any]:
    wanted = {"DBClusterIdentifier": "all", "Engine": "aurora-postgresql", "EngineVersion": "16.3", "DBSubnetGroupName": "two"}
    wanted.update(MasterUsername="app", ManageMasterUserPassword=True)
    return rds.create_db_cluster(**{**wanted, **more})["DBCluster"]


def make_member(rds: Any) -> None:
    rds.create_db_instance(
        DBInstanceIdentifier="one", DBInstanceClass="db.serverless", Engine="aurora-postgresql", DBClusterIdentifier="all"
    )


def shown_cluster(rds: Any) -> dict[str, Any]:
    return rds.describe_db_clusters(DBClusterIdentifier="all")["DBClusters"][0]


def test_a_cluster_is_made_changed_and_ended_slowly_with_its_members_before(aws: Aws, rds: Any) -> None:
    aws.put("transitions", {"polls": 1})
    assert make_cluster(rds)["Status"] == "creating"
    with refused("DBClusterAlreadyExistsFault"):
        make_cluster(rds)
    with refused("InvalidDBClusterStateFault"):
        make_member(rds)
    assert [shown_cluster(rds)["Status"] for _ in range(2)] == ["creating", "available"]
    make_member(rds)
    rds.modify_db_cluster(DBClusterIdentifier="all", EngineVersion="16.4", ApplyImmediately=True)
    changing = shown_cluster(rds)
    assert (changing["Status"], changing["EngineVersion"]) == ("modifying", "16.3")
    assert changing["PendingModifiedValues"] == {"EngineVersion": "16.4"}
    assert (shown_cluster(rds)["Status"], shown_cluster(rds)["EngineVersion"]) == ("available", "16.4")
    with refused("InvalidDBClusterStateFault"):
        rds.delete_db_cluster(DBClusterIdentifier="all", FinalDBSnapshotIdentifier="last")
    with refused("InvalidDBSubnetGroupStateFault"):
        rds.delete_db_subnet_group(DBSubnetGroupName="two")
    rds.delete_db_instance(DBInstanceIdentifier="one", SkipFinalSnapshot=True)
    status(rds)
    rds.delete_db_cluster(DBClusterIdentifier="all", FinalDBSnapshotIdentifier="last")
    with refused("InvalidDBClusterStateFault"):
        rds.delete_db_cluster(DBClusterIdentifier="all", FinalDBSnapshotIdentifier="last")
    assert shown_cluster(rds)["Status"] == "deleting"
    with refused("DBClusterNotFoundFault"):
        shown_cluster(rds)
    assert [one["id"] for one in aws.get("inventory")["db_cluster_snapshot"]] == ["last"]


def test_what_rds_refuses_of_a_cluster(aws: Aws, rds: Any) -> None:
    aws.put("transitions", {"polls": 0})
    make_cluster(rds, DeletionProtection=True)
    for version, told in [("17.4", {}), ("16.1", {}), ("15", {"AllowMajorVersionUpgrade": True})]:
        with refused("InvalidParameterCombination"):
            rds.modify_db_cluster(DBClusterIdentifier="all", EngineVersion=version, ApplyImmediately=True, **told)
    with refused("InvalidParameterCombination"):
        rds.delete_db_cluster(DBClusterIdentifier="all", SkipFinalSnapshot=True)
    rds.create_db_cluster_parameter_group(DBClusterParameterGroupName="own", DBParameterGroupFamily="aurora-postgresql16", Description="x")
    rds.modify_db_cluster(DBClusterIdentifier="all", DBClusterParameterGroupName="own", DeletionProtection=False)
    major = {"EngineVersion": "17", "AllowMajorVersionUpgrade": True, "ApplyImmediately": True}
    with refused("InvalidParameterCombination"):
        rds.modify_db_cluster(DBClusterIdentifier="all", **major)
    with refused("InvalidParameterCombination"):
        rds.modify_db_cluster(DBClusterIdentifier="all", DBClusterParameterGroupName="own", **major)
    rds.modify_db_cluster(DBClusterIdentifier="all", DBClusterParameterGroupName="default.aurora-postgresql17", **major)
    assert shown_cluster(rds)["EngineVersion"] == "17.4"
    make_cluster(rds, DBClusterIdentifier="usual")
    rds.modify_db_cluster(DBClusterIdentifier="usual", **major)
    usual = rds.describe_db_clusters(DBClusterIdentifier="usual")["DBClusters"][0]
    assert usual["DBClusterParameterGroup"] == "default.aurora-postgresql17"
    rds.create_db_cluster_snapshot(DBClusterIdentifier="all", DBClusterSnapshotIdentifier="last")
    with refused("DBClusterSnapshotAlreadyExistsFault"):
        rds.delete_db_cluster(DBClusterIdentifier="all", FinalDBSnapshotIdentifier="last")


def test_the_http_endpoint_has_calls_of_its_own(aws: Aws, rds: Any) -> None:
    aws.put("transitions", {"polls": 0})
    arn = make_cluster(rds, EnableHttpEndpoint=True)["DBClusterArn"]
    assert shown_cluster(rds)["HttpEndpointEnabled"]
    rds.disable_http_endpoint(ResourceArn=arn)
    assert not shown_cluster(rds)["HttpEndpointEnabled"]
    rds.modify_db_cluster(DBClusterIdentifier="all", EnableHttpEndpoint=True)
    assert not shown_cluster(rds)["HttpEndpointEnabled"], "of Serverless v1 alone"
    assert rds.enable_http_endpoint(ResourceArn=arn)["HttpEndpointEnabled"]


def test_a_cluster_comes_back_and_begins_with_a_snapshot(aws: Aws, rds: Any) -> None:
    aws.put("transitions", {"polls": 0})
    make_cluster(rds, DatabaseName="shop")
    aws.put("failures", [{"kind": "db_cluster_deletion", "code": "x", "message": "x"}])
    rds.delete_db_cluster(DBClusterIdentifier="all", FinalDBSnapshotIdentifier="last")
    assert shown_cluster(rds)["Status"] == "available" and "db_cluster_snapshot" not in aws.get("inventory")
    rds.delete_db_cluster(DBClusterIdentifier="all", FinalDBSnapshotIdentifier="last")
    rds.restore_db_cluster_from_snapshot(DBClusterIdentifier="all", SnapshotIdentifier="last", Engine="aurora-postgresql")
    restored = shown_cluster(rds)
    assert (restored["DatabaseName"], restored["MasterUsername"], restored["EngineVersion"]) == ("shop", "app", "16.3")
    assert "MasterUserSecret" not in restored
