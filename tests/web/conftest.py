"""A desk in the test's own process, with its own database, and browsers that open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from sluicegate.store.person import add_person
from sluicegate.web.app import create_app
from sluicegate.web.settings import Settings

ADDRESS = "http://127.0.0.1:8321"
PASSWORD = "a long enough password"
Desk = Callable[..., FastAPI]


@pytest.fixture
def desk(address: str) -> Iterator[Desk]:
    """A desk with settings of one's own, on either kind of database: `desk(mode="many")`."""
    made: list[FastAPI] = []

    def start(**settings: Any) -> FastAPI:
        base = Settings(database=address, token="start-up", workers=0)
        made.append(create_app(replace(base, **settings)))
        return made[-1]

    yield start
    for app in made:
        app.state.engine.dispose()


def browser(app: FastAPI) -> TestClient:
    """A browser nobody has signed in with; it keeps cookies and does not follow."""
    return TestClient(app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture
def alone(desk: Desk) -> TestClient:
    """The browser of a desk of one, let in."""
    client = browser(desk())
    assert client.get("/?token=start-up").status_code == 303
    return client


@pytest.fixture
def signed_in(desk: Desk) -> Callable[..., TestClient]:
    """Browsers of a desk of many: `signed_in("ada", "analyst")`."""
    app = desk(mode="many")

    def sign_in(name: str, role: str = "reader") -> TestClient:
        add_person(app.state.engine, name, PASSWORD, role)
        client = browser(app)
        assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
        return client

    return sign_in
