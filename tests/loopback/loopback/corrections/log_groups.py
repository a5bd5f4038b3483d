"""Log groups in moto lose their class and protection, change no key, and keep the tags of a deleted namesake."""

from __future__ import annotations

from typing import Any

from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.models import LogGroup, LogsBackend
from moto.logs.responses import LogsResponse

_delete, _describe = LogsBackend.delete_log_group, LogGroup.to_describe_dict


def apply() -> None:
    """Keep what was given; add the calls that are missing; drop tags with their group."""
    LogGroup.log_group_class, LogGroup.protected = "STANDARD", False
    LogGroup.to_describe_dict = _describe_all
    LogsBackend.delete_log_group = _delete_with_tags
    LogsResponse.create_log_group = _create_with_all
    LogsResponse.associate_kms_key = lambda self: _change(self, kms_key_id=self._get_param("kmsKeyId"))
    LogsResponse.disassociate_kms_key = lambda self: _change(self, kms_key_id=None)
    LogsResponse.put_log_group_deletion_protection = _protect


def _create_with_all(self: Any) -> str:
    group = self.logs_backend.create_log_group(
        self._get_param("logGroupName"), self._get_param("tags") or {}, kmsKeyId=self._get_param("kmsKeyId")
    )
    group.log_group_class = self._get_param("logGroupClass") or "STANDARD"
    group.protected = bool(self._get_param("deletionProtectionEnabled"))
    return ""


def _protect(self: Any) -> str:
    return _change(self, protected=bool(self._get_param("deletionProtectionEnabled")))


def _change(self: Any, **values: Any) -> str:
    name = (
        self._get_param("logGroupName")
        or self._get_param("logGroupIdentifier")
        or self._get_param("resourceIdentifier")
    )
    group = self.logs_backend.groups.get((name or "").rpartition(":log-group:")[2].removesuffix(":*"))
    if group is None:
        raise ResourceNotFoundException()
    vars(group).update(values)
    return ""


def _delete_with_tags(self: Any, log_group_name: str) -> None:
    group = self.groups.get(log_group_name)
    _delete(self, log_group_name)
    self.tagger.delete_all_tags_for_resource(group.arn)


def _describe_all(self: Any) -> dict[str, Any]:
    own = {"logGroupClass": self.log_group_class, "deletionProtectionEnabled": self.protected}
    return {**_describe(self), **own}
