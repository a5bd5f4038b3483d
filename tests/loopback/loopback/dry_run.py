"""EC2's DryRun, which moto mostly ignores: it must change nothing and say so."""

from __future__ import annotations

from typing import Callable

from . import envelope
from .exchange import Answer, Exchange


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Answer a dry run without passing it on."""
    request = exchange.request
    if request.service != "ec2" or not request.params.get("DryRun"):
        return onward(exchange)
    message = "Request would have succeeded, but DryRun flag is set."
    return envelope.error(request, "DryRunOperation", message, 412)
