"""The inventory shows what was made, everywhere, and nothing that AWS made."""

from __future__ import annotations

import json

from aws import Aws, refused

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ecs.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


def test_an_account_that_was_only_looked_at_is_empty(aws: Aws) -> None:
    aws.ec2.describe_vpcs()
    aws.client("ec2", region="eu-west-1").describe_subnets()
    aws.client("iam").list_roles()
    aws.client("logs").describe_log_groups()
    assert aws.get("inventory") == {}


def test_a_whole_network(aws: Aws) -> None:
    vpc = aws.vpc()
    aws.gateway(vpc)
    subnet = aws.subnet(vpc)
    aws.nat(subnet, aws.address())
    aws.table(vpc)
    aws.group(vpc)
    aws.endpoint_in(vpc)
    aws.ec2.create_network_acl(VpcId=vpc)
    aws.ec2.create_dhcp_options(DhcpConfigurations=[{"Key": "domain-name", "Values": ["example.com"]}])
    aws.ec2.create_network_interface(SubnetId=subnet)
    aws.ec2.create_flow_logs(
        ResourceIds=[vpc],
        ResourceType="VPC",
        TrafficType="ALL",
        LogGroupName="g",
        DeliverLogsPermissionArn=f"arn:aws:iam::{aws.account}:role/r",
    )
    counts = {kind: len(things) for kind, things in aws.get("inventory").items()}
    assert counts == dict.fromkeys(
        (
            "vpc",
            "subnet",
            "internet_gateway",
            "route_table",
            "nat_gateway",
            "address",
            "security_group",
            "vpc_endpoint",
            "flow_log",
            "dhcp_options",
            "network_acl",
            "network_interface",
        ),
        1,
    )


def test_regions_and_tags(aws: Aws) -> None:
    tags = [{"ResourceType": "vpc", "Tags": [{"Key": "k", "Value": "v"}]}]
    vpc = aws.client("ec2", region="eu-west-1").create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tags)["Vpc"][
        "VpcId"
    ]
    aws.client("logs").create_log_group(logGroupName="g", tags={"a": "b"})
    aws.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=TRUST, Tags=[{"Key": "x", "Value": "y"}])
    assert aws.get("inventory") == {
        "vpc": [{"id": vpc, "region": "eu-west-1", "tags": {"k": "v"}}],
        "log_group": [{"id": "g", "region": "us-east-1", "tags": {"a": "b"}}],
        "iam_role": [{"id": "r", "region": "aws", "tags": {"x": "y"}}],
    }


def test_what_was_added_to_the_defaults(aws: Aws) -> None:
    everything = aws.ec2.describe_security_groups()["SecurityGroups"]
    (default,) = [group["GroupId"] for group in everything]
    rule = {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    aws.ec2.authorize_security_group_ingress(GroupId=default, IpPermissions=[rule])
    assert list(aws.get("inventory")) == ["security_group_rule"]
    aws.ec2.revoke_security_group_ingress(GroupId=default, IpPermissions=[rule])
    assert aws.get("inventory") == {}


def test_what_no_row_lists_is_unknown_until_it_is_deleted(aws: Aws) -> None:
    vpc = aws.vpc()
    gateway = aws.ec2.create_egress_only_internet_gateway(VpcId=vpc)["EgressOnlyInternetGateway"]
    (unknown,) = aws.get("inventory")["unknown"]
    assert unknown["id"] == gateway["EgressOnlyInternetGatewayId"]
    assert "inventory.py" in unknown["why"] and "ec2:CreateEgressOnlyInternetGateway" in unknown["why"]
    aws.ec2.delete_egress_only_internet_gateway(EgressOnlyInternetGatewayId=unknown["id"])
    aws.ec2.delete_vpc(VpcId=vpc)
    assert aws.get("inventory") == {}


def test_only_the_one_that_was_deleted_is_gone(aws: Aws) -> None:
    for name in ("one", "two"):
        aws.ec2.create_key_pair(KeyName=name)
        aws.client("iam").create_user(UserName=name)
    with refused("NoSuchEntity"):
        aws.client("iam").delete_user(UserName="three")
    aws.ec2.delete_key_pair(KeyName="one")
    aws.client("iam").delete_user(UserName="two")
    why = [item["why"].split()[-2] for item in aws.get("inventory")["unknown"]]
    assert why == ["iam:CreateUser", "ec2:CreateKeyPair"]
    assert "user/one" in aws.get("inventory")["unknown"][0]["id"]
    aws.ec2.delete_key_pair(KeyName="two")
    aws.client("iam").delete_user(UserName="one")
    assert aws.get("inventory") == {}


def test_what_the_other_emulator_holds_is_unknown(aws: Aws) -> None:
    queue = aws.client("sqs").create_queue(QueueName="q")["QueueUrl"]
    assert [item["why"].split()[-2] for item in aws.get("inventory")["unknown"]] == ["sqs:CreateQueue"]
    aws.client("sqs").delete_queue(QueueUrl=queue)
    assert aws.get("inventory") == {}


def test_a_part_of_something_is_not_unknown(aws: Aws) -> None:
    table = aws.table(vpc := aws.vpc())
    gateway = aws.gateway(vpc)
    aws.ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    aws.ec2.create_tags(Resources=[vpc], Tags=[{"Key": "k", "Value": "v"}])
    aws.client("logs").create_log_group(logGroupName="g")
    aws.client("logs").create_log_stream(logGroupName="g", logStreamName="s")
    assert "unknown" not in aws.get("inventory")


def test_repositories_go_with_their_tags(aws: Aws) -> None:
    ecr = aws.client("ecr")
    ecr.create_repository(repositoryName="team/web", tags=[{"Key": "k", "Value": "v"}])
    assert aws.get("inventory") == {
        "ecr_repository": [{"id": "team/web", "region": "us-east-1", "tags": {"k": "v"}}]
    }
    kind = "application/vnd.oci.image.manifest.v1+json"
    manifest = json.dumps({"schemaVersion": 2, "mediaType": kind, "layers": []})
    ecr.put_image(repositoryName="team/web", imageManifest=manifest, imageTag="one")
    with refused("RepositoryNotEmptyException"):
        ecr.delete_repository(repositoryName="team/web")
    ecr.delete_repository(repositoryName="team/web", force=True)
    assert aws.get("inventory") == {}
