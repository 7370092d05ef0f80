"""A connection to an address that was checked: public unless the user allows otherwise, and the one checked is used."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sluicegate.terms import InputError


@dataclass(frozen=True)
class Asked:
    """One request.

    Parameters
    ----------
    url : http or https
    deadline : `time.monotonic()` by which everything must be over
    headers : sent besides Host
    private : whether the host may lie on a private network; link-local, multicast and reserved ones never may
    body : posted where it is given
    """

    url: str
    deadline: float
    headers: dict[str, str] = field(default_factory=dict)
    private: bool = False
    body: bytes | None = None


def refused(url: str, found: str) -> InputError:
    """The error for an address that is not read."""
    return InputError(
        found,
        where=url[:200],
        expected="a public http or https page",
        do="Check the address, or save the page and read the file.",
    )


def public_address(host: str, port: int, url: str, *, private: bool = False) -> str:
    """An address of `host`, when every address it resolves to is allowed.

    The connection goes to the address returned, so that the name cannot change between check and connection.

    Raises
    ------
    InputError : the name is unknown, or one of its addresses is loopback, private, link-local or reserved
    """
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise refused(url, f"no address for {host!r}") from error
    for address in sorted(found):
        if not _is_allowed(address, private=private):
            raise refused(url, f"{host!r} is at {address}, which is not a public address")
    return min(found)


def _is_allowed(address: str, *, private: bool) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _translated(ip)
        if inner is not None:
            ip = inner
    if private and (ip.is_private or ip.is_loopback) and not (ip.is_link_local or ip.is_unspecified or ip.is_reserved):
        return True
    return ip.is_global and not ip.is_multicast


def _translated(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address behind one of NAT64's (RFC 6052)."""
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in ipaddress.ip_network("64:ff9b::/96") else None


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


@dataclass
class Connection:
    """An answered request, cut off at its deadline however slowly the other side sends."""

    response: http.client.HTTPResponse
    _connection: http.client.HTTPConnection
    _timer: threading.Timer

    def close(self) -> None:
        """End it."""
        self._timer.cancel()
        self._connection.close()


def connect(asked: Asked) -> Connection:
    """Ask, and give the answer's head; the body is still to be read.

    Raises
    ------
    InputError : no plain http or https address, an address that may not be read, no answer
    """
    url = asked.url
    scheme, host, port, path = _parts(url)
    address = public_address(host, port, url, private=asked.private)
    kind = _PinnedHTTPS if scheme == "https" else _PinnedHTTP
    left = max(0.1, asked.deadline - time.monotonic())
    connection = kind(host, port, timeout=left)
    connection.pinned = address
    timer = threading.Timer(left, _cut, (connection,))
    timer.daemon = True
    timer.start()
    try:
        connection.request("GET" if asked.body is None else "POST", path, body=asked.body, headers=asked.headers)
        return Connection(connection.getresponse(), connection, timer)
    except (OSError, http.client.HTTPException, ValueError) as error:
        timer.cancel()
        connection.close()
        raise refused(url, f"no answer ({error or type(error).__name__})") from error


def _cut(connection: http.client.HTTPConnection) -> None:
    """End what waits on a socket, from another thread."""
    with contextlib.suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path with query."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise refused(url, "not a web address") from error
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise refused(url, "not a plain http or https address")
    return parts.scheme, host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
