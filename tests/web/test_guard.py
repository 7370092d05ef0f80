"""Who may come in, and what is turned away."""

import pytest

from sluicegate.web.headers import HEADERS

from .conftest import browser

CHANGES = {"origin": "http://127.0.0.1:8321"}


def test_nobody_sees_a_page_without_the_start_up_token(desk):
    stranger = browser(desk())
    assert stranger.get("/").status_code == 401
    assert stranger.get("/?token=guess").status_code == 403
    assert stranger.get("/").status_code == 401


def test_the_start_up_token_is_taken_once_and_leaves_the_address(desk):
    app = desk()
    mine, other = browser(app), browser(app)
    taken = mine.get("/?token=start-up&as_of=2025-06-01")
    assert (taken.status_code, taken.headers["location"]) == (303, "/?as_of=2025-06-01")
    assert mine.get("/").status_code == 200
    assert other.get("/?token=start-up").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8321", "", "127.0.0.1.evil.example"])
def test_another_name_that_points_here_is_refused(alone, host):
    assert alone.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/desk.css", "/login", "/api/v1/nothing", "/?as_of=x"])
def test_every_answer_carries_the_strict_headers(alone, path):
    answered = alone.get(path)
    assert {name: answered.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in answered.headers["content-security-policy"]


@pytest.mark.parametrize(
    "sent",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_a_change_from_another_site_is_refused(alone, sent):
    refused = alone.post("/logout", headers=sent)
    assert refused.status_code == 403
    assert alone.get("/").status_code == 200


def test_a_change_without_the_forms_token_is_refused(alone):
    assert alone.post("/logout", headers=CHANGES).status_code == 403
    assert alone.post("/logout", headers=CHANGES, data={"form_token": "guess"}).status_code == 403


def test_a_body_that_is_too_large_is_refused(alone):
    assert alone.post("/logout", headers=CHANGES, content=b"x" * 3_000_000).status_code == 413


def test_a_path_leads_to_no_other_file(alone):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"):
        assert alone.get(path).status_code == 404


def test_a_day_that_is_none_is_said_on_a_page(alone):
    refused = alone.get("/?as_of=<script>alert(1)</script>")
    assert refused.status_code == 422
    assert "<script>" not in refused.text
