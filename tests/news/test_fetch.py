"""Fetching from a real server that means ill: nothing is read beyond bounds of size, time and place."""

import gzip
import socket
import time
import zlib

import pytest

from sluicegate.news.connection import public_address
from sluicegate.news.fetch import ask, fetch
from sluicegate.news.inflate import inflated
from sluicegate.terms import InputError

MB = 1_000_000


def get(url, **how):
    return ask(url, max_bytes=how.pop("max_bytes", MB), private=True, **how)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://[::1]/", "http://0.0.0.0/", "http://0/", "http://169.254.169.254/x",
        "http://10.1.2.3/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.0.1/", "http://100.64.0.1/",
        "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://[fc00::1]/", "http://[fd12::1]/",
        "http://[fe80::1]/", "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:10.0.0.1]/",
        "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/", "http://2130706433/", "http://0x7f000001/",
        "http://0177.0.0.1/", "http://localhost/", "http://localhost./", "http://LOCALHOST:80/", "http://[::]/",
    ],
)  # fmt: skip
def test_no_address_of_the_inside_is_connected_to(url):
    with pytest.raises(InputError, match=r"not a public address|no address"):
        ask(url, max_bytes=MB)


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/", "http://[fe80::1]/", "http://224.0.0.1/", "http://0.0.0.0/"]
)
def test_a_private_feed_reaches_no_link_local_or_multicast_address(url):
    with pytest.raises(InputError, match="not a public address"):
        ask(url, max_bytes=MB, private=True)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://x.org/", "ftp://x.org/", "data:text/html,x",
                                 "//x.org/", "http://user@x.org/", "http://u:p@x.org/", "http:///", "http://[", "http://x:99999/",
                                 "javascript:alert(1)", "http://x.org:abc/"])  # fmt: skip
def test_only_plain_web_addresses_are_asked(url):
    with pytest.raises(InputError, match=r"plain http|web address"):
        ask(url, max_bytes=MB)


def test_a_name_that_changes_between_check_and_connection_is_not_followed(monkeypatch):
    answers = iter(["93.184.216.34", "127.0.0.1"])

    def resolve(*_args, **_more):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))]

    connected = []

    def connect(address, *_args, **_more):
        connected.append(address[0])
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(InputError, match="no answer"):
        ask("http://rebind.example/", max_bytes=MB)
    assert connected == ["93.184.216.34"]


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_m: rows)
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        public_address("mixed.example", 80, "http://mixed.example/")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://x/", "data:text/plain,x", "http://169.254.169.254/"]
)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_each_hop_is_checked(server, status, target):
    server.says("/", status=status, Location=target)
    with pytest.raises(InputError, match=r"plain http|not a public address"):
        get(server.address + "/")


def test_a_private_host_may_not_send_us_to_another(server):
    server.says("/", status=302, Location=server.address.replace("127.0.0.1", "localhost") + "/other")
    with pytest.raises(InputError, match="not a public address"):
        get(server.address + "/")
    assert [path for path, _, _ in server.asked] == ["/"]


def test_redirects_that_never_end_do(server):
    server.says("/", status=302, Location="/")
    with pytest.raises(InputError, match="redirects"):
        get(server.address + "/")
    assert len(server.asked) == 6


@pytest.mark.parametrize(("coding", "pack"), [
    ("gzip", gzip.compress), ("deflate", zlib.compress),
    ("deflate", lambda d: zlib.compress(d)[2:-4]), ("gzip, gzip", lambda d: gzip.compress(gzip.compress(d))),
])  # fmt: skip
def test_packed_pages_are_unpacked_and_bombs_are_not(server, coding, pack):
    server.says("/page", pack(b"A page." * 100), Content_Encoding=coding)
    assert get(server.address + "/page").data == b"A page." * 100
    server.says("/bomb", pack(bytes(30 * MB)), Content_Encoding=coding)
    with pytest.raises(InputError, match="when unpacked"):
        get(server.address + "/bomb")


def test_brotli_is_unpacked_within_bounds_where_it_is_installed():
    brotli = pytest.importorskip("brotli")
    assert inflated(brotli.compress(b"A page."), "br", max_bytes=MB, url="x") == b"A page."
    with pytest.raises(InputError, match="when unpacked"):
        inflated(brotli.compress(bytes(30 * MB)), "br", max_bytes=MB, url="x")


@pytest.mark.parametrize(("coding", "data", "why"), [
    ("gzip, gzip, gzip", b"x", "coded 3 times"), ("zstd", b"x", "not zstd"), ("gzip", b"not packed", "not gzip"),
    ("gzip", gzip.compress(b"x" * 5000, mtime=0)[:-12], "not gzip"),
])  # fmt: skip
def test_codings_we_do_not_know_or_that_lie_are_refused(coding, data, why):
    with pytest.raises(InputError, match=why):
        inflated(data, coding, max_bytes=MB, url="x")


def test_a_length_that_lies_is_seen(server):
    server.says("/short", b"half", Content_Length="4000")
    with pytest.raises(InputError, match="broken off"):
        get(server.address + "/short")
    server.says("/huge", b"x" * 100, Content_Length="99999999999")
    with pytest.raises(InputError, match=r"broken off|more than"):
        get(server.address + "/huge")


def test_a_body_without_end_is_cut_off(server):
    def endless(client):
        client.sendall(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            client.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")

    server.answers["/"] = endless
    with pytest.raises(InputError, match="more than"):
        get(server.address + "/")


@pytest.mark.parametrize("slow_head", [True, False])
def test_a_server_that_sends_a_byte_a_while_is_left_at_the_deadline(server, slow_head):
    def dripping(client):
        client.sendall(b"HTTP/1.1 200 X\r\n" + (b"" if slow_head else b"\r\n"))
        while True:
            client.sendall(b"x")
            time.sleep(0.05)

    server.answers["/"] = dripping
    start = time.monotonic()
    with pytest.raises(InputError):
        get(server.address + "/", timeout_s=0.6)
    assert time.monotonic() - start < 20


def test_heads_without_end_and_nonsense_are_refused(server):
    server.answers["/many"] = b"HTTP/1.1 200 X\r\n" + b"".join(b"X-%d: y\r\n" % k for k in range(5000)) + b"\r\n"
    server.answers["/long"] = b"HTTP/1.1 200 X\r\nX: " + b"y" * 200_000 + b"\r\n\r\n"
    server.answers["/noise"] = bytes(range(256)) * 20
    server.answers["/nothing"] = b""
    for path in ("/many", "/long", "/noise", "/nothing"):
        with pytest.raises(InputError, match="no answer"):
            get(server.address + path)


def test_a_page_says_what_it_is(server):
    server.says("/", "Größe".encode("latin-1"), Content_Type='text/html; charset="ISO-8859-1"')
    page = fetch(server.address + "/", max_bytes=MB, private=True)
    assert (page.html, page.charset) == (True, "iso-8859-1")
    server.says("/gone", status=410)
    with pytest.raises(InputError, match="410"):
        fetch(server.address + "/gone", max_bytes=MB, private=True)
