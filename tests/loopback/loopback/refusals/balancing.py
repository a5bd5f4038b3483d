"""Elastic Load Balancing: what is protected or in use, what is too much, and names that AWS doesn't take."""

from __future__ import annotations

import re
from typing import Any

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import ec2_of, refuses

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?")
_RULES, _GROUPS, _VALUES, _WILDCARDS = 100, 100, 5, 5


def elb_of(request: AwsRequest) -> Any:
    """Moto's load balancing in the account and region of a request."""
    return moto_state.backend("elbv2", request.account_id, request.region)


def _listeners(elb: Any) -> list[Any]:
    return [one for balancer in elb.load_balancers.values() for one in balancer.listeners.values()]


@refuses("elasticloadbalancing", "CreateLoadBalancer")
def create_load_balancer(request: AwsRequest) -> None:
    """Names of 32 characters, and two zones for an application balancer."""
    name = request.params["Name"]
    if not _NAME.fullmatch(name) or name.lower().startswith("internal-"):
        raise Refusal("ValidationError", f"The load balancer name '{name}' is not valid")
    _two_zones(request, request.params.get("Type", "application"))


@refuses("elasticloadbalancing", "SetSubnets")
def set_subnets(request: AwsRequest) -> None:
    """Two zones for an application balancer."""
    balancer = elb_of(request).load_balancers.get(request.params["LoadBalancerArn"])
    if balancer is not None:
        _two_zones(request, balancer.type)


def _two_zones(request: AwsRequest, kind: str) -> None:
    mappings = request.params.get("SubnetMappings", [])
    wanted = request.params.get("Subnets") or [one["SubnetId"] for one in mappings]
    subnets = [one for one in moto_state.subnets(ec2_of(request)) if one.id in wanted]
    if kind == "application" and len(subnets) == len(wanted) and len({one.availability_zone for one in subnets}) < 2:
        message = "At least two subnets in two different Availability Zones must be specified"
        raise Refusal("ValidationError", message)


@refuses("elasticloadbalancing", "DeleteLoadBalancer")
def delete_load_balancer(request: AwsRequest) -> None:
    """A protected balancer stays."""
    arn = request.params["LoadBalancerArn"]
    balancer = elb_of(request).load_balancers.get(arn)
    if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
        message = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        raise Refusal("OperationNotPermitted", message)


@refuses("elasticloadbalancing", "CreateRule")
def create_rule(request: AwsRequest) -> None:
    """A balancer has a hundred rules, and a hundred target groups."""
    elb = elb_of(request)
    balancer = next((one for one in elb.load_balancers.values() if request.params["ListenerArn"] in one.listeners), None)
    if balancer is None:
        return
    rules = [rule for one in balancer.listeners.values() for rule in one.rules.values()]
    if sum(not rule.is_default for rule in rules) >= _RULES:
        raise Refusal("TooManyRules", f"The maximum number of rules on load balancer '{balancer.arn}' has been reached")
    actions = [action.data for rule in rules for action in rule.actions] + request.params["Actions"]
    groups = {arn for action in actions for arn in elb._get_target_group_arns_from(action_data=action)}
    if len(groups) > _GROUPS:
        message = f"You've reached the limit on the number of unique target groups per load balancer '{balancer.arn}'"
        raise Refusal("TooManyUniqueTargetGroupsPerLoadBalancer", message)


@refuses("elasticloadbalancing", "CreateRule|ModifyRule")
def conditions(request: AwsRequest) -> None:
    """A rule has five values and five wildcards at most, and none of them is empty."""
    values = [text for one in request.params.get("Conditions", []) for text in _values(one)]
    if len(values) > _VALUES:
        raise Refusal("ValidationError", f"A rule can only have '{_VALUES}' condition values")
    if sum(len(re.findall(r"(?<!\\)[*?]", text)) for text in values) > _WILDCARDS:
        raise Refusal("ValidationError", f"A rule can only have '{_WILDCARDS}' condition wildcards")
    if any(not 1 <= len(text) <= 128 for text in values):
        raise Refusal("ValidationError", "A condition value must have 1 to 128 characters")


def _values(condition: dict[str, Any]) -> list[str]:
    configs = [condition, *(part for part in condition.values() if isinstance(part, dict))]
    values = [value for config in configs for value in config.get("Values") or []]
    return [value.get("Value", "") if isinstance(value, dict) else value for value in values]


@refuses("elasticloadbalancing", "(Create|Modify)(Listener|Rule)")
def target_groups_of_others(request: AwsRequest) -> None:
    """A target group is of one load balancer."""
    elb = elb_of(request)
    arn = request.params.get("LoadBalancerArn") or request.params.get("ListenerArn") or request.params.get("RuleArn")
    own = arn.rsplit("/", {"loadbalancer": 0, "listener": 1, "listener-rule": 2}[arn.split(":")[5].split("/")[0]])[0]
    own = own.replace(":listener-rule/", ":loadbalancer/").replace(":listener/", ":loadbalancer/")
    for action in request.params.get("DefaultActions") or request.params.get("Actions") or []:
        for group in elb._get_target_group_arns_from(action_data=action):
            others = [one for one in getattr(elb.target_groups.get(group), "load_balancer_arns", []) if one != own]
            if others:
                message = f"The following target groups cannot be associated with more than one load balancer: {group}"
                raise Refusal("TargetGroupAssociationLimit", message)


@refuses("acm", "DeleteCertificate")
def delete_certificate(request: AwsRequest) -> None:
    """A certificate that a listener shows stays."""
    arn = request.params["CertificateArn"]
    users = [one.arn for one in _listeners(elb_of(request)) if arn in [*one.certificates, *one.further]]
    if users:
        raise Refusal("ResourceInUseException", f"Certificate {arn} in account {request.account_id} is in use.")


@refuses("ec2", "DeleteSubnet")
def delete_subnet(request: AwsRequest) -> None:
    """A subnet in which a balancer has a node stays."""
    subnet = request.params["SubnetId"]
    holders = [one.arn for one in elb_of(request).load_balancers.values() if subnet in {s.id for s in one.subnets}]
    if holders:
        message = f"The subnet '{subnet}' has dependencies and cannot be deleted. ({', '.join(holders)})"
        raise Refusal("DependencyViolation", message)


@refuses("ec2", "DeleteSecurityGroup")
def delete_security_group(request: AwsRequest) -> None:
    """A group of a balancer's nodes stays."""
    group = request.params.get("GroupId")
    holders = [one.arn for one in elb_of(request).load_balancers.values() if group in one.security_groups]
    if holders:
        raise Refusal("DependencyViolation", f"resource {group} has a dependent object ({', '.join(holders)})")
