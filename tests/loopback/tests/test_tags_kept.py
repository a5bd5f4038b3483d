"""A create whose tags the emulator drops fails, and says where to put that right."""

from __future__ import annotations

from typing import Any

import pytest

from aws import Aws
from loopback import moto_state, tags_kept
from loopback.exchange import Answer, AwsRequest, Exchange

ID = "vol-0123456789abcdef0"
ACCOUNT = "777777777777"


def created(*, with_tags: dict[str, str], kept: dict[str, str]) -> Answer:
    """What becomes of a create that asks for tags, if the emulator keeps those."""
    specification = {"ResourceType": "volume", "Tags": [{"Key": k, "Value": v} for k, v in with_tags.items()]}
    request = AwsRequest("POST", "/", {}, b"", account_id=ACCOUNT, service="ec2", operation="CreateVolume")
    request.protocol, request.params = "ec2", {"TagSpecifications": [specification]}

    def emulate(_: Any) -> Answer:
        moto_state.backend("ec2", ACCOUNT, request.region).tags[ID] = dict(kept)
        return Answer(200, f"<requestId>1</requestId><volumeId>{ID}</volumeId>".encode())

    return tags_kept.layer(Exchange(request, None), emulate)


@pytest.mark.parametrize("kept", [{}, {"a": "other"}, {"b": "1"}])
def test_tags_that_were_forgotten_are_an_error_that_names_the_call(kept: dict[str, str]) -> None:
    answer = created(with_tags={"a": "1"}, kept=kept)
    assert answer.error_code == "EmulatorForgetsTags"
    assert b"CreateVolume" in answer.body and b"corrections" in answer.body


def test_tags_that_were_kept_are_none() -> None:
    assert created(with_tags={"a": "1"}, kept={"a": "1", "more": "2"}).succeeded
    assert created(with_tags={}, kept={}).succeeded


def test_what_the_provider_makes_keeps_its_tags(aws: Aws) -> None:
    tags = [{"ResourceType": "vpc", "Tags": [{"Key": "k", "Value": "v"}, {"Key": "empty", "Value": ""}]}]
    assert aws.ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tags)["Vpc"]["VpcId"]
