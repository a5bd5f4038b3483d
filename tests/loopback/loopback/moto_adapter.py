"""Moto, called as a WSGI application in this process: no socket, no second HTTP parse."""

from __future__ import annotations

import io
import logging
import os
from typing import Any
from urllib.parse import unquote

# Read by moto when it is imported: validate what moto can, and bring AWS's managed policies.
os.environ.update(
    MOTO_IAM_LOAD_MANAGED_POLICIES="true",
    MOTO_ENABLE_AMI_VALIDATION="1",
    MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION="1",
    MOTO_ENABLE_KEYPAIR_VALIDATION="1",
    MOTO_ACM_VALIDATION_WAIT="2",
)

from moto.core.exceptions import ServiceException  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402

from . import envelope  # noqa: E402
from .exchange import Answer, AwsRequest  # noqa: E402

NOT_IMPLEMENTED = "NotImplementedByEmulator"


class Moto:
    """Answers requests from moto's models."""

    def __init__(self) -> None:
        self._application = DomainDispatcherApplication(_loud_app)

    def answer(self, request: AwsRequest) -> Answer:
        """Moto's answer; a call that moto cannot do becomes a clean 501 instead of HTML."""
        try:
            return self._call(request)
        except ServiceException as refusal:
            return envelope.error(request, refusal.code, refusal.message, 400)
        except NotImplementedError as gap:
            return envelope.error(request, NOT_IMPLEMENTED, f"moto: {gap}", 501)
        except Exception as crash:
            logging.exception("moto failed on %s:%s", request.service, request.operation)
            return envelope.error(request, NOT_IMPLEMENTED, f"moto failed: {crash!r}", 501)

    def _call(self, request: AwsRequest) -> Answer:
        started: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Any:
            started.update(status=int(status.split()[0]), headers=headers)
            return lambda _chunk: None

        chunks = self._application(_environ(request), start_response)
        body = b"".join(chunks)
        return Answer(started["status"], body, started["headers"])


def _loud_app(service: Any) -> Any:
    app = create_backend_app(service)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return app


def _environ(request: AwsRequest) -> dict[str, Any]:
    environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(request.path, "latin-1"),
        "RAW_URI": request.target,
        "REQUEST_URI": request.target,
        "QUERY_STRING": request.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_TYPE": request.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(request.body)),
        "HTTP_X_MOTO_ACCOUNT_ID": request.account_id,
    }
    for name, value in request.headers.items():
        if name not in ("content-type", "content-length", "transfer-encoding", "x-moto-account-id"):
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return environ
