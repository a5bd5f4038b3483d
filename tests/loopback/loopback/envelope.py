"""Errors in the envelope that each AWS protocol uses, so that SDKs read them as AWS's own."""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import escape

import cbor2

from .exchange import Answer, AwsRequest

REQUEST_ID = "00000000-0000-0000-0000-000000000000"


def error(request: AwsRequest, code: str, message: str, status: int) -> Answer:
    """An error answer in the protocol of `request`."""
    render = _RENDERERS.get(request.protocol, _query)
    if request.service == "s3":
        render = _s3
    body, headers = render(code, message)
    return Answer(status, body, headers, code)


def error_code_of(answer: Answer) -> str | None:
    """The error code in an emulator's own answer, whatever its protocol."""
    if answer.status < 400:
        return None
    for pattern in _CODES:
        found = re.search(pattern, answer.body)
        if found:
            return found.group(1).decode().rpartition("#")[2]
    return dict(answer.headers).get("x-amzn-errortype", f"Http{answer.status}")


_CODES = (rb"<Code>([^<]+)</Code>", rb'"__type"\s*:\s*"([^"]+)"', rb'"code"\s*:\s*"([^"]+)"')


def _ec2(code: str, message: str) -> tuple[bytes, list[tuple[str, str]]]:
    error_xml = f"<Error><Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error>"
    text = f"<Response><Errors>{error_xml}</Errors><RequestID>{REQUEST_ID}</RequestID></Response>"
    return text.encode(), _xml_headers()


def _query(code: str, message: str) -> tuple[bytes, list[tuple[str, str]]]:
    error_xml = f"<Type>Sender</Type><Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    text = f"<ErrorResponse><Error>{error_xml}</Error><RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
    return text.encode(), _xml_headers()


def _s3(code: str, message: str) -> tuple[bytes, list[tuple[str, str]]]:
    text = f"<Error><Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error>"
    return text.encode(), _xml_headers()


def _json(code: str, message: str) -> tuple[bytes, list[tuple[str, str]]]:
    body = json.dumps({"__type": code, "message": message}).encode()
    return body, [("content-type", "application/x-amz-json-1.1"), ("x-amzn-requestid", REQUEST_ID)]


def _rest_json(code: str, message: str) -> tuple[bytes, list[tuple[str, str]]]:
    body = json.dumps({"code": code, "message": message}).encode()
    return body, [("content-type", "application/json"), ("x-amzn-errortype", code)]


def _cbor(code: str, message: str) -> tuple[bytes, list[tuple[str, str]]]:
    body = cbor2.dumps({"__type": code, "message": message})
    return body, [("content-type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor")]


def _xml_headers() -> list[tuple[str, str]]:
    return [("content-type", "text/xml;charset=UTF-8"), ("x-amzn-requestid", REQUEST_ID)]


_RENDERERS = {
    "ec2": _ec2,
    "query": _query,
    "rest-xml": _query,
    "json": _json,
    "rest-json": _rest_json,
    "cbor": _cbor,
}
