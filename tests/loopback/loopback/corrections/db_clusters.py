"""Clusters in moto are made, changed and ended at once, overwrite each other, and forget half of what they are told.

RDS makes a cluster without members, which are instances of their own: they can be made when the cluster is available,
and have to be gone before it is deleted. What was said of changes and last snapshots of instances holds here as well.
"""

from __future__ import annotations

import copy
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import DBClusterNotFoundError, DBClusterSnapshotAlreadyExistsError, RDSClientError
from moto.rds.models import DBCluster, RDSBackend
from moto.rds.responses import RDSResponse

from .db_instances import full_version, key_arn, refuse_version

_create, _create_in, _create_member = DBCluster.__init__, RDSBackend.create_db_cluster, RDSBackend.create_db_instance
_modify, _delete = RDSBackend.modify_db_cluster, RDSBackend.delete_db_cluster

# What a request calls it: what the answer calls it.
_SHOWN_AS = {
    "auto_minor_version_upgrade": "auto_minor_version_upgrade",
    "enable_performance_insights": "performance_insights_enabled",
    "performance_insights_kms_key_id": "performance_insights_kms_key_id",
    "performance_insights_retention_period": "performance_insights_retention_period",
    "database_insights_mode": "database_insights_mode",
    "network_type": "network_type",
    "engine_lifecycle_support": "engine_lifecycle_support",
    "storage_type": "storage_type",
    "enable_http_endpoint": "_enable_http_endpoint",
    "enable_iam_database_authentication": "iam_auth",
    "serverless_v2_scaling_configuration": "serverless_v2_scaling_configuration",
    "preferred_backup_window": "preferred_backup_window",
    "preferred_maintenance_window": "preferred_maintenance_window",
    "db_cluster_parameter_group_name": "parameter_group",
}
_DEFAULTS = {
    "auto_minor_version_upgrade": True,
    "network_type": "IPV4",
    "engine_lifecycle_support": "open-source-rds-extended-support",
    "database_insights_mode": "standard",
    "enable_http_endpoint": False,
    "preferred_backup_window": "01:37-02:07",
    "preferred_maintenance_window": "wed:02:40-wed:03:10",
}

# What is pending until it is applied.
_PENDING = {
    "engine_version": "EngineVersion",
    "backup_retention_period": "BackupRetentionPeriod",
    "storage_type": "StorageType",
    "enable_iam_database_authentication": "IAMDatabaseAuthenticationEnabled",
}

# What a snapshot knows of its cluster.
_OF_A_SNAPSHOT = ("master_username", "database_name", "engine", "engine_version", "port", "storage_encrypted", "backup_retention_period")


def apply() -> None:
    """Keep what was given, and take time."""
    DBCluster.__init__ = _create_with_all
    DBCluster.status = property(lambda self: self._status, lambda self, status: setattr(self, "_status", status))
    DBCluster.save_automated_backup = lambda self: None
    RDSBackend.create_db_cluster = _create_once
    RDSBackend.create_db_instance = _create_in_a_cluster_that_is_there
    RDSBackend.restore_db_cluster_from_snapshot = _restore
    RDSBackend.modify_db_cluster = _modify_later
    RDSResponse.delete_db_cluster = _begin_deletion
    RDSResponse.enable_http_endpoint = _switch_http_endpoint(True)
    RDSResponse.disable_http_endpoint = _switch_http_endpoint(False)


def _create_with_all(self: Any, backend: Any, **named: Any) -> None:
    version = named["engine_version"] = full_version(named["engine"], named.get("engine_version") or _newest(named["engine"]))
    told = {asked: named.get(asked) for asked in _SHOWN_AS}
    named.pop("storage_type", None)
    self.pending_modified_values, self.later = {}, {}
    _create(self, backend, **named)
    self._status = "available"
    for asked, shown in _SHOWN_AS.items():
        setattr(self, shown, _DEFAULTS.get(asked) if told[asked] is None else told[asked])
    self.parameter_group = self.parameter_group or f"default.{self.engine}{version.split('.')[0]}"
    self.kms_key_id = key_arn(self, self.kms_key_id) if self.storage_encrypted else None
    zones = [f"{self.region}{zone}" for zone in "abc"]
    self.availability_zones = [*self.availability_zones, *(zone for zone in zones if zone not in self.availability_zones)][:3]
    _insights(self)


