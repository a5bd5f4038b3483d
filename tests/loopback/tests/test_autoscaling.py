"""Application Auto Scaling, as AWS answers: places, tags, what goes with a target, what isn't there."""

from __future__ import annotations

from typing import Any

from aws import Aws, refused

PLACE = {
    "ServiceNamespace": "ecs",
    "ResourceId": "service/apps/web",
    "ScalableDimension": "ecs:service:DesiredCount",
}
TRACKING = {
    "TargetValue": 60.0,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
}


def scaling(aws: Aws) -> Any:
    return aws.client("application-autoscaling")


def target(aws: Aws, **more: Any) -> str:
    wanted = {**PLACE, "MinCapacity": 1, "MaxCapacity": 4, **more}
    return scaling(aws).register_scalable_target(**wanted)["ScalableTargetARN"]


def policy(aws: Aws, name: str = "cpu", **more: Any) -> str:
    body = {"PolicyType": "TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration": TRACKING}
    return scaling(aws).put_scaling_policy(PolicyName=name, **PLACE, **(more or body))["PolicyARN"]


def named(aws: Aws, **by: Any) -> list[str]:
    found = scaling(aws).describe_scaling_policies(ServiceNamespace="ecs", **by)["ScalingPolicies"]
    return [one["PolicyName"] for one in found]


def test_tags_of_a_target(aws: Aws) -> None:
    arn = target(aws, Tags={"a": "1", "b": "2"})
    scaling(aws).tag_resource(ResourceARN=arn, Tags={"b": "3"})
    scaling(aws).untag_resource(ResourceARN=arn, TagKeys=["a", "unknown"])
    assert scaling(aws).list_tags_for_resource(ResourceARN=arn)["Tags"] == {"b": "3"}
    with refused("ValidationException"):
        target(aws, Tags={"c": "4"})
    assert target(aws, MaxCapacity=5) == arn
    assert scaling(aws).list_tags_for_resource(ResourceARN=arn)["Tags"] == {"b": "3"}
    with refused("ResourceNotFoundException"):
        scaling(aws).list_tags_for_resource(ResourceARN=arn.rpartition("/")[0] + "/none")


def test_a_role_is_shown_where_it_is_used(aws: Aws) -> None:
    target(aws, RoleARN=f"arn:aws:iam::{aws.account}:role/own")
    (shown,) = scaling(aws).describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
    assert shown["RoleARN"].endswith("/AWSServiceRoleForApplicationAutoScaling_ECSService")


def test_bounds_that_are_none(aws: Aws) -> None:
    for bounds in ({"MinCapacity": 5}, {"MinCapacity": -1}, {"MaxCapacity": 0}):
        with refused("ValidationException"):
            target(aws, **bounds)
    with refused("ValidationException"):
        scaling(aws).register_scalable_target(**PLACE, MinCapacity=1)
    target(aws)
    with refused("ValidationException"):
        scaling(aws).register_scalable_target(**PLACE, MaxCapacity=0)


def test_what_is_not_there(aws: Aws) -> None:
    action = {**PLACE, "ScheduledActionName": "night"}
    for call in (
        lambda: scaling(aws).deregister_scalable_target(**PLACE),
        lambda: scaling(aws).delete_scaling_policy(PolicyName="cpu", **PLACE),
        lambda: scaling(aws).delete_scheduled_action(**action),
        lambda: scaling(aws).put_scheduled_action(**action, Schedule="rate(1 hour)"),
        lambda: policy(aws),
    ):
        with refused("ObjectNotFoundException"):
            call()


def test_a_target_takes_all_with_it(aws: Aws) -> None:
    target(aws, Tags={"k": "v"})
    arn = policy(aws)
    scaling(aws).put_scheduled_action(**PLACE, ScheduledActionName="night", Schedule="rate(1 hour)")
    inventory = aws.get("inventory")
    assert inventory["scalable_target"] == [
        {"id": "service/apps/web|ecs:service:DesiredCount|ecs", "region": "us-east-1", "tags": {"k": "v"}}
    ]
    assert [one["id"] for one in inventory["scaling_policy"]] == [arn]
    assert len(inventory["scheduled_action"]) == 1
    scaling(aws).deregister_scalable_target(**PLACE)
    assert aws.get("inventory") == {}


def test_a_policy_that_is_put_again_is_the_same(aws: Aws) -> None:
    target(aws)
    arn = policy(aws)
    body = {**TRACKING, "TargetValue": 70.0}
    again = policy(
        aws, PolicyType="TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration=body
    )
    assert again == arn
    (shown,) = scaling(aws).describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    assert shown["TargetTrackingScalingPolicyConfiguration"]["TargetValue"] == 70.0


def test_policies_by_name_and_by_thing(aws: Aws) -> None:
    target(aws)
    target(aws, ResourceId="service/apps/web-2")
    policy(aws)
    policy(aws, "memory")
    assert named(aws, PolicyNames=["memory"]) == ["memory"]
    assert named(aws, ResourceId="service/apps/web") == ["cpu", "memory"]
    assert named(aws, ResourceId="service/apps/web-2") == []


def test_predictive_scaling(aws: Aws) -> None:
    target(aws)
    pair = {"PredefinedMetricType": "ECSServiceCPUUtilization"}
    body = {"MetricSpecifications": [{"TargetValue": 50.0, "PredefinedMetricPairSpecification": pair}]}
    policy(aws, PolicyType="PredictiveScaling", PredictiveScalingPolicyConfiguration=body)
    (shown,) = scaling(aws).describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    assert (shown["PolicyType"], shown["PredictiveScalingPolicyConfiguration"]) == ("PredictiveScaling", body)


def test_policies_without_what_they_need(aws: Aws) -> None:
    target(aws)
    requests = {"PredefinedMetricType": "ALBRequestCountPerTarget"}
    for body in (
        {"PolicyType": "StepScaling", "TargetTrackingScalingPolicyConfiguration": TRACKING},
        {"PolicyType": "TargetTrackingScaling"},
        {"PolicyType": "TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration": {"TargetValue": 1.0}},
        {
            "PolicyType": "TargetTrackingScaling",
            "TargetTrackingScalingPolicyConfiguration": {
                "TargetValue": 1.0,
                "PredefinedMetricSpecification": requests,
            },
        },
    ):
        with refused("ValidationException"):
            policy(aws, **body)
