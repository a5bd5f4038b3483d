"""AWS's images and managed policies, which moto loads for each account at its first call.

That costs half a second an account, and most tests use neither. They are loaded
when something asks for them.
"""

from __future__ import annotations

from typing import Any, Callable

from moto.ec2.models.amis import AmiBackend
from moto.iam.models import IAMBackend

_load_amis, _load_policies = AmiBackend._load_amis, IAMBackend._init_aws_policies


def apply() -> None:
    """Load late."""
    AmiBackend._load_amis = lambda _self: None
    AmiBackend.amis = _Late("amis", _all_amis)
    IAMBackend._init_aws_policies = lambda _self: []
    IAMBackend.managed_policies = _Late("managed_policies", _all_policies)


def policies_loaded(iam: Any) -> dict[str, Any]:
    """The policies of an account, without loading AWS's own."""
    return vars(iam).get("managed_policies", {})


class _Late:
    """An attribute that starts as what its class gives it, and is filled on the first read."""

    def __init__(self, name: str, fill: Callable[[Any, dict[str, Any]], None]) -> None:
        self._name, self._fill = name, fill

    def __set__(self, owner: Any, value: dict[str, Any]) -> None:
        vars(owner)[f"_unfilled_{self._name}"] = True
        vars(owner)[self._name] = value

    def __get__(self, owner: Any, _kind: Any = None) -> Any:
        if owner is None:
            return self
        if vars(owner).pop(f"_unfilled_{self._name}", False):
            self._fill(owner, vars(owner)[self._name])
        return vars(owner)[self._name]


def _all_amis(ec2: Any, _amis: dict[str, Any]) -> None:
    _load_amis(ec2)


def _all_policies(iam: Any, policies: dict[str, Any]) -> None:
    iam.aws_managed_policies = _load_policies(iam)
    policies.update({policy.arn: policy for policy in iam.aws_managed_policies})
