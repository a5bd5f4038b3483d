"""What was made and no row of the inventory lists: without it `{}` after a destroy could be a lie.

A create that went well is remembered until a delete that went well names what it made. This knows
nothing of the emulators, so it is only as good as AWS's names of operations: a row in
`inventory.KINDS`, which asks the emulator itself, is better, and ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Callable, Iterator

from . import kinds, models
from .exchange import Answer, AwsRequest, Exchange
from .inventory import KINDS, MADE_BY

_MAKES = re.compile(r"(?:Create|Allocate|Import|Copy|Request|Run(?=Instances))(.+?)s?")
_ENDS = re.compile(r"(?:Delete|Release|Terminate|Deregister)(.+?)s?")

# What is no thing of its own: it goes with what it is a part of, or AWS owns it.
_PARTS = re.compile(
    r"ec2:Create(Tags|Route|NetworkAclEntry|DefaultVpc|DefaultSubnet|LaunchTemplateVersion)"
    r"|elasticloadbalancing:Create(Listener|Rule)"
    r"|iam:Create(PolicyVersion|ServiceLinkedRole)"
    r"|logs:Create(LogStream|ExportTask)"
    r"|s3:Create(Session|MultipartUpload)"
)

_ARN = re.compile(r'arn:[^"<>\s]+')
_TEXT = re.compile(r'[>"]([^<>"]+)[<"]')


@dataclass(frozen=True)
class Made:
    """One thing: who made it where, and every text by which a delete may mean it."""

    service: str
    region: str
    operation: str
    noun: str
    identifier: str
    texts: frozenset[str]


class Unlisted:
    """The things of one account that the inventory can't list."""

    def __init__(self) -> None:
        self._made: list[Made] = []

    def report(self) -> list[dict[str, Any]]:
        """Items as the inventory's own, each with what it lacks."""
        return [
            {
                "id": made.identifier,
                "region": made.region,
                "tags": {},
                "why": f"no row of loopback/inventory.py lists what {made.service}:{made.operation} makes",
            }
            for made in self._made
        ]

    def observed(self, request: AwsRequest, answer: Answer) -> None:
        """A call went well: it may have made something, or ended it."""
        makes, ends = _MAKES.fullmatch(request.operation), _ENDS.fullmatch(request.operation)
        if makes and not _is_listed(request) and not _PARTS.fullmatch(f"{request.service}:{request.operation}"):
            self._made.append(_made(request, answer, makes.group(1)))
        elif ends:
            named = _named(request)
            self._made = [made for made in self._made if not _is_meant(made, request, ends.group(1), named)]


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """Notice what is made and ended."""
    answer = onward(exchange)
    if answer.succeeded:
        exchange.account.unlisted.observed(exchange.request, answer)
    return answer


def _is_listed(request: AwsRequest) -> bool:
    if request.service == "ec2":
        kind = kinds.made_by(request.operation)
        return kind is not None and kind.name in KINDS
    return f"{request.service}:{request.operation}" in MADE_BY


def _made(request: AwsRequest, answer: Answer, noun: str) -> Made:
    given = list(_strings(request.params))
    body = answer.body.decode(errors="replace")
    ids = kinds.ids_in(body) if request.service == "ec2" else _ARN.findall(body)
    new = [found for found in ids if found not in given]
    identifier = (new or given or [request.operation])[0]
    texts = frozenset((*given, *_TEXT.findall(body)))
    return Made(request.service, request.region, request.operation, noun, identifier, texts)


def _is_meant(made: Made, request: AwsRequest, noun: str, named: set[str]) -> bool:
    if (made.service, made.region, made.noun) != (request.service, request.region, noun):
        return False
    return made.identifier in named or bool(named) and named <= made.texts


def _named(request: AwsRequest) -> set[str]:
    """What a delete is about: the parameters without which it can't be sent, or all of them."""
    model = models.operation_model(request.service, request.operation)
    required = model.input_shape.required_members if model and model.input_shape else []
    needed = {name: request.params[name] for name in required if name in request.params}
    return set(_strings(needed)) or set(_strings(request.params))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
