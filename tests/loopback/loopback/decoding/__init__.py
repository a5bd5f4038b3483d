"""From bytes on the wire to an operation and its typed parameters, one module per protocol.

Whatever the bytes hold that the model does not know becomes a violation instead
of being dropped: a misspelt parameter is a bug that real AWS would answer too.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, parse_qsl

import cbor2

from ..exchange import AwsRequest
from ..models import operation_model, rest_operation, service_model
from . import query, rest

_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/\d+/([^/]*)/([^/]+)/aws4_request")
_CBOR_PATH = re.compile(r"/service/[^/]+/operation/([^/]+)")


def decode(request: AwsRequest) -> None:
    """Fill in what `request` means: who asks, which operation, with what."""
    _read_credential(request)
    try:
        _decode_operation(request)
    except (ValueError, AttributeError, KeyError, TypeError) as problem:
        request.violations.append(f"cannot be decoded: {problem!r}")


def _decode_operation(request: AwsRequest) -> None:
    if "x-amz-target" in request.headers:
        request.protocol = "json"
        request.operation = request.headers["x-amz-target"].rpartition(".")[2]
        _decode_document(request, json.loads)
    elif _CBOR_PATH.fullmatch(request.path):
        request.protocol = "cbor"
        request.operation = request.path.rpartition("/")[2]
        _decode_document(request, cbor2.loads)
    elif _form(request).get("Action"):
        _decode_form(request)
    else:
        _decode_rest(request)


def _read_credential(request: AwsRequest) -> None:
    found = _CREDENTIAL.search(request.headers.get("authorization", ""))
    if found:
        request.access_key, request.region, request.service = found.groups()
    else:
        credential = parse_qs(request.query).get("X-Amz-Credential", [""])[0].split("/")
        if len(credential) == 5:
            request.access_key, _, request.region, request.service, _ = credential


def _form(request: AwsRequest) -> dict[str, str]:
    is_form = "x-www-form-urlencoded" in request.headers.get("content-type", "")
    text = request.body.decode("utf-8", "replace") if is_form and request.body else request.query
    return dict(parse_qsl(text, keep_blank_values=True))


def _decode_form(request: AwsRequest) -> None:
    form = _form(request)
    request.operation = form.pop("Action")
    form.pop("Version", None)
    if not request.service and request.operation.startswith("AssumeRoleWith"):
        request.service = "sts"  # these two calls are not signed
    request.protocol = "ec2" if request.service == "ec2" else "query"
    signature = [key for key in form if key.startswith("X-Amz-")]
    for key in signature:
        del form[key]
    model = operation_model(request.service, request.operation)
    if model is None:
        request.params = dict(form)
    else:
        request.params = query.decode(request.protocol, model, form, request.violations)


def _decode_document(request: AwsRequest, load) -> None:
    try:
        request.params = load(request.body) if request.body else {}
    except ValueError as problem:
        request.violations.append(f"the body cannot be read: {problem}")


def _decode_rest(request: AwsRequest) -> None:
    model = service_model(request.service) if request.service else None
    request.protocol = model.metadata.get("protocol", "") if model else ""
    request.operation = (
        rest_operation(request.service, request.method, request.path, request.query) if model else ""
    )
    operation = operation_model(request.service, request.operation) if request.operation else None
    if operation is not None:
        request.params = rest.decode(request, operation)
