"""Every page of the desk on a slow phone: a quarter of the processor, 1.6 Mbit/s, 150 ms to the desk and back.

Chromium's own throttles, on a phone's screen, every page as a first visit: nothing of it is at hand. A page is useful
when the largest text or picture of the first screen is painted (largest contentful paint).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from bench.desk_pages import addresses, fill, page_routes
from bench.desk_speed import START, started
from bench.report import report
from playwright.sync_api import Browser, sync_playwright

from sluicegate.web.app import create_app
from sluicegate.web.settings import Settings

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = {"width": 390, "height": 844}
SLOWER, LATENCY_MS, DOWN_MBIT, UP_MBIT = 4, 150, 1.6, 0.75
BOUND_S = 2.5
WATCH = """
window.painted = 0;
new PerformanceObserver((list) => { for (const e of list.getEntries()) window.painted = e.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
"""
TOLD = """() => {
  const first = performance.getEntriesByName("first-contentful-paint")[0];
  const way = performance.getEntriesByType("navigation")[0];
  const letters = document.querySelector("main").innerText.length;
  return [first ? first.startTime : NaN, window.painted, way.domInteractive, letters];
}"""


def visit(browser: Browser, address: str, state: Any) -> tuple[float, float, float, int, int]:
    """A first visit: seconds to the first paint, the largest paint and the whole text; letters shown; bytes loaded."""
    context = browser.new_context(viewport=PHONE, storage_state=state, service_workers="block", is_mobile=True,
                                  device_scale_factor=2)  # fmt: skip
    page = context.new_page()
    page.add_init_script(WATCH)
    sizes: list[int] = []
    page.on("requestfinished", lambda r: sizes.append(r.sizes()["responseBodySize"]))
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY_MS, "downloadThroughput": DOWN_MBIT * 1e6 / 8,
        "uploadThroughput": UP_MBIT * 1e6 / 8})  # fmt: skip
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="networkidle")
    first, largest, text, letters = page.evaluate(TOLD)
    context.close()
    return first / 1e3, largest / 1e3, text / 1e3, letters, sum(sizes)


def filled(host: str, port: int, token: str) -> Callable[[str], str]:
    """Fill a desk, wait for today's run, and give what gets its pages."""
    client = httpx.Client(base_url=f"http://{host}:{port}", headers={"authorization": f"Bearer {token}"}, timeout=120)
    jobs: list[str] = []

    def post(path: str, body: dict[str, Any]) -> None:
        answered = client.post(path, json=body).raise_for_status()
        jobs.extend([answered.json()["id"]] if answered.status_code == 202 else [])

    fill(lambda path, body: client.put(path, content=body).raise_for_status(), post)
    while any(client.get(f"/api/v1/jobs/{job}").json()["state"] in {"queued", "running"} for job in jobs):
        time.sleep(1.0)
    client.post("/api/v1/jobs", json={"kind": "plan", "arguments": {"scenario": "april-2025", "budget": 500}})
    return lambda path: client.get(path).text


def routes() -> list[str]:
    """The routes of a desk."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database=f"sqlite:///{Path(folder) / 'desk.db'}", token="none", workers=0))
        app.state.engine.dispose()
        return page_routes(app)


def measured() -> list[list[object]]:
    """A row a page."""
    rows: list[list[object]] = []
    with (
        tempfile.TemporaryDirectory() as home,
        started(START, "desk", "--port", "0", "--workers", "1", home=home) as (host, port, token),
        sync_playwright() as playwright,
    ):
        get, site = filled(host, port, token), f"http://{host}:{port}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        first = browser.new_context()
        first.new_page().goto(f"{site}/?token={token}")
        for address in addresses(routes(), get).values():
            get(address)  # the desk's own first time, which all readers share, is not the phone's
            *seconds, letters, size = visit(browser, site + address, first.storage_state())
            over = "over" if seconds[1] > BOUND_S else ""
            rows.append([f"`{address[1:71] or 'front page'}`", *(f"{s:.2f}" for s in seconds), f"{letters:,}",
                         f"{size / 1e3:.1f}", f"{BOUND_S:g} s", over])  # fmt: skip
        browser.close()
    return rows


def main() -> None:
    report(
        "phone", "The desk on a slow phone",
        ["page", "first paint, s", "useful, s", "whole text, s", "letters", "kB loaded", "bound", ""], measured(),
        notes=[f"Chromium slows its processor {SLOWER} times and its network to {DOWN_MBIT} Mbit/s down, {UP_MBIT} up, "
               f"{LATENCY_MS} ms a round; a first visit, nothing kept, once a page.",
               "Useful: the largest text or picture of the first screen is painted.",
               "Letters: what the page says in all, below the first screen too."],
    )  # fmt: skip


if __name__ == "__main__":
    main()
