"""What AWS refuses on create, and moto alone would take."""

from __future__ import annotations

from typing import Any

import pytest

from aws import Aws, refused


def test_a_second_table_for_a_subnet(aws: Aws) -> None:
    vpc = aws.vpc()
    subnet = aws.subnet(vpc)
    aws.ec2.associate_route_table(RouteTableId=aws.table(vpc), SubnetId=subnet)
    with refused("Resource.AlreadyAssociated"):
        aws.ec2.associate_route_table(RouteTableId=aws.table(vpc), SubnetId=subnet)


def test_endpoints(aws: Aws) -> None:
    vpc = aws.vpc()
    with refused("InvalidServiceName"):
        aws.endpoint_in(vpc, ServiceName="com.amazonaws.us-east-1.nothing")
    with refused("InvalidServiceName"):
        aws.endpoint_in(vpc, ServiceName="com.amazonaws.eu-west-1.s3")
    with refused("InvalidRouteTableId.NotFound"):
        aws.endpoint_in(vpc, RouteTableIds=["rtb-00000000"])
    table = aws.table(vpc)
    aws.endpoint_in(vpc, RouteTableIds=[table])
    with refused("RouteAlreadyExists"):
        aws.endpoint_in(vpc, RouteTableIds=[table])


@pytest.mark.parametrize("short", ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssmmessages", "sts", "kms"])
def test_services_that_have_endpoints(aws: Aws, short: str) -> None:
    vpc = aws.vpc()
    aws.endpoint_in(
        vpc,
        ServiceName=f"com.amazonaws.us-east-1.{short}",
        VpcEndpointType="Interface",
        SubnetIds=[aws.subnet(vpc)],
        PrivateDnsEnabled=False,
    )


def test_private_dns_needs_host_names(aws: Aws) -> None:
    vpc = aws.vpc()
    wanted: dict[str, Any] = {"ServiceName": "com.amazonaws.us-east-1.logs", "VpcEndpointType": "Interface"}
    wanted.update(SubnetIds=[aws.subnet(vpc)], PrivateDnsEnabled=True)
    with refused("InvalidParameter"):
        aws.endpoint_in(vpc, **wanted)
    aws.ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    aws.endpoint_in(vpc, **wanted)
    with refused("InvalidParameter"):
        aws.endpoint_in(vpc, **wanted)


def test_rules_given_twice(aws: Aws) -> None:
    group = aws.group(aws.vpc())
    ports = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    rule = {**ports, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "one"}]}
    again = {**ports, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "two"}]}
    other = {**ports, "IpRanges": [{"CidrIp": "10.0.0.0/9"}]}
    with refused("InvalidParameterValue"):
        aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule, again])
    aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    with refused("InvalidPermission.Duplicate"):
        aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[other, again])
    aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[other])
    with refused("InvalidGroup.NotFound"):
        missing = {**ports, "UserIdGroupPairs": [{"GroupId": "sg-00000000"}]}
        aws.ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[missing])


def test_routes_to_what_is_not_there(aws: Aws) -> None:
    vpc = aws.vpc()
    table = aws.table(vpc)
    everywhere = {"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0"}
    with refused("InvalidGatewayID.NotFound"):
        aws.ec2.create_route(**everywhere, GatewayId="igw-00000000")
    with refused("InvalidNatGatewayID.NotFound"):
        aws.ec2.create_route(**everywhere, NatGatewayId="nat-00000000")
    elsewhere = aws.gateway(aws.vpc("10.1.0.0/16"))
    with refused("InvalidParameterValue"):
        aws.ec2.create_route(**everywhere, GatewayId=elsewhere)
    gateway = aws.gateway(vpc)
    aws.ec2.create_route(**everywhere, GatewayId=gateway)
    with refused("RouteAlreadyExists"):
        aws.ec2.create_route(**everywhere, GatewayId=gateway)


def test_gateways(aws: Aws) -> None:
    vpc = aws.vpc()
    gateway = aws.gateway(vpc)
    with refused("Resource.AlreadyAssociated"):
        aws.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    subnet = aws.subnet(vpc)
    with refused("MissingParameter"):
        aws.ec2.create_nat_gateway(SubnetId=subnet)
    address = aws.address()
    aws.nat(subnet, address)
    with refused("Resource.AlreadyAssociated"):
        aws.nat(subnet, address)


def test_tags_of_another_type(aws: Aws) -> None:
    tags = [{"ResourceType": "subnet", "Tags": [{"Key": "a", "Value": "b"}]}]
    with refused("InvalidParameterValue"):
        aws.ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tags)


def test_names_and_tags(aws: Aws) -> None:
    vpc = aws.vpc()
    with refused("InvalidParameterValue"):
        aws.group(vpc, "sg-mine")
    with refused("InvalidParameterValue"):
        aws.ec2.create_security_group(GroupName="a", Description="a < b", VpcId=vpc)
    with refused("InvalidParameterValue"):
        aws.ec2.create_tags(Resources=[vpc], Tags=[{"Key": "aws:x", "Value": "1"}])
    with refused("TagLimitExceeded"):
        aws.ec2.create_tags(Resources=[vpc], Tags=[{"Key": str(n), "Value": ""} for n in range(51)])


def test_dry_runs_change_nothing(aws: Aws) -> None:
    with refused("DryRunOperation"):
        aws.ec2.create_vpc(CidrBlock="10.0.0.0/16", DryRun=True)
    assert aws.get("inventory") == {}


def test_policies_that_are_none(aws: Aws) -> None:
    for document in ("{", "[]", "{}"):
        with refused("MalformedPolicyDocument"):
            aws.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=document)


def test_retentions(aws: Aws) -> None:
    logs = aws.client("logs")
    logs.create_log_group(logGroupName="g")
    with refused("InvalidParameterException"):
        logs.put_retention_policy(logGroupName="g", retentionInDays=31)
