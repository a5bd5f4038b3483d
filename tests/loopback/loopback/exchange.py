"""What travels through the router: a decoded request, its answer, and both together.

Every layer of the router takes an `Exchange` and gives an `Answer`, so that a
layer can be read, tested and reordered without knowing its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from .account import Account


@dataclass
class AwsRequest:
    """One HTTP request, and what it means to AWS."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    access_key: str = ""
    account_id: str = ""
    region: str = "us-east-1"
    service: str = ""
    operation: str = ""
    protocol: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The path without its query string."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The query string, undecoded."""
        return self.target.partition("?")[2]


@dataclass
class Answer:
    """What the client gets; `error_code` is kept aside for the record."""

    status: int
    body: bytes
    headers: list[tuple[str, str]] = field(default_factory=list)
    error_code: str | None = None

    @property
    def succeeded(self) -> bool:
        """Whether AWS accepted the call."""
        return self.status < 300


@dataclass
class Exchange:
    """A request on its way, with the account whose rules it meets."""

    request: AwsRequest
    account: "Account"
    client_gone: Callable[[], bool] = lambda: False
    fault: str | None = None


Layer = Callable[[Exchange, Callable[[Exchange], Answer]], Answer]


class DropConnection(Exception):
    """Close the client's connection without an answer; `abruptly` sends a TCP reset."""

    def __init__(self, abruptly: bool) -> None:
        super().__init__("connection dropped on purpose")
        self.abruptly = abruptly


class Refusal(Exception):
    """AWS says no, with the code that it would use."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.status = code, message, status
