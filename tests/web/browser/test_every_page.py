"""Every page that the desk's own links lead to: nothing serious keeps anybody out, and nothing is complained of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from bench.desk_pages import addresses, fill, page_routes
from playwright.sync_api import Page

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOKS = [(PHONE, "light", "en"), (DESKTOP, "dark", "en"), (PHONE, "dark", "ar"), (DESKTOP, "light", "zh")]
"""Sizes, schemes and languages; a page has one of them, those of each kind of page all."""
TOKEN = {"authorization": "Bearer start-up"}
UNREACHED = {"/scenarios/own/{file_id}"}
"""What only a link after saving leads to."""


@pytest.fixture(scope="module")
def found(site: Any) -> dict[str, str]:
    """An address of every route of a desk that holds something of everything."""
    with site.browser.new_context(extra_http_headers=TOKEN) as context:
        asked = context.request
        fill(lambda path, body: asked.put(site.address + path, data=body),
             lambda path, body: asked.post(site.address + path, data=body))  # fmt: skip
        site.work()
        asked.post(f"{site.address}/api/v1/plan?wait=0", data={"scenario": "april-2025", "budget": 500})  # stays open
        return addresses(page_routes(site.app), lambda path: str(asked.get(site.address + path).text()))


@pytest.fixture(scope="module")
def looks(site: Any) -> Iterator[list[Page]]:
    """A window for each look, in which the one person is signed in."""
    pages = [site.context(size=size, color_scheme=scheme, locale=language, bypass_csp=True,
                          service_workers="block").new_page() for size, scheme, language in LOOKS]  # fmt: skip
    yield pages
    for page in pages:
        page.context.close()


def test_every_route_of_a_page_is_reached_by_a_link(site: Any, found: dict[str, str]) -> None:
    assert set(page_routes(site.app)) - set(found) <= UNREACHED


def test_nothing_serious_keeps_anybody_out_of_any_page(site: Any, found: dict[str, str], looks: list[Page]) -> None:
    wrong = []
    for address, page in zip(found.values(), cycle(looks), strict=False):
        page.goto(site.address + address)
        violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wrong += [(address, v["id"], v["nodes"][0]["html"][:200]) for v in violations
                  if v["impact"] in {"serious", "critical"}]  # fmt: skip
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            wrong.append((address, "wider than the screen", str(page.viewport_size)))
    assert wrong == []
