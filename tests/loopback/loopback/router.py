"""What happens to a request: the layers in their order, and the emulators behind them.

record    what was asked and what came of it
validate  against AWS's model: a bug of the caller is loud before anything else
faults    errors, cuts and holds that a test ordered
--- from here on one call of an account at a time ---
dry run, staleness, client tokens, refusals, what the inventory can't list, transitions of two sorts,
tags that the emulator forgets
the emulator
"""

from __future__ import annotations

import logging
import re
import traceback
from functools import reduce
from typing import Callable
from xml.etree import ElementTree

from . import (
    cache_states,
    dry_run,
    ecs_failures,
    envelope,
    faults,
    idempotency,
    ledger,
    moto_state,
    refusals,
    staleness,
    tags_kept,
    transitions,
    unlisted,
    validation,
    wire_transitions,
)
from .account import Accounts
from .decoding import decode
from .exchange import Answer, AwsRequest, DropConnection, Exchange, Layer
from .ministack_adapter import Ministack
from .moto_adapter import Moto
from .routing import is_ministack


class Router:
    """Takes requests apart, leads them through the layers, and gives their answers."""

    def __init__(self, moto: Moto, ministack: Ministack) -> None:
        self.accounts = Accounts()
        self.moto, self.ministack = moto, ministack
        self._handle = _compose(
            (
                ledger.layer,
                own_bugs,
                validation.layer,
                faults.layer,
                one_at_a_time,
                dry_run.layer,
                staleness.layer,
                idempotency.layer,
                refusals.layer,
                unlisted.layer,
                cache_states.layer,
                wire_transitions.layer,
                transitions.layer,
                tags_kept.layer,
            ),
            self._emulate,
        )

    def handle(self, request: AwsRequest, client_gone: Callable[[], bool]) -> Answer:
        """The answer to a request; raises `DropConnection` when there shall be none."""
        decode(request)
        request.account_id = self.accounts.id_of(request.access_key)
        return self._handle(Exchange(request, self.accounts.get(request.account_id), client_gone))

    def _emulate(self, exchange: Exchange) -> Answer:
        request = exchange.request
        if is_ministack(request.service):
            self._lend_subnets(request)
            answer = self.ministack.answer(request)
            ecs_failures.fail_if_ordered(exchange, answer, self.ministack)
            return answer
        answer = self.moto.answer(request)
        if request.service == "sts" and request.operation.startswith("AssumeRole") and answer.succeeded:
            self._remember_session(request, answer)
        return answer

    def _lend_subnets(self, request: AwsRequest) -> None:
        wanted = request.params.get("SubnetIds")
        if wanted:
            ec2 = moto_state.backend("ec2", request.account_id, request.region)
            named = [subnet for subnet in moto_state.subnets(ec2) if subnet.id in wanted]
            self.ministack.lend_subnets(request, named)

    def _remember_session(self, request: AwsRequest, answer: Answer) -> None:
        key = ElementTree.fromstring(answer.body).find(".//{*}Credentials/{*}AccessKeyId")
        account = re.match(r"arn:[^:]*:iam::(\d{12}):", request.params.get("RoleArn", ""))
        if key is not None and key.text and account:
            self.accounts.remember(key.text, account.group(1))


def own_bugs(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """A bug of this router is an answer that no SDK tries again, and stands in the record."""
    try:
        return onward(exchange)
    except DropConnection:
        raise
    except Exception:
        logging.exception("the router failed on %s", exchange.request)
        return envelope.error(exchange.request, "LoopbackBug", traceback.format_exc(limit=-3), 501)


def one_at_a_time(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Moto is not safe with threads, and a check and its call belong together."""
    if is_ministack(exchange.request.service):
        return onward(exchange)
    with exchange.account.lock:
        return onward(exchange)


def _compose(layers: tuple[Layer, ...], innermost: Callable[[Exchange], Answer]) -> Callable[[Exchange], Answer]:
    def wrap(onward: Callable[[Exchange], Answer], layer: Layer) -> Callable[[Exchange], Answer]:
        return lambda exchange: layer(exchange, onward)

    return reduce(wrap, reversed(layers), innermost)
