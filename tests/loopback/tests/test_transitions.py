"""Slow things are in between for as many describes as the test says."""

from __future__ import annotations

from typing import Any

import pytest

from aws import Aws, refused


@pytest.fixture
def subnet(aws: Aws) -> str:
    """A subnet in a VPC with an internet gateway."""
    vpc = aws.vpc()
    aws.gateway(vpc)
    return aws.subnet(vpc)


def nat_state(aws: Aws, nat: str) -> str:
    return aws.ec2.describe_nat_gateways(NatGatewayIds=[nat])["NatGateways"][0]["State"]


def endpoint_state(aws: Aws, endpoint: str) -> str:
    return aws.ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"][0]["State"]


def test_a_nat_gateway_comes_and_goes(aws: Aws, subnet: str) -> None:
    aws.put("transitions", {"polls": 2})
    created = aws.ec2.create_nat_gateway(SubnetId=subnet, AllocationId=aws.address())["NatGateway"]
    assert created["State"] == "pending"
    nat = created["NatGatewayId"]
    assert [nat_state(aws, nat) for _ in range(3)] == ["pending", "pending", "available"]
    aws.ec2.delete_nat_gateway(NatGatewayId=nat)
    assert [nat_state(aws, nat) for _ in range(3)] == ["deleting", "deleting", "deleted"]


def test_filters_see_the_same_state(aws: Aws, subnet: str) -> None:
    aws.put("transitions", {"polls": 1})
    nat = aws.nat(subnet, aws.address())

    def with_state(state: str) -> list[Any]:
        return aws.ec2.describe_nat_gateways(Filters=[{"Name": "state", "Values": [state]}])["NatGateways"]

    assert with_state("available") == []
    assert [one["NatGatewayId"] for one in with_state("pending")] == [nat]
    assert [one["NatGatewayId"] for one in with_state("available")] == [nat]


def test_a_deleting_nat_gateway_is_still_there(aws: Aws, subnet: str) -> None:
    address = aws.address()
    nat = aws.nat(subnet, address)
    aws.put("transitions", {"polls": 1})
    aws.ec2.delete_nat_gateway(NatGatewayId=nat)
    with refused("InvalidIPAddress.InUse"):
        aws.ec2.release_address(AllocationId=address)
    with refused("DependencyViolation"):
        aws.ec2.delete_subnet(SubnetId=subnet)
    assert [nat_state(aws, nat) for _ in range(2)] == ["deleting", "deleted"]
    aws.ec2.release_address(AllocationId=address)
    aws.ec2.delete_subnet(SubnetId=subnet)


def test_an_endpoint_comes_and_goes(aws: Aws) -> None:
    vpc = aws.vpc()
    table = aws.table(vpc)
    aws.put("transitions", {"polls": 1})
    endpoint = aws.endpoint_in(vpc, RouteTableIds=[table])
    assert [endpoint_state(aws, endpoint) for _ in range(2)] == ["pending", "available"]
    assert len(routes(aws, table)) == 2
    aws.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    assert endpoint_state(aws, endpoint) == "deleting"
    with refused("InvalidVpcEndpointId.NotFound"):
        endpoint_state(aws, endpoint)
    assert len(routes(aws, table)) == 1


def routes(aws: Aws, table: str) -> list[Any]:
    return aws.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]


def test_vpcs_and_subnets(aws: Aws) -> None:
    aws.put("transitions", {"polls": 1})
    vpc = aws.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]
    subnet = aws.ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.0.0.0/24")["Subnet"]
    assert (vpc["State"], subnet["State"]) == ("pending", "pending")
    for expected in ("pending", "available"):
        assert aws.ec2.describe_vpcs(VpcIds=[vpc["VpcId"]])["Vpcs"][0]["State"] == expected
        assert aws.ec2.describe_subnets(SubnetIds=[subnet["SubnetId"]])["Subnets"][0]["State"] == expected


def test_other_describes_use_nothing_up(aws: Aws, subnet: str) -> None:
    aws.put("transitions", {"polls": 1})
    nat = aws.nat(subnet, aws.address())
    aws.ec2.describe_addresses()
    aws.ec2.describe_nat_gateways(Filters=[{"Name": "vpc-id", "Values": ["vpc-00000000"]}])
    assert nat_state(aws, nat) == "pending"


def test_one_poll_is_the_default(aws: Aws) -> None:
    aws.post("reset")
    vpc = aws.vpc()
    states = [aws.ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["State"] for _ in range(2)]
    assert states == ["pending", "available"]


