"""The control API under /_loopback/: how a test sets faults and asks what happened."""

from __future__ import annotations

import json
import re
from typing import Any, Callable
from urllib.parse import parse_qs

from . import ecs_failures, moto_state
from .account import Account
from .exchange import Answer, AwsRequest
from .inventory import inventory
from .router import Router
from .slow_kinds import SLOW_KINDS

_ACCOUNT_PATH = re.compile(r"/_loopback/accounts/(\d{12})/([a-z]+)")


class Control:
    """Answers the control API for a router."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._routes: dict[tuple[str, str], Callable[[Account, Any, dict[str, str]], Any]] = {
            ("POST", "reset"): self._reset,
            ("GET", "requests"): lambda account, _, query: account.ledger.since(int(query.get("since", 0))),
            ("PUT", "faults"): lambda account, body, _: account.faults.replace(body),
            ("GET", "faults"): lambda account, *_: account.faults.report(),
            ("GET", "held"): _held,
            ("POST", "release"): lambda account, *_: {"released": account.holds.release()},
            ("PUT", "transitions"): _set_transitions,
            ("PUT", "failures"): _set_failures,
            ("PUT", "staleness"): _set_staleness,
            ("GET", "inventory"): self._inventory,
        }

    def handle(self, request: AwsRequest) -> Answer:
        """The answer to a control call: 404 for no such call, 400 for a bad body."""
        if (request.method, request.path) == ("GET", "/_loopback/health"):
            return _answer(200, {"status": "ready"})
        found = _ACCOUNT_PATH.fullmatch(request.path)
        route = self._routes.get((request.method, found.group(2))) if found else None
        if route is None:
            return _answer(404, {"error": f"no control call {request.method} {request.path}"})
        try:
            body = json.loads(request.body) if request.body else None
            query = {name: values[0] for name, values in parse_qs(request.query).items()}
            result = route(self._router.accounts.get(found.group(1)), body, query)
        except (ValueError, KeyError, TypeError, re.error) as problem:
            return _answer(400, {"error": str(problem)})
        return _answer(200, {} if result is None else result)

    def _reset(self, account: Account, *_: Any) -> None:
        with account.lock:
            account.forget()
            moto_state.forget_account(account.id)
        self._router.ministack.forget_account(account.id)

    def _inventory(self, account: Account, *_: Any) -> dict[str, Any]:
        with account.lock:
            found = {**inventory(account.id), **self._router.ministack.inventory(account.id)}
        unknown = account.unlisted.report()
        return {**found, "unknown": unknown} if unknown else found


def _held(account: Account, _body: Any, query: dict[str, str]) -> dict[str, int]:
    bounds = {name: int(query[name]) for name in ("at_least", "at_most") if name in query}
    return {"held": account.holds.held(**bounds, within=float(query.get("within", 0)))}


def _set_transitions(account: Account, body: dict[str, int], _query: Any) -> None:
    polls = int(body["polls"])
    account.transitions.change(polls)
    account.wire.change(polls)
    account.cache_endings.change(polls)


def _set_failures(account: Account, body: list[dict[str, str]], _query: Any) -> None:
    deletions = {f"{kind.name}_deletion" for kind in SLOW_KINDS if kind.delete}
    kinds = {kind.name for kind in SLOW_KINDS} | deletions | {ecs_failures.KIND}
    for failure in body:
        if failure["kind"] not in kinds or not failure["code"] or failure["message"] is None:
            raise ValueError(f"no such failure: {failure!r}; kinds are {', '.join(sorted(kinds))}")
    account.transitions.failures = list(body)


def _set_staleness(account: Account, body: dict[str, int], _query: Any) -> None:
    account.staleness.reads = int(body["reads"])


def _answer(status: int, value: Any) -> Answer:
    body = json.dumps(value, default=str).encode()
    return Answer(status, body, [("content-type", "application/json")])
