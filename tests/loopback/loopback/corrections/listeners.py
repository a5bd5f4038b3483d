"""Listeners and rules in moto forget much of what they are told.

AWS: a port has one listener; a create of one that is there already gives that one, or is refused if it differs.
What was left out of actions and conditions is filled in where they are shown, and no client secret is. The
certificate of a listener and its further ones are two lists.
"""

from __future__ import annotations

import copy
from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2.exceptions import DuplicateListenerError, ELBClientError, ListenerNotFoundError, RuleNotFoundError
from moto.elbv2.models import ELBv2Backend, FakeAction, FakeListener
from moto.elbv2.responses import ELBV2Response

from . import balancing_attributes

_SECURE = ("HTTPS", "TLS")
_REDIRECT = {
    "Protocol": "#{protocol}",
    "Host": "#{host}",
    "Port": "#{port}",
    "Path": "/#{path}",
    "Query": "#{query}",
}
_SIGN_IN = {
    "OnUnauthenticatedRequest": "authenticate",
    "Scope": "openid",
    "SessionCookieName": "AWSELBAuthSessionCookie",
    "SessionTimeout": 604800,
}
_create, _create_rule = (
    ELBv2Backend.create_listener,
    ELBv2Backend.create_rule,
)
_new_action, _validate_actions = FakeAction.__init__, ELBv2Backend._validate_actions


def apply() -> None:
    """Keep what was given, and answer as AWS does."""
    FakeAction.__init__ = _action
    ELBv2Backend._validate_actions = _validate
    ELBv2Backend._validate_conditions = lambda _self, _conditions: None
    ELBV2Response.create_listener = _create_with_all
    ELBV2Response.modify_listener = _modify
    ELBV2Response.create_rule = _create_whole_rule
    ELBV2Response.modify_rule = _modify_whole_rule
    ELBV2Response.modify_listener_attributes = _modify_attributes
    ELBv2Backend.add_listener_certificates = _add_certificates
    ELBv2Backend.remove_listener_certificates = _remove_certificates
    ELBV2Response.describe_listener_certificates = _describe_certificates


def _action(self: Any, data: dict[str, Any]) -> None:
    data = copy.deepcopy(data)
    if data.get("Type") == "forward":
        arn, config = data.get("TargetGroupArn"), data.get("ForwardConfig")
        if config is None:
            data["ForwardConfig"] = {"TargetGroups": [{"TargetGroupArn": arn}]}
        elif len(config["TargetGroups"]) == 1:
            data["TargetGroupArn"] = config["TargetGroups"][0]["TargetGroupArn"]
    if "RedirectConfig" in data:
        data["RedirectConfig"] = {**_REDIRECT, **data["RedirectConfig"]}
    for name in ("AuthenticateCognitoConfig", "AuthenticateOidcConfig"):
        if name in data:
            data[name] = {**_SIGN_IN, **data[name]}
            data[name].pop("ClientSecret", None)
            data[name].pop("UseExistingClientSecret", None)
    _new_action(self, data)


def _validate(self: Any, actions: list[Any]) -> None:
    _validate_actions(self, [action for action in actions if action.type != "jwt-validation"])


def _certificates(params: dict[str, Any]) -> list[str]:
    return [one["CertificateArn"] for one in params.get("Certificates") or []]


def _create_with_all(self: Any) -> ActionResult:
    params, backend = self._get_params(), self.elbv2_backend
    balancer = backend.load_balancers.get(params["LoadBalancerArn"])
    asked = {key: value for key, value in params.items() if key not in ("Tags", "Action", "Version")}
    there = [one for one in balancer.listeners.values() if one.port == params.get("Port")] if balancer else []
    if there:
        if there[0].asked != asked:
            raise DuplicateListenerError()
        return ActionResult({"Listeners": there})
    protocol, certificates = params.get("Protocol"), _certificates(params)
    if protocol in _SECURE and len(certificates) != 1:
        message = "A certificate must be specified for HTTPS and TLS listeners"
        raise ELBClientError("ValidationError", message)
    listener = _create(
        backend,
        load_balancer_arn=params["LoadBalancerArn"],
        # Moto knows no QUIC.
        protocol="TCP" if "QUIC" in (protocol or "") else protocol,
        port=params.get("Port"),
        ssl_policy=params.get("SslPolicy", "ELBSecurityPolicy-2016-08") if protocol in _SECURE else None,
        certificate=certificates[0] if certificates else None,
        actions=params.get("DefaultActions", []),
        alpn_policy=params.get("AlpnPolicy", []),
        tags=params.get("Tags") or [],
    )
    listener.protocol, listener.asked, listener.further = protocol, asked, []
    listener.mutual_authentication = params.get("MutualAuthentication") or _no_mutual(protocol)
    listener.attributes = balancing_attributes.of_listener(balancer.type)
    return ActionResult({"Listeners": [listener]})


def _no_mutual(protocol: str | None) -> dict[str, str] | None:
    return {"Mode": "off"} if protocol == "HTTPS" else None


