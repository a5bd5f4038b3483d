"""What AWS refuses and the emulators wrongly accept, asked of moto's state at that very moment.

A refusal is a function for some operations that raises `Refusal`. Nothing here
keeps a graph of its own, so nothing can drift from what the emulator holds.
"""

from __future__ import annotations

from typing import Callable

from .. import envelope
from ..exchange import Answer, Exchange, Refusal
from . import (
    addresses,
    autoscaling,
    balancing,
    domains,
    ecs,
    endpoints,
    gateways,
    iam,
    log_groups,
    routes,
    security_groups,
    tags,
    vpcs,
)
from .registry import checks_for

# Importing a theme registers its checks.
THEMES = (
    addresses,
    autoscaling,
    balancing,
    domains,
    ecs,
    endpoints,
    gateways,
    iam,
    log_groups,
    routes,
    security_groups,
    tags,
    vpcs,
)


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Refuse what AWS would refuse; pass on everything else."""
    request = exchange.request
    try:
        for check in checks_for(request.service, request.operation):
            check(request)
    except Refusal as refusal:
        return envelope.error(request, refusal.code, refusal.message, refusal.status)
    return onward(exchange)
