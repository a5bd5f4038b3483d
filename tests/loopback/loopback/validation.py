"""Each request against AWS's own model, stricter than any emulator.

A violation is a bug of the caller, so it is answered with a code of ours that
no SDK knows: the test that caused it fails loudly instead of passing by luck.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, Callable

import regex
from botocore.model import Shape

from . import envelope
from .exchange import Answer, AwsRequest, Exchange
from .models import operation_model, service_model

CODE = "LoopbackValidation"
# Their bodies are objects and events of the user's own, not parameters.
NOT_VALIDATED = {"s3", "lambda", "execute-api"}


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Answer 400 to what AWS's model does not allow; pass on everything else."""
    request = exchange.request
    problems = violations(request)
    if not problems:
        return onward(exchange)
    reason = f"{request.service}:{request.operation or request.target}: {'; '.join(problems)}"
    return envelope.error(request, CODE, reason, 400)


def violations(request: AwsRequest) -> list[str]:
    """Everything that is wrong with a request, decoding included."""
    if request.service in NOT_VALIDATED or service_model(request.service) is None:
        return []
    operation = operation_model(request.service, request.operation)
    if operation is None:
        return [f"AWS has no operation {request.operation or request.method + ' ' + request.path}"]
    found = list(request.violations)
    if operation.input_shape is not None:
        _check(operation.input_shape, request.params, "", found)
    return found


def _check(shape: Shape, value: Any, path: str, found: list[str]) -> None:
    if value is None:
        return
    expected = _TYPES.get(shape.type_name)
    if expected and not (isinstance(value, expected) and _truly(shape, value)):
        found.append(f"{path or 'input'} must be a {shape.type_name}, not {value!r}")
        return
    _CHECKS.get(shape.type_name, _nothing)(shape, value, path, found)


def _truly(shape: Shape, value: Any) -> bool:
    return shape.type_name == "boolean" or not isinstance(value, bool)


def _structure(shape: Shape, value: dict[str, Any], path: str, found: list[str]) -> None:
    if getattr(shape, "is_document_type", False):
        return
    known = {member.serialization.get("name", name): name for name, member in shape.members.items()}
    given = {known.get(key, key) if key not in shape.members else key: v for key, v in value.items()}
    dot = f"{path}." if path else ""
    found.extend(f"{dot}{name} is required" for name in shape.required_members if given.get(name) is None)
    found.extend(f"unknown parameter {dot}{name}" for name in given if name not in shape.members)
    for name, member in shape.members.items():
        _check(member, given.get(name), f"{dot}{name}", found)


def _list(shape: Shape, value: list[Any], path: str, found: list[str]) -> None:
    _within(shape, len(value), f"the number of items in {path}", found)
    for index, item in enumerate(value):
        _check(shape.member, item, f"{path}[{index}]", found)


def _map(shape: Shape, value: dict[str, Any], path: str, found: list[str]) -> None:
    _within(shape, len(value), f"the number of entries in {path}", found)
    for key, item in value.items():
        _check(shape.key, key, f"a key of {path}", found)
        _check(shape.value, item, f"{path}.{key}", found)


def _string(shape: Shape, value: str, path: str, found: list[str]) -> None:
    if shape.enum and value not in shape.enum:
        found.append(f"{path} is {value!r}, not one of {', '.join(shape.enum)}")
    _within(shape, len(value), f"the length of {path}", found)
    pattern = shape.metadata.get("pattern")
    compiled = _compile(pattern) if pattern else None
    if compiled and not compiled.fullmatch(value):
        found.append(f"{path} is {value!r}, which does not match {pattern}")


def _number(shape: Shape, value: float, path: str, found: list[str]) -> None:
    _within(shape, value, path, found)


def _nothing(*_: Any) -> None:
    return None


def _within(shape: Shape, size: float, what: str, found: list[str]) -> None:
    low, high = shape.metadata.get("min", -math.inf), shape.metadata.get("max", math.inf)
    if not float(low) <= size <= float(high):
        found.append(f"{what} is {size}, outside {low} to {high}")


@lru_cache(maxsize=None)
def _compile(pattern: str) -> regex.Pattern[str] | None:
    try:
        return regex.compile(pattern, regex.DOTALL)
    except regex.error:
        return None


_TYPES: dict[str, Any] = {
    "structure": dict,
    "list": list,
    "map": dict,
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
}
_CHECKS = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "string": _string,
    "integer": _number,
    "long": _number,
    "float": _number,
    "double": _number,
}