def _modify(self: Any) -> ActionResult:
    params, backend = self._get_params(), self.elbv2_backend
    (listener,) = backend.describe_listeners(None, [params["ListenerArn"]])
    balancer = backend.load_balancers[listener.load_balancer_arn]
    port = params.get("Port", listener.port)
    if any(one is not listener and one.port == port for one in balancer.listeners.values()):
        raise DuplicateListenerError()
    listener.port, listener.asked = port, None
    listener.protocol = params.get("Protocol", listener.protocol)
    if params.get("Certificates"):
        listener.certificates = _certificates(params)
        listener.certificate = listener.certificates[0]
    listener.ssl_policy = params.get("SslPolicy", listener.ssl_policy)
    if listener.protocol in _SECURE:
        listener.ssl_policy = listener.ssl_policy or "ELBSecurityPolicy-2016-08"
        if not listener.certificates:
            raise ELBClientError("ValidationError", "A certificate must be specified for HTTPS and TLS listeners")
    else:
        listener.ssl_policy, listener.certificate, listener.certificates = None, None, []
    if params.get("MutualAuthentication"):
        listener.mutual_authentication = params["MutualAuthentication"]
    if listener.protocol != "HTTPS":
        listener.mutual_authentication = None
    if params.get("AlpnPolicy"):
        listener.alpn_policy = params["AlpnPolicy"]
    if listener.protocol != "TLS":
        listener.alpn_policy = []
    if params.get("DefaultActions"):
        actions = [FakeAction(action) for action in params["DefaultActions"]]
        backend._validate_actions(actions)
        listener.default_actions = listener._default_rule[0].actions = actions
    return ActionResult({"Listeners": [listener]})


def _modify_attributes(self: Any) -> ActionResult:
    params = self._get_params()
    (listener,) = self.elbv2_backend.describe_listeners(None, [params["ListenerArn"]])
    for attribute in params["Attributes"]:
        if attribute["Key"] not in listener.attributes:
            raise ELBClientError("ValidationError", f"Listener attribute key '{attribute['Key']}' is not recognized")
    listener.attributes.update({one["Key"]: one.get("Value", "") for one in params["Attributes"]})
    return ActionResult({"Attributes": listener.attributes})


def _shown(conditions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Host names and paths are shown in both of the forms that there are."""
    names = {"host-header": "HostHeaderConfig", "path-pattern": "PathPatternConfig"}
    shown = copy.deepcopy(conditions)
    for condition in shown:
        name = names.get(condition.get("Field", ""))
        if name:
            config = condition.setdefault(name, {})
            for values in ("Values", "RegexValues"):
                both = config.get(values) or condition.get(values)
                if both:
                    config[values] = condition[values] = both
    return shown


def _create_whole_rule(self: Any) -> ActionResult:
    params = self._get_params()
    rule = _create_rule(
        self.elbv2_backend,
        listener_arn=params["ListenerArn"],
        conditions=_shown(params["Conditions"]),
        priority=params["Priority"],
        actions=params["Actions"],
        tags=params.get("Tags") or [],
    )
    rule.transforms = params.get("Transforms") or []
    return ActionResult({"Rules": [rule]})


def _modify_whole_rule(self: Any) -> ActionResult:
    params = self._get_params()
    rules = self.elbv2_backend.describe_rules(None, [params["RuleArn"]])
    if not rules:
        raise RuleNotFoundError()
    (rule,) = rules
    if params.get("Conditions"):
        rule.conditions = _shown(params["Conditions"])
    if params.get("Actions"):
        actions = [FakeAction(action) for action in params["Actions"]]
        self.elbv2_backend._validate_actions(actions)
        rule.actions = actions
    if params.get("Transforms") or params.get("ResetTransforms"):
        rule.transforms = params.get("Transforms") or []
    return ActionResult({"Rules": [rule]})


def _listener(backend: Any, arn: str) -> FakeListener:
    listeners = backend.describe_listeners(None, [arn])
    if not listeners:
        raise ListenerNotFoundError()
    return listeners[0]


def _add_certificates(self: Any, arn: str, certificates: list[dict[str, Any]]) -> list[str]:
    listener = _listener(self, arn)
    for one in certificates:
        if ":iam:" not in one["CertificateArn"] and not self._certificate_exists(one["CertificateArn"]):
            raise ELBClientError("CertificateNotFound", f"Certificate '{one['CertificateArn']}' not found")
        if one["CertificateArn"] not in listener.further:
            listener.further.append(one["CertificateArn"])
    return listener.further


def _remove_certificates(self: Any, arn: str, certificates: list[dict[str, Any]]) -> None:
    listener, gone = _listener(self, arn), {one["CertificateArn"] for one in certificates}
    listener.further = [one for one in listener.further if one not in gone]


def _describe_certificates(self: Any) -> ActionResult:
    listener = _listener(self.elbv2_backend, self._get_params()["ListenerArn"])
    own = [{"CertificateArn": one, "IsDefault": True} for one in listener.certificates]
    further = [{"CertificateArn": one, "IsDefault": False} for one in listener.further]
    return ActionResult({"Certificates": own + further})