def test_the_next_one_fails(aws: Aws, subnet: str) -> None:
    aws.put("transitions", {"polls": 1})
    aws.put("failures", [{"kind": "nat_gateway", "code": "InternalError", "message": "bad luck"}])
    address = aws.address()
    nat = aws.nat(subnet, address)
    assert nat_state(aws, nat) == "pending"
    failed = aws.ec2.describe_nat_gateways(NatGatewayIds=[nat])["NatGateways"][0]
    assert (failed["State"], failed["FailureCode"], failed["FailureMessage"]) == (
        "failed",
        "InternalError",
        "bad luck",
    )
    assert nat_state(aws, aws.nat(subnet, address)) == "pending"


def test_a_public_nat_gateway_needs_an_internet_gateway(aws: Aws) -> None:
    nat = aws.nat(aws.subnet(aws.vpc()), aws.address())
    failed = aws.ec2.describe_nat_gateways(NatGatewayIds=[nat])["NatGateways"][0]
    assert (failed["State"], failed["FailureCode"]) == ("failed", "Gateway.NotAttached")


def test_load_balancers(aws: Aws) -> None:
    vpc = aws.vpc()
    subnets = aws.subnets(vpc)
    elb = aws.client("elbv2")
    aws.put("transitions", {"polls": 1})
    balancer = elb.create_load_balancer(Name="web", Subnets=subnets)["LoadBalancers"][0]
    arn = balancer["LoadBalancerArn"]
    states = [
        elb.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0]["State"]["Code"] for _ in range(2)
    ]
    assert [balancer["State"]["Code"], *states] == ["provisioning", "provisioning", "active"]


def test_ecs_services_roll_out(aws: Aws) -> None:
    ecs = aws.client("ecs")
    ecs.create_cluster(clusterName="c")
    container = {"name": "web", "image": "web:1", "memory": 128, "essential": True}
    ecs.register_task_definition(family="web", containerDefinitions=[container])
    aws.put("transitions", {"polls": 1})
    wanted = {"cluster": "c", "taskDefinition": "web", "desiredCount": 2}
    created = ecs.create_service(serviceName="web", **wanted)["service"]
    ecs.create_service(serviceName="web-2", **wanted)

    def rollout(name: str) -> tuple[str, int]:
        service = ecs.describe_services(cluster="c", services=[name])["services"][0]
        return service["deployments"][0]["rolloutState"], service["runningCount"]

    assert created["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    assert [rollout("web") for _ in range(2)] == [("IN_PROGRESS", 0), ("COMPLETED", 2)]
    assert rollout("web-2") == ("IN_PROGRESS", 0)
    ecs.update_service(cluster="c", service="web", desiredCount=1)
    assert [rollout("web") for _ in range(2)] == [("IN_PROGRESS", 0), ("COMPLETED", 1)]


def test_dns_changes(aws: Aws) -> None:
    route53 = aws.client("route53")
    aws.put("transitions", {"polls": 1})
    change = route53.create_hosted_zone(Name="example.com", CallerReference="1")["ChangeInfo"]
    states = [route53.get_change(Id=change["Id"])["ChangeInfo"]["Status"] for _ in range(2)]
    assert [change["Status"], *states] == ["PENDING", "PENDING", "INSYNC"]


def test_replication_groups(aws: Aws) -> None:
    cache = aws.client("elasticache")
    aws.put("transitions", {"polls": 1})
    cache.create_replication_group(ReplicationGroupId="r", ReplicationGroupDescription="d", Engine="redis")
    states = [
        cache.describe_replication_groups(ReplicationGroupId="r")["ReplicationGroups"][0]["Status"]
        for _ in range(2)
    ]
    assert states == ["creating", "available"]


def test_databases(aws: Aws) -> None:
    rds = aws.client("rds")
    aws.put("transitions", {"polls": 1})
    created = rds.create_db_instance(
        DBInstanceIdentifier="db",
        DBInstanceClass="db.t3.micro",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="root",
        MasterUserPassword="password1",
    )
    states = [
        rds.describe_db_instances(DBInstanceIdentifier="db")["DBInstances"][0]["DBInstanceStatus"] for _ in range(2)
    ]
    assert [created["DBInstance"]["DBInstanceStatus"], *states] == ["creating", "creating", "available"]


def test_what_is_underway_takes_no_more_looks_than_are_allowed_now(aws: Aws, subnet: str) -> None:
    aws.put("transitions", {"polls": 1000})
    nat = aws.nat(subnet, aws.address())
    assert nat_state(aws, nat) == "pending"
    aws.put("transitions", {"polls": 1})
    assert [nat_state(aws, nat) for _ in range(2)] == ["pending", "available"]
