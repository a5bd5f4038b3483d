"""Load balancers, target groups, listeners and rules: what moto would lose, take or leave standing."""

from __future__ import annotations

from typing import Any

import pytest

from aws import Aws, refused

ACTION = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]


def _subnets(aws: Aws) -> list[str]:
    return aws.subnets(aws.vpc())


def _balancer(aws: Aws, **more: Any) -> str:
    asked = {"Name": "web", "Subnets": _subnets(aws), **more}
    return aws.client("elbv2").create_load_balancer(**asked)["LoadBalancers"][0]["LoadBalancerArn"]


def _group(aws: Aws, name: str = "web", **more: Any) -> str:
    asked = {"Name": name, "Protocol": "HTTP", "Port": 80, "VpcId": aws.vpc(), "TargetType": "ip", **more}
    return aws.client("elbv2").create_target_group(**asked)["TargetGroups"][0]["TargetGroupArn"]


def _listener(aws: Aws, balancer: str, **more: Any) -> str:
    asked = {"LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 80, "DefaultActions": ACTION, **more}
    return aws.client("elbv2").create_listener(**asked)["Listeners"][0]["ListenerArn"]


def _rule(aws: Aws, listener: str, priority: int = 1, **more: Any) -> str:
    conditions = [{"Field": "path-pattern", "Values": [f"/{priority}"]}]
    asked = {"ListenerArn": listener, "Priority": priority, "Conditions": conditions, "Actions": ACTION, **more}
    return aws.client("elbv2").create_rule(**asked)["Rules"][0]["RuleArn"]


def _certificate(aws: Aws, name: str = "example.com") -> str:
    return aws.client("acm").request_certificate(DomainName=name)["CertificateArn"]


@pytest.mark.parametrize(("kind", "part", "count"), [("application", "app", 23), ("network", "net", 9), ("gateway", "gwy", 2)])
def test_each_type_has_its_attributes(aws: Aws, kind: str, part: str, count: int) -> None:
    arn = _balancer(aws, Type=kind)
    assert f":loadbalancer/{part}/web/" in arn
    elb = aws.client("elbv2")
    assert len(elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]) == count
    wrong = [{"Key": "no.such.thing", "Value": "1"}]
    with refused("InvalidConfigurationRequest"):
        elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=wrong)


def test_a_balancer_twice(aws: Aws) -> None:
    subnets, elb = _subnets(aws), aws.client("elbv2")
    arns = {
        elb.create_load_balancer(Name="web", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"] for _ in range(2)
    }
    assert len(arns) == 1
    with refused("DuplicateLoadBalancerName"):
        elb.create_load_balancer(Name="web", Subnets=subnets, Scheme="internal")


def test_names_and_zones(aws: Aws) -> None:
    for name in ("internal-web", "-web", "w" * 33):
        with refused("ValidationError"):
            _balancer(aws, Name=name)
    with refused("ValidationError"):
        _balancer(aws, Subnets=_subnets(aws)[:1])
    _balancer(aws, Subnets=_subnets(aws)[:1], Type="network")


def test_a_protected_balancer_stays(aws: Aws) -> None:
    arn, elb = _balancer(aws), aws.client("elbv2")
    protect = [{"Key": "deletion_protection.enabled", "Value": "true"}]
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=protect)
    with refused("OperationNotPermitted"):
        elb.delete_load_balancer(LoadBalancerArn=arn)


def test_addresses_of_nodes(aws: Aws) -> None:
    mapping = {"SubnetId": _subnets(aws)[0], "PrivateIPv4Address": "10.0.0.10"}
    arn = _balancer(aws, Type="network", Scheme="internal", Subnets=[], SubnetMappings=[mapping])
    (shown,) = aws.client("elbv2").describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"]
    (zone,) = shown["AvailabilityZones"]
    assert zone["LoadBalancerAddresses"] == [{"PrivateIPv4Address": "10.0.0.10"}]


