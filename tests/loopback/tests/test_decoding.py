"""Whatever botocore writes, the router reads back: every operation of every service that matters."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from botocore.model import OperationModel, Shape
from botocore.serialize import create_serializer

from loopback.decoding import decode
from loopback.exchange import AwsRequest
from loopback.models import service_model

# Credential scopes, of all five protocols.
SERVICES = [
    "ec2",
    "iam",
    "sts",
    "logs",
    "ecs",
    "elasticloadbalancing",
    "rds",
    "elasticache",
    "route53",
    "acm",
    "ecr",
    "kms",
    "secretsmanager",
    "application-autoscaling",
    "ssm",
    "sqs",
    "sns",
    "events",
    "scheduler",
    "elasticfilesystem",
    "tagging",
    "servicediscovery",
    "backup",
    "cloudfront",
]
_NOT_COMPARED = {"timestamp", "blob"}
_DEPTH = 5


@pytest.mark.parametrize("service", SERVICES)
def test_round_trip(service: str) -> None:
    model = service_model(service)
    assert model is not None
    for name in model.operation_names:
        operation = model.operation_model(name)
        if operation.input_shape is not None and not operation.has_streaming_input:
            round_trip(service, operation)


def round_trip(service: str, operation: OperationModel) -> None:
    protocol = operation.service_model.metadata["protocol"]
    params = sample(operation.input_shape, _DEPTH)
    written = create_serializer(protocol, include_validation=False).serialize_to_request(params, operation)
    request = as_request(service, written)
    decode(request)
    assert (request.operation, request.violations) == (operation.name, []), request.target
    assert {k: v for k, v in request.params.items() if v is not None} == params, operation.name


def as_request(service: str, written: dict[str, Any]) -> AwsRequest:
    headers = {name.lower(): str(value) for name, value in written["headers"].items()}
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential=1/20260101/us-east-1/{service}/aws4_request, Signature=x"
    )
    body = written["body"]
    if isinstance(body, dict):
        body = urlencode(body).encode()
    query = urlencode(written["query_string"] or {}, doseq=True)
    target = written["url_path"] + (("&" if "?" in written["url_path"] else "?") + query if query else "")
    return AwsRequest(
        written["method"], target, headers, body if isinstance(body, bytes) else (body or "").encode()
    )


def sample(shape: Shape, depth: int) -> Any:
    """A value of a shape, with everything in it that can be compared."""
    if shape.type_name == "structure":
        return {
            name: sample(member, depth - 1) for name, member in shape.members.items() if wanted(member, depth - 1)
        }
    if shape.type_name == "list":
        return [sample(shape.member, depth - 1)] * 2
    if shape.type_name == "map":
        return {"key": sample(shape.value, depth - 1)}
    return {"boolean": True, "integer": 7, "long": 7, "float": 1.5, "double": 1.5}.get(shape.type_name, "text")


def wanted(shape: Shape, depth: int) -> bool:
    """Whether a shape is compared: not too deep, and of types that read back as they were written."""
    if depth <= 0 or shape.type_name in _NOT_COMPARED or getattr(shape, "is_document_type", False):
        return False
    if shape.type_name == "structure":
        return any(wanted(member, depth - 1) for member in shape.members.values())
    if shape.type_name in ("list", "map"):
        return wanted(shape.member if shape.type_name == "list" else shape.value, depth - 1)
    return shape.serialization.get("location") not in ("headers", "statusCode")
