"""One server for all tests, one account for each test."""

from __future__ import annotations

import itertools
from typing import Any, Iterator

import pytest

from aws import Aws, Server

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: Any) -> Iterator[Server]:
    """AWS on loopback, started once."""
    with Server(tmp_path_factory.mktemp("loopback") / "log") as running:
        yield running


@pytest.fixture
def aws(server: Server) -> Aws:
    """An account that nobody used before, in which things are ready at once."""
    fresh = Aws(server.endpoint, f"{next(_numbers):012d}")
    fresh.put("transitions", {"polls": 0})
    return fresh
