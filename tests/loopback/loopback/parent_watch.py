"""A child that ends when its parent does, even if the parent is killed with -9."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
import time

_PR_SET_PDEATHSIG = 1
_WATCH_SECONDS = 0.5


def die_with_parent() -> None:
    """Ask the kernel for a SIGKILL at the parent's end; runs in the child before exec. Linux only."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    except (OSError, AttributeError):
        pass


def watch_parent(parent: int) -> None:
    """The same by asking, for systems without prctl and for a parent that ended before it was set."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(0)
