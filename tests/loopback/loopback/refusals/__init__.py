"""What AWS refuses and the emulators wrongly accept, asked of moto's state at that very moment.

A refusal is a function for some operations that raises `Refusal`. Nothing here
keeps a graph of its own, so nothing can drift from what the emulator holds.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Callable

from .. import envelope
from ..exchange import Answer, Exchange, Refusal
from .registry import checks_for

# Importing a theme registers its checks.
THEMES = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Refuse what AWS would refuse; pass on everything else."""
    request = exchange.request
    try:
        for check in checks_for(request.service, request.operation):
            check(request)
    except Refusal as refusal:
        return envelope.error(request, refusal.code, refusal.message, refusal.status)
    return onward(exchange)
