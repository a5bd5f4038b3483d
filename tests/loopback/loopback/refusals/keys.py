"""Keys that are disabled or on their way out, keys that aren't rotated, and policies that nobody could change."""

from __future__ import annotations

import json
from typing import Any, Iterable

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import refuses

_PUTS_POLICIES = {"*", "kms:*", "kms:Put*", "kms:PutKeyPolicy"}


def _key(request: AwsRequest, member: str = "KeyId") -> Any:
    kms = moto_state.backend("kms", request.account_id, request.region)
    return kms.keys.get(kms.get_key_id(request.params[member]))


def _not_ending(key: Any) -> None:
    if key is not None and key.key_state == "PendingDeletion":
        raise Refusal("KMSInvalidStateException", f"{key.arn} is pending deletion.")


@refuses(
    "kms",
    "EnableKey|DisableKey|EnableKeyRotation|DisableKeyRotation|UpdateKeyDescription|TagResource|UntagResource"
    "|ScheduleKeyDeletion",
)
def not_ending(request: AwsRequest) -> None:
    """A key that waits for its end is only looked at, or kept."""
    _not_ending(_key(request))


@refuses("kms", "CreateAlias|UpdateAlias")
def not_for_an_ending_key(request: AwsRequest) -> None:
    """No alias is given to a key that waits for its end."""
    _not_ending(_key(request, "TargetKeyId"))


@refuses("kms", "EnableKey|DisableKey")
def has_material(request: AwsRequest) -> None:
    """A key without its material is neither enabled nor disabled."""
    key = _key(request)
    if key is not None and key.key_state == "PendingImport":
        raise Refusal("KMSInvalidStateException", f"{key.arn} is pending import.")


@refuses("kms", "(Enable|Disable)KeyRotation")
def can_be_rotated(request: AwsRequest) -> None:
    """KMS rotates enabled symmetric keys whose material it made."""
    key = _key(request)
    if key is None:
        return
    if (key.key_spec, key.origin) != ("SYMMETRIC_DEFAULT", "AWS_KMS"):
        raise Refusal("UnsupportedOperationException", f"{key.arn} isn't rotated.")
    if key.key_state == "Disabled":
        raise Refusal("DisabledException", f"{key.arn} is disabled.")


@refuses("kms", "GetKeyRotationStatus")
def can_be_asked(request: AwsRequest) -> None:
    """Keys with material that isn't KMS's own aren't asked for their rotation."""
    key = _key(request)
    if key is not None and key.origin != "AWS_KMS":
        raise Refusal("UnsupportedOperationException", f"{key.arn} origin is {key.origin}.")


@refuses("kms", "CreateKey|PutKeyPolicy")
def not_locked_out(request: AwsRequest) -> None:
    """Somebody of the account has to be able to change the policy later on, unless the request says that it may be."""
    text = request.params.get("Policy")
    if text is None or request.params.get("BypassPolicyLockoutSafetyCheck"):
        return
    try:
        statements = json.loads(text).get("Statement", [])
    except (ValueError, AttributeError):
        raise Refusal("MalformedPolicyDocumentException", "The policy isn't a JSON document.") from None
    statements = statements if isinstance(statements, list) else [statements]
    if not any(_lets_change(statement, request.account_id) for statement in statements):
        told = "The new key policy will not allow you to update the key policy in the future."
        raise Refusal("MalformedPolicyDocumentException", told)


def _lets_change(statement: dict[str, Any], account: str) -> bool:
    who = statement.get("Principal", {})
    names = _listed(who if isinstance(who, str) else who.get("AWS", []))
    of_account = any(name in ("*", account) or f":{account}:" in name for name in names)
    allowed = _PUTS_POLICIES & set(_listed(statement.get("Action", [])))
    return statement.get("Effect") == "Allow" and of_account and bool(allowed)


def _listed(one_or_more: Any) -> Iterable[str]:
    return [one_or_more] if isinstance(one_or_more, str) else one_or_more
