"""The HTTP edge: threads, kept connections, no Nagle. Nothing here knows AWS."""

from __future__ import annotations

import logging
import os
import select
import socket
import struct
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Callable

from .exchange import Answer, AwsRequest, DropConnection

Handle = Callable[[AwsRequest, Callable[[], bool]], Answer]
_NOT_OURS = {"content-length", "transfer-encoding", "connection", "server", "date"}


class Edge(ThreadingHTTPServer):
    """Serves `handle` on a loopback port."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, port: int, handle: Handle) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.handle = handle

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error here."""
        logging.debug("connection of %s ended", client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Edge
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def _serve(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = AwsRequest(self.command, self.path, headers, self._body(headers))
        try:
            self._send(self._answer(request))
        except DropConnection as drop:
            self._drop(drop.abruptly)

    do_GET = do_PUT = do_POST = do_DELETE = do_PATCH = do_HEAD = _serve

    def _answer(self, request: AwsRequest) -> Answer:
        try:
            return self.server.handle(request, self._client_gone)
        except DropConnection:
            raise
        except Exception as bug:
            logging.exception("the router failed on %s %s", request.method, request.target)
            return Answer(500, f"the router failed: {bug!r}".encode(), [("content-type", "text/plain")])

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return self.rfile.read(int(headers.get("content-length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        lengths = [value for name, value in answer.headers if name.lower() == "content-length"]
        for name, value in answer.headers:
            if name.lower() not in _NOT_OURS:
                self.send_header(name, value)
        if self.command == "HEAD":
            self.send_header("content-length", lengths[0] if lengths else "0")
        elif answer.status not in (204, 304):
            self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD" and answer.status not in (204, 304):
            self.wfile.write(answer.body)
        self.wfile.flush()

    def _client_gone(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        try:
            return bool(readable) and self.connection.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True

    def _drop(self, abruptly: bool) -> None:
        self.close_connection = True
        if abruptly:  # no lingering and no orderly shutdown: the close becomes a TCP reset
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())

    def log_message(self, format: str, *arguments: object) -> None:
        """Access lines are the ledger's business."""