def _newest(engine: str) -> str:
    return "17.4" if engine == "aurora-postgresql" else "8.0.mysql_aurora.3.08.0"


def _insights(cluster: Any) -> None:
    if cluster.performance_insights_enabled and not cluster.performance_insights_retention_period:
        cluster.performance_insights_retention_period = 7


def _create_once(self: Any, asked: Any) -> Any:
    identifier = asked["db_cluster_identifier"]
    if identifier in self.clusters:
        raise RDSClientError("DBClusterAlreadyExistsFault", "DB Cluster already exists")
    return _create_in(self, asked)


def _create_in_a_cluster_that_is_there(self: Any, asked: Any) -> Any:
    identifier = asked.get("db_cluster_identifier")
    cluster = self.clusters.get(identifier) if identifier else None
    if cluster is not None and cluster.status != "available":
        message = f"DbCluster {cluster.db_cluster_identifier} is in {cluster.status} state but expected it to be one of available."
        raise RDSClientError("InvalidDBClusterStateFault", message)
    return _create_member(self, asked)


def _restore(self: Any, from_snapshot_id: str, overrides: Any) -> Any:
    name = from_snapshot_id.rsplit(":", 1)[-1]
    snapshot = self.describe_db_cluster_snapshots(db_cluster_identifier=None, db_snapshot_identifier=name)[0]
    known = {word: getattr(snapshot.cluster, word) for word in _OF_A_SNAPSHOT}
    given = {word: value for word, value in overrides.items() if value is not None and word != "snapshot_identifier"}
    key = given.get("kms_key_id") or (snapshot.kms_key_id if snapshot.encrypted else None)
    encrypted = {"kms_key_id": key, "storage_encrypted": key is not None}
    return self.create_db_cluster({**known, "master_user_password": "of-the-snapshot", **given, **encrypted})


def _modify_later(self: Any, asked: Any) -> Any:
    cluster = _found(self, asked["db_cluster_identifier"])
    asked = {word: value for word, value in asked.items() if value is not None}
    now = asked.pop("apply_immediately", False)
    _refuse(self, cluster, asked)
    for word in ("enable_http_endpoint", "db_instance_parameter_group_name", "allow_major_version_upgrade"):
        asked.pop(word, None)
    deferred = {word: asked.pop(word) for word in list(asked) if word in _PENDING and _differs(cluster, word, asked[word])}
    asked["enable_cloudwatch_logs_exports"] = asked.pop("cloudwatch_logs_export_configuration", None)
    sent = [*cluster.enabled_cloudwatch_logs_exports]
    change = asked.pop("enable_cloudwatch_logs_exports") or {}
    for word, shown in _SHOWN_AS.items():
        if word in asked:
            setattr(cluster, shown, asked.pop(word))
    password = asked.get("master_user_password")
    _modify(self, asked)
    stopped = change.get("DisableLogTypes", [])
    cluster.enabled_cloudwatch_logs_exports = [log for log in sent if log not in stopped] + change.get("EnableLogTypes", [])
    _insights(cluster)
    cluster.later = {**cluster.later, **deferred}
    shown = {_PENDING[word]: value for word, value in cluster.later.items()}
    cluster.pending_modified_values = {**shown, **({"MasterUserPassword": "****"} if password else {})}
    if (now and cluster.later) or password:
        cluster.status = "modifying"
    return cluster


def _found(backend: Any, identifier: str) -> Any:
    if identifier not in backend.clusters:
        raise DBClusterNotFoundError(identifier)
    return backend.clusters[identifier]


def _differs(cluster: Any, word: str, value: Any) -> bool:
    return getattr(cluster, _SHOWN_AS.get(word, word), None) != value


