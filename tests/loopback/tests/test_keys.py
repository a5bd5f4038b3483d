"""Keys and aliases: their rotation, their states, and what a key on its way out refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws import Aws, refused


@pytest.fixture
def kms(aws: Aws) -> Any:
    """KMS."""
    return aws.client("kms")


def made(kms: Any, **more: Any) -> str:
    """A key's id."""
    return kms.create_key(**more)["KeyMetadata"]["KeyId"]


def policy(aws: Aws, action: str = "kms:*", who: str | None = None) -> str:
    """A policy that allows one action."""
    principal = {"AWS": who or f"arn:aws:iam::{aws.account}:root"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_a_rotation_has_a_period(kms: Any) -> None:
    key = made(kms)
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is False
    kms.enable_key_rotation(KeyId=key)
    assert kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"] == 365
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=90)
    assert kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"] == 90
    kms.disable_key_rotation(KeyId=key)
    assert "RotationPeriodInDays" not in kms.get_key_rotation_status(KeyId=key)


def test_only_enabled_symmetric_keys_are_rotated(kms: Any) -> None:
    key = made(kms)
    kms.disable_key(KeyId=key)
    for ask in (kms.enable_key_rotation, kms.disable_key_rotation):
        with refused("DisabledException"):
            ask(KeyId=key)
    other = made(kms, KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")
    with refused("UnsupportedOperationException"):
        kms.enable_key_rotation(KeyId=other)


def test_a_key_without_material_waits_for_it(kms: Any) -> None:
    key = made(kms, Origin="EXTERNAL")
    shown = kms.describe_key(KeyId=key)["KeyMetadata"]
    assert (shown["KeyState"], shown["Enabled"]) == ("PendingImport", False)
    for ask in (kms.enable_key, kms.disable_key):
        with refused("KMSInvalidStateException"):
            ask(KeyId=key)
    with refused("UnsupportedOperationException"):
        kms.get_key_rotation_status(KeyId=key)


def test_a_key_that_goes_is_only_looked_at(aws: Aws, kms: Any) -> None:
    key = made(kms, Tags=[{"TagKey": "k", "TagValue": "v"}])
    assert aws.get("inventory")["kms_key"][0]["tags"] == {"k": "v"}
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert aws.get("inventory") == {}
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "PendingDeletion"
    assert kms.list_resource_tags(KeyId=key)["Tags"]
    for ask in (
        lambda: kms.enable_key(KeyId=key),
        lambda: kms.schedule_key_deletion(KeyId=key),
        lambda: kms.update_key_description(KeyId=key, Description="x"),
        lambda: kms.tag_resource(KeyId=key, Tags=[{"TagKey": "k", "TagValue": "w"}]),
        lambda: kms.create_alias(AliasName="alias/one", TargetKeyId=key),
    ):
        with refused("KMSInvalidStateException"):
            ask()


def test_a_policy_that_nobody_could_change_is_refused(aws: Aws, kms: Any) -> None:
    key = made(kms, Policy=policy(aws))
    for locked in (policy(aws, "kms:Decrypt"), policy(aws, who="arn:aws:iam::999999999999:root")):
        with refused("MalformedPolicyDocumentException"):
            made(kms, Policy=locked)
        with refused("MalformedPolicyDocumentException"):
            kms.put_key_policy(KeyId=key, PolicyName="default", Policy=locked)
        kms.put_key_policy(
            KeyId=key, PolicyName="default", Policy=locked, BypassPolicyLockoutSafetyCheck=True
        )


def test_a_policy_may_have_one_statement(aws: Aws, kms: Any) -> None:
    document = json.loads(policy(aws))
    key = made(kms, Policy=json.dumps({**document, "Statement": document["Statement"][0]}))
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyId"] == key


def test_an_alias_is_given_to_another_key(aws: Aws, kms: Any) -> None:
    one, two = made(kms), made(kms)
    kms.create_alias(AliasName="alias/app", TargetKeyId=one)
    with refused("AlreadyExistsException"):
        kms.create_alias(AliasName="alias/app", TargetKeyId=two)
    kms.update_alias(AliasName="alias/app", TargetKeyId=two)
    assert kms.describe_key(KeyId="alias/app")["KeyMetadata"]["KeyId"] == two
    assert [alias["id"] for alias in aws.get("inventory")["kms_alias"]] == ["alias/app"]
    kms.delete_alias(AliasName="alias/app")
    with refused("NotFoundException"):
        kms.describe_key(KeyId="alias/app")


def test_awss_own_keys_are_nobodys(aws: Aws, kms: Any) -> None:
    kms.describe_key(KeyId="alias/aws/secretsmanager")
    assert aws.get("inventory") == {}


def test_keys_that_nobody_signs_with_share_what_is_slow_to_make(kms: Any) -> None:
    keys = [made(kms, KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY") for _ in range(2)]
    assert len(set(keys)) == 2
    one, other = (kms.get_public_key(KeyId=key)["PublicKey"] for key in keys)
    assert one == other
