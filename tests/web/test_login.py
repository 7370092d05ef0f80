"""Signing in and out of a desk of many."""

from types import SimpleNamespace

import pytest

from sluicegate.store.audit import trail
from sluicegate.store.person import add_person
from sluicegate.web.login import own_path

from .conftest import PASSWORD, browser


def test_who_is_not_signed_in_is_led_to_the_form_and_back(desk):
    app = desk(mode="many")
    add_person(app.state.engine, "ada", PASSWORD)
    client = browser(app)
    assert client.get("/?as_of=2025-06-01").headers["location"] == "/login?next=%2F%3Fas_of%3D2025-06-01"
    entered = client.post("/login", data={"name": "ada", "password": PASSWORD, "next": "/?as_of=2025-06-01"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/?as_of=2025-06-01")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("name", "password"), [("ada", "a wrong password"), ("nobody", PASSWORD), ("' or 1=1 --", "")])
def test_a_wrong_name_and_a_wrong_password_look_the_same(desk, name, password):
    app = desk(mode="many")
    add_person(app.state.engine, "ada", PASSWORD)
    refused = browser(app).post("/login", data={"name": name, "password": password or "x"})
    assert refused.status_code == 403
    assert "No such name with this password." in refused.text
    assert [e.allowed for e in trail(app.state.engine)] == [False]


def test_signing_in_gives_a_new_session_whatever_was_brought(desk):
    app = desk(mode="many")
    add_person(app.state.engine, "ada", PASSWORD)
    client = browser(app)
    client.cookies.set("desk-8321", "chosen by somebody else")
    entered = client.post("/login", data={"name": "ada", "password": PASSWORD})
    given = entered.headers["set-cookie"]
    assert "chosen" not in given
    assert "HttpOnly" in given
    fixed = browser(app)
    fixed.cookies.set("desk-8321", "chosen by somebody else")
    assert fixed.get("/").status_code == 303


def test_guessing_passwords_is_slowed(desk, monkeypatch):
    monkeypatch.setattr("sluicegate.web.rate.time", SimpleNamespace(monotonic=lambda: 0.0))
    client = browser(desk(mode="many"))
    answers = [client.post("/login", data={"name": "bob", "password": "x"}).status_code for _ in range(11)]
    assert answers[-1] == 429


@pytest.mark.parametrize("text", ["https://evil.example", "//evil.example", "/\\evil.example", "x", "", "/a\r\nb: c"])
def test_the_way_back_stays_on_this_desk(text):
    assert own_path(text) == "/"
