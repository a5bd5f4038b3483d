"""The same client token gives the same thing, and another thing with it is refused."""

from __future__ import annotations

import pytest
from botocore.exceptions import ConnectionClosedError

from aws import Aws, refused


def test_nat_gateways(aws: Aws) -> None:
    vpc = aws.vpc()
    aws.gateway(vpc)
    subnet, address = aws.subnet(vpc), aws.address()
    first = aws.nat(subnet, address, ClientToken="one")
    assert aws.nat(subnet, address, ClientToken="one") == first
    assert len(aws.get("inventory")["nat_gateway"]) == 1
    with refused("IdempotentParameterMismatch"):
        aws.nat(aws.subnet(vpc, "10.0.1.0/24"), address, ClientToken="one")


def test_endpoints_tables_and_flow_logs(aws: Aws) -> None:
    vpc = aws.vpc()
    assert aws.endpoint_in(vpc, ClientToken="e") == aws.endpoint_in(vpc, ClientToken="e")
    tables = [
        aws.ec2.create_route_table(VpcId=vpc, ClientToken="t")["RouteTable"]["RouteTableId"] for _ in range(2)
    ]
    assert tables[0] == tables[1]
    logs = [create_flow_log(aws, vpc) for _ in range(2)]
    assert logs[0] == logs[1]


def create_flow_log(aws: Aws, vpc: str) -> str:
    role = f"arn:aws:iam::{aws.account}:role/flow"
    answer = aws.ec2.create_flow_logs(
        ResourceIds=[vpc],
        ResourceType="VPC",
        TrafficType="ALL",
        LogGroupName="flow",
        DeliverLogsPermissionArn=role,
        ClientToken="f",
    )
    return answer["FlowLogIds"][0]


def test_after_a_lost_answer(aws: Aws) -> None:
    vpc = aws.vpc()
    aws.put("faults", [{"kind": "lost_answer", "operation": "CreateRouteTable"}])
    with pytest.raises(ConnectionClosedError):
        aws.ec2.create_route_table(VpcId=vpc, ClientToken="t")
    aws.ec2.create_route_table(VpcId=vpc, ClientToken="t")
    assert len(aws.get("inventory")["route_table"]) == 1


def test_a_refused_call_leaves_its_token_free(aws: Aws) -> None:
    vpc = aws.vpc()
    aws.gateway(vpc)
    subnet = aws.subnet(vpc)
    with refused("InvalidAllocationID.NotFound"):
        aws.nat(subnet, "eipalloc-00000000", ClientToken="n")
    aws.nat(subnet, aws.address(), ClientToken="n")


def test_without_a_token_there_are_two(aws: Aws) -> None:
    vpc = aws.vpc()
    assert aws.table(vpc) != aws.table(vpc)
