"""Faults strike as ordered, in the envelope and with the code of each service."""

from __future__ import annotations

import urllib.error

import pytest
from botocore.exceptions import ConnectionClosedError

from aws import Aws, refused


def fault(aws: Aws, **rule: object) -> None:
    aws.put("faults", [rule])


@pytest.mark.parametrize(
    "kind, code, status",
    [
        ("throttle", "RequestLimitExceeded", 503),
        ("internal_error", "InternalError", 500),
        ("unavailable", "Unavailable", 503),
        ("access_denied", "UnauthorizedOperation", 403),
    ],
)
def test_ec2_codes(aws: Aws, kind: str, code: str, status: int) -> None:
    fault(aws, kind=kind)
    with refused(code) as refusal:
        aws.ec2.describe_vpcs()
    assert refusal.status == status


@pytest.mark.parametrize(
    "kind, code, status",
    [
        ("throttle", "Throttling", 400),
        ("internal_error", "ServiceFailure", 500),
        ("access_denied", "AccessDenied", 403),
    ],
)
def test_iam_codes(aws: Aws, kind: str, code: str, status: int) -> None:
    fault(aws, kind=kind, service="iam")
    with refused(code) as refusal:
        aws.client("iam").list_roles()
    assert refusal.status == status


def test_json_codes(aws: Aws) -> None:
    aws.put("faults", [{"kind": "throttle", "service": "logs"}, {"kind": "access_denied", "service": "ecs"}])
    with refused("ThrottlingException"):
        aws.client("logs").describe_log_groups()
    with refused("AccessDeniedException"):
        aws.client("ecs").list_clusters()


def test_a_code_of_ones_own(aws: Aws) -> None:
    fault(aws, kind="error", code="VpcLimitExceeded", message="too many", status=400)
    with refused("VpcLimitExceeded") as refusal:
        aws.vpc()
    assert refusal.message == "too many"


def test_after_and_times(aws: Aws) -> None:
    fault(aws, kind="throttle", operation="Describe.*", after=1, times=2)
    aws.ec2.describe_vpcs()
    for _ in range(2):
        with refused("RequestLimitExceeded"):
            aws.ec2.describe_subnets()
    aws.ec2.describe_vpcs()
    (report,) = aws.get("faults")
    assert (report["matched"], report["fired"]) == (4, 2)
    assert [entry["fault"] for entry in aws.get("requests")] == [None, "throttle", "throttle", None]


def test_for_ever(aws: Aws) -> None:
    fault(aws, kind="unavailable", times=-1)
    for _ in range(3):
        with refused("Unavailable"):
            aws.ec2.describe_vpcs()


def test_a_fault_strikes_only_its_operation(aws: Aws) -> None:
    fault(aws, kind="throttle", service="ec2", operation="CreateSubnet")
    aws.vpc()
    assert aws.get("faults")[0]["fired"] == 0


def test_a_reset_connection_means_that_aws_did_nothing(aws: Aws) -> None:
    fault(aws, kind="reset", operation="CreateVpc")
    with pytest.raises(ConnectionClosedError):
        aws.vpc()
    assert aws.get("inventory") == {}
    assert aws.get("requests")[0]["status"] == 0


def test_a_reset_is_a_tcp_reset(aws: Aws) -> None:
    fault(aws, kind="reset")
    with aws.connect() as connection:
        connection.sendall(aws.raw("Action=DescribeVpcs"))
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_a_lost_answer_means_that_aws_acted(aws: Aws) -> None:
    fault(aws, kind="lost_answer", operation="CreateVpc")
    with pytest.raises(ConnectionClosedError):
        aws.vpc()
    assert len(aws.get("inventory")["vpc"]) == 1
    assert aws.get("requests")[0]["fault"] == "lost_answer"


def test_a_wrong_fault_is_refused(aws: Aws) -> None:
    for wrong in ({"kind": "explode"}, {"kind": "hold", "when": "never"}, {"kind": "throttle", "operatoin": "x"}):
        with pytest.raises(urllib.error.HTTPError):
            fault(aws, **wrong)
