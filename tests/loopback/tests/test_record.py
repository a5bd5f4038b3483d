"""Every request is written down, decoded."""

from __future__ import annotations

from aws import Aws, refused


def test_the_query_protocol_of_ec2(aws: Aws) -> None:
    tags = [{"ResourceType": "vpc", "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}]}]
    aws.ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tags)
    (entry,) = aws.get("requests")
    assert entry == {
        "n": 1,
        "service": "ec2",
        "operation": "CreateVpc",
        "region": "us-east-1",
        "params": {"CidrBlock": "10.0.0.0/16", "TagSpecifications": tags},
        "status": 200,
        "error_code": None,
        "fault": None,
    }


def test_the_query_protocol_of_others(aws: Aws) -> None:
    with refused("NoSuchEntity"):
        aws.client("iam").tag_role(RoleName="none", Tags=[{"Key": "a", "Value": "b"}])
    (entry,) = aws.get("requests")
    assert entry["params"] == {"RoleName": "none", "Tags": [{"Key": "a", "Value": "b"}]}
    assert (entry["status"], entry["error_code"]) == (404, "NoSuchEntity")


def test_json(aws: Aws) -> None:
    aws.client("logs", region="eu-west-1").create_log_group(logGroupName="/a", tags={"k": "v"})
    (entry,) = aws.get("requests")
    assert (entry["operation"], entry["region"]) == ("CreateLogGroup", "eu-west-1")
    assert entry["params"] == {"logGroupName": "/a", "tags": {"k": "v"}}


def test_rest(aws: Aws) -> None:
    route53 = aws.client("route53")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"].rpartition("/")[
        2
    ]
    route53.get_hosted_zone(Id=zone)
    created, got = aws.get("requests")
    assert (created["operation"], created["params"]) == (
        "CreateHostedZone",
        {"Name": "example.com", "CallerReference": "1"},
    )
    assert (got["operation"], got["params"]) == ("GetHostedZone", {"Id": zone})


def test_since_gives_only_what_is_new(aws: Aws) -> None:
    aws.vpc()
    aws.ec2.describe_vpcs()
    assert [entry["n"] for entry in aws.get("requests?since=1")] == [2]
