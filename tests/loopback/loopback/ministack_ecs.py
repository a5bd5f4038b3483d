"""Amazon ECS in ministack's process: what it gets wrong put right, and what the router asks of it.

Every correction wraps the handler of one operation, so that ministack's own state stays the only one. What AWS fills
in (ports, empty lists, deployment settings) is filled in here too: a provider that takes it for a change is caught.
"""

from __future__ import annotations

import json
from typing import Any, Callable

from ministack.core.responses import error_response_json, json_response, request_scope
from ministack.services import ecs

Data = dict[str, Any]
Handler = Callable[[Data], Any]

_EMPTY_LISTS = ("portMappings", "environment", "mountPoints", "volumesFrom", "systemControls")
_HEALTH_CHECK = {"interval": 30, "timeout": 5, "retries": 3}
_KEPT_OF_SERVICES = ("placementConstraints", "placementStrategy", "availabilityZoneRebalancing", "serviceRegistries")
_UPDATED_OF_SERVICES = ("enableECSManagedTags", "propagateTags", "deploymentController", *_KEPT_OF_SERVICES)
_KEPT_OF_DEPLOYMENTS = ("serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations")
_DEPLOYMENT = {"maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "ROLLING", "bakeTimeInMinutes": 0}
_NO_BREAKER = {"enable": False, "rollback": False}


def install() -> None:
    """Wrap ministack's handlers."""
    for operation, wrap in _WRAPPED.items():
        ecs._ACTION_MAP[operation] = wrap(ecs._ACTION_MAP[operation])
    ecs._run_task = _run_task(ecs._run_task)


def inventory(account_id: str) -> dict[str, list[Data]]:
    """Clusters, services, and families of task definitions with an active revision."""
    found: dict[str, list[Data]] = {}
    for region, cluster in _of(ecs._clusters, account_id):
        _note(found, "ecs_cluster", cluster["clusterName"], region, account_id, cluster["clusterArn"])
    for region, service in _of(ecs._services, account_id):
        if service["status"] != "INACTIVE":
            _note(found, "ecs_service", service["serviceArn"], region, account_id, service["serviceArn"])
    latest: dict[tuple[str, str], Data] = {}
    for region, definition in _of(ecs._task_defs, account_id):
        key = region, definition["family"]
        if definition["status"] == "ACTIVE" and definition["revision"] > latest.get(key, {"revision": 0})["revision"]:
            latest[key] = definition
    for (region, family), definition in latest.items():
        _note(found, "ecs_task_definition", family, region, account_id, definition["taskDefinitionArn"])
    return found


def fail(account_id: str, region: str, service_arn: str, failure: Data) -> list[Data]:
    """End the tasks of a service's latest deployment as a failure says; the tasks, with their containers' logs."""
    with request_scope(account_id, region):
        service = next(one for one in ecs._services.values() if one["serviceArn"] == service_arn)
        deployment = service["deployments"][0]
        tasks = [task for task in ecs._tasks.values() if task.get("_deployment_id") == deployment["id"]]
        for task in tasks:
            _stop(task, failure)
        service.update(runningCount=0, pendingCount=0)
        _end_deployment(service, deployment, failure)
        for message in reversed(failure.get("events", [])):
            service["events"].insert(0, {"id": ecs.new_uuid(), "createdAt": ecs._iso(), "message": message})
        return [{"task": task["taskArn"], "definition": _definition(task)} for task in tasks]


def _of(scoped: Any, account_id: str) -> list[tuple[str, Data]]:
    return [(key[1], value) for key, value in list(scoped._data.items()) if key[0] == account_id]


def _note(found: dict[str, list[Data]], kind: str, identifier: str, region: str, account_id: str, arn: str) -> None:
    with request_scope(account_id, region):
        tags = {tag["key"]: tag.get("value", "") for tag in ecs._tags.get(arn, [])}
    found.setdefault(kind, []).append({"id": identifier, "region": region, "tags": tags})


def _definition(task: Data) -> Data:
    return ecs._task_defs.get(ecs._resolve_td_key(task["taskDefinitionArn"])) or {}


def _stop(task: Data, failure: Data) -> None:
    now = ecs._iso()
    task.update(lastStatus="STOPPED", desiredStatus="STOPPED", stoppingAt=now, stoppedAt=now)
    task.update(stoppedReason=failure["message"], stopCode=failure["code"])
    for container in task["containers"]:
        container["lastStatus"] = "STOPPED"
        container.pop("exitCode", None)
        if "exitCode" in failure:
            container["exitCode"] = failure["exitCode"]
        if failure.get("reason"):
            container["reason"] = failure["reason"]


def _end_deployment(service: Data, deployment: Data, failure: Data) -> None:
    deployment.update(runningCount=0, pendingCount=0, failedTasks=failure.get("failedTasks", 3))
    breaker = service["deploymentConfiguration"].get("deploymentCircuitBreaker", _NO_BREAKER)
    deployment.update(rolloutState="IN_PROGRESS", rolloutStateReason="ECS deployment in progress.")
    if breaker["enable"]:
        deployment.update(rolloutState="FAILED")
        deployment.update(rolloutStateReason="ECS deployment circuit breaker: tasks failed to start.")
        if breaker["rollback"] and "_completed" in service:
            _take_back(service, deployment, service["_completed"])


def _take_back(service: Data, deployment: Data, earlier: Data) -> None:
    """The deployment that was completed before is the service's again."""
    deployment.update(status="INACTIVE", desiredCount=0)
    earlier = {**earlier, "status": "PRIMARY", "desiredCount": service["desiredCount"]}
    service.update(taskDefinition=earlier["taskDefinition"], deployments=[earlier, deployment])
    cluster = service["clusterArn"].rsplit("/", 1)[-1]
    ecs._reconcile_service_tasks(cluster, f"{cluster}/{service['serviceName']}")


def _run_task(original: Handler) -> Handler:
    def handle(data: Data) -> Any:
        """A service's tasks say by which deployment they were started."""
        return original({**data, "startedBy": data.get("_deploymentId") or data.get("startedBy", "")})

    return handle


def _register(original: Handler) -> Handler:
    def handle(data: Data) -> Any:
        status, headers, body = original(data)
        if status >= 300:
            return status, headers, body
        answer = json.loads(body)
        definition = ecs._task_defs[f"{data['family']}:{answer['taskDefinition']['revision']}"]
        if "inferenceAccelerators" in data or "enableFaultInjection" in data:
            definition.update({k: data[k] for k in ("inferenceAccelerators", "enableFaultInjection") if k in data})
        for name in [name for name, value in definition.items() if value in ("", None)]:
            del definition[name]
        for container in definition["containerDefinitions"]:
            _complete(container, definition["networkMode"])
        for volume in definition["volumes"]:
            if len(volume) == 1:
                volume["host"] = {}
        return json_response({**answer, "taskDefinition": definition})

    return handle


def _complete(container: Data, network_mode: str) -> None:
    for name in _EMPTY_LISTS:
        container.setdefault(name, [])
    for mapping in container["portMappings"]:
        mapping.setdefault("protocol", "tcp")
        if network_mode in ("awsvpc", "host") and "containerPort" in mapping:
            mapping.setdefault("hostPort", mapping["containerPort"])
    if "healthCheck" in container:
        container["healthCheck"] = {**_HEALTH_CHECK, **container["healthCheck"]}


def _describe_definition(original: Handler) -> Handler:
    def handle(data: Data) -> Any:
        reference = data["taskDefinition"]
        if ":" not in reference:
            active = [d["revision"] for d in ecs._task_defs.values() if d["family"] == reference and d["status"] == "ACTIVE"]
            if not active:
                return error_response_json("ClientException", "Unable to describe task definition.", 400)
            data = {**data, "taskDefinition": f"{reference}:{max(active)}"}
        status, headers, body = original(data)
        if status >= 300 or "TAGS" in data.get("include", []):
            return status, headers, body
        return json_response({"taskDefinition": json.loads(body)["taskDefinition"]})

    return handle


def _create_cluster(original: Handler) -> Handler:
    def handle(data: Data) -> Any:
        made = data.get("clusterName", "default") not in ecs._clusters
        answer = original(data)
        if made and data.get("serviceConnectDefaults"):
            cluster = ecs._clusters[data.get("clusterName", "default")]
            cluster["serviceConnectDefaults"] = _namespace(data["serviceConnectDefaults"])
        return answer

    return handle


def _update_cluster(original: Handler) -> Handler:
    def handle(data: Data) -> Any:
        defaults = data.get("serviceConnectDefaults")
        if defaults is not None:
            data = {**data, "serviceConnectDefaults": _namespace(defaults)}
        return original(data)

    return handle


def _namespace(defaults: Data) -> Data:
    """AWS tells the ARN of the namespace, be it asked for by its name or not; an empty name takes it away."""
    name = defaults.get("namespace", "")
    if not name or name.startswith("arn:"):
        return {"namespace": name} if name else {}
    where = f"{ecs.get_region()}:{ecs.get_account_id()}"
    return {"namespace": f"arn:aws:servicediscovery:{where}:namespace/ns-{abs(hash(name)) % 10**12:012}"}


def _delete_cluster(original: Handler) -> Handler:
    def handle(data: Data) -> Any:
        name = ecs._resolve_cluster_name(data["cluster"])
        cluster = ecs._clusters.get(name)
        if cluster:
            services = [s for k, s in ecs._services.items() if k.startswith(f"{name}/") and s["status"] != "INACTIVE"]
            if services:
                message = "The Cluster cannot be deleted while Services are active."
                return error_response_json("ClusterContainsServicesException", message, 400)
            arn = cluster["clusterArn"]
            if any(t["clusterArn"] == arn and t["lastStatus"] != "STOPPED" for t in ecs._tasks.values()):
                message = "The Cluster cannot be deleted while Tasks are active."
                return error_response_json("ClusterContainsTasksException", message, 400)
        return original(data)

    return handle


def _create_service(original: Handler) -> Handler:
    def handle(data: Data) -> Any:
        cluster = ecs._resolve_cluster_name(data.get("cluster", "default"))
        if cluster not in ecs._clusters:
            return error_response_json("ClusterNotFoundException", "Cluster not found.", 400)
        key = f"{cluster}/{data['serviceName']}"
        existing = ecs._services.get(key)
        if existing and existing["status"] == "ACTIVE":
            if data.get("clientToken") and existing.get("_client_token") == data["clientToken"]:
                return json_response({"service": ecs._sanitize(existing)})
            message = "Creation of service was not idempotent."
            return error_response_json("InvalidParameterException", message, 400)
        refused = _definition_refused(data)
        if refused:
            return refused
        status, headers, body = original(data)
        if status >= 300:
            return status, headers, body
        service = ecs._services[key]
        service["_client_token"] = data.get("clientToken")
        service.update({name: data[name] for name in _KEPT_OF_SERVICES if name in data})
        service.setdefault("availabilityZoneRebalancing", "ENABLED")
        _settle_service(service, data)
        return json_response({"service": ecs._sanitize(service)})

    return handle


def _update_service(original: Handler) -> Handler:
    def handle(data: Data) -> Any:
        refused = _definition_refused(data) if "taskDefinition" in data else None
        if refused:
            return refused
        _remember_deployments(data["service"])
        status, headers, body = original(data)
        if status >= 300:
            return status, headers, body
        arn = json.loads(body)["service"]["serviceArn"]
        service = next(one for one in ecs._services.values() if one["serviceArn"] == arn)
        service.update({name: data[name] for name in _UPDATED_OF_SERVICES if name in data})
        _settle_service(service, data)
        return json_response({"service": ecs._sanitize(service)})

    return handle


def _remember_deployments(name: str) -> None:
    """ministack ends a roll-out within the call and forgets the one before; the circuit breaker may need that."""
    for service in ecs._services.values():
        completed = [one for one in service["deployments"] if one["rolloutState"] == "COMPLETED"]
        if name in (service["serviceArn"], service["serviceName"]) and completed:
            service["_completed"] = dict(completed[0])


def _definition_refused(data: Data) -> Any:
    definition = ecs._task_defs.get(ecs._resolve_td_key(data.get("taskDefinition", "")))
    if definition is None:
        return error_response_json("ClientException", "TaskDefinition not found.", 400)
    if definition["status"] != "ACTIVE":
        return error_response_json("ClientException", "TaskDefinition is inactive", 400)
    return None


def _settle_service(service: Data, data: Data) -> None:
    deployment = service["deployments"][0]
    deployment.update({name: data[name] for name in _KEPT_OF_DEPLOYMENTS if name in data})
    breaker = {"deploymentCircuitBreaker": dict(_NO_BREAKER)}
    service["deploymentConfiguration"] = {**_DEPLOYMENT, **breaker, **(service["deploymentConfiguration"] or {})}
    if service.get("launchType") == "FARGATE" or service.get("capacityProviderStrategy"):
        service["platformVersion"] = service.get("platformVersion") or "LATEST"
    for name in [name for name, value in service.items() if value in ("", None) or value == {}]:
        if name not in ("launchType", "capacityProviderStrategy", "platformVersion", "networkConfiguration"):
            del service[name]


def _describe_services(original: Handler) -> Handler:
    def handle(data: Data) -> Any:
        status, headers, body = original(data)
        if status >= 300:
            return status, headers, body
        answer = json.loads(body)
        for service in answer["services"]:
            if "TAGS" not in data.get("include", []):
                service.pop("tags", None)
            for name in [name for name, value in service.items() if value in ("", None) or value == {}]:
                del service[name]
        return json_response(answer)

    return handle


_WRAPPED = {
    "RegisterTaskDefinition": _register,
    "DescribeTaskDefinition": _describe_definition,
    "CreateCluster": _create_cluster,
    "UpdateCluster": _update_cluster,
    "DeleteCluster": _delete_cluster,
    "CreateService": _create_service,
    "UpdateService": _update_service,
    "DescribeServices": _describe_services,
}
