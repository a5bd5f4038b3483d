"""Databases in moto are made, changed and ended at once, share one resource id, and forget half of what they are told.

RDS applies some changes at once, which takes a while, or in the maintenance window, and shows them as pending until
then. A deletion makes its last snapshot first: here it begins with the call, and `slow_kinds` says how long both take.
"""

from __future__ import annotations

import random
import string
from typing import Any

from moto.rds.exceptions import RDSClientError
from moto.rds.models import DBInstance, RDSBackend

_create, _restore = DBInstance.__init__, RDSBackend.restore_db_instance_from_db_snapshot
_update, _modify, _delete = DBInstance.update, RDSBackend.modify_db_instance, RDSBackend.delete_db_instance

# What a request calls it: what the answer calls it, which is what moto looks for.
_SHOWN_AS = {
    "enable_performance_insights": "performance_insights_enabled",
    "performance_insights_kms_key_id": "performance_insights_kms_key_id",
    "performance_insights_retention_period": "performance_insights_retention_period",
    "database_insights_mode": "database_insights_mode",
    "network_type": "network_type",
    "promotion_tier": "promotion_tier",
    "dedicated_log_volume": "dedicated_log_volume",
    "engine_lifecycle_support": "engine_lifecycle_support",
}
_DEFAULTS = {"network_type": "IPV4", "engine_lifecycle_support": "open-source-rds-extended-support"}

# What is pending until it is applied.
_PENDING = {
    "db_instance_class": "DBInstanceClass",
    "allocated_storage": "AllocatedStorage",
    "db_port_number": "Port",
    "backup_retention_period": "BackupRetentionPeriod",
    "multi_az": "MultiAZ",
    "engine_version": "EngineVersion",
    "iops": "Iops",
    "storage_throughput": "StorageThroughput",
    "storage_type": "StorageType",
    "ca_certificate_identifier": "CACertificateIdentifier",
    "dedicated_log_volume": "DedicatedLogVolume",
    "enable_iam_database_authentication": "IAMDatabaseAuthenticationEnabled",
}
_STEADY = ("available", "storage-optimization", "storage-full")


def apply() -> None:
    """Keep what was given, and take time."""
    DBInstance.__init__ = _create_with_all
    DBInstance.update = _update_with_all
    DBInstance.db_parameter_group_status_list = property(_parameter_groups)
    RDSBackend.modify_db_instance = _modify_later
    RDSBackend.delete_db_instance = _begin_deletion


def resource_id() -> str:
    """An id that no other has."""
    return "db-" + "".join(random.choices(string.ascii_uppercase + string.digits, k=26))


def _create_with_all(self: Any, backend: Any, *given: Any, **named: Any) -> None:
    named["engine_version"] = full_version(named.get("engine"), named.get("engine_version"))
    self.pending_modified_values, self.later, self.parameter_apply_status = {}, {}, "in-sync"
    _create(self, backend, *given, **named)
    self.dbi_resource_id = resource_id()
    for asked, shown in _SHOWN_AS.items():
        default = _DEFAULTS.get(asked)
        value = named.get(asked) if named.get(asked) is not None else named.get(shown)
        setattr(self, shown, default if value is None else value)
    if self.performance_insights_enabled and not self.performance_insights_retention_period:
        self.performance_insights_retention_period = 7
    if self.db_cluster_identifier is None and self.storage_encrypted:
        self.kms_key_id = key_arn(self, self.kms_key_id)


def full_version(engine: str | None, version: str | None) -> str | None:
    """The minor version that RDS takes when it is told the major one alone."""
    if version and "." not in version and engine in ("postgres", "aurora-postgresql"):
        return f"{version}.4"
    return version


def key_arn(self: Any, given: str | None) -> str:
    if given and given.startswith("arn:"):
        return given
    name = "aws-rds" if given in (None, "default_kms_key_id") else given
    return f"arn:aws:kms:{self.region}:{self.account_id}:key/{name}"


def _parameter_groups(self: Any) -> list[dict[str, Any]]:
    status = self.parameter_apply_status
    return [{"DBParameterGroupName": one.name, "ParameterApplyStatus": status} for one in self.db_parameter_groups()]


def _update_with_all(self: Any, **named: Any) -> None:
    for asked, shown in _SHOWN_AS.items():
        if named.get(asked) is not None:
            setattr(self, shown, named.pop(asked))
    if named.get("db_port_number") is not None:
        self.port = named.pop("db_port_number")
    if self.performance_insights_enabled and not self.performance_insights_retention_period:
        self.performance_insights_retention_period = 7
    group = named.get("db_parameter_group_name")
    if group and group != self.db_parameter_group_name:
        self.parameter_apply_status = "pending-reboot"
    _update(self, **named)


