"""Secrets in moto lose their type and their replicas' keys, and can't lose a description or a key."""

from __future__ import annotations

from typing import Any

from moto.secretsmanager.models import FakeSecret
from moto.secretsmanager.responses import SecretsManagerResponse

from . import rotations

_describe, _replicate = FakeSecret.to_dict, FakeSecret.create_replicas
_create, _update = SecretsManagerResponse.create_secret, SecretsManagerResponse.update_secret


def apply() -> None:
    """Keep what was given; take an empty text for none."""
    FakeSecret.kind = None
    FakeSecret.replication = property(_replication, _replicate_as)
    FakeSecret.to_dict = _describe_all
    FakeSecret.create_replicas = _replicate_with_keys
    SecretsManagerResponse.create_secret = _create_with_type
    SecretsManagerResponse.update_secret = _update_all


def fail(_secrets: Any, secret: Any, failure: dict[str, str]) -> None:
    """The replication comes to nothing."""
    for replica in _behind(secret):
        replica.config.update(Status="Failed", StatusMessage=failure["message"])


def _behind(secret: Any) -> list[Any]:
    return [replica for replica in secret.replicas if replica.config["Status"] == "InProgress"]


def _replication(self: Any) -> str:
    return "InProgress" if _behind(self) else "InSync"


def _replicate_as(self: Any, status: str) -> None:
    """Those that have failed stay so."""
    for replica in self.replicas:
        if replica.config["Status"] != "Failed":
            replica.config["Status"] = status


def _describe_all(self: Any) -> dict[str, Any]:
    return {**_describe(self), **rotations.shown(self), "Type": self.kind}


def _replicate_with_keys(self: Any, replica_regions: list[dict[str, str]], force_overwrite: bool) -> list[Any]:
    replicas = _replicate(self, replica_regions, force_overwrite)
    for replica, wanted in zip(replicas, replica_regions):
        replica.config["KmsKeyId"] = wanted.get("KmsKeyId") or replica.config["KmsKeyId"]
    return replicas


def _create_with_type(self: Any) -> str:
    answer = _create(self)
    self.backend.secrets[self._get_param("Name")].kind = self._get_param("Type")
    return answer


def _update_all(self: Any) -> str:
    answer = _update(self)
    secret = self.backend.secrets[self._get_param("SecretId")]
    description, kind = self._get_param("Description"), self._get_param("Type")
    secret.description = secret.description if description is None else description
    secret.kind = secret.kind if kind is None else kind or None
    secret.kms_key_id = secret.kms_key_id or None
    return answer
