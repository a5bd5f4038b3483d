"""An emulator that forgets the tags of a create is loud: a provider that relies on them would look wrong.

EC2 tags what it makes in the create call. Moto accepts `TagSpecifications` everywhere, and drops them
here and there.
"""

from __future__ import annotations

from typing import Any, Callable

from . import envelope, moto_state
from .exchange import Answer, AwsRequest, Exchange
from .kinds import ids_in

FORGETS_TAGS = "EmulatorForgetsTags"


def layer(exchange: Exchange, onward: Callable[[Exchange], Answer]) -> Answer:
    """An error in place of an answer to which moto holds no tags."""
    request, answer = exchange.request, onward(exchange)
    wanted = _wanted(request) if request.service == "ec2" and answer.succeeded else []
    if not wanted:
        return answer
    ec2 = moto_state.backend("ec2", request.account_id, request.region)
    kept = [ec2.tags.get(identifier, {}) for identifier in ids_in(answer.body.decode())]
    if all(any(tags.items() <= those.items() for those in kept) for tags in wanted):
        return answer
    message = f"moto forgets the tags of {request.operation}: put it right in tests/loopback/loopback/corrections"
    return envelope.error(request, FORGETS_TAGS, message, 501)


def _wanted(request: AwsRequest) -> list[dict[str, Any]]:
    """The tags of each type that a request asks for."""
    specifications = request.params.get("TagSpecifications", [])
    tags = [{tag["Key"]: tag.get("Value", "") for tag in one.get("Tags", [])} for one in specifications]
    return [those for those in tags if those]
