"""Secrets that were scheduled for deletion: they keep their name, and can only be looked at and restored."""

from __future__ import annotations

from typing import Any

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import refuses


def _secret(request: AwsRequest, member: str) -> Any:
    return moto_state.backend("secretsmanager", request.account_id, request.region).secrets.get(request.params[member])


def _is_ending(secret: Any) -> bool:
    return secret is not None and secret.is_deleted()


@refuses("secretsmanager", "CreateSecret")
def name_is_free(request: AwsRequest) -> None:
    """A name is taken until the recovery window is over."""
    if _is_ending(_secret(request, "Name")):
        told = "You can't create this secret because a secret with this name is already scheduled for deletion."
        raise Refusal("InvalidRequestException", told)


@refuses(
    "secretsmanager",
    "GetSecretValue|PutSecretValue|UpdateSecret|TagResource|UntagResource"
    "|ReplicateSecretToRegions|RemoveRegionsFromReplication",
)
def not_ending(request: AwsRequest) -> None:
    """Nothing is done to a secret that was scheduled for deletion."""
    if _is_ending(_secret(request, "SecretId")):
        told = "You can't perform this operation on the secret because it was marked for deletion."
        raise Refusal("InvalidRequestException", told)
