"""Main journeys in a real browser: desktop and phone, without scripts, offline, by keyboard, right to left."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PAGES = ["/", "/materials", "/materials/gallium", "/chain", "/map", "/countries/DEU", "/facilities", "/register",
         "/register/CN-2025-18", "/check", "/scenarios", "/scenarios/new", "/talks", "/company", "/hindcast",
         "/sources", "/help", "/news", "/since", "/alerts", "/feeds", "/account", "/people", "/imports", "/questions",
         "/years", "/lab/game", "/answers", "/forecasts"]  # fmt: skip
ARTICLE = """Sample Wire

China licenses gallium

4 July 2023

China will require a licence for every shipment of gallium from 1 August 2023, the ministry of commerce said."""
EDGES = """e => {
  const range = document.createRange();
  range.selectNodeContents(e);
  const box = range.getBoundingClientRect();
  return [box.left, box.right];
}"""
"""Where the text of an element begins and ends, in pixels from the left."""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_fit_ask_no_other_host_and_complain_of_nothing(site: Any, size: dict[str, int]) -> None:
    page = site.open("/", size=size)
    site.complaints.clear()
    for path in PAGES:
        page.goto(site.address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert site.complaints == site.foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_keeps_anybody_out(site: Any, scheme: Any) -> None:
    page = site.open("/", size=PHONE, color_scheme=scheme, bypass_csp=True)
    for path in ("/", "/map", "/register", "/scenarios/new", "/check?origin=CHN&destination=DEU&hs=850511", "/alerts",
                 "/account", "/years", "/questions"):  # fmt: skip
        page.goto(site.address + path)
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}] == [], path


def test_a_shipment_is_checked_without_scripts(site: Any) -> None:
    page = site.open("/check", java_script_enabled=False)
    page.fill("[name=destination]", "Germany")
    page.fill("[name=hs]", "850511")
    page.fill("[name=on]", "2025-06-12")
    page.click("button:has-text('Check')")
    expect(page.locator(".opening")).to_contain_text("It depends")
    page.click("a:has-text('No. 18 of 2025')")
    expect(page.locator("h1")).to_contain_text("seven medium and heavy rare earths")


def test_a_scenario_is_changed_in_its_form_and_every_mistake_is_beside_its_field(site: Any) -> None:
    page = site.open("/scenarios/april-2025", java_script_enabled=False)
    page.click("a:has-text('Change it in a form')")
    page.fill("[name=weeks]", "52")
    page.fill("[name=controller]", "Narnia")
    page.click("button:has-text('Save')")
    expect(page.locator(".field.wrong")).to_contain_text("Narnia")
    page.fill("[name=controller]", "CHN")
    page.click("button:has-text('Save')")
    expect(page.locator(".opening")).to_contain_text("52 weeks")


def test_a_run_shows_its_progress_its_answer_and_the_origin_of_a_number(site: Any) -> None:
    page = site.open("/scenarios/april-2025")
    page.click("summary:has-text('More')")
    page.fill("[name=draws]", "8")
    page.click("button:has-text('Run it')")
    expect(page.locator("#told")).to_be_visible()
    worker = threading.Thread(target=site.work)
    worker.start()
    page.wait_for_url("**/results/*", timeout=300_000)
    worker.join()
    expect(page.locator("#short")).to_be_visible()
    page.locator("a.mark").first.click()
    expect(page.locator(".opening")).to_contain_text("Formula")


def test_a_job_is_cancelled_without_scripts(site: Any) -> None:
    page = site.open("/answers", java_script_enabled=False)
    page.click("button:has-text('Plan')")
    page.click("button:has-text('Cancel')")
    expect(page.locator(".opening")).to_contain_text("cancelled")


def test_an_article_is_read_its_claim_accepted_and_the_number_it_moves_is_on_the_front_page(site: Any) -> None:
    page = site.open("/news", java_script_enabled=False)
    page.fill("[name=text]", ARTICLE)
    page.click("button:has-text('Read it')")
    expect(page.locator("mark")).not_to_have_count(0)
    page.click(".claim:has-text('control imposed') button:has-text('Accept')")
    expect(page.locator("section:has(> #moved)")).to_contain_text("It is being computed")
    site.work()
    page.goto(f"{site.address}/since")
    expect(page.locator("section:has(> #moved) table")).to_contain_text("loss of")
    page.click("button:has-text('I have seen this')")
    expect(page.locator(".opening")).to_contain_text("0 numbers moved")
    page.goto(f"{site.address}/news")
    expect(page.locator(".stories")).to_contain_text("moved loss of")


def test_a_rule_catches_what_was_read_before_and_a_token_is_made_without_scripts(site: Any) -> None:
    page = site.open("/alerts", java_script_enabled=False)
    page.fill("[name=name]", "controls by China")
    page.select_option("[name=type]", "control_imposed")
    page.fill("[name=country]", "China")
    page.click("button:has-text('Keep the rule')")
    expect(page.locator("#hits")).to_contain_text("caught (1)")
    page.click("footer a:has-text('Account')")
    page.fill("[name=name]", "a script")
    page.click("button:has-text('Make a token')")
    expect(page.locator("main")).to_contain_text("sluice_")


def test_a_question_of_the_lab_is_asked_and_leads_on(site: Any) -> None:
    page = site.open("/questions", size=PHONE, java_script_enabled=False)
    page.click("a:has-text('A game of two')")
    page.click("button:has-text('Solve it')")
    site.work()
    page.reload()
    expect(page.locator("h1")).to_contain_text("A game")
    expect(page.locator("main")).to_contain_text("3 equilibria")


def test_a_page_read_once_is_read_again_without_a_network(site: Any) -> None:
    page = site.open("/register/CN-2025-18", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_contain_text("No. 18 of 2025")


def test_the_browser_finds_nothing_against_installing_it(site: Any) -> None:
    page = site.open("/", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready")
    devtools = page.context.new_cdp_session(page)
    told = devtools.send("Page.getAppManifest")
    assert told["errors"] == []
    against = [e["errorId"] for e in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert [e for e in against if e != "in-incognito"] == []  # the window of a test is a private one


def test_the_keyboard_alone_reaches_the_page_and_the_way_it_is_is_seen(site: Any) -> None:
    page = site.open("/materials")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the page")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate("e => document.querySelector('main').contains(e)")
    assert focused.evaluate("e => getComputedStyle(e).outlineStyle") != "none"


def test_arabic_runs_from_right_to_left_and_fits_a_phone(site: Any) -> None:
    page = site.open("/register?lang=ar", size=PHONE)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    left, right = page.locator("h1").evaluate(EDGES)
    assert right > PHONE["width"] - 40
    assert left >= 0
    page.goto(site.address + "/help")
    assert page.locator("html").get_attribute("lang") == "ar"


def test_what_a_phone_loads_of_the_front_page_is_small(site: Any) -> None:
    page = site.context(size=PHONE, service_workers="block").new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda r: sizes.append(r.sizes()["responseBodySize"]))
    page.goto(site.address + "/")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < 20_000
