"""Pages given again: for a second, while nothing was written, a reader who asks for the same page gets the same page.

A crowd that loads one page then costs what one reader costs. What another process writes is seen a second later at
most; what this one writes is seen at once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from sqlalchemy import Engine, event
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS = 1.0
LARGEST = 256_000
"""Bytes of a page that is kept, compressed."""
MOST = 512
_VARIES = ("accept-encoding", "accept-language", "cookie", "range")
Key = tuple[int, str, bytes, tuple[str | None, ...]]


@dataclass
class Kept:
    """A page as it was sent."""

    until: float
    written: int
    messages: list[Message] = field(default_factory=list)
    size: int = 0


class PageMemory:
    """Stands behind the guard, which has said who asks, and before what makes and compresses pages."""

    def __init__(self, app: ASGIApp, engine: Engine) -> None:
        self.app = app
        self._kept: dict[Key, Kept] = {}
        self._written = 0
        event.listen(engine, "commit", self._wrote)

    def _wrote(self, _: object) -> None:
        self._written += 1

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is kept, or pass the request on and keep what comes."""
        key = _key(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        now = time.monotonic()
        kept = self._kept.get(key)
        if kept is not None and kept.until > now and kept.written == self._written:
            for message in kept.messages:
                await send(dict(message))
            return
        await self._made(key, Kept(now + SECONDS, self._written), (scope, receive, send))

    async def _made(self, key: Key, page: Kept, request: tuple[Scope, Receive, Send]) -> None:
        scope, receive, send = request

        async def heard(message: Message) -> None:
            page.size += len(message.get("body", b""))
            if page.size <= LARGEST:
                page.messages.append(dict(message))
            await send(message)

        await self.app(scope, receive, heard)
        if page.size <= LARGEST and page.messages and _whole_page(page.messages[0]):
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[key] = page


def _key(scope: Scope) -> Key | None:
    """What decides a page; None where it is no page of somebody signed in with a cookie."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith("/api/"):
        return None
    state = scope["state"]
    if state.get("person") is None or state.get("bearer"):
        return None
    headers = Request(scope).headers
    return state["person"].id, scope["path"], scope["query_string"], tuple(headers.get(name) for name in _VARIES)


def _whole_page(start: Message) -> bool:
    """Whether an answer is a page that came well and changes nothing in the browser."""
    headers = {name.lower(): value for name, value in start.get("headers", [])}
    page = headers.get(b"content-type", b"").startswith(b"text/html")
    return page and start.get("status") == 200 and b"set-cookie" not in headers
