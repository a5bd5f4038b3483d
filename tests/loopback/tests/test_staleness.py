"""A new id may be unknown to the first reads."""

from __future__ import annotations

from aws import Aws, refused


def test_the_first_reads_do_not_find_it(aws: Aws) -> None:
    aws.put("staleness", {"reads": 2})
    vpc = aws.vpc()
    for _ in range(2):
        with refused("InvalidVpcID.NotFound"):
            aws.ec2.describe_vpcs(VpcIds=[vpc])
    assert aws.ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["VpcId"] == vpc


def test_each_kind_with_its_code(aws: Aws) -> None:
    vpc = aws.vpc()
    aws.put("staleness", {"reads": 1})
    subnet, group, table = aws.subnet(vpc), aws.group(vpc), aws.table(vpc)
    with refused("InvalidSubnetID.NotFound"):
        aws.ec2.describe_subnets(SubnetIds=[subnet])
    with refused("InvalidGroup.NotFound"):
        aws.ec2.describe_security_groups(GroupIds=[group])
    with refused("InvalidRouteTableID.NotFound"):
        aws.ec2.describe_route_tables(RouteTableIds=[table])
    aws.ec2.describe_subnets(SubnetIds=[subnet])


def test_off_by_default(aws: Aws) -> None:
    aws.ec2.describe_vpcs(VpcIds=[aws.vpc()])
