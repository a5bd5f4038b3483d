"""Tags in moto's load balancing are ten at most, and of anything that was ever there.

AWS: fifty, and of things that are there.
"""

from __future__ import annotations

from typing import Any

from moto.elbv2.exceptions import TooManyTagsError
from moto.elbv2.models import ELBv2Backend

_MOST = 50


def apply() -> None:
    """Count as AWS does, and look whether the thing is there."""
    ELBv2Backend.add_tags = _add
    ELBv2Backend.describe_tags = _describe


def _add(self: Any, resource_arns: list[str], tags: list[dict[str, str]]) -> None:
    for arn in resource_arns:
        self._get_resource_by_arn(arn)
        present = self.tagging_service.get_tag_dict_for_resource(arn)
        if len({*present, *(tag["Key"] for tag in tags)}) > _MOST:
            raise TooManyTagsError()
        self.tagging_service.tag_resource(arn, tags)


def _describe(self: Any, resource_arns: list[str]) -> dict[str, dict[str, str]]:
    for arn in resource_arns:
        self._get_resource_by_arn(arn)
    return {arn: self.tagging_service.get_tag_dict_for_resource(arn) for arn in resource_arns}
