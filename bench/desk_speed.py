"""The desk: pages a second from one process, and readers' waits while eight people run ensembles.

The client is a few sockets and no parser, in a process of its own; beside each page stands the same server with an
answer of two letters, which is what the machine can do at most.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.report import report

START = "from sluicegate.cli import main; main()"
BARE = """
import asyncio, socket, sys, uvicorn
async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(512)
print(f"http://127.0.0.1:{s.getsockname()[1]}/?token=none", flush=True)
uvicorn.Server(uvicorn.Config(app, http="httptools", log_level="error", lifespan="off")).run(sockets=[s])
"""
PAGES = ("/", "/news", "/materials", "/register", "/news?k={k}", "/api/v1/register/list")
SECONDS, SOCKETS, PEOPLE, DRAWS, RATE = 4.0, 8, 8, 512, 20
PASSWORD = "a long enough password"


@contextmanager
def started(code: str, *arguments: str, home: str) -> Iterator[tuple[str, int, str]]:
    """A server as a process: its host, port and start-up token."""
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True,
                               stderr=subprocess.DEVNULL, env=os.environ | {"SLUICEGATE_HOME": home})  # fmt: skip
    assert process.stdout is not None
    address = urlsplit(process.stdout.readline().strip())
    try:
        yield address.hostname or "", address.port or 0, parse_qs(address.query).get("token", [""])[0]
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes) -> tuple[int, int]:
    """One answer over an open socket: status and length."""
    writer.write(sent)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head[9:12]), length


async def _hammer(host: str, port: int, sent: bytes, seconds: float) -> tuple[list[float], set[int], int]:
    waits: list[float] = []
    statuses: set[int] = set()
    size = 0
    end = time.perf_counter() + seconds

    async def one() -> None:
        nonlocal size
        reader, writer = await asyncio.open_connection(host, port)
        while (begun := time.perf_counter()) < end:
            status, size = await _ask(reader, writer, sent.replace(b"{k}", b"%d" % len(waits)))
            waits.append(time.perf_counter() - begun)
            statuses.add(status)
        writer.close()

    await asyncio.gather(*(one() for _ in range(SOCKETS)))
    return waits, statuses, size


async def _stroll(host: str, port: int, sent: bytes, seconds: float) -> tuple[list[float], set[int], int]:
    """A reader's clicks at an even rate, each counted from when it was due."""
    waits: list[float] = []
    statuses: set[int] = set()
    size, begun = 0, time.perf_counter()
    reader, writer = await asyncio.open_connection(host, port)
    for k in range(int(seconds * RATE)):
        due = begun + k / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        status, size = await _ask(reader, writer, sent)
        waits.append(time.perf_counter() - due)
        statuses.add(status)
    writer.close()
    return waits, statuses, size


def _measured(
    how: Any, host: str, port: int, path: str, header: str, seconds: float
) -> tuple[list[float], set[int], int]:
    sent = f"GET {path} HTTP/1.1\r\nhost: {host}:{port}\r\naccept-encoding: gzip\r\n{header}\r\n\r\n".encode()
    return _apart(how, host, port, sent, seconds)


