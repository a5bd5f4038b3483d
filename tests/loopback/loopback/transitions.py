"""Slow things: NAT gateways, endpoints and the like are not ready when AWS answers.

Each such thing shows a transitional state for the first K describes of it after
its create, delete or change. Counted in polls, so no test depends on a clock, and a
provider that does not wait is caught every time. A test can make the next one
fail instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

from .exchange import Answer, AwsRequest, Exchange
from .slow_kinds import SLOW_KINDS, SlowKind


@dataclass
class Waiting:
    """One thing in a transitional state: how many describes are left, and what happens then."""

    kind: SlowKind
    region: str
    identifier: str
    polls: int
    settle: Callable[[], None]


@dataclass
class Transitions:
    """What is in between in one account, and what the next ones will do."""

    polls: int = 1
    failures: list[dict[str, str]] = field(default_factory=list)
    _waiting: dict[tuple[str, str], Waiting] = field(default_factory=dict)

    def change(self, polls: int) -> None:
        """From now on transitions take so many polls; none that is underway takes more."""
        self.polls = polls
        for waiting in list(self._waiting.values()):
            waiting.polls = min(waiting.polls, polls)
            self._settle_if_over(waiting)

    def start(self, waiting: Waiting) -> None:
        """Begin a transition; one that begins with no polls is over at once."""
        self._waiting[waiting.region, waiting.identifier] = waiting
        self._settle_if_over(waiting)

    def observed(self, request: AwsRequest, answer: Answer) -> None:
        """A describe was answered: it uses up one poll of each thing that it showed."""
        for waiting in list(self._waiting.values()):
            if waiting.region == request.region and waiting.kind.described_by(request):
                if waiting.identifier.encode() in answer.body:
                    waiting.polls -= 1
                    self._settle_if_over(waiting)

    def next_failure(self, kind: str) -> dict[str, str] | None:
        """The failure that a test ordered for the next thing of this kind, if any."""
        for index, failure in enumerate(self.failures):
            if failure["kind"] == kind:
                return self.failures.pop(index)
        return None

    def _settle_if_over(self, waiting: Waiting) -> None:
        key = waiting.region, waiting.identifier
        if waiting.polls <= 0 and self._waiting.get(key) is waiting:
            del self._waiting[key]
            waiting.settle()


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Begin transitions after creates, changes and deletes, and count the describes."""
    answer = onward(exchange)
    if answer.succeeded:
        for kind in SLOW_KINDS:
            if kind.made_by(exchange.request):
                answer = _created(kind, exchange, answer)
            elif kind.changed_by(exchange.request):
                _changed(kind, exchange)
            elif kind.deleted_by(exchange.request):
                _deleted(kind, exchange)
        exchange.account.transitions.observed(exchange.request, answer)
    return answer


def _created(kind: SlowKind, exchange: Exchange, answer: Answer) -> Answer:
    request, transitions = exchange.request, exchange.account.transitions
    backend = kind.backend(request)
    for identifier in kind.ids_created(request, answer):
        thing = kind.find(backend, identifier)
        failure = transitions.next_failure(kind.name) or kind.doom(backend, thing)
        kind.set_state(thing, kind.pending)
        settle = _Creation(kind, backend, thing, failure)
        transitions.start(Waiting(kind, request.region, identifier, transitions.polls, settle))
    return Answer(answer.status, kind.as_newborn(answer.body), answer.headers)


def _changed(kind: SlowKind, exchange: Exchange) -> None:
    request, transitions = exchange.request, exchange.account.transitions
    backend = kind.backend(request)
    for identifier in kind.ids_changed(request):
        thing = kind.find(backend, identifier)
        if thing is not None and kind.state(thing) == kind.changing:
            settle = _Change(kind, backend, thing)
            transitions.start(Waiting(kind, request.region, identifier, transitions.polls, settle))


def _deleted(kind: SlowKind, exchange: Exchange) -> None:
    request, transitions = exchange.request, exchange.account.transitions
    backend = kind.backend(request)
    for identifier in kind.ids_deleted(request):
        thing = kind.find(backend, identifier)
        if thing is not None and kind.state(thing) == kind.deleting:
            failure = transitions.next_failure(f"{kind.name}_deletion")
            settle = _Deletion(kind, backend, thing, failure)
            transitions.start(Waiting(kind, request.region, identifier, transitions.polls, settle))


@dataclass
class _Creation:
    kind: SlowKind
    backend: Any
    thing: Any
    failure: dict[str, str] | None

    def __call__(self) -> None:
        if self.kind.state(self.thing) != self.kind.pending:
            return
        if self.failure:
            self.kind.fail(self.backend, self.thing, self.failure)
        else:
            self.kind.set_state(self.thing, self.kind.ready)


@dataclass
class _Change:
    kind: SlowKind
    backend: Any
    thing: Any

    def __call__(self) -> None:
        if self.kind.state(self.thing) == self.kind.changing:
            self.kind.finish(self.backend, self.thing)


@dataclass
class _Deletion:
    kind: SlowKind
    backend: Any
    thing: Any
    failure: dict[str, str] | None

    def __call__(self) -> None:
        if self.failure:
            self.kind.revive(self.backend, self.thing, self.failure)
        else:
            self.kind.remove(self.backend, self.thing)
