"""Target groups in moto list few attributes, lose what they are told, and keep balancers that are gone.

AWS: a create of a group that is there already gives that one, or is refused if it differs.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2.exceptions import DuplicateTargetGroupName, ELBClientError, TargetGroupNotFoundError
from moto.elbv2.models import ELBv2Backend, FakeHealthStatus, FakeTargetGroup, elbv2_backends
from moto.elbv2.responses import ELBV2Response

from . import balancing_attributes

_CHECKS = {
    "HealthCheckProtocol": "health_check_protocol",
    "HealthCheckPort": "health_check_port",
    "HealthCheckEnabled": "health_check_enabled",
    "HealthCheckPath": "health_check_path",
    "HealthCheckIntervalSeconds": "health_check_interval_seconds",
    "HealthCheckTimeoutSeconds": "health_check_timeout_seconds",
    "HealthyThresholdCount": "healthy_threshold_count",
    "UnhealthyThresholdCount": "unhealthy_threshold_count",
    "Matcher": "matcher",
}
_create, _modify_attributes = ELBV2Response.create_target_group, ELBv2Backend.modify_target_group_attributes
_health_for = FakeTargetGroup.health_for


def apply() -> None:
    """Keep what was given, and answer as AWS does."""
    FakeTargetGroup.health_for = _health
    FakeTargetGroup.load_balancer_arns = property(_balancers, lambda _self, _value: None)
    ELBV2Response.create_target_group = _create_with_all
    ELBV2Response.modify_target_group = _modify
    ELBv2Backend.modify_target_group_attributes = _modify_known_attributes


def _balancers(self: Any) -> list[str]:
    """Those that have a listener or a rule that forwards to it now."""
    backend = elbv2_backends[self.account_id][self.region_name]
    found = []
    for balancer in backend.load_balancers.values():
        rules = [rule for listener in balancer.listeners.values() for rule in listener.rules.values()]
        actions = [action for rule in rules for action in rule.actions]
        if any(self.arn in backend._get_target_group_arns_from(action_data=action.data) for action in actions):
            found.append(balancer.arn)
    return found


def _health(self: Any, target: dict[str, Any], ec2_backend: Any) -> FakeHealthStatus:
    """What a test has ordered to be said of targets (see `ecs_failures`), or what moto says."""
    said = getattr(self, "said_of_targets", None)
    if not said:
        return _health_for(self, target, ec2_backend)
    port = target.get("Port", self.port)
    return FakeHealthStatus(
        target["Id"], port, self.health_check_port, "unhealthy", said["code"], said["description"]
    )


def _create_with_all(self: Any) -> ActionResult:
    params, backend = self._get_params(), self.elbv2_backend
    asked = {key: value for key, value in params.items() if key not in ("Tags", "Action", "Version")}
    there = next((one for one in backend.target_groups.values() if one.name == params["Name"]), None)
    if there is not None:
        if there.asked != asked:
            raise DuplicateTargetGroupName()
        return ActionResult({"TargetGroups": [there]})
    result = _create(self)
    group = next(one for one in backend.target_groups.values() if one.name == params["Name"])
    group.asked = asked
    group.target_control_port = params.get("TargetControlPort")
    if group.health_check_protocol in ("HTTP", "HTTPS") and group.health_check_path is None:
        group.health_check_path = "/"
    if params.get("ProtocolVersion") == "GRPC":
        group.matcher = params.get("Matcher") or {"GrpcCode": "12"}
        group.health_check_path = params.get("HealthCheckPath") or "/AWS.ALB/healthcheck"
    group.health_check_enabled = params.get("HealthCheckEnabled", group.target_type != "lambda")
    group.attributes = balancing_attributes.of_target_group(group.protocol, group.target_type)
    return result


def _modify(self: Any) -> ActionResult:
    params = self._get_params()
    group = self.elbv2_backend.target_groups.get(params["TargetGroupArn"])
    if group is None:
        raise TargetGroupNotFoundError()
    for name, attribute in _CHECKS.items():
        if params.get(name) is not None:
            setattr(group, attribute, params[name])
    return ActionResult({"TargetGroups": [group]})


def _modify_known_attributes(self: Any, target_group_arn: str, attributes: dict[str, Any]) -> None:
    group = self.target_groups.get(target_group_arn)
    if group is None:
        raise TargetGroupNotFoundError()
    for key in attributes:
        if key not in group.attributes:
            raise ELBClientError("ValidationError", f"Target group attribute key '{key}' is not recognized")
    _modify_attributes(self, target_group_arn, attributes)
