"""The REST protocols: parameters in path, query string, headers and a JSON or XML body."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, unquote
from xml.etree import ElementTree

from botocore.model import OperationModel, Shape

from ..exchange import AwsRequest
from ..models import uri_labels
from .scalars import from_text


def decode(request: AwsRequest, operation: OperationModel) -> dict[str, Any]:
    """The typed parameters of a REST request."""
    if operation.input_shape is None:
        return {}
    params, body_members = _outside_body(request, operation)
    payload = operation.input_shape.serialization.get("payload")
    if payload:
        params.update(_payload(request, payload, operation.input_shape.members[payload]))
    elif request.body and body_members:
        params.update(_body(request, operation.input_shape, body_members))
    return params


def _outside_body(request: AwsRequest, operation: OperationModel) -> tuple[dict[str, Any], set[str]]:
    labels, queries = uri_labels(operation, request.path), parse_qs(request.query, keep_blank_values=True)
    params, body_members = {}, set()
    for name, member in operation.input_shape.members.items():
        where, wire = member.serialization.get("location"), member.serialization.get("name", name)
        if where == "uri" and wire in labels:
            params[name] = from_text(member, unquote(labels[wire]), name, request.violations)
        elif where == "querystring" and wire in queries:
            params[name] = _from_query(member, queries[wire], name, request.violations)
        elif where == "header" and wire.lower() in request.headers:
            params[name] = from_text(member, request.headers[wire.lower()], name, request.violations)
        elif where is None:
            body_members.add(name)
    return params, body_members


def _from_query(member: Shape, values: list[str], path: str, violations: list[str]) -> Any:
    if member.type_name == "list":
        return [from_text(member.member, value, path, violations) for value in values]
    return from_text(member, values[0], path, violations)


def _payload(request: AwsRequest, name: str, shape: Shape) -> dict[str, Any]:
    if shape.type_name != "structure" or not request.body:
        return {name: request.body} if request.body else {}
    return {name: _document(request, shape)}


def _body(request: AwsRequest, shape: Shape, members: set[str]) -> dict[str, Any]:
    document = _document(request, shape)
    if request.protocol == "rest-json":
        wire = {shape.members[m].serialization.get("name", m): m for m in members}
        return {wire.get(key, key): value for key, value in document.items()}
    return document


def _document(request: AwsRequest, shape: Shape) -> dict[str, Any]:
    try:
        if request.protocol == "rest-json":
            return json.loads(request.body)
        return _from_xml(shape, ElementTree.fromstring(request.body), "", request.violations)
    except (ValueError, ElementTree.ParseError) as problem:
        request.violations.append(f"the body cannot be read: {problem}")
        return {}


def _from_xml(shape: Shape, node: ElementTree.Element, path: str, violations: list[str]) -> Any:
    if shape.type_name == "structure":
        return _structure_from_xml(shape, node, path, violations)
    if shape.type_name == "list":
        return [_from_xml(shape.member, child, f"{path}[{i}]", violations) for i, child in enumerate(node)]
    return from_text(shape, node.text or "", path, violations)


def _structure_from_xml(
    shape: Shape, node: ElementTree.Element, path: str, violations: list[str]
) -> dict[str, Any]:
    wire = {member.serialization.get("name", name): name for name, member in shape.members.items()}
    values: dict[str, Any] = {}
    for child in node:
        tag = child.tag.rpartition("}")[2]
        if tag not in wire:
            violations.append(f"unknown parameter {path}{tag}")
            continue
        member = shape.members[wire[tag]]
        if member.type_name == "list" and member.serialization.get("flattened"):
            values.setdefault(wire[tag], []).append(_from_xml(member.member, child, f"{path}{tag}", violations))
        else:
            values[wire[tag]] = _from_xml(member, child, f"{path}{tag}.", violations)
    return values
