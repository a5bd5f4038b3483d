"""AWS's published service models, as botocore carries them: the judge of every request.

Models are big (EC2's takes about a second to read), so each is read once, when
the first request for its service arrives.
"""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock

from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel

# Credential scopes whose botocore name differs; anything else is called the same.
BOTOCORE_NAMES = {
    "elasticloadbalancing": "elbv2",
    "elasticfilesystem": "efs",
    "monitoring": "cloudwatch",
    "tagging": "resourcegroupstaggingapi",
    "states": "stepfunctions",
    "cloudcontrolapi": "cloudcontrol",
    "apigateway": "apigatewayv2",
}

_loader = Loader()
_lock = Lock()


def service_model(service: str) -> ServiceModel | None:
    """The model of a service by its credential scope; None when there is none."""
    with _lock:
        return _load(BOTOCORE_NAMES.get(service, service))


@lru_cache(maxsize=None)
def _load(name: str) -> ServiceModel | None:
    if name not in _loader.list_available_services("service-2"):
        return None
    return ServiceModel(_loader.load_service_model(name, "service-2"), name)


def operation_model(service: str, operation: str) -> OperationModel | None:
    """The model of one operation; None when AWS has no such operation."""
    model = service_model(service)
    if model is None or operation not in _operations(model):
        return None
    return model.operation_model(operation)


@lru_cache(maxsize=None)
def _operations(model: ServiceModel) -> frozenset[str]:
    return frozenset(model.operation_names)


def rest_operation(service: str, method: str, path: str, query: str) -> str:
    """The operation that a REST request's method, path and query stand for, or nothing."""
    pieces = set(query.split("&"))
    pieces |= {piece.partition("=")[0] for piece in pieces}
    model = service_model(service)
    if model is None:
        return ""
    for pattern, required, verb, name in _rest_routes(model):
        if verb == method and required <= pieces and pattern.fullmatch(path):
            return name
    return ""


def uri_labels(operation: OperationModel, path: str) -> dict[str, str]:
    """The values in a REST path, by the name that the URI template gives them."""
    pattern, _ = _compile_uri(operation.http["requestUri"])
    found = pattern.fullmatch(path)
    return {_unmangle(k): v for k, v in found.groupdict().items()} if found else {}


@lru_cache(maxsize=None)
def _rest_routes(model: ServiceModel) -> list[tuple[re.Pattern[str], set[str], str, str]]:
    routes = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        pattern, required = _compile_uri(http["requestUri"])
        routes.append((pattern, required, http["method"], name))
    # The most literal template wins: `/a/list` before `/a/{id}`, and `?x` before none.
    return sorted(routes, key=lambda r: (-len(r[1]), r[0].pattern.count("(?P<"), -len(r[0].pattern)))


@lru_cache(maxsize=None)
def _compile_uri(template: str) -> tuple[re.Pattern[str], set[str]]:
    path, _, query = template.partition("?")
    pieces = re.split(r"\{([^}]+)\}", path.rstrip("/"))
    pattern = "".join(_label(p) if i % 2 else re.escape(p) for i, p in enumerate(pieces))
    required = {piece.removesuffix("=") for piece in query.split("&") if piece}
    return re.compile(pattern + "/?"), required


def _label(name: str) -> str:
    greedy = name.endswith("+")
    return f"(?P<{name.rstrip('+').replace('-', '__')}>{'.+' if greedy else '[^/]+'})"


def _unmangle(name: str) -> str:
    return name.replace("__", "-")
