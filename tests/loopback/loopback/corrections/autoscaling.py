"""Application Auto Scaling checks that an ECS service exists in moto, but ministack holds them."""

from __future__ import annotations

from moto.applicationautoscaling.models import ApplicationAutoscalingBackend


def apply() -> None:
    """Believe that the service exists."""
    ApplicationAutoscalingBackend._ecs_service_exists_for_target = lambda _self, _resource: True
