"""What holds for every address there is, those of the pages too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from fastapi.testclient import TestClient

from sluicegate.web.guard import OPEN
from sluicegate.web.headers import HEADERS

from .conftest import browser

WORDS = ("/api/v1/news/ask", "/api/v1/news/search")
"""What takes any words, and looks for them."""
HOSTILE = ["<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}", "../../../etc/passwd", "\x00", "%s%n", "A" * 1000]


def paths(routes: Any) -> Iterator[tuple[str, set[str]]]:
    """Every path and its methods."""
    for route in routes:
        if getattr(route, "methods", None):
            yield route.path, route.methods


def filled(path: str, value: str = "x") -> str:
    return re.sub(r"\{[^}]*\}", value, path)


def test_every_address_has_the_strict_headers_and_lets_no_stranger_in(desk: Any) -> None:
    app = desk()
    stranger = browser(app)
    found = sorted({(filled(path), method) for path, methods in paths(app.routes) for method in methods})
    assert len(found) > 60
    for path, method in found:
        answered = stranger.request(method, path)
        assert {k: answered.headers.get(k) for k in HEADERS} == HEADERS, path
        assert path.startswith(OPEN) or answered.status_code == 401, f"{method} {path} {answered.status_code}"


def test_no_change_is_made_without_the_forms_token(alone: TestClient) -> None:
    changes = [(p, m) for p, methods in paths(alone.app.routes) for m in methods & {"POST", "PUT", "DELETE", "PATCH"}]
    for path, method in changes:
        if path != "/login":
            answered = alone.request(method, filled(path), headers={"origin": "http://127.0.0.1:8321"})
            assert answered.status_code == 403, f"{method} {path} {answered.status_code}"


def test_hostile_words_in_every_field_change_nothing(alone: TestClient) -> None:
    described = alone.get("/api/v1/openapi.json").json()
    asked = [(path, [p["name"] for p in item["get"].get("parameters", []) if p["in"] == "query"])
             for path, item in described["paths"].items() if "get" in item and "events" not in path]  # fmt: skip
    hostile = cycle(HOSTILE)
    for path, names in (found for found in asked if found[1]):
        answered = alone.get(filled(path), params={name: next(hostile) for name in names})
        good = (200, 404, 422, 429) if path in WORDS else (404, 422, 429)
        assert answered.status_code in good, f"{path} {answered.status_code} {answered.text[:200]}"
        assert answered.headers["content-type"] == "application/json"
        assert "root:" not in answered.text
