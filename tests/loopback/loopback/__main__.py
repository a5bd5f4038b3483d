"""`python -m loopback serve`: start everything, say where, serve until told to stop."""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from typing import Any

from . import corrections
from .control import Control
from .edge import Edge
from .exchange import Answer, AwsRequest
from .ministack_adapter import Ministack
from .moto_adapter import Moto
from .router import Router


def main() -> None:
    """Parse the command line and serve."""
    parser = argparse.ArgumentParser(prog="loopback", description="AWS on loopback")
    commands = parser.add_subparsers(required=True)
    serve_command = commands.add_parser("serve", help="serve until SIGTERM, SIGINT or the end of stdin")
    serve_command.add_argument("--port", type=int, default=0, help="the endpoint's port; 0 takes a free one")
    serve_command.add_argument("--log", help="write the emulators' output to this file instead of dropping it")
    serve_command.add_argument("--until-stdin-closes", action="store_true", help="end when stdin reaches its end")
    serve_command.set_defaults(run=serve)
    arguments = parser.parse_args()
    arguments.run(arguments)


def serve(arguments: argparse.Namespace) -> None:
    """Serve until told to stop, then end the child."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log = open(arguments.log, "ab", buffering=0) if arguments.log else None
    _log_to(log)
    ministack = Ministack(log or subprocess.DEVNULL)
    try:
        _start(arguments.port, ministack)
        if arguments.until_stdin_closes:
            threading.Thread(target=_await_stdin, args=(stop,), daemon=True).start()
        stop.wait()
    finally:
        ministack.stop()


def _start(port: int, ministack: Ministack) -> None:
    corrections.apply()
    router = Router(Moto(), ministack)
    control = Control(router)

    def handle(request: AwsRequest, client_gone: Any) -> Answer:
        if request.path.startswith("/_loopback/"):
            return control.handle(request)
        return router.handle(request, client_gone)

    edge = Edge(port, handle)
    ministack.wait_until_ready()
    _collect_seldom()
    threading.Thread(target=edge.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{edge.server_address[1]}"
    print(json.dumps({"endpoint": endpoint, "pid": os.getpid()}), flush=True)


def _collect_seldom() -> None:
    """Keep the garbage collector from looking through all accounts again and again: they are no garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _log_to(log: Any) -> None:
    if log is None:
        logging.disable(logging.CRITICAL)
    else:
        logging.basicConfig(stream=open(log.fileno(), "a", closefd=False), level=logging.WARNING)


def _await_stdin(stop: threading.Event) -> None:
    sys.stdin.buffer.read()
    stop.set()


if __name__ == "__main__":
    main()
