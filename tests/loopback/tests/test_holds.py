"""A held request stays unanswered until it is released or its client goes away."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from botocore.exceptions import ClientError

from aws import Aws


def create_vpc_beside(aws: Aws) -> tuple[threading.Thread, list[Any]]:
    """Create a VPC on a thread of its own."""
    ec2, results = aws.ec2, []
    thread = threading.Thread(target=lambda: results.append(ec2.create_vpc(CidrBlock="10.0.0.0/16")))
    thread.start()
    return thread, results


@pytest.mark.parametrize("when, made", [("before", 0), ("after", 1)])
def test_a_held_create(aws: Aws, when: str, made: int) -> None:
    aws.put("faults", [{"kind": "hold", "when": when, "operation": "CreateVpc"}])
    thread, results = create_vpc_beside(aws)
    assert aws.get("held?at_least=1&within=20") == {"held": 1}
    assert len(aws.get("inventory").get("vpc", [])) == made
    assert results == []
    assert aws.post("release") == {"released": 1}
    thread.join()
    assert results[0]["Vpc"]["VpcId"] == aws.get("inventory")["vpc"][0]["id"]
    assert aws.get("held") == {"held": 0}


@pytest.mark.parametrize("when, made", [("before", 0), ("after", 1)])
def test_a_client_that_goes_away(aws: Aws, when: str, made: int) -> None:
    aws.put("faults", [{"kind": "hold", "when": when, "operation": "CreateVpc"}])
    raw_create_vpc_and_leave(aws)
    assert len(aws.get("inventory").get("vpc", [])) == made
    assert aws.get("requests")[0]["status"] == 0


def raw_create_vpc_and_leave(aws: Aws) -> None:
    """Send a CreateVpc by hand, wait until it is held, close the connection, wait until that is seen."""
    with aws.connect() as connection:
        connection.sendall(aws.raw("Action=CreateVpc&CidrBlock=10.0.0.0/16"))
        assert aws.get("held?at_least=1&within=20") == {"held": 1}
    assert aws.get("held?at_most=0&within=20") == {"held": 0}


def test_release_does_not_hold_the_next(aws: Aws) -> None:
    aws.put("faults", [{"kind": "hold", "operation": "CreateVpc"}])
    thread, _ = create_vpc_beside(aws)
    aws.get("held?at_least=1&within=20")
    aws.post("release")
    thread.join()
    try:
        aws.vpc("10.1.0.0/16")
    except ClientError as error:
        pytest.fail(str(error))
