"""Every page answers, is clean under the strict policy, and gives its tables and charts to take along."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from sluicegate.web.question import QUESTIONS

PAGES = [
    "/", "/materials", "/materials/gallium", "/materials/dysprosium%20oxide", "/chain/gallium,%20high%20purity", "/map",
    "/countries", "/countries/MYS", "/facilities", "/facilities/baotou", "/register", "/register/CN-2025-18",
    "/licences", "/check",
    "/check?origin=CHN&destination=DEU&hs=850511&on=2025-06-12", "/scenarios", "/scenarios/april-2025",
    "/scenarios/new", "/talks", "/answers", "/company", "/projects", "/hindcast", "/forecasts", "/jobs", "/compare",
    "/since", "/since?after=2026-01-01", "/alerts", "/feeds", "/account", "/people", "/imports", "/questions", "/years",
    "/reroute", "/downstream", "/sensitivity", "/series", "/ensemble", "/lab/shapley", "/lab/static", "/lab/game",
    "/lab/shock", "/calibrate", "/news",
    "/sources", "/sources/baci-2026", "/why/CN-2025-18", "/why/parameter:cover: motor vehicles", "/help", "/offline",
]  # fmt: skip
NO_JSON = ["/check", "/scenarios/new", "/compare", "/help", "/offline", "/questions"]
"""Pages that are forms or prose alone."""
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|<style", re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_and_is_clean_under_the_strict_policy(alone: TestClient, page: str) -> None:
    answer = alone.get(page)
    assert answer.status_code == 200
    assert not INLINE.search(answer.text)
    assert answer.text.count("<h1") == 1
    assert not re.search(r"(src|href)=\"(https?:)?//(?!www|[a-z.]+/)", answer.text.split("<main", 1)[0])
    ids = re.findall(r"\sid=\"([^\"]+)\"", answer.text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("page", PAGES)
def test_the_json_that_a_page_points_to_answers_or_is_a_job(alone: TestClient, page: str) -> None:
    link = re.search(r'class="downloads">[^<]*<a href="(/[^"]+)"', alone.get(page).text)
    if link is None:
        assert page in NO_JSON
        return
    address = html.unescape(link.group(1))
    heavy = any(q.heavy and address.partition("?")[0] == f"/api/v1{q.path}" for q in QUESTIONS.values())
    answer = alone.get(address + ("&" if "?" in address else "?") + "wait=0" if heavy else address)
    assert answer.status_code == (202 if heavy else 200), answer.text[:300]
    assert answer.json()


@pytest.mark.parametrize("page", ["/map", "/chain/gallium,%20high%20purity", "/register", "/hindcast"])
def test_every_chart_of_a_page_can_be_taken_along_with_its_table(alone: TestClient, page: str) -> None:
    parts = set(re.findall(r"format=svg&amp;part=([^\"]+)\"", alone.get(page).text))
    assert parts
    for part in parts:
        ET.fromstring(alone.get(page, params={"format": "svg", "part": part}).text)
        rows = list(csv.reader(io.StringIO(alone.get(page, params={"format": "csv", "part": part}).text)))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1


def test_the_json_of_a_page_says_what_it_was_made_with(alone: TestClient) -> None:
    found = json.loads(alone.get("/facilities", params={"format": "json"}).text)
    assert found["plants"]
    assert found["dataset_version"]


@pytest.mark.parametrize(
    "page", ["/materials/no-such-thing", "/countries/XQZ", "/chain/nothing", "/why/nothing", "/nowhere"]
)
def test_a_thing_that_is_not_there_is_404_with_what_to_do(alone: TestClient, page: str) -> None:
    answer = alone.get(page)
    assert answer.status_code == 404
    assert "What to do" in answer.text


def test_a_shipment_that_cannot_be_read_keeps_what_was_typed(alone: TestClient) -> None:
    answer = alone.get("/check", params={"origin": "CHN", "destination": "Atlantis", "hs": "850511"})
    assert answer.status_code == 422
    assert 'value="Atlantis"' in answer.text
    assert 'role="alert"' in answer.text


def test_what_is_typed_is_never_markup(alone: TestClient) -> None:
    answer = alone.get("/check", params={"origin": '"><script>x</script>', "destination": "DEU", "hs": "850511"})
    assert "<script>x" not in answer.text


def test_a_day_in_the_address_shows_what_was_known_then(alone: TestClient) -> None:
    then = alone.get("/register", params={"as_of": "2023-07-10"}).text
    assert "gallium" in then
    assert "CN-2025-18" not in then