def _refuse(backend: Any, cluster: Any, asked: dict[str, Any]) -> None:
    _refuse_busy(cluster)
    present = str(cluster.engine_version).split(".")[0]
    refuse_version(cluster, asked)
    wanted = str(asked.get("engine_version", cluster.engine_version)).split(".")[0]
    group = asked.get("db_cluster_parameter_group_name", None if wanted != present else cluster.parameter_group)
    if group is None and not cluster.parameter_group.startswith("default."):
        message = (
            f"The current DB cluster parameter group {cluster.parameter_group} is custom. You must explicitly specify a new "
            "DB cluster parameter group, either default or custom, for the engine version upgrade."
        )
        raise RDSClientError("InvalidParameterCombination", message)
    own = backend.db_cluster_parameter_groups.get(group) if group else None
    if own is not None and "db_cluster_parameter_group_name" in asked and own.db_parameter_group_family != f"{cluster.engine}{wanted}":
        message = f"The parameter group {group} with DBParameterGroupFamily {own.db_parameter_group_family} can't be used for this cluster."
        raise RDSClientError("InvalidParameterCombination", message)
    if group is None:
        cluster.parameter_group = f"default.{cluster.engine}{wanted}"
    if asked.get("manage_master_user_password") is False and not asked.get("master_user_password"):
        message = "MasterUserPassword is required when ManageMasterUserPassword is turned off"
        raise RDSClientError("InvalidParameterCombination", message)


def _refuse_busy(cluster: Any) -> None:
    if cluster.status != "available":
        message = f"DbCluster {cluster.db_cluster_identifier} is in {cluster.status} state but expected it to be one of available."
        raise RDSClientError("InvalidDBClusterStateFault", message)


def finish(_backend: Any, cluster: Any) -> None:
    """What was asked for is there."""
    for word, value in cluster.later.items():
        setattr(cluster, _SHOWN_AS.get(word, word), value)
    cluster.later, cluster.pending_modified_values = {}, {}
    cluster.status = "available"


def _switch_http_endpoint(on: bool) -> Any:
    def switch(self: Any) -> ActionResult:
        arn = self.params["ResourceArn"]
        cluster = self.backend.clusters.get(arn.rsplit(":", 1)[-1])
        if cluster is None:
            raise RDSClientError("ResourceNotFoundFault", f"There is no DB cluster {arn}")
        if cluster.status != "available":
            raise RDSClientError("InvalidResourceStateFault", f"The DB cluster is {cluster.status}")
        cluster._enable_http_endpoint = on
        return ActionResult({"ResourceArn": arn, "HttpEndpointEnabled": on})

    return switch


def _begin_deletion(self: Any) -> ActionResult:
    identifier, last = self.params["DBClusterIdentifier"], self.params.get("FinalDBSnapshotIdentifier")
    cluster = _found(self.backend, identifier)
    if cluster.deletion_protection:
        message = "Cannot delete protected Cluster, please disable deletion protection and try again."
        raise RDSClientError("InvalidParameterCombination", message)
    if cluster.status == "deleting":
        raise RDSClientError("InvalidDBClusterStateFault", f"Cluster {identifier} is already being deleted.")
    if cluster.members:
        message = "Cluster cannot be deleted, it still contains DB instances in non-deleting state."
        raise RDSClientError("InvalidDBClusterStateFault", message)
    if (str(self.params.get("SkipFinalSnapshot", False)).lower() == "true") == bool(last):
        message = "FinalDBSnapshotIdentifier can not be specified when deleting without a snapshot, and is required with one"
        raise RDSClientError("InvalidParameterCombination", message)
    if last:
        _refuse_busy(cluster)
        if last in self.backend.cluster_snapshots:
            raise DBClusterSnapshotAlreadyExistsError(last)
        self.backend.create_db_cluster_snapshot(identifier, last)
    cluster.status, cluster.last_snapshot = "deleting", last
    return ActionResult({"DBCluster": copy.copy(cluster)})


def remove(backend: Any, cluster: Any) -> None:
    """The cluster is gone, its last snapshot is there."""
    cluster.deletion_protection = False
    _delete(backend, cluster.db_cluster_identifier)


def revive(backend: Any, cluster: Any, _failure: dict[str, str]) -> None:
    """The last snapshot failed, and with it the deletion."""
    if cluster.last_snapshot:
        backend.cluster_snapshots.pop(cluster.last_snapshot, None)
    cluster.status = "available"
