"""Fetching, guarded: http and https only, public addresses only, each hop checked, bounded in size and time."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from sluicegate.news.address import host_of
from sluicegate.news.connection import Asked, Connection, connect, refused
from sluicegate.news.inflate import accepted, inflated

MAX_HOPS = 5
"""Redirects followed before giving up."""
TIMEOUT_S = 20.0
"""Seconds for the whole page, all redirects included."""
_CHUNK = 65_536
AGENT = "sluicegate"
"""How robots.txt may name us."""
_PERSON, _FEED = f"{AGENT} (one page, on a person's request)", f"{AGENT} (feed reader)"
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Page:
    """A fetched page: bytes, last address, declared charset and kind, and when it was fetched."""

    data: bytes
    url: str
    charset: str | None
    html: bool | None
    captured: datetime


@dataclass(frozen=True)
class Answer:
    """What a server answered, whatever its status.

    Parameters
    ----------
    status : of HTTP, never a redirect
    headers : by name in small letters; of a header sent twice the first
    data : the body without its codings; empty unless the status is 200
    url : the last address
    moved : the address after permanent redirects alone; None where there were none
    """

    status: int
    headers: Mapping[str, str]
    data: bytes
    url: str
    moved: str | None
    captured: datetime

    @property
    def kind(self) -> str:
        """The media type, `text/plain` where none is declared."""
        return self.headers.get("content-type", "text/plain").split(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """As the server declares it."""
        _, _, rest = self.headers.get("content-type", "").lower().partition("charset=")
        return rest.split(";")[0].strip().strip("\"'") or None


def fetch(url: str, *, max_bytes: int, private: bool = False) -> Page:
    """The page at `url`, following up to `MAX_HOPS` redirects, each checked like the first.

    Raises
    ------
    InputError : another scheme, an address that is not public, an error status, too large or too slow
    """
    answer = ask(url, max_bytes=max_bytes, private=private)
    if answer.status != 200:
        raise refused(answer.url, f"the server answered {answer.status}")
    html = True if "html" in answer.kind else False if answer.kind == "text/plain" else None
    return Page(answer.data, answer.url, answer.charset, html, answer.captured)


def ask(url: str, *, max_bytes: int, headers: Mapping[str, str] | None = None, private: bool = False,
        body: bytes | None = None, timeout_s: float = TIMEOUT_S) -> Answer:  # fmt: skip
    """What the server of `url` answers, following redirects.

    Parameters
    ----------
    headers : sent besides ours, such as the conditions of a conditional request
    private : whether the host may lie on a private network; one it redirects to may not
    body : posted, as JSON, where it is given; then no redirect is followed

    Raises
    ------
    InputError : another scheme, an address that may not be read, too many redirects, too large, too slow, broken off
    """
    deadline = time.monotonic() + timeout_s
    sent = {"User-Agent": _PERSON if headers is None else _FEED, "Accept": "text/html,text/plain",
            "Accept-Encoding": accepted(), "Connection": "close", **(headers or {})}  # fmt: skip
    first, moved, lasting = host_of(url), None, True
    for _ in range(MAX_HOPS + 1):
        connection = connect(Asked(url, deadline, sent, private and host_of(url) == first, body))
        try:
            status = connection.response.status
            if status not in _REDIRECTS or body is not None:
                return _answer(connection, url, moved, max_bytes=max_bytes, deadline=deadline, timeout_s=timeout_s)
            url = urljoin(url, connection.response.getheader("Location") or "")
            lasting = lasting and status in {301, 308}
            moved = url if lasting else moved
        finally:
            connection.close()
    raise refused(url, f"more than {MAX_HOPS} redirects")


def _answer(connection: Connection, url: str, moved: str | None, *, max_bytes: int, deadline: float,
            timeout_s: float) -> Answer:  # fmt: skip
    response = connection.response
    headers: dict[str, str] = {}
    for name, value in response.headers.items():
        headers.setdefault(name.lower(), value)
    data = b""
    if response.status == 200:
        data = _body(response, url, max_bytes, deadline, timeout_s)
        data = inflated(data, headers.get("content-encoding", ""), max_bytes=max_bytes, url=url)
    return Answer(response.status, headers, data, url, moved, datetime.now(UTC))


def _body(response: http.client.HTTPResponse, url: str, max_bytes: int, deadline: float, timeout_s: float) -> bytes:
    late = f"not finished after {timeout_s:g} seconds"
    parts: list[bytes] = []
    size = 0
    while True:
        if time.monotonic() > deadline:
            raise refused(url, late)
        try:
            chunk = response.read1(_CHUNK)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise refused(url, f"broken off ({error})") from error
        if not chunk:
            break
        parts.append(chunk)
        size += len(chunk)
        if size > max_bytes:
            raise refused(url, f"more than {max_bytes // 1_000_000} MB")
    if response.length:
        raise refused(url, late if time.monotonic() > deadline else "broken off before its end")
    return b"".join(parts)
