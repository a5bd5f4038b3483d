"""Hosted zones in moto take a caller reference twice, keep their tags after their end, and mix up their logs."""

from __future__ import annotations

from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.route53 import urls
from moto.route53.exceptions import ConflictingDomainExists, NoSuchDelegationSet, NoSuchHostedZone
from moto.route53.models import FakeZone, Route53Backend
from moto.route53.responses import Route53

_create, _delete = Route53Backend.create_hosted_zone, Route53Backend.delete_hosted_zone
_log = Route53Backend.create_query_logging_config
_tags = Route53Backend.list_tags_for_resource


def apply() -> None:
    """Refuse references that were used; name zones as Route 53 does; end tags with their zone; add features."""
    Route53Backend.create_hosted_zone = _create_once
    Route53Backend.delete_hosted_zone = _delete_with_tags
    Route53Backend.create_query_logging_config = _log_to
    Route53Backend.list_query_logging_configs = _logs_of
    Route53.list_tags_for_resource = _tags_of_what_is_there(Route53.list_tags_for_resource)
    Route53.update_hosted_zone_features = _update_features
    FakeZone.features = None
    features = r"{0}/(?P<api_version>[\d_-]+)/hostedzone/(?P<zone_id>[^/]+)/features/?$"
    urls.url_paths[features] = Route53.dispatch


class _Taken(ServiceException):
    def __init__(self, reference: str) -> None:
        message = f"A hosted zone has already been created with the specified caller reference {reference}."
        super().__init__("HostedZoneAlreadyExists", message)


def _create_once(self: Any, name: str, private_zone: bool, **given: Any) -> Any:
    name, reference = name.lower(), given.get("caller_reference")
    used = vars(self).setdefault("used_references", set())
    if reference in used:
        raise _Taken(reference)
    vpc = given.get("vpcid")
    for zone in self.zones.values():
        if vpc and zone.name == name and any(there["vpc_id"] == vpc for there in zone.vpcs):
            raise ConflictingDomainExists(name, None)
    wanted = given.get("delegation_set_id")
    if wanted is not None and wanted.rpartition("/")[2] not in self.delegation_sets:
        raise NoSuchDelegationSet(wanted)
    used.add(reference)
    return _create(self, name, private_zone, **given)


def _delete_with_tags(self: Any, id_: str) -> Any:
    zone = _delete(self, id_)
    self.resource_tags.pop(zone.resource_id, None)
    return zone


def _tags_of_what_is_there(list_tags: Any) -> Any:
    def listed(self: Any) -> Any:
        zone = self._get_param("ResourceId")
        if self._get_param("ResourceType") == "hostedzone" and zone not in self.backend.zones:
            raise NoSuchHostedZone(zone)
        return list_tags(self)

    return listed


def _log_to(self: Any, hosted_zone_id: str, log_group_arn: str) -> Any:
    """Moto wants the ARN with `:*`; Route 53 takes it without, and shows it so."""
    arn = (log_group_arn or "").removesuffix(":*")
    made = _log(self, hosted_zone_id, f"{arn}:*")
    made.cloud_watch_logs_log_group_arn = arn
    return made


def _logs_of(self: Any, hosted_zone_id: str | None = None, **_: Any) -> tuple[list[Any], None]:
    """Moto looks for the id with a prefix, and then lists the logs of all zones."""
    if hosted_zone_id and hosted_zone_id not in self.zones:
        raise NoSuchHostedZone(hosted_zone_id)
    logs = self.query_logging_configs.values()
    return [log for log in logs if hosted_zone_id in (None, log.hosted_zone_id)], None


def _update_features(self: Any) -> ActionResult:
    zone = self.backend.get_hosted_zone(self._get_param("HostedZoneId"))
    wanted = self._get_bool_param("EnableAcceleratedRecovery", False)
    zone.features = {"AcceleratedRecoveryStatus": "ENABLED" if wanted else "DISABLED"}
    return ActionResult({"HostedZone": zone})
