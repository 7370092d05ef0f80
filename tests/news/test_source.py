import io
import socket
import sys
from pathlib import Path

import pytest

from sluicegate.news import fetch, load_source, read_article, source
from sluicegate.terms import InputError


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 100)
    path = tmp_path / "big.txt"
    path.write_text("x" * 101)
    with pytest.raises(InputError, match="more than"):
        load_source(str(path), network=False)


def test_a_missing_file_says_so() -> None:
    with pytest.raises(InputError, match="no such file"):
        load_source("nowhere.txt", network=False)


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Größe".encode())))
    assert load_source("-", network=False).data == "Größe".encode()


def test_a_url_needs_the_network_to_be_asked_for() -> None:
    with pytest.raises(InputError, match="--network"):
        load_source("https://example.org/a", network=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.1/", "http://192.168.1.1/",
        "http://100.64.0.1/", "http://0.0.0.0/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[::ffff:127.0.0.1]/",
        "http://2130706433/", "http://0177.1/", "http://localhost./",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused(url: str) -> None:
    with pytest.raises(InputError, match=r"not a public address|no address"):
        load_source(url, network=True)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://example.org/", "http://user@example.org/", "http:///"])
def test_other_schemes_and_user_names_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="plain http"):
        load_source(url, network=True)


class _Answer:
    """One response of a server: the transport is injected, nothing goes out."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        lines = [f"HTTP/1.1 {status} X", *(f"{k}: {v}" for k, v in headers.items()), "Connection: close", "", ""]
        self.bytes = "\r\n".join(lines).encode() + body

    def makefile(self, *_: object, **__: object) -> io.BytesIO:
        return io.BytesIO(self.bytes)

    def sendall(self, _: bytes) -> None: ...

    def close(self) -> None: ...


def _serve(monkeypatch: pytest.MonkeyPatch, *answers: _Answer) -> None:
    queue = list(answers)

    def resolve(host: str, *_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        address = "8.8.8.8" if host == "example.org" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, 80))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: queue.pop(0))


def test_a_redirect_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _serve(monkeypatch, _Answer(302, {"Location": "http://127.0.0.1/admin"}, b""))
    with pytest.raises(InputError, match="not a public address"):
        load_source("http://example.org/", network=True)


def test_a_redirect_to_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _serve(monkeypatch, _Answer(307, {"Location": "file:///etc/passwd"}, b""))
    with pytest.raises(InputError, match="plain http"):
        load_source("http://example.org/", network=True)


def test_endless_redirects_end(monkeypatch: pytest.MonkeyPatch) -> None:
    hops = [_Answer(302, {"Location": "/again"}, b"") for _ in range(fetch.MAX_HOPS + 1)]
    _serve(monkeypatch, *hops)
    with pytest.raises(InputError, match="redirects"):
        load_source("http://example.org/", network=True)


def test_a_page_that_does_not_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 1000)
    _serve(monkeypatch, _Answer(200, {"Content-Type": "text/html"}, b"x" * 5000))
    with pytest.raises(InputError, match="more than"):
        load_source("http://example.org/", network=True)


def test_a_fetched_page_dates_its_related_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    body = b"A headline of some kind\n2025-06-12\nChina banned exports of gallium to everybody.\n\nRelated Articles\n\n"
    body += b"Another story on another thing\nHarbour Courier\n2 hours ago\n"
    _serve(monkeypatch, _Answer(200, {"Content-Type": "text/plain; charset=utf-8"}, body))
    reading = read_article(load_source("http://example.org/", network=True))
    assert [r.publisher for r in reading.related] == ["Harbour Courier"]
    assert reading.related[0].published is not None
