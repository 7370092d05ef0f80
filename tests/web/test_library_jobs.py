"""Work on what the database holds: done by the workers, and kept where lists and the front page find it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sluicegate.desk.library.adding import add_text
from sluicegate.store.job import claim_job
from sluicegate.web.worker import do_job

from .conftest import browser

ARTICLE = (
    "Sample Wire\n\nChina licenses gallium\n\n4 July 2023\n\nChina will require a licence for every shipment of "
    "gallium from 1 August 2023, the ministry of commerce said."
)  # fmt: skip
BEARER = {"authorization": "Bearer start-up"}


def work(app: Any) -> None:
    """Do one queued job, in this process."""
    job = claim_job(app.state.engine, "test")
    assert job is not None
    do_job(app.state.engine, job, "test")


def test_a_brief_of_a_kept_article_is_on_record_with_the_numbers_it_moved(alone: TestClient) -> None:
    app: Any = alone.app
    number = add_text(app.state.engine, ARTICLE)["id"]
    asked = alone.post("/api/v1/brief?wait=0", json={"article": number, "draws": 8}, headers=BEARER)
    assert asked.status_code == 202
    work(app)
    moved = alone.get("/api/v1/news/list").json()["articles"][0]["moved"]["numbers"]
    assert moved
    loss = next(n["number"] for n in moved if "USD" in n["unit"])
    assert f"moved {loss}" in alone.get("/news").text
    assert f"moved {loss}" in alone.get("/").text
    assert f"moves {loss}" in alone.get(f"/news/{number}").text.split('id="claims"')[1]
    again = alone.post("/api/v1/brief?wait=0", json={"article": number, "draws": 8}, headers=BEARER)
    assert again.json()["moved"] == moved


def test_every_article_is_read_again_as_a_job(alone: TestClient) -> None:
    app: Any = alone.app
    add_text(app.state.engine, ARTICLE)
    asked = alone.post("/api/v1/news/reread?wait=0", json={}, headers=BEARER)
    work(app)
    assert alone.get(f"{asked.headers['location']}/document").json()["articles"] == 1


SECOND = {"article": 1, "endpoint": "https://example.org/v1/chat/completions", "model": "m"}


@pytest.mark.parametrize("asked", [("news/fetch", {}), ("news/alerts/send", {}), ("news/second-reading", SECOND)])
def test_a_desk_without_the_network_asks_no_other_machine(alone: TestClient, asked: tuple[str, Any]) -> None:
    refused = alone.post(f"/api/v1/{asked[0]}", json=asked[1], headers=BEARER)
    assert refused.status_code == 422
    assert "network is off" in refused.json()["found"]


def test_articles_given_on_as_lines_are_taken_in_once(alone: TestClient) -> None:
    app: Any = alone.app
    add_text(app.state.engine, ARTICLE)
    lines = alone.get("/api/v1/news/export").json()["content"]
    taken = alone.post("/api/v1/news/import", json={"lines": lines}, headers=BEARER).json()
    assert (taken["read"], taken["known"], taken["new"]) == (1, 1, 0)
    assert alone.post("/api/v1/news/import", json={"lines": "no json"}, headers=BEARER).json()["refused"] == 1


def test_one_article_is_asked_about_in_one_way(alone: TestClient) -> None:
    asked = {"article": 1, "text": "x"}
    assert alone.post("/api/v1/claims", json=asked, headers=BEARER).status_code in (404, 422)
    assert alone.post("/api/v1/claims", json={"article": 99}, headers=BEARER).status_code == 404


def test_a_reader_changes_nothing_that_others_see(signed_in: Any) -> None:
    reader = signed_in("bo", "reader")
    page = reader.get("/feeds").text
    form = re.findall(r'name="form_token" value="([^"]+)"', reader.get("/account").text)[0]
    assert "chosen by analysts" in page
    for path in ("/feeds", "/feeds/drop", "/alerts", "/alerts/drop", "/imports/remove", "/people", "/people/change"):
        assert reader.post(path, data={"form_token": form, "url": "https://example.org"}).status_code == 403, path
    assert reader.get("/people").status_code == 403


def test_an_admin_adds_somebody_who_signs_in_and_the_last_admin_stays(signed_in: Any) -> None:
    admin = signed_in("ada", "admin")
    form = re.findall(r'name="form_token" value="([^"]+)"', admin.get("/people").text)[0]
    new = {"form_token": form, "name": "cy", "password": "another long password", "role": "analyst"}
    assert admin.post("/people", data=new).status_code == 303
    other = browser(admin.app)
    assert other.post("/login", data={"name": "cy", "password": "another long password"}).status_code == 303
    alone_admin = admin.post("/people/change", data={"form_token": form, "name": "ada", "role": "reader"})
    assert alone_admin.status_code == 422
    assert "only admin" in alone_admin.text
    assert admin.post("/people/change", data={"form_token": form, "name": "cy", "closed": "true"}).status_code == 303
    assert other.get("/account").status_code == 303


def test_a_password_is_changed_by_who_knows_it_and_other_browsers_are_out(signed_in: Any) -> None:
    here = signed_in("ada", "analyst")
    there = browser(here.app)
    assert there.post("/login", data={"name": "ada", "password": "a long enough password"}).status_code == 303
    form = re.findall(r'name="form_token" value="([^"]+)"', here.get("/account").text)[0]
    new = {"form_token": form, "new": "quite another password", "again": "quite another password"}
    assert here.post("/account/password", data=new | {"old": "wrong"}).status_code == 422
    assert here.post("/account/password", data=new | {"old": "a long enough password"}).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303


def test_signing_out_everywhere_ends_every_session(signed_in: Any) -> None:
    here = signed_in("ada", "reader")
    there = browser(here.app)
    there.post("/login", data={"name": "ada", "password": "a long enough password"})
    form = re.findall(r'name="form_token" value="([^"]+)"', here.get("/account").text)[0]
    assert here.post("/account/everywhere", data={"form_token": form}).status_code == 303
    assert here.get("/account").status_code == there.get("/account").status_code == 303
