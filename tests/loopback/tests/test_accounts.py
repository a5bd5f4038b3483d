"""The access key chooses the account, in both emulators, and accounts do not see each other."""

from __future__ import annotations

import json

from aws import Aws, refused

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
    }
)


def test_twelve_digits_are_the_account(aws: Aws) -> None:
    identity = aws.client("sts").get_caller_identity()
    assert identity["Account"] == aws.account
    assert f":{aws.account}:" in identity["Arn"]


def test_any_other_key_is_the_default_account(aws: Aws) -> None:
    assert aws.client("sts", key="AKIAEXAMPLE").get_caller_identity()["Account"] == "123456789012"


def test_both_emulators_agree(aws: Aws) -> None:
    vpc = aws.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]
    cluster = aws.client("ecs").create_cluster(clusterName="main")["cluster"]
    assert vpc["OwnerId"] == aws.account
    assert f":{aws.account}:" in cluster["clusterArn"]


def test_accounts_do_not_see_each_other(aws: Aws) -> None:
    aws.client("ecs").create_cluster(clusterName="main")
    vpc = aws.vpc()
    other = aws.client("ec2", key="999999999999").describe_vpcs()["Vpcs"]
    assert vpc not in [one["VpcId"] for one in other]
    assert aws.client("ecs", key="999999999999").list_clusters()["clusterArns"] == []


def test_an_assumed_role_acts_in_the_roles_account(aws: Aws) -> None:
    role = "arn:aws:iam::888888888888:role/deployer"
    answer = aws.client("sts").assume_role(RoleArn=role, RoleSessionName="tests")
    key = answer["Credentials"]["AccessKeyId"]
    identity = aws.client("sts", key=key).get_caller_identity()
    assert identity["Account"] == "888888888888"
    assert identity["Arn"] == "arn:aws:sts::888888888888:assumed-role/deployer/tests"
    assert ":888888888888:" in aws.client("ecs", key=key).create_cluster(clusterName="x")["cluster"]["clusterArn"]


def test_reset_forgets_one_account_in_both_emulators(aws: Aws) -> None:
    beside = Aws(aws.endpoint, "777777777777")
    beside.vpc()
    beside.client("ecs").create_cluster(clusterName="stays")
    aws.vpc()
    aws.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
    aws.client("ecs").create_cluster(clusterName="goes")
    aws.post("reset")
    assert aws.get("inventory") == {}
    assert aws.get("requests") == []
    assert aws.client("ecs").list_clusters()["clusterArns"] == []
    assert len(beside.get("inventory")["vpc"]) == 1
    assert len(beside.client("ecs").list_clusters()["clusterArns"]) == 1


def test_caches_find_the_subnets_of_the_other_emulator(aws: Aws) -> None:
    cache, vpc = aws.client("elasticache"), aws.vpc()
    subnet = aws.subnet(vpc)

    def create(name: str, subnets: list[str]) -> dict[str, object]:
        return cache.create_cache_subnet_group(
            CacheSubnetGroupName=name, CacheSubnetGroupDescription="d", SubnetIds=subnets
        )["CacheSubnetGroup"]

    assert create("there", [subnet])["VpcId"] == vpc
    with refused("InvalidSubnet"):
        create("missing", ["subnet-00000000"])
