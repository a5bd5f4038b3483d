"""Scalars that travel as text (query, headers, paths, XML) back to their types."""

from __future__ import annotations

from typing import Any

from botocore.model import Shape


def from_text(shape: Shape, text: str, path: str, violations: list[str]) -> Any:
    """The typed value of `text`; text that is no such value becomes a violation."""
    try:
        return _PARSERS.get(shape.type_name, str)(text)
    except ValueError:
        violations.append(f"{path} is {text!r}, which is no {shape.type_name}")
        return text


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


_PARSERS = {"integer": int, "long": int, "float": float, "double": float, "boolean": _boolean}
