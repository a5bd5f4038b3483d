"""Secrets keep what they were given, and go and come back as in AWS."""

from __future__ import annotations

import time
from typing import Any

import pytest
from aws import Aws, refused

KEY = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001"


@pytest.fixture
def secrets(aws: Aws) -> Any:
    """Secrets Manager."""
    return aws.client("secretsmanager")


def made(secrets: Any, name: str = "app/db", **more: Any) -> str:
    """A secret's ARN."""
    return secrets.create_secret(Name=name, ClientRequestToken="t" * 32, **more)["ARN"]


def test_a_secret_keeps_its_words_until_they_are_taken_away(secrets: Any) -> None:
    arn = made(secrets, Description="one", KmsKeyId=KEY, Type="Partner", SecretString="value")
    shown = secrets.describe_secret(SecretId=arn)
    assert [shown[name] for name in ("Description", "KmsKeyId", "Type")] == ["one", KEY, "Partner"]
    assert shown["VersionIdsToStages"] == {"t" * 32: ["AWSCURRENT"]}
    secrets.update_secret(SecretId=arn, SecretString="other", ClientRequestToken="u" * 32)
    shown = secrets.describe_secret(SecretId=arn)
    assert [shown[name] for name in ("Description", "KmsKeyId", "Type")] == ["one", KEY, "Partner"]
    assert shown["VersionIdsToStages"] == {"t" * 32: ["AWSPREVIOUS"], "u" * 32: ["AWSCURRENT"]}
    secrets.update_secret(SecretId=arn, Description="", KmsKeyId="", Type="", ClientRequestToken="v" * 32)
    shown = secrets.describe_secret(SecretId=arn)
    assert [shown.get(name) or None for name in ("Description", "KmsKeyId", "Type")] == [None, None, None]


def test_an_empty_secret_has_no_version(secrets: Any) -> None:
    arn = made(secrets)
    assert "VersionIdsToStages" not in secrets.describe_secret(SecretId=arn)


def test_a_secret_that_goes_keeps_its_name(aws: Aws, secrets: Any) -> None:
    arn = made(secrets, SecretString="value")
    assert list(aws.get("inventory")) == ["secret"]
    answer = secrets.delete_secret(SecretId=arn, RecoveryWindowInDays=7)
    assert answer["DeletionDate"].timestamp() == pytest.approx(time.time() + 7 * 24 * 3600, abs=24 * 3600)
    assert aws.get("inventory") == {}
    assert "DeletedDate" in secrets.describe_secret(SecretId=arn)
    with refused("InvalidRequestException") as name_taken:
        made(secrets)
    assert "scheduled for deletion" in name_taken.message
    tags = {"Tags": [{"Key": "k", "Value": "v"}]}
    for ask in (
        lambda: secrets.delete_secret(SecretId=arn, RecoveryWindowInDays=7),
        lambda: secrets.get_secret_value(SecretId=arn),
        lambda: secrets.update_secret(SecretId=arn, Description="x"),
        lambda: secrets.put_secret_value(SecretId=arn, SecretString="x", ClientRequestToken="u" * 32),
        lambda: secrets.tag_resource(SecretId=arn, **tags),
        lambda: secrets.untag_resource(SecretId=arn, TagKeys=["k"]),
        lambda: secrets.replicate_secret_to_regions(SecretId=arn, AddReplicaRegions=[{"Region": "eu-west-1"}]),
    ):
        with refused("InvalidRequestException"):
            ask()
    assert secrets.restore_secret(SecretId=arn)["ARN"] == arn
    assert secrets.get_secret_value(SecretId=arn)["SecretString"] == "value"
    assert list(aws.get("inventory")) == ["secret"]


def test_replicas_take_a_while_and_stand_in_the_way(aws: Aws, secrets: Any) -> None:
    arn = made(secrets, SecretString="value")
    aws.put("transitions", {"polls": 1})
    wanted = [{"Region": "eu-west-1", "KmsKeyId": "alias/there"}, {"Region": "eu-central-1"}]
    answer = secrets.replicate_secret_to_regions(SecretId=arn, AddReplicaRegions=wanted)
    assert {one["Status"] for one in answer["ReplicationStatus"]} == {"InProgress"}
    assert {one["Status"] for one in secrets.describe_secret(SecretId=arn)["ReplicationStatus"]} == {"InProgress"}
    shown = secrets.describe_secret(SecretId=arn)["ReplicationStatus"]
    assert [(one["Region"], one["KmsKeyId"], one["Status"]) for one in shown] == [
        ("eu-west-1", "alias/there", "InSync"),
        ("eu-central-1", "alias/aws/secretsmanager", "InSync"),
    ]
    assert len(aws.get("inventory")["secret_replica"]) == 2
    with refused("InvalidParameterException") as held:
        secrets.delete_secret(SecretId=arn)
    assert "still has replica regions" in held.message
    secrets.remove_regions_from_replication(SecretId=arn, RemoveReplicaRegions=["eu-west-1", "eu-central-1"])
    secrets.delete_secret(SecretId=arn)
    assert aws.get("inventory") == {}


