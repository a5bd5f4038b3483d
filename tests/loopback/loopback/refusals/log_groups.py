"""CloudWatch Logs: retentions that exist, groups that are protected or not there."""

from __future__ import annotations

from typing import Any

from .. import moto_state
from ..exchange import AwsRequest, Refusal
from .registry import refuses

_DAYS = {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}


@refuses("logs", "PutRetentionPolicy")
def retention(request: AwsRequest) -> None:
    """Only some numbers of days can be kept."""
    days = request.params["retentionInDays"]
    if days not in _DAYS:
        raise Refusal("InvalidParameterException", f"retentionInDays {days} is not one of {sorted(_DAYS)}")


@refuses("logs", "CreateLogGroup")
def reserved_name(request: AwsRequest) -> None:
    """Names that begin with `aws/` are AWS's own."""
    if request.params["logGroupName"].startswith("aws/"):
        raise Refusal("InvalidParameterException", "Log groups starting with aws/ are reserved for AWS.")


@refuses("logs", "DeleteLogGroup")
def protected(request: AwsRequest) -> None:
    """A protected group stays."""
    group = _groups(request).get(request.params["logGroupName"])
    if group is not None and group.protected:
        raise Refusal("ValidationException", "The log group has deletion protection enabled.")


@refuses("logs", "TagResource|UntagResource|ListTagsForResource")
def tagged_group_exists(request: AwsRequest) -> None:
    """Tags are of a group that is there, by its ARN without the `:*` at the end."""
    arn = request.params["resourceArn"]
    if ":log-group:" in arn and arn.partition(":log-group:")[2] not in _groups(request):
        raise Refusal("ResourceNotFoundException", "The specified log group does not exist.")


@refuses("logs", "DescribeLogGroups")
def unknown_selection(request: AwsRequest) -> None:
    """Moto would ignore these and list everything."""
    for name in ("logGroupNamePattern", "logGroupIdentifiers", "logGroupClass"):
        if request.params.get(name):
            raise Refusal("NotImplementedByEmulator", f"moto ignores {name}", 501)


def _groups(request: AwsRequest) -> dict[str, Any]:
    return moto_state.backend("logs", request.account_id, request.region).groups
