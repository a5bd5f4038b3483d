"""Amazon ECS: what AWS refuses, what it fills in, what the inventory lists, and roll-outs that fail."""

from __future__ import annotations

from typing import Any

import pytest

from aws import Aws, refused

CONTAINER = {"name": "web", "image": "web:1", "memory": 128}
TAGS = [{"key": "Name", "value": "one"}]
BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": False}}


@pytest.fixture
def ecs(aws: Aws) -> Any:
    """A client, with a cluster and a task definition."""
    client = aws.client("ecs")
    client.create_cluster(clusterName="c", tags=TAGS)
    client.register_task_definition(family="web", containerDefinitions=[CONTAINER], tags=TAGS)
    return client


def service(ecs: Any, **more: Any) -> dict[str, Any]:
    return ecs.create_service(**{"cluster": "c", "serviceName": "web", "taskDefinition": "web", **more})["service"]


def test_the_inventory_lists_what_there_is(aws: Aws, ecs: Any) -> None:
    aws.put("transitions", {"polls": 0})
    made = service(ecs, desiredCount=1, tags=TAGS)
    ecs.register_task_definition(family="web", containerDefinitions=[CONTAINER], tags=TAGS)
    tags = {"Name": "one"}
    assert aws.get("inventory") == {
        kind: [{"id": identifier, "region": "us-east-1", "tags": tags}]
        for kind, identifier in (
            ("ecs_cluster", "c"),
            ("ecs_service", made["serviceArn"]),
            ("ecs_task_definition", "web"),
        )
    }
    ecs.delete_service(cluster="c", service="web", force=True)
    ecs.delete_cluster(cluster="c")
    for revision in (1, 2):
        ecs.deregister_task_definition(taskDefinition=f"web:{revision}")
    assert aws.get("inventory") == {}


def test_a_cluster_with_services_stays(ecs: Any) -> None:
    service(ecs, desiredCount=0)
    with refused("ClusterContainsServicesException"):
        ecs.delete_cluster(cluster="c")


def test_a_cluster_with_tasks_stays(ecs: Any) -> None:
    ecs.run_task(cluster="c", taskDefinition="web")
    with refused("ClusterContainsTasksException"):
        ecs.delete_cluster(cluster="c")


def test_a_service_refers_to_what_there_is(ecs: Any) -> None:
    with refused("ClusterNotFoundException"):
        service(ecs, cluster="none")
    with refused("ClientException"):
        service(ecs, taskDefinition="none")
    ecs.deregister_task_definition(taskDefinition="web:1")
    with refused("ClientException"):
        service(ecs, taskDefinition="web:1")


def test_a_service_has_a_name_of_its_own_and_a_token(ecs: Any) -> None:
    first = service(ecs, desiredCount=0, clientToken="t")
    assert service(ecs, desiredCount=0, clientToken="t")["serviceArn"] == first["serviceArn"]
    with refused("InvalidParameterException"):
        service(ecs, desiredCount=0, clientToken="u")


def test_a_service_with_tasks_is_deleted_by_force_alone(aws: Aws, ecs: Any) -> None:
    aws.put("transitions", {"polls": 1})
    service(ecs, desiredCount=1)
    with refused("InvalidParameterException"):
        ecs.delete_service(cluster="c", service="web")
    ecs.delete_service(cluster="c", service="web", force=True)
    states = [ecs.describe_services(cluster="c", services=["web"])["services"][0]["status"] for _ in range(2)]
    assert states == ["DRAINING", "INACTIVE"]


def test_a_target_group_needs_a_load_balancer(aws: Aws, ecs: Any) -> None:
    balancer = {"containerName": "web", "containerPort": 80}
    with refused("InvalidParameterException"):
        service(ecs, loadBalancers=[{**balancer, "targetGroupArn": "arn:aws:elasticloadbalancing:none"}])
    groups = aws.client("elbv2").create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=aws.vpc())
    arn = groups["TargetGroups"][0]["TargetGroupArn"]
    with refused("InvalidParameterException") as refusal:
        service(ecs, loadBalancers=[{**balancer, "targetGroupArn": arn}])
    assert "does not have an associated load balancer" in refusal.message


def test_a_family_without_active_revisions_is_not_there(ecs: Any) -> None:
    ecs.register_task_definition(family="web", containerDefinitions=[CONTAINER])
    ecs.deregister_task_definition(taskDefinition="web:2")
    found = ecs.describe_task_definition(taskDefinition="web", include=["TAGS"])
    assert (found["taskDefinition"]["revision"], found["tags"]) == (1, TAGS)
    assert not ecs.describe_task_definition(taskDefinition="web").get("tags")
    ecs.deregister_task_definition(taskDefinition="web:1")
    with refused("ClientException"):
        ecs.describe_task_definition(taskDefinition="web")


def test_what_aws_fills_in(ecs: Any) -> None:
    container = {**CONTAINER, "portMappings": [{"containerPort": 80}], "healthCheck": {"command": ["CMD", "true"]}}
    definition = ecs.register_task_definition(
        family="full", networkMode="awsvpc", containerDefinitions=[container], volumes=[{"name": "data"}]
    )["taskDefinition"]
    seen = definition["containerDefinitions"][0]
    assert seen["portMappings"] == [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}]
    assert (seen["environment"], seen["healthCheck"]["retries"]) == ([], 3)
    assert definition["volumes"] == [{"name": "data", "host": {}}]
    assert "taskRoleArn" not in definition
    made = service(ecs, desiredCount=0)
    assert made["deploymentConfiguration"]["maximumPercent"] == 200