def _apart(how: Any, *arguments: Any) -> Any:
    """In a process of its own, so that client and server do not share an interpreter."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (how.__name__, *arguments))


def _run(how: str, *arguments: Any) -> Any:
    return asyncio.run(globals()[how](*arguments))


def _row(what: str, waits: list[float], statuses: set[int], size: int, seconds: float, bound: str) -> list[object]:
    cuts = statistics.quantiles(waits, n=100)
    good = "" if statuses == {200} else f" ({sorted(statuses)})"
    return [what + good, f"{len(waits) / seconds:,.0f}", f"{1e3 * cuts[49]:.1f}", f"{1e3 * cuts[94]:.1f}",
            f"{1e3 * cuts[98]:.1f}", f"{size / 1e3:.1f}", bound]  # fmt: skip


def pages() -> list[list[object]]:
    """Pages a second from one process, and the same server with nothing to say."""
    rows = []
    with tempfile.TemporaryDirectory() as home:
        with started(BARE, home=home) as (host, port, _):
            rows.append(
                _row("uvicorn, two letters", *_measured(_hammer, host, port, "/", "x: y", SECONDS), SECONDS, "")
            )
        with started(START, "desk", "--port", "0", "--workers", "1", home=home) as (host, port, token):
            header = f"cookie: {_cookie(host, port, token)}"
            for path in PAGES:
                _measured(_hammer, host, port, path, header, 2.0)  # the first reader waits for what is then remembered
                found = _measured(_hammer, host, port, path, header, SECONDS)
                rows.append(_row(path, *found, SECONDS, "1,000 a second"))
    return rows


def _cookie(host: str, port: int, token: str) -> str:
    class Still(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    try:
        urllib.request.build_opener(Still).open(f"http://{host}:{port}/?token={token}")
    except urllib.error.HTTPError as answered:
        return answered.headers["set-cookie"].partition(";")[0]
    raise AssertionError("no cookie")


def crowd() -> tuple[list[list[object]], str]:
    """Readers' waits while eight people run ensembles at once, and what came of those."""
    with tempfile.TemporaryDirectory() as home:
        tokens = [_person(home, f"person-{k}") for k in range(PEOPLE)]
        with started(START, "desk", "--port", "0", "--many", home=home) as (host, port, _):
            header = f"authorization: Bearer {tokens[0]}"
            path = "/api/v1/register/list"
            quiet = _measured(_stroll, host, port, path, header, 5.0)
            begun = time.perf_counter()
            asked = [_post(host, port, token, seed) for seed, token in enumerate(tokens)]
            busy = _measured(_stroll, host, port, path, header, 20.0)
            states = [_ended(host, port, token, job) for token, job in zip(tokens, asked, strict=True)]
            took = time.perf_counter() - begun
    rows = [_row(f"a reader at {RATE} a second, nobody else", *quiet, 5.0, "p95 200 ms"),
            _row(f"the same, {PEOPLE} people running {DRAWS} draws each", *busy, 20.0, "p95 200 ms")]  # fmt: skip
    done = states.count("done")
    return rows, f"{done} of {PEOPLE} ensembles done, {PEOPLE - done} lost, the last after {took:.0f} s."


def _person(home: str, name: str) -> str:
    def said(*words: str) -> str:
        return subprocess.run([sys.executable, "-c", START, "desk", "people", *words], input=PASSWORD, text=True,
                              check=True, capture_output=True,
                              env=os.environ | {"SLUICEGATE_HOME": home}).stdout.strip()  # fmt: skip

    said("add", name, "--role", "analyst")
    return said("token", name)


def _post(host: str, port: int, token: str, seed: int) -> str:
    asked = json.dumps({"scenario": "april-2025", "draws": DRAWS, "seed": seed}).encode()
    return str(_json(host, port, token, "/api/v1/run?wait=0", asked)["id"])


def _ended(host: str, port: int, token: str, job: str) -> str:
    while True:
        state = str(_json(host, port, token, f"/api/v1/jobs/{job}")["state"])
        if state not in {"queued", "running"}:
            return state
        time.sleep(1.0)


def _json(host: str, port: int, token: str, path: str, body: bytes | None = None) -> dict[str, Any]:
    request = urllib.request.Request(f"http://{host}:{port}{path}", body)
    request.add_header("authorization", f"Bearer {token}")
    request.add_header("content-type", "application/json")
    with urllib.request.urlopen(request) as answered:
        return dict(json.loads(answered.read()))


def main() -> None:
    rows = pages()
    more, said = crowd()
    report(
        "desk", "The desk: pages a second, and readers beside ensembles",
        ["what", "answers a second", "p50, ms", "p95, ms", "p99, ms", "kB sent", "bound"], [*rows, *more],
        notes=["`?k={k}` is asked for once each; the other pages by one reader, who gets the same one within a second.",
               f"One server process; {SOCKETS} sockets, {SECONDS:g} s each; the client has a process of its own.",
               said, f"Commit {_commit()}."],
    )  # fmt: skip


def _commit() -> str:
    return subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                          cwd=Path(__file__).parent).stdout.strip()  # fmt: skip


if __name__ == "__main__":
    main()
