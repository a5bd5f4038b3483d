"""IAM: documents that must be policies, and policies that must exist."""

from __future__ import annotations

import json

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import refuses


@refuses("iam", "CreateRole|UpdateAssumeRolePolicy|PutRolePolicy|CreatePolicy|CreatePolicyVersion")
def policy_is_json(request: AwsRequest) -> None:
    """A policy is a JSON object with statements."""
    text = request.params.get("AssumeRolePolicyDocument") or request.params.get("PolicyDocument") or ""
    try:
        document = json.loads(text)
    except ValueError:
        raise Refusal("MalformedPolicyDocument", "Syntax errors in policy.") from None
    if not isinstance(document, dict) or not document.get("Statement"):
        raise Refusal("MalformedPolicyDocument", "Syntax errors in policy: a Statement is required.")


@refuses("iam", "DeleteRole")
def delete_role(request: AwsRequest) -> None:
    """A role with policies, inline or attached, stays."""
    roles = moto_state.backend("iam", request.account_id, "aws").roles.values()
    role = next((one for one in roles if one.name == request.params["RoleName"]), None)
    if role is not None and (role.policies or role.managed_policies):
        raise Refusal("DeleteConflict", "Cannot delete entity, must delete policies first.", 409)
