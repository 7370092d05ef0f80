"""The headers every answer carries, without exceptions."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join([
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
    "base-uri 'none'",
])  # fmt: skip
"""What a page may load and do: our own files, nothing inline, no frame around it."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-frame-options": "DENY",
}
YEAR = "max-age=31536000"


class StrictHeaders:
    """Adds the headers; pages are kept by nobody unless a route says otherwise."""

    def __init__(self, app: ASGIApp, *, tls: bool) -> None:
        self.app = app
        self._named = {k.encode() for k in (*HEADERS, "strict-transport-security")}
        self._fixed = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
        if tls:
            self._fixed.append((b"strict-transport-security", YEAR.encode()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and dress the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [h for h in message["headers"] if h[0].lower() not in self._named]
                message["headers"] = kept + self._fixed
                MutableHeaders(scope=message).setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, dressed)
