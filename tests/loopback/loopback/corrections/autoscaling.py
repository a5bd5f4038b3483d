"""Application Auto Scaling in moto asks its own ECS, has no tags, and keeps what should go with a target.

AWS knows the services that ministack holds here; a target takes its policies and scheduled actions with
it; what isn't there is `ObjectNotFoundException`; a policy that is put again keeps its ARN; and there is
predictive scaling.
"""

from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling.models import ApplicationAutoscalingBackend as Backend
from moto.applicationautoscaling.models import FakeApplicationAutoscalingPolicy as Policy
from moto.applicationautoscaling.models import FakeScalableTarget as Target
from moto.applicationautoscaling.models import _target_params_are_valid
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Response
from moto.applicationautoscaling import responses
from moto.core.exceptions import JsonRESTError

_register, _deregister = Response.register_scalable_target, Backend.deregister_scalable_target
_put, _delete, _describe = Backend.put_scaling_policy, Backend.delete_scaling_policy, Backend.describe_scaling_policies
_put_action, _delete_action = Backend.put_scheduled_action, Backend.delete_scheduled_action
_make_policy, _policy_shown, _target_shown = Policy.__init__, responses._build_policy, responses._build_target

_ROLES = {
    "appstream": "ApplicationAutoScalingForAppStream_Fleet",
    "dynamodb": "DynamoDBApplicationAutoScaling_Table",
    "ecs": "ECSService",
    "rds": "RDSCluster",
}


def apply() -> None:
    """Answer as AWS does."""
    Backend._ecs_service_exists_for_target = lambda _self, _resource: True
    Backend.deregister_scalable_target = _deregister_all
    Backend.put_scaling_policy = _put_again
    Backend.delete_scaling_policy = _delete_policy
    Backend.describe_scaling_policies = _describe_exactly
    Backend.put_scheduled_action = _put_action_of_target
    Backend.delete_scheduled_action = _delete_action_there
    Policy.__init__ = _make_any_policy
    Response.register_scalable_target = _register_with_tags
    Response.put_scaling_policy = _put_with_any_body
    Response.describe_scaling_policies = _describe_by_name
    Response.tag_resource = _tag
    Response.untag_resource = _untag
    Response.list_tags_for_resource = _list_tags
    responses._build_policy = _show_policy
    responses._build_target = _show_target


def targets(backend: Any) -> list[Any]:
    """All scalable targets of one region."""
    return [target for by_id in backend.targets.values() for target in by_id.values()]


def _missing(what: str, namespace: str, resource: str, dimension: str) -> JsonRESTError:
    where = f"service namespace: {namespace}, resource ID: {resource}, scalable dimension: {dimension}"
    return JsonRESTError("ObjectNotFoundException", f"No {what} found for {where}")


def _there(self: Any, namespace: str, resource: str, dimension: str) -> None:
    if not self._scalable_target_exists(resource, dimension):
        raise _missing("scalable target", namespace, resource, dimension)


def _register_with_tags(self: Any) -> str:
    known = self.applicationautoscaling_backend._scalable_target_exists(
        self._get_param("ResourceId"), self._get_param("ScalableDimension")
    )
    tags = self._get_param("Tags")
    if known and tags:
        raise JsonRESTError("ValidationException", "Tags can only be given for a new scalable target.")
    answer = _register(self)
    target = _by_arn(self, json.loads(answer)["ScalableTargetARN"])
    if not known:
        target.tags = dict(tags or {})
    target.role_arn = self._get_param("RoleARN") or target.role_arn
    return answer


def _deregister_all(self: Any, namespace: str, r_id: str, dimension: str) -> None:
    _there(self, namespace, r_id, dimension)
    _deregister(self, namespace, r_id, dimension)
    place = (namespace, r_id, dimension)
    for policy in [policy for policy in self.policies.values() if _place(policy) == place]:
        _delete(self, policy.policy_name, *place)
    self.scheduled_actions = [action for action in self.scheduled_actions if _place(action) != place]


def _place(of: Any) -> tuple[str, str, str]:
    return of.service_namespace, of.resource_id, of.scalable_dimension


def _put_again(self: Any, **given: Any) -> Any:
    place = given["service_namespace"], given["resource_id"], given["scalable_dimension"]
    _target_params_are_valid(*place)
    _there(self, *place)
    old = self.policies.get(Policy.formulate_key(*place, given["policy_name"]))
    if old is not None:
        old.delete_alarms(self.account_id, self.region_name)
    policy = _put(self, **given)
    if old is not None:
        policy.policy_arn, policy.creation_time = old.policy_arn, old.creation_time
    return policy


