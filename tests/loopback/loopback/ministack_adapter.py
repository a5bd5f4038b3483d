"""Ministack, a child process on a loopback port of its own, reached over kept connections."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import IO, Any
from urllib.parse import urlencode

from . import envelope
from .account import DEFAULT_ACCOUNT
from .exchange import Answer, AwsRequest
from .parent_watch import die_with_parent

_START_SECONDS = 60
_STOP_SECONDS = 1
_NOT_FORWARDED = {"connection", "transfer-encoding", "content-length", "expect"}


class Ministack:
    """The child process and the connections to it, one for each thread."""

    def __init__(self, log: IO[bytes] | int) -> None:
        self._port = _free_port()
        self._connections = threading.local()
        environment = {
            **os.environ,
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self._port),
            "MINISTACK_ACCOUNT_ID": DEFAULT_ACCOUNT,
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
        }
        command = [sys.executable, "-m", "loopback.ministack_child", str(os.getpid())]
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=die_with_parent
        )

    def wait_until_ready(self) -> None:
        """Return when the child answers; fail when it ends or takes too long."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"ministack ended with {self._process.returncode}")
            try:
                if self._exchange("GET", "/_ministack/health", b"", {}).status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("ministack is not ready in time")

    def answer(self, request: AwsRequest) -> Answer:
        """Ministack's answer, in the account that the router chose."""
        headers = {k: v for k, v in request.headers.items() if k not in _NOT_FORWARDED}
        if "authorization" in headers:
            credential = f"Credential={request.account_id}/"
            headers["authorization"] = re.sub(r"Credential=[^/]+/", credential, headers["authorization"])
        answer = self._exchange(request.method, request.target, request.body, headers)
        if answer.status == 501 or b"Unknown operation" in answer.body[:500]:
            return envelope.error(request, "NotImplementedByEmulator", answer.body.decode("utf-8", "replace"), 501)
        return answer

    def forget_account(self, account_id: str) -> None:
        """Drop everything that ministack holds for one account."""
        self._exchange("POST", f"/_loopback/forget?account={account_id}", b"", {})

    def lend_subnets(self, request: AwsRequest, subnets: list[Any]) -> None:
        """Let ministack see moto's subnets, for calls that name some."""
        where = f"{request.account_id}/{request.region}"
        lent = [("subnet", f"{where}/{s.id}/{s.vpc_id}/{s.availability_zone}") for s in subnets]
        if lent:
            self._exchange("POST", f"/_loopback/lend?{urlencode(lent)}", b"", {})

    def inventory(self, account_id: str) -> dict[str, list[dict[str, Any]]]:
        """What ministack holds for one account, as far as it can tell: Amazon ECS and ElastiCache."""
        return json.loads(self._exchange("POST", f"/_loopback/inventory?account={account_id}", b"", {}).body)

    def fail_service(self, request: AwsRequest, service_arn: str, failure: dict[str, Any]) -> list[dict[str, Any]]:
        """Let the latest deployment of a service fail; the tasks that have ended."""
        query = {"account": request.account_id, "region": request.region, "service": service_arn}
        query["failure"] = json.dumps(failure)
        return json.loads(self._exchange("POST", f"/_loopback/fail?{urlencode(query)}", b"", {}).body)

    def stop(self) -> None:
        """End the child; return when it has ended."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _exchange(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> Answer:
        kept = getattr(self._connections, "one", None)
        if kept is not None:
            try:
                return self._send(kept, method, target, body, headers)
            except (http.client.HTTPException, OSError):
                kept.close()  # the child closes idle connections; a fresh one tells a real failure
        self._connections.one = self._connect()
        return self._send(self._connections.one, method, target, body, headers)

    def _connect(self) -> http.client.HTTPConnection:
        self._connections.one = None
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=300)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    @staticmethod
    def _send(
        connection: http.client.HTTPConnection, method: str, target: str, body: bytes, headers: dict[str, str]
    ) -> Answer:
        connection.request(method, target, body=body, headers={**headers, "Content-Length": str(len(body))})
        response = connection.getresponse()
        return Answer(response.status, response.read(), response.getheaders())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
