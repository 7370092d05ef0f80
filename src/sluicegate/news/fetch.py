"""Fetching one page, guarded: http and https only, public addresses only, bounded in size and time."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from sluicegate.terms import InputError

MAX_HOPS = 5
"""Redirects followed before giving up."""
TIMEOUT_S = 20.0
"""Seconds for the whole page, all redirects included."""
_CHUNK = 65_536
_AGENT = "sluicegate (one page, on a person's request)"


@dataclass(frozen=True)
class Page:
    """A fetched page: bytes, last address, declared charset and kind, and when it was fetched."""

    data: bytes
    url: str
    charset: str | None
    html: bool | None
    captured: datetime


def fetch(url: str, *, max_bytes: int) -> Page:
    """The page at `url`, following up to `MAX_HOPS` redirects, each checked like the first.

    Raises
    ------
    InputError : another scheme, an address that is not public, an error status, too large or too slow
    """
    deadline = time.monotonic() + TIMEOUT_S
    for _ in range(MAX_HOPS + 1):
        response, connection = _answer(url, deadline)
        try:
            if response.status in {301, 302, 303, 307, 308}:
                url = urljoin(url, response.getheader("Location") or "")
                continue
            if response.status != 200:
                raise _refused(url, f"the server answered {response.status} {response.reason}")
            data = _body(response, url, max_bytes, deadline)
            kind = response.headers.get_content_type()
            html = True if "html" in kind else False if kind == "text/plain" else None
            return Page(data, url, response.headers.get_content_charset(), html, datetime.now(UTC))
        finally:
            connection.close()
    raise _refused(url, f"more than {MAX_HOPS} redirects")


def public_address(host: str, port: int, url: str) -> str:
    """An address of `host`, when every address it resolves to is public.

    The connection goes to the address returned, so that the name cannot change between check and connection.

    Raises
    ------
    InputError : the name is unknown, or one of its addresses is loopback, private, link-local or reserved
    """
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise _refused(url, f"no address for {host!r}") from error
    for address in sorted(found):
        if not _is_public(address):
            raise _refused(url, f"{host!r} is at {address}, which is not a public address")
    return min(found)


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast


class _PinnedHTTP(http.client.HTTPConnection):
    """HTTP to an address that was checked before."""

    pinned = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.pinned, self.port), self.timeout)


class _PinnedHTTPS(http.client.HTTPSConnection):
    """HTTPS to an address that was checked before, with the certificate checked against the name."""

    pinned = ""

    def connect(self) -> None:
        plain = socket.create_connection((self.pinned, self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)  # type: ignore[attr-defined]


def _answer(url: str, deadline: float) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise _refused(url, "not a web address") from error
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise _refused(url, "not a plain http or https address")
    address = public_address(host, port, url)
    kind = _PinnedHTTPS if parts.scheme == "https" else _PinnedHTTP
    connection = kind(host, port, timeout=max(0.1, deadline - time.monotonic()))
    connection.pinned = address
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", path, headers={"User-Agent": _AGENT, "Accept": "text/html,text/plain"})
        return connection.getresponse(), connection
    except (OSError, http.client.HTTPException, ValueError) as error:
        connection.close()
        raise _refused(url, f"no answer ({error})") from error


def _body(response: http.client.HTTPResponse, url: str, max_bytes: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        if time.monotonic() > deadline:
            raise _refused(url, f"not finished after {TIMEOUT_S:g} seconds")
        try:
            chunk = response.read1(_CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise _refused(url, f"broken off ({error})") from error
        if not chunk:
            return b"".join(parts)
        size += len(chunk)
        if size > max_bytes:
            raise _refused(url, f"more than {max_bytes // 1_000_000} MB")
        parts.append(chunk)


def _refused(url: str, found: str) -> InputError:
    return InputError(
        found,
        where=url[:200],
        expected="a public http or https page",
        do="Check the address, or save the page and read the file.",
    )
