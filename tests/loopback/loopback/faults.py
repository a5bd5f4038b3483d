"""What a test lets go wrong: errors, lost answers, dropped connections, held requests.

`reset` and a hold `before` cut a call before AWS acts, `lost_answer` and a hold
`after` cut it when AWS has acted: the two moments in which a create can be torn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock
from typing import Any, Callable

from . import envelope
from .exchange import Answer, AwsRequest, DropConnection, Exchange

KINDS = ("throttle", "internal_error", "unavailable", "access_denied", "error", "reset", "lost_answer", "hold")
_FIELDS = {"service", "operation", "after", "times", "kind", "code", "message", "status", "when"}

# What each protocol answers, then what single services answer instead.
CODES: dict[str, dict[str, tuple[str, int]]] = {
    "throttle": {
        "ec2": ("RequestLimitExceeded", 503),
        "query": ("Throttling", 400),
        "json": ("ThrottlingException", 400),
        "cbor": ("ThrottlingException", 400),
        "rest-json": ("ThrottlingException", 429),
        "rest-xml": ("Throttling", 400),
        "s3": ("SlowDown", 503),
        "lambda": ("TooManyRequestsException", 429),
    },
    "internal_error": {
        "ec2": ("InternalError", 500),
        "query": ("InternalFailure", 500),
        "json": ("InternalFailure", 500),
        "cbor": ("InternalFailure", 500),
        "rest-json": ("InternalServerException", 500),
        "rest-xml": ("InternalError", 500),
        "iam": ("ServiceFailure", 500),
        "ecs": ("ServerException", 500),
        "lambda": ("ServiceException", 500),
    },
    "unavailable": {
        "ec2": ("Unavailable", 503),
        "query": ("ServiceUnavailable", 503),
        "json": ("ServiceUnavailableException", 503),
        "cbor": ("ServiceUnavailableException", 503),
        "rest-json": ("ServiceUnavailableException", 503),
        "rest-xml": ("ServiceUnavailable", 503),
    },
    "access_denied": {
        "ec2": ("UnauthorizedOperation", 403),
        "query": ("AccessDenied", 403),
        "json": ("AccessDeniedException", 400),
        "cbor": ("AccessDeniedException", 400),
        "rest-json": ("AccessDeniedException", 403),
        "rest-xml": ("AccessDenied", 403),
    },
}


@dataclass
class Fault:
    """One rule: the calls it matches, how many of them it lets pass first, how often it fires."""

    kind: str
    service: str | None = None
    operation: str | None = None
    after: int = 0
    times: int = 1
    code: str | None = None
    message: str | None = None
    status: int | None = None
    when: str = "before"
    matched: int = 0
    fired: int = 0

    def fires(self, request: AwsRequest) -> bool:
        """Count this request if it matches; whether the fault strikes it."""
        if self.service not in (None, request.service):
            return False
        if self.operation and not re.fullmatch(self.operation, request.operation):
            return False
        self.matched += 1
        if self.matched <= self.after or self.fired == self.times:
            return False
        self.fired += 1
        return True

    def answer(self, request: AwsRequest) -> Answer:
        """The error that AWS would answer for a fault of this kind."""
        codes = CODES.get(self.kind, {})
        code, status = codes.get(request.service) or codes.get(request.protocol) or ("ValidationError", 400)
        message = self.message or f"{self.kind} on purpose"
        return envelope.error(request, self.code or code, message, self.status or status)


class Faults:
    """The rules of one account, tried in order; the first that fires wins."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: list[Fault] = []

    def replace(self, specifications: list[dict[str, Any]]) -> None:
        """Take these rules instead of all earlier ones."""
        faults = [_parse(one) for one in specifications]
        with self._lock:
            self._faults = faults

    def report(self) -> list[dict[str, Any]]:
        """The rules with how often each matched and fired."""
        with self._lock:
            return [dict(vars(fault)) for fault in self._faults]

    def strike(self, request: AwsRequest) -> Fault | None:
        """The rule that strikes this request, if any."""
        with self._lock:
            return next((fault for fault in self._faults if fault.fires(request)), None)


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Let the account's faults strike."""
    fault = exchange.account.faults.strike(exchange.request)
    if fault is None:
        return onward(exchange)
    exchange.fault = fault.kind
    if fault.kind == "hold":
        return _hold(exchange, onward, fault)
    if fault.kind == "reset":
        raise DropConnection(abruptly=True)
    if fault.kind == "lost_answer":
        onward(exchange)
        raise DropConnection(abruptly=False)
    return fault.answer(exchange.request)


def _hold(exchange: Exchange, onward: Callable[[Exchange], Answer], fault: Fault) -> Answer:
    if fault.when == "before":
        exchange.account.holds.hold(exchange.client_gone)
        return onward(exchange)
    answer = onward(exchange)
    exchange.account.holds.hold(exchange.client_gone)
    return answer


def _parse(specification: dict[str, Any]) -> Fault:
    unknown = set(specification) - _FIELDS
    if unknown or specification.get("kind") not in KINDS:
        raise ValueError(f"no such fault: {specification!r}")
    if specification.get("when", "before") not in ("before", "after"):
        raise ValueError("when is before or after")
    re.compile(specification.get("operation") or "")
    return Fault(**specification)
