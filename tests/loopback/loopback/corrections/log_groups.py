"""Log groups in moto lose their class, and keep the tags of a deleted namesake."""

from __future__ import annotations

from typing import Any

from moto.logs.models import LogGroup, LogsBackend
from moto.logs.responses import LogsResponse

_create, _delete, _describe = LogsBackend.create_log_group, LogsBackend.delete_log_group, LogGroup.to_describe_dict


def apply() -> None:
    """Keep the class; drop tags with their group."""
    LogsResponse.create_log_group = _create_with_class
    LogsBackend.delete_log_group = _delete_with_tags
    LogGroup.to_describe_dict = _describe_with_class


def _create_with_class(self: Any) -> str:
    name = self._get_param("logGroupName")
    group = self.logs_backend.create_log_group(
        name, self._get_param("tags") or {}, kmsKeyId=self._get_param("kmsKeyId")
    )
    group.log_group_class = self._get_param("logGroupClass") or "STANDARD"
    return ""


def _delete_with_tags(self: Any, log_group_name: str) -> None:
    group = self.groups.get(log_group_name)
    _delete(self, log_group_name)
    self.tagger.delete_all_tags_for_resource(group.arn)


def _describe_with_class(self: Any) -> dict[str, Any]:
    return {**_describe(self), "logGroupClass": getattr(self, "log_group_class", "STANDARD")}
