"""Which check belongs to which operation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Callable

from .. import moto_state
from ..exchange import AwsRequest, Refusal

Check = Callable[[AwsRequest], None]
_CHECKS: list[tuple[str, re.Pattern[str], Check]] = []


def refuses(service: str, operation: str) -> Callable[[Check], Check]:
    """Run this check before every such operation; `operation` is a regular expression."""

    def register(check: Check) -> Check:
        _CHECKS.append((service, re.compile(operation), check))
        return check

    return register


@lru_cache(maxsize=None)
def checks_for(service: str, operation: str) -> tuple[Check, ...]:
    """The checks of one operation, in the order in which they were written."""
    return tuple(check for name, pattern, check in _CHECKS if name == service and pattern.fullmatch(operation))


def ec2_of(request: AwsRequest) -> Any:
    """Moto's EC2 in the account and region of a request."""
    return moto_state.backend("ec2", request.account_id, request.region)


def dependency(what: str, identifier: str, holders: list[str]) -> None:
    """Refuse a delete while something holds the thing; `holders` says what, for the reader of a test."""
    if holders:
        held_by = ", ".join(holders)
        message = f"The {what} '{identifier}' has dependencies and cannot be deleted. ({held_by})"
        raise Refusal("DependencyViolation", message)
