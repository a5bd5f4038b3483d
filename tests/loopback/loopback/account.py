"""Everything that a test sets or asks about one account; nothing here crosses accounts.

Tests run side by side in one server, each in its own account. The access key id
chooses the account: twelve digits are the account itself.
"""

from __future__ import annotations

import re
from threading import RLock

from .cache_states import CacheEndings
from .faults import Faults
from .holds import Holds
from .idempotency import ClientTokens
from .ledger import Ledger
from .staleness import Staleness
from .transitions import Transitions
from .unlisted import Unlisted
from .wire_transitions import WireTransitions

DEFAULT_ACCOUNT = "123456789012"
_ACCOUNT_ID = re.compile(r"\d{12}")


class Account:
    """One account's faults, record and rules. `lock` makes its AWS calls one at a time."""

    def __init__(self, account_id: str) -> None:
        self.id = account_id
        self.lock = RLock()
        self.ledger = Ledger()
        self.holds = Holds()
        self.forget()

    def forget(self) -> None:
        """Back to an account that nothing has been asked of."""
        self.ledger.clear()
        self.holds.release()
        self.faults = Faults()
        self.tokens = ClientTokens()
        self.transitions = Transitions()
        self.staleness = Staleness()
        self.unlisted = Unlisted()
        self.wire = WireTransitions()
        self.cache_endings = CacheEndings()


class Accounts:
    """The accounts by id, and whose an access key is."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._accounts: dict[str, Account] = {}
        self._assumed: dict[str, str] = {}

    def get(self, account_id: str) -> Account:
        """The account with this id, made when it is first asked for."""
        with self._lock:
            if account_id not in self._accounts:
                self._accounts[account_id] = Account(account_id)
            return self._accounts[account_id]

    def id_of(self, access_key: str) -> str:
        """The account that an access key id stands for."""
        if _ACCOUNT_ID.fullmatch(access_key):
            return access_key
        return self._assumed.get(access_key, DEFAULT_ACCOUNT)

    def remember(self, access_key: str, account_id: str) -> None:
        """From now on this key, which AssumeRole gave, stands for that account."""
        self._assumed[access_key] = account_id
