"""What moto gets wrong, put right in moto itself, one module a theme.

Each module says what AWS does instead. They are written against the moto that
`tools/python/requirements.txt` pins, and the tests beside them fail when a new
moto moves what they patch.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

_MODULES = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]

# What several themes share has nothing to apply.
THEMES = [module for module in _MODULES if hasattr(module, "apply")]


def apply() -> None:
    """Put all corrections in place, once, before the first request."""
    for theme in THEMES:
        theme.apply()
