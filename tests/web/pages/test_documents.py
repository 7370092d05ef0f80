"""Answers as pages: every kind the desk computes, its numbers as in its document, origins to be followed."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sluicegate.desk.exposure import template as company
from sluicegate.desk.project import template as project
from sluicegate.store.job import claim_job
from sluicegate.store.person import one_person
from sluicegate.web import jobs
from sluicegate.web.worker import do_job

COMPANY = (Path(__file__).parents[3] / "examples" / "company-auto-parts-germany.yaml").read_text("utf-8")
SMALL = {"scenario": "april-2025", "draws": 8}
ASKED: dict[str, dict[str, Any]] = {
    "run": SMALL, "negotiate": SMALL, "plan": SMALL | {"budget": 500}, "series": SMALL | {
        "measure": "exports", "product": "NdFeB magnet, Dy/Tb", "from": "CHN", "every": "month"},
    "project": {"text": project(), "form": "yaml", "draws": 16},
    "exposure": {"text": company(), "form": "yaml", "draws": 8},
    "plan company": {"text": COMPANY, "form": "yaml", "draws": 8, "budget": 1e6},
    "years": SMALL | {"years": 3, "draws": 4}, "reroute": SMALL | {"weeks": 8, "draws": 4}, "downstream": SMALL,
    "ensemble": SMALL, "lab shapley": SMALL | {"draws": 2}, "lab static": {"scenario": "april-2025"},
    "lab game": {"text": "row: [[0, -1], [1, -10]]\ncolumn: [[0, 1], [-1, -10]]", "form": "yaml"},
    "lab shock": {"lose": ["reg1/mining=0.4"], "days": 60}, "calibrate": {"draws": 256},
    "forecast make": SMALL | {"month": "2025-07", "product": "NdFeB magnet, Dy/Tb", "from": "CHN"},
}  # fmt: skip
pytestmark = pytest.mark.parametrize("alone", ["sqlite"], indirect=True)
"""One kind of database is enough here: what takes long is the model; `test_jobs` keeps documents in both."""
WITHOUT_IDS = ("series", "ensemble", "lab game", "lab shock")
"""Kinds whose numbers have no origin of their own: a path, what a run needs, a game and a table typed in."""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def answer(alone: TestClient) -> Callable[[str], str]:
    """The address of the answer to a question of a kind, computed once."""
    known: dict[str, str] = {}
    state: Any = alone.app.state  # type: ignore[attr-defined]
    person = one_person(state.engine)

    def asked(kind: str) -> str:
        if kind not in known:
            job_id = jobs.submit(state.engine, person, kind, ASKED[kind], settings=state.settings)
            job = claim_job(state.engine, "test")
            assert job is not None
            do_job(state.engine, job, "test")
            done = jobs.state(state.engine, person, job_id)
            assert done["error"] is None
            known[kind] = f"/results/{done['document']}"
        return known[kind]

    return asked


@pytest.mark.parametrize("kind", ASKED)
def test_an_answer_has_a_page_with_its_twin_and_origins_that_lead_on(
    alone: TestClient, answer: Callable[[str], str], kind: str
) -> None:
    page = alone.get(answer(kind)).text
    twin = re.findall(r'href="(/api/v1/documents/[0-9a-f]+)"', page)[0]
    assert json.loads(alone.get(twin).text).get("title") or kind in ("lab shock", "forecast make")
    assert page.count("<table") > 0
    origins = sorted(set(re.findall(r'href="(/why/[^"]+)"', page)))[:5]
    assert origins or kind in WITHOUT_IDS
    for address in origins:
        assert alone.get(address.replace("&amp;", "&")).status_code == 200


def test_the_edge_that_is_drawn_is_the_edge_that_was_computed(alone: TestClient, answer: Callable[[str], str]) -> None:
    found = json.loads(alone.get(answer("run"), params={"format": "json"}).text)
    page = alone.get(answer("run")).text
    part = next(p for p in re.findall(r"format=svg&amp;part=(edge-\d+)", page))
    root = ET.fromstring(alone.get(answer("run"), params={"format": "svg", "part": part}).text)
    drawn = next(e.get("data-values", "") for e in root.iter(f"{SVG}path") if "data-values" in e.attrib)
    medians = [p["A"]["q50"] if p["A"] else None for p in found["edge"]["path"]]
    read = [float(v) if v else None for v in drawn.split(",")]
    assert [v is None for v in read] == [m is None for m in medians]
    assert [v for v in read if v is not None] == pytest.approx(
        [m for m in medians if m is not None], rel=1e-4, abs=1e-5
    )


def test_two_answers_stand_side_by_side(alone: TestClient, answer: Callable[[str], str]) -> None:
    digest = answer("run").removeprefix("/results/")
    page = alone.get("/compare", params={"a": digest, "b": digest}).text
    assert page.count(f"/results/{digest}") >= 2


def test_a_made_up_answer_is_not_there(alone: TestClient) -> None:
    assert alone.get(f"/results/{'0' * 32}").status_code == 404


def test_the_talks_say_what_a_broken_deal_leaves_and_which_levers_are_left_out(
    alone: TestClient, answer: Callable[[str], str]
) -> None:
    found = json.loads(alone.get(answer("negotiate"), params={"format": "json"}).text)
    page = alone.get(answer("negotiate")).text
    assert f"The deal holds for {found['bargain']['if_broken']['weeks']} weeks" in page
    assert found["levers_absent"]
    assert all(html.escape(text, quote=False)[:60] in page for text in found["levers_absent"])


def test_a_forecast_is_settled_with_its_figure_and_scored(alone: TestClient, answer: Callable[[str], str]) -> None:
    question = json.loads(alone.get(answer("forecast make"), params={"format": "json"}).text)
    page = alone.get("/forecasts").text
    assert html.escape(question["text"], quote=False) in page
    form = re.findall(r'name="form_token" value="([^"]+)"', page)[0]
    sent = {"form_token": form, "id": question["id"], "value": "many", "source": "customs"}
    assert alone.post("/forecasts/settle", data=sent).status_code == 422
    settled = alone.post("/forecasts/settle", data=sent | {"value": "120"}).text
    assert "Brier score" in settled
    assert "120" in settled
