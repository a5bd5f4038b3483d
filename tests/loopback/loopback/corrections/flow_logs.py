"""Flow logs in moto do not find a log group by its ARN, and know no unknown id.

AWS: a destination ARN names the group as well as LogGroupName does; describing
an unknown id is an error.
"""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.flow_logs import FlowLogsBackend

_create, _describe = FlowLogsBackend.create_flow_logs, FlowLogsBackend.describe_flow_logs


def apply() -> None:
    """Take the group's name from the ARN; refuse unknown ids."""
    FlowLogsBackend.create_flow_logs = _create_by_arn
    FlowLogsBackend.describe_flow_logs = _describe_known


def _create_by_arn(self: Any, **named: Any) -> Any:
    destination = named.get("log_destination") or ""
    if not named.get("log_group_name") and ":log-group:" in destination:
        named["log_group_name"] = destination.partition(":log-group:")[2].removesuffix(":*")
    return _create(self, **named)


def _describe_known(self: Any, flow_log_ids: list[str] | None = None, filters: Any = None) -> Any:
    for identifier in flow_log_ids or []:
        if identifier not in self.flow_logs:
            raise EC2ClientError("InvalidFlowLogId.NotFound", f"The flow log ID '{identifier}' does not exist")
    return _describe(self, flow_log_ids, filters)
