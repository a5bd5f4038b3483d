"""Rotations in moto call a function that isn't there, forget half of the schedule, and end without one.

Secrets Manager keeps the schedule as it was given, asks for a function only where no service manages the secret, and
tells the schedule of a rotation that is off. What rotates here is nobody: a new version has the old value.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from moto.secretsmanager.exceptions import InvalidParameterException, InvalidRequestException, SecretNotFoundException
from moto.secretsmanager.models import FakeSecret, SecretsManagerBackend
from moto.secretsmanager.responses import SecretsManagerResponse

# What RDS begins with: "Password management with Amazon RDS and AWS Secrets Manager", Amazon RDS User Guide.
_MANAGED = {"RotationEnabled": True, "RotationRules": {"AutomaticallyAfterDays": 7}}
_manage = SecretsManagerBackend.create_managed_secret
_KEPT = ("RotationLambdaARN", "RotationRules", "ExternalSecretRotationMetadata", "ExternalSecretRotationRoleArn")


def apply() -> None:
    """Keep what was given, and turn it off when that is asked for."""
    FakeSecret.rotation = {}
    SecretsManagerBackend.create_managed_secret = _manage_and_rotate
    SecretsManagerResponse.rotate_secret = _rotate
    SecretsManagerResponse.cancel_rotate_secret = _cancel


def shown(secret: Any) -> dict[str, Any]:
    """What is told of a secret's rotation: nothing while it never had one."""
    on = secret.rotation.get("RotationEnabled")
    return secret.rotation if on else {**secret.rotation, "NextRotationDate": None}


def _manage_and_rotate(self: Any, *given: Any, **named: Any) -> Any:
    secret = _manage(self, *given, **named)
    secret.rotation = dict(_MANAGED)
    return secret


def _secret(self: Any) -> Any:
    secret = self.backend.secrets.get(self._get_param("SecretId"))
    if not isinstance(secret, FakeSecret):
        raise SecretNotFoundException
    if secret.is_deleted():
        told = "You can't perform this operation on the secret because it was marked for deletion."
        raise InvalidRequestException(told)
    return secret


def _rotate(self: Any) -> str:
    secret = _secret(self)
    given = {name: self._get_param(name) for name in _KEPT}
    wanted = {**secret.rotation, **{name: value for name, value in given.items() if value}, "RotationEnabled": True}
    _refuse(secret, wanted)
    secret.rotation = wanted
    answer = json.loads(secret.to_short_dict())
    if self._get_bool_param("RotateImmediately", True) and secret.default_version_id:
        answer["VersionId"] = _renew(secret, self._get_param("ClientRequestToken") or str(uuid4()))
    return json.dumps(answer)


def _refuse(secret: Any, wanted: dict[str, Any]) -> None:
    rules = wanted.get("RotationRules", {})
    if rules.get("AutomaticallyAfterDays") and rules.get("ScheduleExpression"):
        told = "You can't specify both AutomaticallyAfterDays and ScheduleExpression in RotationRules."
        raise InvalidParameterException(told)
    if any("AWSPENDING" in one["version_stages"] and "AWSCURRENT" not in one["version_stages"] for one in secret.versions.values()):
        told = "A previous rotation isn't complete. That rotation will be reattempted."
        raise InvalidRequestException(told)
    by_itself = secret.owning_service or wanted.get("ExternalSecretRotationRoleArn")
    if not by_itself and not wanted.get("RotationLambdaARN"):
        raise InvalidRequestException("No Lambda rotation function ARN is associated with this secret.")


def _renew(secret: Any, version: str) -> str:
    if version not in secret.versions:
        old = secret.versions[secret.default_version_id]
        secret.reset_default_version({**old, "version_id": version, "version_stages": ["AWSCURRENT"]}, version)
    return version


def _cancel(self: Any) -> str:
    secret = _secret(self)
    if not secret.rotation:
        raise InvalidRequestException("The secret isn't configured for rotation.")
    secret.rotation = {**secret.rotation, "RotationEnabled": False}
    return secret.to_short_dict()