def _modify_later(self: Any, db_instance_identifier: str, db_kwargs: Any) -> Any:
    database = self.describe_db_instances(db_instance_identifier)[0]
    asked = {name: value for name, value in db_kwargs.items() if value is not None}
    now = asked.pop("apply_immediately", False)
    _refuse(database, asked)
    deferred = {name: asked.pop(name) for name in list(asked) if name in _PENDING and _differs(database, name, asked[name])}
    password = asked.get("master_user_password")
    _modify(self, db_instance_identifier, asked)
    database.later = {**database.later, **deferred}
    shown = {_PENDING[name]: value for name, value in database.later.items()}
    database.pending_modified_values = {**shown, **({"MasterUserPassword": "****"} if password else {})}
    if (now and database.later) or password:
        database.status = "modifying"
    return database


def finish(_backend: Any, database: Any) -> None:
    """What was asked for is there."""
    database.update(**database.later)
    database.later, database.pending_modified_values = {}, {}
    database.status = "available"


def _differs(database: Any, name: str, value: Any) -> bool:
    return getattr(database, {"db_port_number": "port"}.get(name, name), None) != value


def _refuse(database: Any, asked: dict[str, Any]) -> None:
    identifier = database.db_instance_identifier
    if database.status not in _STEADY:
        message = f"Database instance is not in available state: {identifier} is {database.status}."
        raise RDSClientError("InvalidDBInstanceState", message)
    _refuse_another_insights_key(database, asked)
    if asked.get("allocated_storage", database.allocated_storage) < database.allocated_storage:
        message = f"Invalid storage size for engine name {database.engine}: it can't be less than it is"
        raise RDSClientError("InvalidParameterCombination", message)
    refuse_version(database, asked)
    if asked.get("manage_master_user_password") is False and not asked.get("master_user_password"):
        message = "MasterUserPassword is required when ManageMasterUserPassword is turned off"
        raise RDSClientError("InvalidParameterCombination", message)


def refuse_version(database: Any, asked: dict[str, Any]) -> None:
    """Versions only rise, and major ones where that is said."""
    wanted = str(asked.get("engine_version") or database.engine_version).split(".")
    present = str(database.engine_version).split(".")
    if not all(part.isdigit() for part in (*wanted, *present)):
        return
    if int(wanted[0]) > int(present[0]) and not asked.get("allow_major_version_upgrade"):
        message = "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
        raise RDSClientError("InvalidParameterCombination", message)
    if [int(part) for part in wanted] < [int(part) for part in present[: len(wanted)]]:
        message = f"Cannot upgrade {database.engine} from {database.engine_version} to {'.'.join(wanted)}"
        raise RDSClientError("InvalidParameterCombination", message)
    if asked.get("engine_version"):
        asked["engine_version"] = full_version(database.engine, str(asked["engine_version"]))


def _refuse_another_insights_key(database: Any, asked: dict[str, Any]) -> None:
    """A call about Performance Insights that names no key asks for AWS's own."""
    key, about = database.performance_insights_kms_key_id, ("enable_performance_insights", "database_insights_mode")
    is_about = any(asked.get(name) for name in about) and asked.get("enable_performance_insights") is not False
    if database.performance_insights_enabled and key and is_about and asked.get("performance_insights_kms_key_id") != key:
        raise RDSClientError("InvalidParameterCombination", "You can't change your Performance Insights KMS key.")


def _begin_deletion(
    self: Any,
    db_instance_identifier: str,
    final_db_snapshot_identifier: str | None = None,
    skip_final_snapshot: bool | None = False,
    delete_automated_backups: bool | None = True,
) -> Any:
    database = self.describe_db_instances(db_instance_identifier)[0]
    if database.deletion_protection:
        message = "Cannot delete protected DB Instance, please disable deletion protection and try again."
        raise RDSClientError("InvalidParameterCombination", message)
    if database.status == "deleting":
        message = f"Instance {db_instance_identifier} is already being deleted."
        raise RDSClientError("InvalidDBInstanceState", message)
    if bool(skip_final_snapshot) == bool(final_db_snapshot_identifier):
        message = "FinalDBSnapshotIdentifier can not be specified when deleting without a snapshot, and is required with one"
        raise RDSClientError("InvalidParameterCombination", message)
    if final_db_snapshot_identifier:
        if database.status not in _STEADY:
            message = f"Cannot create a snapshot because the database instance {db_instance_identifier} is not currently in the available state."
            raise RDSClientError("InvalidDBInstanceState", message)
        self.create_db_snapshot(db_instance_identifier, final_db_snapshot_identifier, snapshot_type="manual")
    database.status, database.last_snapshot = "deleting", final_db_snapshot_identifier
    database.keeps_backups = delete_automated_backups is False
    return database


def remove(backend: Any, database: Any) -> None:
    """The instance is gone, its last snapshot is there."""
    database.deletion_protection = False
    _delete(backend, database.db_instance_identifier, None, True, not database.keeps_backups)


def revive(backend: Any, database: Any, _failure: dict[str, str]) -> None:
    """The last snapshot failed, and with it the deletion."""
    if database.last_snapshot:
        backend.database_snapshots.pop(database.last_snapshot, None)
    database.status = "available"
