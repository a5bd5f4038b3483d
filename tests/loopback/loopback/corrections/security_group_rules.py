"""Rules in moto: descriptions of references get lost, and rules change only in part.

AWS: a rule of any peer has a description; ModifySecurityGroupRules replaces
what a rule says but not its kind of peer; descriptions are updated by rule id;
a rule says who owns its group.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ec2.responses.security_groups import SecurityGroups

from ..moto_state import rule_key

_init = SecurityGroupRule.__init__
_PEERS = {"CidrIpv4": 1, "CidrIpv6": 2, "ReferencedGroupId": 3, "PrefixListId": 4}


def apply() -> None:
    """Keep descriptions; change whole rules; equality as AWS sees it."""
    SecurityGroupRule.__init__ = _init_with_description
    SecurityGroupRule.description = property(lambda rule: rule.own_description)
    SecurityGroupRule.group_owner_id = property(lambda rule: rule.owner_id)
    SecurityGroupRule.__eq__ = _equal
    SecurityGroupBackend.modify_security_group_rules = _modify
    for direction in ("ingress", "egress"):
        setattr(SecurityGroups, f"update_security_group_rule_descriptions_{direction}", _update_descriptions)


def _init_with_description(self: Any, *arguments: Any, **named: Any) -> None:
    _init(self, *arguments, **named)
    prefix_list = named.get("prefix_list_id") or (arguments[7] if len(arguments) > 7 else None) or {}
    given = (self.ip_range or self.source_group or prefix_list).get("Description")
    self.own_description = given


def _equal(self: Any, other: Any) -> bool:
    return isinstance(other, SecurityGroupRule) and rule_key(self) == rule_key(other)


def _modify(self: Any, group_id: str, rules: dict[str, dict[str, Any]]) -> None:
    group = self.get_security_group_from_id(group_id)
    if group is None:
        raise EC2ClientError("InvalidGroup.NotFound", f"The security group '{group_id}' does not exist")
    for rule_id, wanted in rules.items():
        _check_and_change(_rule(group, rule_id), wanted)


def _check_and_change(rule: Any, wanted: dict[str, Any]) -> None:
    given = [name for name in _PEERS if wanted.get(name)]
    if len(given) != 1 or not wanted.get("IpProtocol"):
        raise EC2ClientError("InvalidParameterValue", "A rule has a protocol and exactly one peer.")
    if _PEERS[given[0]] != _peer_kind(rule):
        raise EC2ClientError("InvalidParameterValue", f"You may not change the kind of peer of '{rule.id}'.")
    _change(rule, given[0], wanted)


def _peer_kind(rule: Any) -> int:
    present = (rule.cidr_ipv4, rule.cidr_ipv6, rule.source_group, rule.prefix_list_id)
    return next(number for number, value in enumerate(present, 1) if value)


def _change(rule: Any, peer: str, wanted: dict[str, Any]) -> None:
    rule.ip_protocol = wanted["IpProtocol"]
    everything = rule.ip_protocol == "-1"
    rule.from_port = None if everything else wanted.get("FromPort")
    rule.to_port = None if everything else wanted.get("ToPort")
    if peer in ("CidrIpv4", "CidrIpv6"):
        rule.ip_range["CidrIp" if peer == "CidrIpv4" else peer] = wanted[peer]
    elif peer == "ReferencedGroupId":
        rule.source_group["GroupId"] = wanted[peer]
    else:
        rule.prefix_list_id = wanted[peer]
    _describe(rule, wanted.get("Description"))


def _describe(rule: Any, description: str | None) -> None:
    rule.own_description = description
    for holder in (rule.ip_range, rule.source_group):
        holder.pop("Description", None)
        if holder and description:
            holder["Description"] = description


def _update_descriptions(self: Any) -> ActionResult:
    group = self.ec2_backend.get_security_group_from_id(self._get_param("GroupId"))
    by_id = self._get_param("SecurityGroupRuleDescriptions", [])
    if group is None or not by_id:
        raise NotImplementedError("descriptions are updated by GroupId and rule ids here")
    for item in by_id:
        _describe(_rule(group, item["SecurityGroupRuleId"]), item.get("Description"))
    return ActionResult({"Return": True})


def _rule(group: Any, rule_id: str) -> Any:
    rule = group.get_rule(rule_id)
    if rule is None:
        message = f"The security group rule ID '{rule_id}' does not exist"
        raise EC2ClientError("InvalidSecurityGroupRuleId.NotFound", message)
    return rule
