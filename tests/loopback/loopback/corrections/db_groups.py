"""Groups of databases in moto: one of a name that is there is overwritten, a changed subnet group is lost, and
parameter groups know only the parameters that were set.

A parameter group of RDS lists every parameter of its family, each with its value, and whether it takes effect at once
(dynamic) or with the next restart (static). Here a family has some of them; what isn't among them is refused.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import DBParameterGroupNotFoundError, DBSubnetGroupNotFoundError, RDSClientError
from moto.rds.models import RDSBackend
from moto.rds.responses import RDSResponse

_AT_ONCE, _PAGE = 20, 100

# Name: type of application, and the value as long as nobody sets it.
_PARAMETERS = {
    "autovacuum": ("dynamic", "1"),
    "character_set_server": ("dynamic", None),
    "idle_in_transaction_session_timeout": ("dynamic", "86400000"),
    "log_min_duration_statement": ("dynamic", None),
    "log_statement": ("dynamic", None),
    "max_connections": ("static", "LEAST({DBInstanceClassMemory/9531392},5000)"),
    "rds.force_ssl": ("dynamic", "1"),
    "rds.logical_replication": ("static", "0"),
    "shared_buffers": ("static", "{DBInstanceClassMemory/32768}"),
    "shared_preload_libraries": ("static", "pg_stat_statements"),
    "timezone": ("dynamic", None),
    "work_mem": ("dynamic", None),
    **{f"tenant.parameter_{number}": ("dynamic", None) for number in range(150)},
}

_create_subnet_group, _modify_subnet_group = RDSBackend.create_subnet_group, RDSBackend.modify_db_subnet_group


def apply() -> None:
    """Keep groups; list, change and reset all parameters."""
    RDSBackend.create_subnet_group = _create_once
    RDSBackend.modify_db_subnet_group = _modify_and_keep
    RDSResponse.describe_db_parameters = _describe("DBParameterGroupName", _instances)
    RDSResponse.describe_db_cluster_parameters = _describe("DBClusterParameterGroupName", _clusters)
    RDSResponse.modify_db_parameter_group = _modify("DBParameterGroupName", _instances)
    RDSResponse.modify_db_cluster_parameter_group = _modify("DBClusterParameterGroupName", _clusters)
    RDSResponse.reset_db_parameter_group = _reset("DBParameterGroupName", _instances)
    RDSResponse.reset_db_cluster_parameter_group = _reset("DBClusterParameterGroupName", _clusters)


def _create_once(self: Any, subnet_name: str, *given: Any, **named: Any) -> Any:
    if subnet_name in self.subnet_groups:
        raise RDSClientError("DBSubnetGroupAlreadyExists", f"The DB subnet group '{subnet_name}' already exists.")
    return _create_subnet_group(self, subnet_name, *given, **named)


def _modify_and_keep(self: Any, subnet_name: str, *given: Any, **named: Any) -> Any:
    if subnet_name not in self.subnet_groups:
        raise DBSubnetGroupNotFoundError(subnet_name)
    self.subnet_groups[subnet_name] = group = _modify_subnet_group(self, subnet_name, *given, **named)
    return group


def _instances(backend: Any) -> dict[str, Any]:
    return backend.db_parameter_groups


def _clusters(backend: Any) -> dict[str, Any]:
    return backend.db_cluster_parameter_groups


def _group(self: Any, member: str, groups: Any) -> Any:
    name = self.params[member]
    group = groups(self.backend).get(name)
    if group is None:
        raise DBParameterGroupNotFoundError(name)
    return group


def _describe(member: str, groups: Any) -> Any:
    def describe(self: Any) -> ActionResult:
        group, source = _group(self, member, groups), self.params.get("Source")
        shown = [_shown(name, group.parameters.get(name)) for name in _PARAMETERS]
        listed = [one for one in shown if source in (None, one["Source"])]
        begin = int(self.params.get("Marker") or 0)
        end = begin + int(self.params.get("MaxRecords") or _PAGE)
        more = {"Marker": str(end)} if end < len(listed) else {}
        return ActionResult({"Parameters": listed[begin:end], **more})

    return describe


def _shown(name: str, was_set: dict[str, Any] | None) -> dict[str, Any]:
    kind, default = _PARAMETERS[name]
    shown = {"ParameterName": name, "ApplyType": kind, "IsModifiable": True, "DataType": "string"}
    if was_set:
        return {**shown, "Source": "user", "ParameterValue": was_set["ParameterValue"]}
    return {**shown, "Source": "engine-default", **({"ParameterValue": default} if default else {})}


def _asked(self: Any) -> list[dict[str, Any]]:
    asked = [one.original_dict() for one in self.params.get("Parameters", [])]
    if len(asked) > _AT_ONCE:
        raise RDSClientError("InvalidParameterValue", f"You can only modify {_AT_ONCE} parameters at once.")
    for one in asked:
        name = one["ParameterName"]
        if name not in _PARAMETERS:
            raise RDSClientError("InvalidParameterValue", f"Could not find parameter with name: {name}")
        if _PARAMETERS[name][0] == "static" and one.get("ApplyMethod") != "pending-reboot":
            message = "cannot use immediate apply method for static parameter"
            raise RDSClientError("InvalidParameterCombination", message)
    return asked


def _modify(member: str, groups: Any) -> Any:
    def modify(self: Any) -> ActionResult:
        group = _group(self, member, groups)
        for one in _asked(self):
            group.parameters[one["ParameterName"]] = one
        return ActionResult({member: group.name})

    return modify


def _reset(member: str, groups: Any) -> Any:
    def reset(self: Any) -> ActionResult:
        group = _group(self, member, groups)
        for one in _asked(self):
            group.parameters.pop(one["ParameterName"], None)
        if str(self.params.get("ResetAllParameters", "")).lower() == "true":
            group.parameters.clear()
        return ActionResult({member: group.name})

    return reset
