"""Keys in moto lose the period of their rotation, don't wait for material that has to be imported, and can't be looked
at when their policy has one statement that isn't in a list."""

from __future__ import annotations

import json
from typing import Any

from moto.kms import responses
from moto.kms.models import Key, KmsBackend
from moto.kms.responses import KmsResponse

_USUAL_PERIOD = 365
_validate = responses.validate_policy
_make, _enable_rotation = KmsBackend.create_key, KmsResponse.enable_key_rotation


def apply() -> None:
    """Keep the period; let a key without material wait."""
    Key.rotation_period = _USUAL_PERIOD
    responses.validate_policy = _validate_lists
    KmsBackend.create_key = _make_waiting
    KmsResponse.enable_key_rotation = _enable_with_period
    KmsResponse.get_key_rotation_status = _status_with_period


def _validate_lists(key: Any, action: str) -> None:
    try:
        is_list = isinstance(json.loads(key.policy).get("Statement"), list)
    except (ValueError, AttributeError):
        is_list = False
    if is_list:
        _validate(key, action)


def _make_waiting(self: Any, *given: Any, **named: Any) -> Any:
    key = _make(self, *given, **named)
    if key.origin == "EXTERNAL":
        key.enabled, key.key_state = False, "PendingImport"
    return key


def _enable_with_period(self: Any) -> str:
    answer = _enable_rotation(self)
    _key(self).rotation_period = self._get_param("RotationPeriodInDays") or _USUAL_PERIOD
    return answer


def _status_with_period(self: Any) -> str:
    self._validate_cmk_id(self._get_param("KeyId"))
    key = _key(self)
    period = {"RotationPeriodInDays": key.rotation_period} if key.key_rotation_status else {}
    return json.dumps({"KeyId": key.id, "KeyRotationEnabled": key.key_rotation_status, **period})


def _key(self: Any) -> Any:
    return self.kms_backend.keys[self.kms_backend.get_key_id(self._get_param("KeyId"))]
