"""Application Auto Scaling: bounds that are none, policies without what they need."""

from __future__ import annotations

from typing import Any

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import refuses


@refuses("application-autoscaling", "RegisterScalableTarget")
def bounds(request: AwsRequest) -> None:
    """A new target needs both bounds; the least is never above the greatest."""
    params, target = request.params, _target(request)
    least = params.get("MinCapacity", target and target.min_capacity)
    greatest = params.get("MaxCapacity", target and target.max_capacity)
    if least is None or greatest is None:
        raise Refusal("ValidationException", "Both MinCapacity and MaxCapacity are required for a new target.")
    if least < 0 or greatest < 0:
        raise Refusal("ValidationException", "Minimum and maximum capacity must not be negative.")
    if least > greatest:
        raise Refusal("ValidationException", "Maximum capacity cannot be less than minimum capacity")


@refuses("application-autoscaling", "PutScalingPolicy")
def configuration(request: AwsRequest) -> None:
    """A policy has the configuration of its type; requests of a target group need its label."""
    kind = request.params.get("PolicyType", "StepScaling")
    given = {name for name in request.params if name.endswith("PolicyConfiguration")}
    if given != {f"{kind}PolicyConfiguration"}:
        raise Refusal("ValidationException", f"The configuration of {kind} is required, and no other.")
    tracking = request.params.get("TargetTrackingScalingPolicyConfiguration", {})
    metrics = [name for name in tracking if name.endswith("MetricSpecification")]
    if kind == "TargetTrackingScaling" and len(metrics) != 1:
        raise Refusal("ValidationException", "Exactly one metric specification is required.")
    metric = tracking.get("PredefinedMetricSpecification", {})
    requests = metric.get("PredefinedMetricType") == "ALBRequestCountPerTarget"
    if requests != ("ResourceLabel" in metric):
        raise Refusal("ValidationException", "ResourceLabel is for ALBRequestCountPerTarget, and required there.")


def _target(request: AwsRequest) -> Any | None:
    backend = moto_state.backend("application-autoscaling", request.account_id, request.region)
    by_id = backend.targets.get(request.params["ScalableDimension"], {})
    return by_id.get(request.params["ResourceId"])
