"""CloudWatch Logs: retentions that exist."""

from __future__ import annotations

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
