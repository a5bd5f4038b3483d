"""Amazon ECS: a service's target groups are moto's, so what AWS refuses of them is asked here.

What it refuses of clusters, task definitions and services is in `ministack_ecs`, where those are.
"""

from __future__ import annotations

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import refuses


@refuses("ecs", "CreateService|UpdateService")
def target_groups(request: AwsRequest) -> None:
    """A target group must be there, and a load balancer must use it."""
    groups = moto_state.backend("elbv2", request.account_id, request.region).target_groups
    for balancer in request.params.get("loadBalancers", []):
        arn = balancer.get("targetGroupArn")
        if not arn:
            continue
        if arn not in groups:
            raise Refusal("InvalidParameterException", f"Unable to find target group with ARN {arn}.")
        if not groups[arn].load_balancer_arns:
            message = f"The target group with targetGroupArn {arn} does not have an associated load balancer."
            raise Refusal("InvalidParameterException", message)
