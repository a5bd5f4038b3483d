"""The record of every request of one account, for tests that count calls."""

from __future__ import annotations

from threading import Lock
from typing import Any, Callable

from .envelope import error_code_of
from .exchange import Answer, DropConnection, Exchange


class Ledger:
    """What was asked, in the order in which it was answered. Numbers start at 1."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._entries: list[dict[str, Any]] = []

    def clear(self) -> None:
        """Forget all entries and count from 1 again."""
        with self._lock:
            self._entries.clear()

    def since(self, number: int) -> list[dict[str, Any]]:
        """The entries after number `number`."""
        with self._lock:
            return self._entries[max(number, 0) :]

    def add(self, exchange: Exchange, status: int, error_code: str | None) -> None:
        """Write down one exchange; status 0 means that the client got no answer."""
        request = exchange.request
        entry = {
            "service": request.service,
            "operation": request.operation,
            "region": request.region,
            "params": request.params,
            "status": status,
            "error_code": error_code,
            "fault": exchange.fault,
        }
        with self._lock:
            self._entries.append({"n": len(self._entries) + 1, **entry})


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Record whatever comes of an exchange."""
    try:
        answer = onward(exchange)
    except DropConnection:
        exchange.account.ledger.add(exchange, 0, None)
        raise
    answer.error_code = answer.error_code or error_code_of(answer)
    exchange.account.ledger.add(exchange, answer.status, answer.error_code)
    return answer