def test_a_namespace_is_told_by_its_arn(ecs: Any) -> None:
    ecs.update_cluster(cluster="c", serviceConnectDefaults={"namespace": "one"})
    namespace = ecs.describe_clusters(clusters=["c"])["clusters"][0]["serviceConnectDefaults"]["namespace"]
    assert namespace.startswith("arn:aws:servicediscovery:")
    ecs.update_cluster(cluster="c", serviceConnectDefaults={"namespace": ""})
    assert not ecs.describe_clusters(clusters=["c"])["clusters"][0].get("serviceConnectDefaults")


def test_a_roll_out_fails_as_ordered(aws: Aws, ecs: Any) -> None:
    logs = aws.client("logs")
    logs.create_log_group(logGroupName="g")
    options = {"awslogs-group": "g", "awslogs-stream-prefix": "p", "awslogs-region": "us-east-1"}
    logging = {**CONTAINER, "logConfiguration": {"logDriver": "awslogs", "options": options}}
    ecs.register_task_definition(family="web", containerDefinitions=[logging])
    failure = {"kind": "ecs_service", "code": "EssentialContainerExited", "message": "Essential container in task exited"}
    aws.put("failures", [{**failure, "exitCode": 1, "log": ["one", "two"], "events": ["(service web) is sad."]}])
    aws.put("transitions", {"polls": 1})
    service(ecs, desiredCount=1, deploymentConfiguration=BREAKER)

    def seen() -> dict[str, Any]:
        return ecs.describe_services(cluster="c", services=["web"])["services"][0]

    assert [seen()["deployments"][0]["rolloutState"] for _ in range(2)] == ["IN_PROGRESS", "FAILED"]
    assert "circuit breaker" in seen()["deployments"][0]["rolloutStateReason"]
    assert seen()["events"][0]["message"] == "(service web) is sad."
    arns = ecs.list_tasks(cluster="c", serviceName="web", desiredStatus="STOPPED")["taskArns"]
    task = ecs.describe_tasks(cluster="c", tasks=arns)["tasks"][0]
    assert task["startedBy"] == seen()["deployments"][0]["id"]
    assert (task["stopCode"], task["stoppedReason"]) == (failure["code"], failure["message"])
    assert task["containers"][0]["exitCode"] == 1
    stream = f"p/web/{arns[0].rsplit('/', 1)[-1]}"
    lines = logs.get_log_events(logGroupName="g", logStreamName=stream)["events"]
    assert [line["message"] for line in lines] == ["one", "two"]
    ecs.update_service(cluster="c", service="web", forceNewDeployment=True)
    assert [seen()["deployments"][0]["rolloutState"] for _ in range(2)] == ["IN_PROGRESS", "COMPLETED"]


def test_what_the_circuit_breaker_takes_back(aws: Aws, ecs: Any) -> None:
    aws.put("transitions", {"polls": 0})
    taken_back = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    made = service(ecs, desiredCount=1, deploymentConfiguration=taken_back)
    assert made["taskDefinition"].endswith("web:1")
    ecs.register_task_definition(family="web", containerDefinitions=[CONTAINER])
    failure = {"kind": "ecs_service", "code": "TaskFailedToStart", "message": "CannotPullContainerError: not found"}
    aws.put("failures", [failure])
    ecs.update_service(cluster="c", service="web", taskDefinition="web:2")
    seen = ecs.describe_services(cluster="c", services=["web"])["services"][0]
    found = [(one["status"], one["taskDefinition"][-5:], one["rolloutState"]) for one in seen["deployments"]]
    assert found == [("PRIMARY", "web:1", "COMPLETED"), ("INACTIVE", "web:2", "FAILED")]
    assert (seen["taskDefinition"][-5:], seen["runningCount"]) == ("web:1", 1)


def test_targets_are_as_ill_as_ordered_until_the_next_roll_out(aws: Aws, ecs: Any) -> None:
    balancing, vpc = aws.client("elbv2"), aws.vpc()
    balancer = balancing.create_load_balancer(Name="b", Subnets=aws.subnets(vpc))["LoadBalancers"][0]["LoadBalancerArn"]
    group = balancing.create_target_group(Name="g", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    forward = [{"Type": "forward", "TargetGroupArn": arn}]
    balancing.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=forward)
    failure = {"kind": "ecs_service", "code": "ServiceSchedulerInitiated", "message": "Task failed ELB health checks"}
    said = {"code": "Target.ResponseCodeMismatch", "description": "Health checks failed with these codes: [404]"}
    aws.put("failures", [{**failure, "targets": said}])
    place = [{"containerName": "web", "containerPort": 3000, "targetGroupArn": arn}]
    service(ecs, desiredCount=1, loadBalancers=place, deploymentConfiguration=BREAKER)
    found = balancing.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"][0]
    assert (found["Target"]["Port"], found["TargetHealth"]["State"]) == (3000, "unhealthy")
    assert (found["TargetHealth"]["Reason"], found["TargetHealth"]["Description"]) == tuple(said.values())
    ecs.update_service(cluster="c", service="web", forceNewDeployment=True)
    assert balancing.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"] == []
