"""What a person types into a form of a page, whatever it is, is text: stored, shown or refused as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from .test_every_page import PAGES

HOSTILE = ['"><script>alert(1)</script>', "' OR 1=1; DROP TABLE article; --", "{{7*7}}${7*7}", "../../../etc/passwd",
           "a\x00b", "%s%n", "\N{RIGHT-TO-LEFT OVERRIDE}" + "A" * 1000]  # fmt: skip
ENDS = re.compile(r"/(logout|sign-out|sessions)\b")
"""Forms that end the session of whoever sends them."""
SENT = {"origin": "http://127.0.0.1:8321"}


def forms(page: str) -> Iterator[tuple[str, str, dict[str, str], list[str]]]:
    """Method, address, what stands in it already, and the fields one types into."""
    for form in html.fromstring(page).iter("form"):
        typed = [
            field.get("name")
            for field in form.iter("input", "textarea")
            if field.get("name") and field.get("type", "text") not in ("hidden", "checkbox", "radio", "submit", "file")
        ]
        yield form.method, form.get("action") or "", dict(form.form_values()), typed


def send(alone: TestClient, method: str, address: str, fields: dict[str, Any], where: str) -> None:
    """Submit a form and look at what comes back."""
    get = method == "GET"
    answered = alone.get(address, params=fields) if get else alone.post(address, data=fields, headers=SENT)
    assert answered.status_code < 500, f"{where} {answered.status_code}"
    assert answered.status_code != 403, f"{where}: refused before it was read"
    assert "<script>alert" not in answered.text, where
    assert "$49" not in answered.text, f"{where}: a template was worked out"
    assert "root:" not in answered.text, where


@pytest.mark.parametrize("page", [page for page in PAGES if "?" not in page])
def test_hostile_words_in_every_field_of_every_form_stay_words(alone: TestClient, page: str) -> None:
    hostile = cycle(HOSTILE)
    for method, action, held, typed in forms(alone.get(page).text):
        if ENDS.search(action) or not typed:
            continue
        for name in typed:  # one at a time, since one refused field hides the others
            send(alone, method, action or page, held | {name: next(hostile)}, f"{page}: {name}")
    assert "<script>alert" not in alone.get(page).text