def _delete_policy(
    self: Any, policy_name: str, service_namespace: str, resource_id: str, scalable_dimension: str
) -> None:
    place = service_namespace, resource_id, scalable_dimension
    if Policy.formulate_key(*place, policy_name) not in self.policies:
        raise _missing("scaling policy", *place)
    _delete(self, policy_name, *place)


def _describe_exactly(self: Any, service_namespace: str, resource_id: str, *rest: Any, **more: Any) -> Any:
    """Moto takes a resource whose id is a part of the one that was asked for."""
    token, found = _describe(self, service_namespace, resource_id, *rest, **more)
    return token, [policy for policy in found if not resource_id or policy.resource_id == resource_id]


def _put_action_of_target(self: Any, **given: Any) -> None:
    _there(self, given["service_namespace"], given["resource_id"], given["scalable_dimension"])
    _put_action(self, **given)


def _delete_action_there(self: Any, **given: Any) -> None:
    before = len(self.scheduled_actions)
    _delete_action(self, **given)
    if len(self.scheduled_actions) == before:
        place = given["service_namespace"], given["resource_id"], given["scalable_dimension"]
        raise _missing("scheduled action", *place)


def _make_any_policy(self: Any, **given: Any) -> None:
    """Predictive scaling makes no alarms, and is made here like step scaling."""
    predictive = given.get("policy_type") == "PredictiveScaling"
    _make_policy(self, **{**given, "policy_type": "StepScaling" if predictive else given.get("policy_type")})
    self.policy_type = given.get("policy_type")


def _put_with_any_body(self: Any) -> str:
    names = ("PolicyName", "ServiceNamespace", "ResourceId", "ScalableDimension", "PolicyType")
    kinds = ("StepScaling", "TargetTrackingScaling", "PredictiveScaling")
    bodies = [self._get_param(f"{kind}PolicyConfiguration") for kind in kinds]
    policy_name, namespace, resource, dimension, kind = (self._get_param(name) for name in names)
    policy = self.applicationautoscaling_backend.put_scaling_policy(
        policy_name=policy_name,
        service_namespace=namespace,
        resource_id=resource,
        scalable_dimension=dimension,
        policy_body=next((body for body in bodies if body), None),
        policy_type=kind,
    )
    return json.dumps({"PolicyARN": policy.policy_arn, "Alarms": responses._build_alarms(policy)})


def _describe_by_name(self: Any) -> str:
    names = self._get_param("PolicyNames")
    token, page = self.applicationautoscaling_backend.describe_scaling_policies(
        service_namespace=self._get_param("ServiceNamespace"),
        resource_id=self._get_param("ResourceId"),
        scalable_dimension=self._get_param("ScalableDimension"),
        max_results=self._get_int_param("MaxResults"),
        next_token=self._get_param("NextToken"),
    )
    shown = [responses._build_policy(policy) for policy in page if not names or policy.policy_name in names]
    return json.dumps({"ScalingPolicies": shown, "NextToken": token})


def _show_policy(policy: Any) -> dict[str, Any]:
    shown = _policy_shown(policy)
    if policy.policy_type == "PredictiveScaling":
        shown["PredictiveScalingPolicyConfiguration"] = policy._policy_body
    return shown


def _show_target(target: Any) -> dict[str, Any]:
    """A service that has a service-linked role is scaled with it, whatever role was given."""
    shown = _target_shown(target)
    own = _ROLES.get(target.service_namespace)
    if own or not shown["RoleARN"]:
        service = f"{target.service_namespace}.application-autoscaling.amazonaws.com"
        role = f"AWSServiceRoleForApplicationAutoScaling_{own or 'CustomResource'}"
        account = target.applicationautoscaling_backend.account_id
        shown["RoleARN"] = f"arn:aws:iam::{account}:role/aws-service-role/{service}/{role}"
    return shown


def _tag(self: Any) -> str:
    _by_arn(self, self._get_param("ResourceARN")).tags.update(self._get_param("Tags"))
    return "{}"


def _untag(self: Any) -> str:
    tags = _by_arn(self, self._get_param("ResourceARN")).tags
    for key in self._get_param("TagKeys"):
        tags.pop(key, None)
    return "{}"


def _list_tags(self: Any) -> str:
    return json.dumps({"Tags": _by_arn(self, self._get_param("ResourceARN")).tags})


def _by_arn(self: Any, arn: str) -> Target:
    found = [target for target in targets(self.applicationautoscaling_backend) if target.arn == arn]
    if not found:
        raise JsonRESTError("ResourceNotFoundException", f"Resource not found: {arn}")
    return found[0]