def test_capacity_and_pools(aws: Aws) -> None:
    arn, elb = _balancer(aws, IpamPools={"Ipv4IpamPoolId": "ipam-pool-1"}), aws.client("elbv2")
    elb.modify_capacity_reservation(LoadBalancerArn=arn, MinimumLoadBalancerCapacity={"CapacityUnits": 100})
    shown = elb.describe_capacity_reservation(LoadBalancerArn=arn)
    assert shown["MinimumLoadBalancerCapacity"] == {"CapacityUnits": 100}
    elb.modify_ip_pools(LoadBalancerArn=arn, RemoveIpamPools=["ipv4"])
    assert "IpamPools" not in elb.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0]


def test_what_a_balancer_stands_in_stays(aws: Aws) -> None:
    vpc = aws.vpc()
    subnets, group = aws.subnets(vpc), aws.group(vpc)
    _balancer(aws, Subnets=subnets, SecurityGroups=[group])
    with refused("DependencyViolation"):
        aws.ec2.delete_subnet(SubnetId=subnets[0])
    with refused("DependencyViolation"):
        aws.ec2.delete_security_group(GroupId=group)


def test_a_target_group_keeps_what_it_is_told(aws: Aws) -> None:
    elb = aws.client("elbv2")
    arn = _group(aws, ProtocolVersion="GRPC", TargetControlPort=3000, Matcher={"GrpcCode": "0-5"})
    (shown,) = elb.describe_target_groups(TargetGroupArns=[arn])["TargetGroups"]
    assert (shown["Matcher"], shown["TargetControlPort"]) == ({"GrpcCode": "0-5"}, 3000)
    elb.modify_target_group(TargetGroupArn=arn, HealthCheckPath="/x", Matcher={"GrpcCode": "1"})
    (shown,) = elb.describe_target_groups(TargetGroupArns=[arn])["TargetGroups"]
    assert (shown["Matcher"], shown["HealthCheckPath"]) == ({"GrpcCode": "1"}, "/x")
    assert len(elb.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]) == 14
    with refused("ValidationError"):
        elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[{"Key": "no.such", "Value": "1"}])


def test_a_target_group_in_use_stays_and_is_of_one_balancer(aws: Aws) -> None:
    elb, group, balancer = aws.client("elbv2"), _group(aws), _balancer(aws)
    forward = [{"Type": "forward", "TargetGroupArn": group}]
    rule = _rule(aws, _listener(aws, balancer), Actions=forward)
    (shown,) = elb.describe_target_groups(TargetGroupArns=[group])["TargetGroups"]
    assert shown["LoadBalancerArns"] == [balancer]
    with refused("ResourceInUse"):
        elb.delete_target_group(TargetGroupArn=group)
    with refused("TargetGroupAssociationLimit"):
        _listener(aws, _balancer(aws, Name="other"), DefaultActions=forward)
    elb.delete_rule(RuleArn=rule)
    assert not elb.describe_target_groups(TargetGroupArns=[group])["TargetGroups"][0].get("LoadBalancerArns")
    elb.delete_target_group(TargetGroupArn=group)


def test_a_port_has_one_listener(aws: Aws) -> None:
    balancer = _balancer(aws)
    assert _listener(aws, balancer) == _listener(aws, balancer)
    with refused("DuplicateListener"):
        _listener(aws, balancer, DefaultActions=[{**ACTION[0], "FixedResponseConfig": {"StatusCode": "503"}}])


def test_certificates_of_a_listener(aws: Aws) -> None:
    elb, own, further = aws.client("elbv2"), _certificate(aws), _certificate(aws, "example.org")
    https = {"Protocol": "HTTPS", "Port": 443}
    balancer = _balancer(aws)
    with refused("ValidationError"):
        _listener(aws, balancer, **https)
    listener = _listener(aws, balancer, **https, Certificates=[{"CertificateArn": own}])
    elb.add_listener_certificates(ListenerArn=listener, Certificates=[{"CertificateArn": further}])
    (shown,) = elb.describe_listeners(ListenerArns=[listener])["Listeners"]
    assert [one["CertificateArn"] for one in shown["Certificates"]] == [own]
    all_of_them = elb.describe_listener_certificates(ListenerArn=listener)["Certificates"]
    assert {one["CertificateArn"]: one["IsDefault"] for one in all_of_them} == {own: True, further: False}
    for used in (own, further):
        with refused("ResourceInUseException"):
            aws.client("acm").delete_certificate(CertificateArn=used)


