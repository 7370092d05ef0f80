"""Make the pictures of the desk in docs/pictures: `python docs/screenshots.py`, with Chromium at hand.

A desk of its own is served, asked the questions the pages show, and looked at; nothing but this machine is asked.
"""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from sluicegate.desk.library.adding import add_text
from sluicegate.store.job import claim_job
from sluicegate.store.person import one_person
from sluicegate.web import jobs
from sluicegate.web.app import create_app
from sluicegate.web.settings import Settings
from sluicegate.web.worker import do_job

DOCS = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LARGEST = 150_000
"""Bytes of one picture."""
DESKTOP, SMALL, PHONE = ({"width": w, "height": h} for w, h in ((1120, 820), (860, 470), (390, 844)))
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("run", {"scenario": "status-quo"}),
    ("plan", {"scenario": "april-2025", "budget": 500}),
    ("brief", {"article": 1}),
    ("years", {"scenario": "april-2025"}),
)
ARTICLE = DOCS.parent / "examples" / "april-2025.txt"
PICTURES = (
    ("front", "/", DESKTOP, "light"), ("front-phone", "/", PHONE, "dark"), ("article", "/news/1#text", SMALL, "light"),
    ("chain", "/chain/NdFeB magnet, Dy/Tb", DESKTOP, "light"),
    ("plan", "{plan}", DESKTOP, "light"), ("since", "/since?after=2026-01-01", SMALL, "light"),
    ("years", "{years}", DESKTOP, "light"),
)  # fmt: skip


@contextmanager
def served(folder: Path) -> Iterator[tuple[Any, str]]:
    """A desk of one at an address of this machine, with its questions answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    app = create_app(Settings(database=f"sqlite:///{folder / 'desk.db'}", token="pictures", port=port, workers=0))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield app, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def answered(app: Any) -> dict[str, str]:
    """The addresses of the answers by kind of question."""
    engine, found = app.state.engine, {}
    person = one_person(engine)
    add_text(engine, ARTICLE.read_text("utf-8"))
    for kind, arguments in ASKED:
        job_id = jobs.submit(engine, person, kind, arguments, settings=app.state.settings)
        if (job := claim_job(engine, "pictures")) is not None:
            do_job(engine, job, "pictures")
        found[kind] = f"/results/{jobs.state(engine, person, job_id)['document']}"
    return found


def main() -> None:
    """Write every picture, and say how large it is."""
    out = DOCS / "pictures"
    out.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as (app, address),
        sync_playwright() as playwright,
    ):
        addresses = answered(app)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        first = browser.new_context()
        first.new_page().goto(f"{address}/?token=pictures")
        for name, path, size, scheme in PICTURES:
            page = browser.new_context(storage_state=first.storage_state(), viewport=size, color_scheme=scheme,
                                       service_workers="block").new_page()  # fmt: skip
            page.goto(address + path.format(**addresses))
            file = out / f"desk-{name}.png"
            page.screenshot(path=file)
            print(f"{file.name}: {file.stat().st_size:,} bytes")
            assert file.stat().st_size < LARGEST, f"{file.name} is larger than {LARGEST:,} bytes"
        browser.close()


if __name__ == "__main__":
    main()
