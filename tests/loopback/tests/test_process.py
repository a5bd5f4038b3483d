"""The server says where it is, and leaves no process behind."""

from __future__ import annotations

import os
import select
import signal
from pathlib import Path

import pytest

from aws import Server


def children(pid: int) -> list[int]:
    """The children of a process, by its own threads."""
    found = []
    for listing in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in listing.read_text().split()]
    return found


def wait_for_end(pid: int) -> None:
    """Return when a process that is not our child has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    assert select.select([descriptor], [], [], 20)[0], f"process {pid} is still there"
    os.close(descriptor)


@pytest.mark.parametrize("how", ["stdin", "term", "kill"])
def test_the_child_ends_too(tmp_path: Path, how: str) -> None:
    server = Server(tmp_path / "log")
    assert server.ready["pid"] == server.process.pid
    (child,) = children(server.process.pid)
    if how == "stdin":
        assert server.stop() == 0
    else:
        server.process.send_signal(signal.SIGTERM if how == "term" else signal.SIGKILL)
        server.process.wait(timeout=20)
        server.stop()
    wait_for_end(child)
