"""The desk as a process: its address, its logs, and what is left when it is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

START = "from sluicegate.cli import main; main()"
Started = tuple[subprocess.Popen[str], httpx.Client, Path]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    """Start a desk on a free port: its process, a client with its token, and its log."""
    running: list[subprocess.Popen[str]] = []
    clients: list[httpx.Client] = []

    def begin(*options: str) -> Started:
        log = tmp_path / f"log-{len(running)}"
        with log.open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, "-c", START, "desk", "--port", "0", "--workers", "1", *options], text=True,
                stdout=subprocess.PIPE, stderr=errors, env=os.environ | {"SLUICEGATE_HOME": str(tmp_path / "home")},
            )  # fmt: skip
        running.append(process)
        assert process.stdout is not None
        address = httpx.URL(process.stdout.readline().strip())
        bearer = {"authorization": f"Bearer {address.params['token']}"}
        clients.append(httpx.Client(base_url=address.copy_with(query=None), headers=bearer, timeout=300))
        return process, clients[-1], log

    yield begin
    for client in clients:
        client.close()
    for process in running:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        if process.stdout is not None:
            process.stdout.close()


def until(answered: Callable[[], Any], *, seconds: float = 300) -> Any:
    end = time.monotonic() + seconds
    while not (found := answered()):
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)
    return found


def test_a_killed_desk_goes_on_with_its_jobs(start: Callable[..., Started]) -> None:
    process, client, log = start()
    asked = client.post("/api/v1/run?wait=0", json={"scenario": "april-2025", "draws": 2048}).json()
    place = f"/api/v1/jobs/{asked['id']}"
    until(lambda: client.get(place).json()["percent"])
    process.send_signal(signal.SIGKILL)
    process.wait()
    _, again, _ = start()
    state = until(lambda: (found := again.get(place).json())["state"] in ("running", "done") and found)
    assert state["error"] is None
    assert again.post(f"{place}/cancel").status_code == 200
    secret = client.headers["authorization"].removeprefix("Bearer ")
    lines = log.read_text().splitlines()
    assert secret not in "".join(lines)
    assert {"method", "path", "status", "ms"} <= json.loads(lines[-1]).keys()


def test_a_desk_of_one_does_not_listen_to_others() -> None:
    done = subprocess.run([sys.executable, "-c", START, "desk", "--host", "0.0.0.0"], capture_output=True, text=True,
                          timeout=600)  # fmt: skip
    assert done.returncode == 2
    assert "--many" in done.stderr
    assert done.stdout == ""
