"""Tags that AWS keeps for itself, or that are too many."""

from __future__ import annotations

from typing import Any, Iterator

from ..exchange import AwsRequest, Refusal
from ..kinds import made_by
from .registry import refuses

_MOST = 50


@refuses("ec2", "(Create|Allocate|Run|Authorize).*")
def ec2_tags(request: AwsRequest) -> None:
    """Keys of AWS's own are refused, and so are more than fifty tags or a key twice."""
    for tags in _tag_lists(request.params):
        keys = [tag.get("Key", "") for tag in tags]
        if any(key.lower().startswith("aws:") for key in keys):
            raise Refusal("InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use")
        if len(set(keys)) < len(keys):
            raise Refusal(
                "InvalidParameterValue", "Duplicate tag keys found. Please note that they are case-sensitive."
            )
        if len(keys) > _MOST:
            raise Refusal("TagLimitExceeded", f"The maximum number of tags for a resource is {_MOST}")
        if any(not 1 <= len(key) <= 128 for key in keys) or any(len(tag.get("Value", "")) > 256 for tag in tags):
            raise Refusal("InvalidParameterValue", "Tag keys have 1 to 128 characters, tag values at most 256")


@refuses("ec2", "(Create|Allocate|Authorize).*")
def taggable(request: AwsRequest) -> None:
    """A create tags what it makes, not another type."""
    kind = made_by(request.operation)
    for specification in request.params.get("TagSpecifications", []):
        given = specification.get("ResourceType")
        if kind and given != kind.taggable:
            message = f"'{given}' is not a valid taggable resource type for this operation."
            raise Refusal("InvalidParameterValue", message)


def _tag_lists(params: dict[str, Any]) -> Iterator[list[dict[str, str]]]:
    if "Tags" in params:
        yield params["Tags"]
    for specification in params.get("TagSpecifications", []):
        yield specification.get("Tags", [])
