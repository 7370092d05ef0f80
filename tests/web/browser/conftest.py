"""One server and one browser for all journeys; they are left out, with the reason, where there is no Chromium."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from sluicegate.store.job import claim_job
from sluicegate.web.app import create_app
from sluicegate.web.settings import Settings
from sluicegate.web.worker import do_job

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync"]  # fmt: skip
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TOKEN = "start-up"
PATIENCE_MS = 60_000
"""What a page may take where tests of another process work beside; it only guards against hanging."""


@dataclass
class Site:
    """A desk that is served, with what its pages asked for and complained of."""

    app: FastAPI
    address: str
    browser: Browser
    signed_in: Any = None
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str = "/", *, size: dict[str, int] = DESKTOP, **context: Any) -> Page:
        """A page of a new context of the browser, signed in."""
        page = self.context(size=size, **context).new_page()
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith((self.address, "data:")) else self.foreign.append(r.url))
        page.goto(self.address + path)
        return page

    def context(self, *, size: dict[str, int], **more: Any) -> BrowserContext:
        """A context in which the one person is signed in."""
        made = self.browser.new_context(viewport=size, storage_state=self.signed_in, **more)
        made.set_default_timeout(PATIENCE_MS)
        return made

    def work(self) -> None:
        """Do one queued job, in this process."""
        job = claim_job(self.app.state.engine, "test")
        assert job is not None
        do_job(self.app.state.engine, job, "test")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: apt-get install chromium")
    port = free_port()
    folder = tmp_path_factory.mktemp("desk")
    app = create_app(Settings(database=f"sqlite:///{folder / 'desk.db'}", token=TOKEN, port=port, workers=0))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        found = Site(app, f"http://127.0.0.1:{port}", browser)
        first = browser.new_context()
        first.new_page().goto(f"{found.address}/?token={TOKEN}")
        found.signed_in = first.storage_state()
        yield found
        browser.close()
    server.should_exit = True
    thread.join(timeout=10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)
