"""The inventory shows what was made, everywhere, and nothing that AWS made."""

from __future__ import annotations

import json

from aws import Aws

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
