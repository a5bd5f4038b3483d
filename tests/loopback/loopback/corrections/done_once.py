"""moto makes an RSA key of its own for each key and certificate, which nobody signs anything with; it looks for its own
folders and methods at every request, and for an account among a list of all accounts, of which the tests have
thousands. That took more than half of the time of everything."""

from __future__ import annotations

from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from moto import backends
from moto.core import responses
from moto.core.base_backend import BackendDict

_make_account = BackendDict.__getitem__


def apply() -> None:
    """Do each once."""
    rsa.generate_private_key = _rsa_keys(rsa.generate_private_key)
    modules = list(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules
    # The corrections of methods are all in place before the first request.
    responses.method_names_from_class = cache(responses.method_names_from_class)
    BackendDict.__getitem__ = _account


def _rsa_keys(make: Any) -> Any:
    @cache
    def of_size(public_exponent: int, key_size: int) -> Any:
        return make(public_exponent, key_size)

    def key(public_exponent: int, key_size: int, backend: Any = None) -> Any:
        return of_size(public_exponent, key_size)

    return key


def _account(self: BackendDict[Any], account: str) -> Any:
    found = dict.get(self, account)
    return _make_account(self, account) if found is None else found