def test_a_replication_can_be_made_to_fail(aws: Aws, secrets: Any) -> None:
    arn = made(secrets, SecretString="value")
    aws.put("failures", [{"kind": "secret_replica", "code": "x", "message": "no such key"}])
    secrets.replicate_secret_to_regions(SecretId=arn, AddReplicaRegions=[{"Region": "eu-west-1"}])
    (shown,) = secrets.describe_secret(SecretId=arn)["ReplicationStatus"]
    assert (shown["Status"], shown["StatusMessage"]) == ("Failed", "no such key")


FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:rotate"
ROTATION = ("RotationEnabled", "RotationLambdaARN", "RotationRules")


def rotation(secrets: Any, arn: str) -> list[Any]:
    shown = secrets.describe_secret(SecretId=arn)
    return [shown.get(name) for name in ROTATION]


def test_a_rotation_is_as_it_was_asked_for_until_it_is_cancelled(secrets: Any) -> None:
    arn = made(secrets, SecretString="value")
    assert rotation(secrets, arn) == [None, None, None]
    rules = {"ScheduleExpression": "cron(0 4 ? * SUN *)", "Duration": "3h"}
    with refused("InvalidRequestException"):
        secrets.cancel_rotate_secret(SecretId=arn)
    with refused("InvalidRequestException") as without_function:
        secrets.rotate_secret(SecretId=arn, RotationRules=rules, RotateImmediately=False)
    assert "No Lambda" in without_function.message
    versions = secrets.describe_secret(SecretId=arn)["VersionIdsToStages"]
    secrets.rotate_secret(SecretId=arn, RotationLambdaARN=FUNCTION, RotationRules=rules, RotateImmediately=False)
    assert rotation(secrets, arn) == [True, FUNCTION, rules]
    assert secrets.describe_secret(SecretId=arn)["VersionIdsToStages"] == versions
    secrets.cancel_rotate_secret(SecretId=arn)
    assert rotation(secrets, arn) == [False, FUNCTION, rules]
    days = {"AutomaticallyAfterDays": 30}
    secrets.rotate_secret(SecretId=arn, RotationRules=days, ClientRequestToken="r" * 32)
    assert rotation(secrets, arn) == [True, FUNCTION, days]
    assert secrets.describe_secret(SecretId=arn)["VersionIdsToStages"]["r" * 32] == ["AWSCURRENT"]
    with refused("InvalidParameterException"):
        secrets.rotate_secret(SecretId=arn, RotationRules={**rules, **days})
    secrets.put_secret_value(SecretId=arn, SecretString="next", VersionStages=["AWSPENDING"], ClientRequestToken="n" * 32)
    with refused("InvalidRequestException") as under_way:
        secrets.rotate_secret(SecretId=arn)
    assert "previous rotation isn't complete" in under_way.message
    secrets.delete_secret(SecretId=arn)
    for ask in (secrets.rotate_secret, secrets.cancel_rotate_secret):
        with refused("InvalidRequestException"):
            ask(SecretId=arn)


def test_a_secret_of_a_database_is_rotated_every_seven_days_without_a_function(aws: Aws, secrets: Any) -> None:
    wanted = {"DBInstanceClass": "db.t4g.micro", "Engine": "postgres", "AllocatedStorage": 20, "MasterUsername": "app"}
    made = aws.client("rds").create_db_instance(DBInstanceIdentifier="one", ManageMasterUserPassword=True, **wanted)
    arn = made["DBInstance"]["MasterUserSecret"]["SecretArn"]
    assert secrets.describe_secret(SecretId=arn)["OwningService"] == "rds"
    assert rotation(secrets, arn) == [True, None, {"AutomaticallyAfterDays": 7}]
    secrets.cancel_rotate_secret(SecretId=arn)
    assert rotation(secrets, arn) == [False, None, {"AutomaticallyAfterDays": 7}]
    secrets.rotate_secret(SecretId=arn, RotationRules={"AutomaticallyAfterDays": 30}, RotateImmediately=False)
    assert rotation(secrets, arn) == [True, None, {"AutomaticallyAfterDays": 30}]
