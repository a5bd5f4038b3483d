"""A request that AWS's model does not allow fails loudly, in every protocol."""

from __future__ import annotations

import pytest

from aws import Aws, refused

CODE = "LoopbackValidation"


def rejected(aws: Aws, part: str, call: object, **params: object) -> None:
    with refused(CODE) as refusal:
        call(**params)
    assert part in refusal.message
    assert aws.get("requests")[-1]["error_code"] == CODE


def test_ec2(aws: Aws) -> None:
    rejected(aws, "VpcId is required", aws.ec2.create_subnet, CidrBlock="10.0.0.0/24")
    rejected(aws, "not one of", aws.ec2.create_vpc, CidrBlock="10.0.0.0/16", InstanceTenancy="shared")
    rejected(aws, "outside 5 to 1000", aws.ec2.describe_vpcs, MaxResults=1)


def test_iam(aws: Aws) -> None:
    iam = aws.client("iam")
    rejected(aws, "AssumeRolePolicyDocument is required", iam.create_role, RoleName="r")
    rejected(aws, "length of RoleName", iam.get_role, RoleName="r" * 65)
    rejected(aws, "does not match", iam.tag_role, RoleName="r", Tags=[{"Key": "a", "Value": "a,b"}])
    with refused("NoSuchEntity"):
        iam.tag_role(RoleName="r", Tags=[{"Key": "städte", "Value": "größe/1+1=2 @ ok"}])


def test_json(aws: Aws) -> None:
    logs = aws.client("logs")
    rejected(aws, "logGroupName is required", logs.create_log_group)
    rejected(aws, "does not match", logs.create_log_group, logGroupName="a b")
    rejected(aws, "not one of", logs.create_log_group, logGroupName="a", logGroupClass="CHEAP")


def test_ministack_is_checked_too(aws: Aws) -> None:
    rejected(aws, "not one of", aws.client("ecs").create_service, serviceName="s", launchType="CLOUD")


def test_rest_json(aws: Aws) -> None:
    client = aws.client("scheduler")
    rejected(
        aws,
        "Target is required",
        client.create_schedule,
        Name="s",
        ScheduleExpression="rate(1 day)",
        FlexibleTimeWindow={"Mode": "OFF"},
    )


@pytest.mark.parametrize(
    "body, part",
    [
        ("Action=CreateVpc&CidrBlok=10.0.0.0/16", "unknown parameter CidrBlok"),
        ("Action=DescribeVpcs&VpcId.2=vpc-1", "not from 1 without gaps"),
        ("Action=CreateVpc&CidrBlock=10.0.0.0/16&DryRun=yes", "no boolean"),
        ("Action=DescribeVpcs&Filter.1.Nam=a", "unknown parameter Filters[0].Nam"),
        ("Action=MakeVpc", "AWS has no operation MakeVpc"),
    ],
)
def test_what_no_sdk_would_send(aws: Aws, body: str, part: str) -> None:
    with aws.connect() as connection:
        connection.sendall(aws.raw(body))
        answer = connection.recv(65536).decode()
    assert answer.startswith("HTTP/1.1 400")
    assert part in answer


def test_a_body_of_the_wrong_shape(aws: Aws) -> None:
    body = "[1]"
    scope = f"Credential={aws.account}/20260101/us-east-1/logs/aws4_request"
    lines = (
        "POST / HTTP/1.1",
        "Host: loopback",
        "X-Amz-Target: Logs_20140328.CreateLogGroup",
        f"Authorization: AWS4-HMAC-SHA256 {scope}, Signature=x",
        f"Content-Length: {len(body)}",
    )
    with aws.connect() as connection:
        connection.sendall("\r\n".join((*lines, "", body)).encode())
        answer = connection.recv(65536).decode()
    assert "LoopbackValidation" in answer and "must be a structure" in answer
    assert aws.get("requests")[-1]["error_code"] == CODE
