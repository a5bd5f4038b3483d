"""Eventual consistency: EC2 may not know an id that it gave out a moment ago.

Counted in reads, so that no test depends on a clock.
"""

from __future__ import annotations

import json
from typing import Callable

from . import envelope
from .exchange import Answer, AwsRequest, Exchange
from .kinds import Ec2Kind, made_by


class Staleness:
    """Which new ids of one account are still unknown to reads, and for how many more."""

    def __init__(self) -> None:
        self.reads = 0
        self._unknown: dict[str, tuple[Ec2Kind, int]] = {}

    def created(self, kind: Ec2Kind, identifier: str) -> None:
        """An id was just given out."""
        if self.reads > 0:
            self._unknown[identifier] = (kind, self.reads)

    def consume(self, text: str) -> tuple[Ec2Kind, str] | None:
        """The first still unknown id in a text; that read is used up."""
        for identifier, (kind, left) in list(self._unknown.items()):
            if identifier in text:
                self._unknown[identifier] = (kind, left - 1)
                if left == 1:
                    del self._unknown[identifier]
                return kind, identifier
        return None


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Answer NotFound to the first reads of a new id; notice new ids."""
    request, staleness = exchange.request, exchange.account.staleness
    if request.service != "ec2":
        return onward(exchange)
    if request.operation.startswith("Describe"):
        stale = staleness.consume(_ids_asked_for(request))
        if stale:
            kind, identifier = stale
            return envelope.error(request, kind.not_found, f"The ID '{identifier}' does not exist", 400)
    answer = onward(exchange)
    kind = made_by(request.operation)
    if kind and answer.succeeded:
        for identifier in kind.ids_in(answer.body.decode())[:1]:
            staleness.created(kind, identifier)
    return answer


def _ids_asked_for(request: AwsRequest) -> str:
    return json.dumps({k: v for k, v in request.params.items() if k != "Filters"})
