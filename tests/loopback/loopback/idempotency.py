"""EC2's client tokens, which no emulator honours: the same token gives the same thing.

The first successful answer is kept and given again, so a repeated create makes
nothing. Failed calls are not kept: they may be tried again with the same token.
"""

from __future__ import annotations

import json
from typing import Callable

from . import envelope
from .exchange import Answer, Exchange

# Parameters that may differ between two calls that mean the same.
_NOT_COMPARED = {"ClientToken", "DryRun"}


class ClientTokens:
    """The answers of one account by region, operation and token."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str, str], tuple[str, Answer]] = {}

    def find(self, key: tuple[str, str, str]) -> tuple[str, Answer] | None:
        """The parameters and the answer of the first call with this token."""
        return self._answers.get(key)

    def keep(self, key: tuple[str, str, str], parameters: str, answer: Answer) -> None:
        """Give this answer from now on."""
        self._answers[key] = (parameters, answer)


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Give a repeated call the answer of the first."""
    request, tokens = exchange.request, exchange.account.tokens
    token = request.params.get("ClientToken") if request.service == "ec2" else None
    if not token:
        return onward(exchange)
    key = (request.region, request.operation, token)
    wanted = {name: value for name, value in request.params.items() if name not in _NOT_COMPARED}
    parameters = json.dumps(wanted, sort_keys=True)
    earlier = tokens.find(key)
    if earlier is None:
        answer = onward(exchange)
        if answer.succeeded:
            tokens.keep(key, parameters, answer)
        return answer
    if earlier[0] != parameters:
        message = "The parameters do not match those of the first request with this client token."
        return envelope.error(request, "IdempotentParameterMismatch", message, 400)
    return earlier[1]
