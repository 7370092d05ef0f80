"""Logs as one JSON object a line, on standard error. Never a query, a header, a body or a secret."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

FIELDS = ("request", "method", "path", "status", "ms", "person", "job", "worker", "code")
_SECRET = re.compile(r"(sluice_|token=|[Bb]earer\s+|password=)[^\s&'\"]+")
_ACCESS = logging.getLogger("sluicegate.access")


class JsonLines(logging.Formatter):
    """A record as one line of JSON; anything that looks like a secret is struck out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "logger": record.name, "message": struck(record.getMessage()),
        }  # fmt: skip
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["error"] = struck(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def struck(text: str) -> str:
    """A text without what looks like a secret."""
    return _SECRET.sub(r"\1...", text)


def log_lines(level: int = logging.INFO) -> None:
    """Write our logs and the server's as JSON lines to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("sluicegate", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)


class AccessLog:
    """A line for every request but those for static files: method, path, status, milliseconds, who."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and write its line."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def heard(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, heard)
        finally:
            person = scope.get("state", {}).get("person")
            took = round(1000 * (time.perf_counter() - begun), 1)
            who = person.id if person else None
            _ACCESS.info("request", extra={"method": scope["method"], "path": scope["path"], "status": status,
                                           "ms": took, "person": who})  # fmt: skip
