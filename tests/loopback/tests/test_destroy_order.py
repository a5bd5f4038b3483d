"""What is in use stays: every delete out of order is refused with AWS's code."""

from __future__ import annotations

import json

import pytest

from aws import Aws, refused

EVERYONE = [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}]


@pytest.fixture
def network(aws: Aws) -> dict[str, str]:
    """A public subnet with a NAT gateway."""
    vpc = aws.vpc()
    names = {"vpc": vpc, "gateway": aws.gateway(vpc), "subnet": aws.subnet(vpc), "address": aws.address()}
    return {**names, "nat": aws.nat(names["subnet"], names["address"])}


def test_the_right_order_leaves_nothing(aws: Aws, network: dict[str, str]) -> None:
    aws.ec2.delete_nat_gateway(NatGatewayId=network["nat"])
    aws.ec2.release_address(AllocationId=network["address"])
    aws.ec2.delete_subnet(SubnetId=network["subnet"])
    aws.ec2.detach_internet_gateway(InternetGatewayId=network["gateway"], VpcId=network["vpc"])
    aws.ec2.delete_internet_gateway(InternetGatewayId=network["gateway"])
    aws.ec2.delete_vpc(VpcId=network["vpc"])
    assert aws.get("inventory") == {}


def test_what_a_nat_gateway_holds(aws: Aws, network: dict[str, str]) -> None:
    with refused("DependencyViolation"):
        aws.ec2.delete_subnet(SubnetId=network["subnet"])
    with refused("InvalidIPAddress.InUse"):
        aws.ec2.release_address(AllocationId=network["address"])
    with refused("DependencyViolation"):
        aws.ec2.detach_internet_gateway(InternetGatewayId=network["gateway"], VpcId=network["vpc"])
    association = aws.ec2.describe_addresses()["Addresses"][0]["AssociationId"]
    with refused("AuthFailure"):
        aws.ec2.disassociate_address(AssociationId=association)
    with refused("DependencyViolation"):
        aws.ec2.delete_internet_gateway(InternetGatewayId=network["gateway"])


@pytest.mark.parametrize("part", ["subnet", "gateway", "table", "group", "endpoint_in"])
def test_a_vpc_with_something_in_it(aws: Aws, part: str) -> None:
    vpc = aws.vpc()
    getattr(aws, part)(vpc)
    with refused("DependencyViolation"):
        aws.ec2.delete_vpc(VpcId=vpc)


def test_an_empty_vpc_goes(aws: Aws) -> None:
    aws.ec2.delete_vpc(VpcId=aws.vpc())
    assert aws.get("inventory") == {}


def test_what_an_endpoint_holds(aws: Aws) -> None:
    vpc = aws.vpc()
    subnet, group = aws.subnet(vpc), aws.group(vpc)
    endpoint = aws.endpoint_in(
        vpc,
        ServiceName="com.amazonaws.us-east-1.ecr.api",
        VpcEndpointType="Interface",
        SubnetIds=[subnet],
        SecurityGroupIds=[group],
        PrivateDnsEnabled=False,
    )
    with refused("DependencyViolation"):
        aws.ec2.delete_subnet(SubnetId=subnet)
    with refused("DependencyViolation"):
        aws.ec2.delete_security_group(GroupId=group)
    aws.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    aws.ec2.delete_subnet(SubnetId=subnet)
    aws.ec2.delete_security_group(GroupId=group)


def test_a_referenced_group(aws: Aws) -> None:
    vpc = aws.vpc()
    used, user = aws.group(vpc, "used"), aws.group(vpc, "user")
    rules = [{**EVERYONE[0], "UserIdGroupPairs": [{"GroupId": used}]}]
    aws.ec2.authorize_security_group_ingress(GroupId=user, IpPermissions=rules)
    with refused("DependencyViolation"):
        aws.ec2.delete_security_group(GroupId=used)
    aws.ec2.delete_security_group(GroupId=user)
    aws.ec2.delete_security_group(GroupId=used)


def test_a_group_may_refer_to_itself(aws: Aws) -> None:
    group = aws.group(aws.vpc())
    rules = [{**EVERYONE[0], "UserIdGroupPairs": [{"GroupId": group}]}]
    aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rules)
    aws.ec2.delete_security_group(GroupId=group)


def test_the_default_group_stays(aws: Aws) -> None:
    mine = [{"Name": "vpc-id", "Values": [aws.vpc()]}]
    (default,) = aws.ec2.describe_security_groups(Filters=mine)["SecurityGroups"]
    with refused("CannotDelete"):
        aws.ec2.delete_security_group(GroupId=default["GroupId"])


def test_route_tables(aws: Aws) -> None:
    vpc = aws.vpc()
    table, subnet = aws.table(vpc), aws.subnet(vpc)
    association = aws.ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)["AssociationId"]
    with refused("DependencyViolation"):
        aws.ec2.delete_route_table(RouteTableId=table)
    aws.ec2.disassociate_route_table(AssociationId=association)
    aws.ec2.delete_route_table(RouteTableId=table)
    main = aws.ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"][0]
    with refused("DependencyViolation"):
        aws.ec2.delete_route_table(RouteTableId=main["RouteTableId"])


def test_roles(aws: Aws) -> None:
    iam = aws.client("iam")
    policy = json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    )
    trust = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "ecs.amazonaws.com"}, "Action": "sts:AssumeRole"}
            ],
        }
    )
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust)
    iam.put_role_policy(RoleName="r", PolicyName="inline", PolicyDocument=policy)
    with refused("DeleteConflict"):
        iam.delete_role(RoleName="r")
    iam.delete_role_policy(RoleName="r", PolicyName="inline")
    iam.delete_role(RoleName="r")
    assert aws.get("inventory") == {}
