"""Requests kept waiting on purpose, so that a test can kill a process at that very moment."""

from __future__ import annotations

import sys
from threading import Condition
from typing import Callable

from .exchange import DropConnection

# How often a held request looks whether its client is still there.
_CLIENT_CHECK_SECONDS = 0.02


class Holds:
    """The requests of one account that are held now."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._held = 0
        self._round = 0

    def hold(self, client_gone: Callable[[], bool]) -> None:
        """Wait until `release`; a client that goes away meanwhile drops the exchange."""
        with self._changed:
            mine = self._round
            self._count(+1)
            try:
                while self._round == mine:
                    if client_gone():
                        raise DropConnection(abruptly=False)
                    self._changed.wait(_CLIENT_CHECK_SECONDS)
            finally:
                self._count(-1)

    def release(self) -> int:
        """Let all held requests go on; how many there were."""
        with self._changed:
            self._round += 1
            self._changed.notify_all()
            return self._held

    def held(self, at_least: int = 0, at_most: int = sys.maxsize, within: float = 0) -> int:
        """How many are held, after waiting up to `within` seconds for a number between the two."""
        with self._changed:
            self._changed.wait_for(lambda: at_least <= self._held <= at_most, within)
            return self._held

    def _count(self, change: int) -> None:
        self._held += change
        self._changed.notify_all()
