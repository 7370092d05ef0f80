"""Stories of our own to keep, and a way to keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from sluicegate.desk import library


def page(title: str, body: str, publisher: str = "Harbour Courier", day: str = "2025-08-20") -> str:
    """An article as text: headline, byline, body."""
    return f"{title}\n\n{publisher} {day}\n\n{body}\n"


@pytest.fixture
def told() -> Callable[..., Any]:
    """`told(engine, title, body, publisher, day, url=...)` keeps a story and gives its document."""

    def keep(engine: Engine, title: str, body: str, publisher: str = "Harbour Courier", day: str = "2025-08-20",
             url: str | None = None) -> Any:  # fmt: skip
        return library.add_text(engine, page(title, body, publisher, day), url=url)

    return keep


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    """An overlay of its own, so that an accepted claim moves no other test's numbers."""
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def shelf(database: Engine) -> Engine:
    """An empty library, on either kind of database."""
    return database
