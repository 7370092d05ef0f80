"""Running the desk: a socket, an address on the first line, a server until it is stopped."""

from __future__ import annotations

import socket
import sys
from dataclasses import replace

import uvicorn

from sluicegate.terms.errors import InputError
from sluicegate.web.app import create_app
from sluicegate.web.log import log_lines
from sluicegate.web.settings import Settings


def serve(settings: Settings) -> None:
    """Serve until stopped.

    Raises
    ------
    InputError : one person and an address that others reach; the port is taken; the database does not answer.
    """
    if settings.mode == "one-person" and not settings.loopback:
        raise InputError(f"{settings.host}, which others can reach", where="--host", expected="127.0.0.1 for one",
                         do="Add --many, and people with `sluicegate desk people add`.")  # fmt: skip
    listening = _listen(settings.host, settings.port)
    settings = replace(settings, port=listening.getsockname()[1])
    log_lines()
    app = create_app(settings)
    sys.stdout.write(f"{settings.address}\n")
    sys.stdout.flush()
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, http="httptools",
                            timeout_keep_alive=15, timeout_graceful_shutdown=5, h11_max_incomplete_event_size=65_536,
                            proxy_headers=settings.tls)  # fmt: skip
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(512)
    except OSError as error:
        listening.close()
        raise InputError(f"{error.strerror or error}", where=f"{host}:{port}", expected="an address that is free",
                         do="Name another --port, or stop what uses it.") from error  # fmt: skip
    listening.set_inheritable(False)
    return listening