def test_a_listener_changes(aws: Aws) -> None:
    elb, certificate = aws.client("elbv2"), _certificate(aws)
    listener = _listener(aws, _balancer(aws))
    assert "SslPolicy" not in elb.describe_listeners(ListenerArns=[listener])["Listeners"][0]
    more = {"Protocol": "HTTPS", "Port": 443, "Certificates": [{"CertificateArn": certificate}]}
    elb.modify_listener(ListenerArn=listener, **more, MutualAuthentication={"Mode": "passthrough"})
    (shown,) = elb.describe_listeners(ListenerArns=[listener])["Listeners"]
    assert (shown["Port"], shown["Protocol"], shown["MutualAuthentication"]["Mode"]) == (443, "HTTPS", "passthrough")


def test_actions_are_shown_whole_and_without_secrets(aws: Aws) -> None:
    elb, group = aws.client("elbv2"), _group(aws)
    oidc = {
        name: "https://example.com"
        for name in ("Issuer", "AuthorizationEndpoint", "TokenEndpoint", "UserInfoEndpoint", "ClientId")
    }
    sign_in = {"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": {**oidc, "ClientSecret": "hush"}}
    rule = _rule(aws, _listener(aws, _balancer(aws)), Actions=[sign_in, {"Type": "forward", "Order": 2, "TargetGroupArn": group}])
    (shown,) = elb.describe_rules(RuleArns=[rule])["Rules"]
    first, second = shown["Actions"]
    assert "ClientSecret" not in first["AuthenticateOidcConfig"]
    assert first["AuthenticateOidcConfig"]["Scope"] == "openid"
    assert second["ForwardConfig"]["TargetGroups"] == [{"TargetGroupArn": group, "Weight": 1}]
    assert shown["Conditions"][0]["PathPatternConfig"] == {"Values": ["/1"]}


def test_rules_are_limited(aws: Aws) -> None:
    listener = _listener(aws, _balancer(aws))
    with refused("ValidationError"):
        _rule(aws, listener, Conditions=[{"Field": "path-pattern", "PathPatternConfig": {"Values": list("abcdef")}}])
    with refused("ValidationError"):
        _rule(aws, listener, Conditions=[{"Field": "path-pattern", "Values": ["/******"]}])
    for priority in range(1, 101):
        _rule(aws, listener, priority)
    with refused("TooManyRules"):
        _rule(aws, listener, 101)


def test_transforms_of_a_rule(aws: Aws) -> None:
    elb, listener = aws.client("elbv2"), _listener(aws, _balancer(aws))
    rewrite = {"Type": "url-rewrite", "UrlRewriteConfig": {"Rewrites": [{"Regex": "a", "Replace": "b"}]}}
    rule = _rule(aws, listener, Transforms=[rewrite])
    assert elb.describe_rules(RuleArns=[rule])["Rules"][0]["Transforms"] == [rewrite]
    elb.modify_rule(RuleArn=rule, ResetTransforms=True)
    assert not elb.describe_rules(RuleArns=[rule])["Rules"][0].get("Transforms")


def test_tags_are_of_what_is_there(aws: Aws) -> None:
    elb, arn = aws.client("elbv2"), _balancer(aws, Tags=[{"Key": "a", "Value": "b"}])
    elb.add_tags(ResourceArns=[arn], Tags=[{"Key": str(n), "Value": ""} for n in range(49)])
    assert len(elb.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"]) == 50
    with refused("TooManyTags"):
        elb.add_tags(ResourceArns=[arn], Tags=[{"Key": "one too many", "Value": ""}])
    elb.delete_load_balancer(LoadBalancerArn=arn)
    with refused("LoadBalancerNotFound"):
        elb.describe_tags(ResourceArns=[arn])


def test_all_of_them_are_in_the_inventory(aws: Aws) -> None:
    listener = _listener(aws, _balancer(aws))
    _rule(aws, listener)
    _group(aws)
    counts = {kind: len(items) for kind, items in aws.get("inventory").items()}
    wanted = {"load_balancer": 1, "listener": 1, "listener_rule": 1, "target_group": 1}
    assert {kind: counts.get(kind) for kind in wanted} == wanted
    assert "unknown" not in counts
