"""The interface for programs: tokens, errors, files, and the same documents as elsewhere."""

import gzip
import json

import pytest

from sluicegate.desk.register import register_list
from sluicegate.desk.schema import SHAPES
from sluicegate.terms.wire import as_json
from sluicegate.web.question import QUESTIONS

from .conftest import browser

BEARER = {"authorization": "Bearer start-up"}


@pytest.fixture
def program(desk):
    """A program with the start-up token as its bearer."""
    client = browser(desk())
    client.headers.update(BEARER)
    return client


def test_a_document_is_the_same_text_as_the_command_line_prints(program):
    assert program.get("/api/v1/register/list?material=gallium").text == as_json(register_list(material="gallium"))


def test_query_and_body_ask_the_same(program):
    asked = {"from": "CN", "to": "DE", "hs": "850511", "on": "2025-06-01"}
    one, other = program.get("/api/v1/check", params=asked), program.post("/api/v1/check", json=asked)
    assert one.status_code == 200
    assert one.text == other.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nothing", 404), ("/check", 422), ("/world/show?name=kryptonite", 404), ("/check?from=CN&to=DE&x=1", 422),
     ("/jobs/0000000000000000", 404), ("/jobs/..%2f..%2fetc", 404), ("/why?id=x&run=../../etc", 422)],
)  # fmt: skip
def test_every_error_has_one_shape(program, path, status):
    answered = program.get(f"/api/v1{path}")
    assert answered.status_code == status
    assert set(answered.json()) == {"found", "where", "expected", "do"}


def test_a_token_that_is_wrong_or_withdrawn_is_refused(program):
    made = program.post("/api/v1/me/tokens", json={"name": "script"})
    mine = {"authorization": f"Bearer {made.json()['token']}"}
    assert program.get("/api/v1/me", headers=mine).json()["role"] == "admin"
    number = program.get("/api/v1/me/tokens").json()["tokens"][0]["id"]
    assert program.delete(f"/api/v1/me/tokens/{number}").status_code == 204
    assert program.get("/api/v1/me", headers=mine).status_code == 401
    assert program.get("/api/v1/me", headers={"authorization": "Basic x"}).status_code == 401


def test_a_cookie_may_read_and_never_change(alone):
    assert alone.get("/api/v1/me").status_code == 200
    own = {"origin": "http://127.0.0.1:8321"}
    assert alone.post("/api/v1/me/tokens", json={"name": "x"}, headers=own).status_code == 403
    assert alone.get("/api/v1/me", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_a_heavy_question_gives_a_job_when_nobody_waits(program):
    asked = program.post("/api/v1/run?wait=0", json={"scenario": "april-2025", "draws": 8})
    assert asked.status_code == 202
    assert program.get(asked.headers["location"]).json()["state"] == "queued"
    assert program.get(f"{asked.headers['location']}/document").status_code == 409
    assert program.post(f"{asked.headers['location']}/cancel").json()["state"] == "cancelled"


def test_progress_is_told_as_events_and_goes_on_where_it_was(program):
    job = program.post("/api/v1/jobs", json={"kind": "run", "arguments": {"scenario": "april-2025"}}).json()
    program.post(f"/api/v1/jobs/{job['id']}/cancel")
    told = program.get(job["links"]["events"]).text
    assert "event: cancelled" in told
    assert json.loads(told.partition("data: ")[2].partition("\n")[0])["state"] == "cancelled"
    again = program.get(job["links"]["events"], headers={"last-event-id": "1"}).text
    assert "event:" not in again


def test_own_files_are_kept_and_gone(program):
    kept = program.put("/api/v1/files/company/mine.yaml", content=b"name: x").json()
    assert program.get(f"/api/v1/files/{kept['id']}").content == b"name: x"
    assert program.get("/api/v1/files").json()["files"] == [kept]
    assert program.delete(f"/api/v1/files/{kept['id']}").status_code == 204
    assert program.get(f"/api/v1/files/{kept['id']}").status_code == 404


@pytest.mark.parametrize("name", ["..", "..%2f..%2fetc%2fpasswd", "%00", "<script>", "a" * 81, "-rf"])
def test_a_files_name_is_a_name(program, name):
    assert program.put(f"/api/v1/files/company/{name}", content=b"x").status_code in (404, 405, 422)


def test_a_file_that_is_too_large_is_refused(program):
    assert program.put("/api/v1/files/company/big", content=b"x" * 1_000_001).status_code == 413


def test_every_question_of_the_command_line_has_an_address_and_is_described(program):
    described = program.get("/api/v1/openapi.json").json()
    assert {f"/api/v1{q.path}" for q in QUESTIONS.values()} <= set(described["paths"])
    assert described["security"] == [{"bearer": []}]


def test_the_library_is_asked_and_changed_as_who_asks(program):
    text = "China banned exports of gallium to the United States on 3 December 2024, the ministry said."
    added = program.post("/api/v1/news/add", json={"text": text})
    assert added.status_code == 200
    number = program.get("/api/v1/news/list").json()["articles"][0]["id"]
    assert program.post("/api/v1/news/mark", json={"article": number, "mark": "starred"}).status_code == 200
    assert program.get("/api/v1/news/list?starred=true").json()["total"] == 1
    assert program.get("/api/v1/news/search", params={"words": "gallium"}).json()["results"]
    assert program.get(f"/api/v1/news/show?article={number}").json()["claims"]
    assert program.get("/api/v1/news/show?article=999").status_code == 404


def test_a_long_document_comes_in_pages_each_with_the_address_of_the_next(program):
    first = program.get("/api/v1/world/sources?id=baci-2026")
    assert len(gzip.compress(first.content)) < 120_000
    following = first.headers["link"].removeprefix("<").partition(">")[0]
    second = program.get(following)
    assert second.json()["offset"] == first.json()["next_offset"] == 1_000
    assert "link" not in program.get("/api/v1/world/sources?material=scandium").headers


def test_every_question_has_the_shape_of_its_command():
    without = {name for name, question in QUESTIONS.items() if (question.says_of or name) not in SHAPES}
    assert without == {"news look", "scenario validate", "news feeds add", "news feeds drop", "news feeds opml",
                       "news alerts add", "news alerts drop", "news alerts send", "world import list",
                       "world import remove"}  # fmt: skip
