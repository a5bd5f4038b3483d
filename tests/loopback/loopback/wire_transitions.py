"""The layer that shows the things of `wire_kinds` in between, for K describes after their call."""

from __future__ import annotations

from threading import Lock
from typing import Callable

from .exchange import Answer, AwsRequest, Exchange
from .wire_kinds import WIRE_KINDS, WireKind


class WireTransitions:
    """What is in between in one account, and for how many more describes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: dict[tuple[WireKind, str, str], int] = {}

    def begin(self, kind: WireKind, region: str, identifier: str, polls: int) -> None:
        """A transition begins, or begins again."""
        with self._lock:
            self._left[kind, region, identifier] = polls

    def change(self, polls: int) -> None:
        """None that is underway takes more polls than that."""
        with self._lock:
            self._left = {key: min(left, polls) for key, left in self._left.items()}

    def is_busy(self, service: str, region: str, identifier: str) -> bool:
        """Whether something is in between."""
        with self._lock:
            return any(
                left > 0 and (kind.service, where, what) == (service, region, identifier)
                for (kind, where, what), left in self._left.items()
            )

    def shown(self, request: AwsRequest, body: bytes) -> bytes:
        """The body of a describe as it looks in between; uses up one poll of each thing in it."""
        with self._lock:
            for key, left in list(self._left.items()):
                kind, region, identifier = key
                if region == request.region and kind.described_by(request) and left > 0:
                    changed = kind.show(body, identifier)
                    self._left[key] = left if changed is None else left - 1
                    body = body if changed is None else changed
        return body


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Begin transitions, and change what describes show of them."""
    request, account = exchange.request, exchange.account
    answer = onward(exchange)
    if not answer.succeeded:
        return answer
    body = answer.body
    for kind in WIRE_KINDS:
        if kind.begun_by(request):
            identifier = kind.identify(answer)
            account.wire.begin(kind, request.region, identifier, account.transitions.polls)
            body = kind.show(body, identifier) or body
        elif kind.described_by(request):
            body = account.wire.shown(request, body)
            break
    return Answer(answer.status, body, answer.headers)
