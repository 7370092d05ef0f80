"""`exposure` at the command line: the template round, the document, the page, and bad input in one message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Sluicegate = Callable[..., Result]
EXAMPLE = Path(__file__).parents[2] / "examples" / "company-tungsten-tools-usa.yaml"


def test_the_template_answers_as_it_is_printed(sluicegate: Sluicegate, document: Callable[..., Any],
                                               tmp_path: Path) -> None:  # fmt: skip
    file = tmp_path / "company.yaml"
    file.write_text(sluicegate("exposure", "--template").stdout, encoding="utf-8")
    found = document("exposure", file, "--draws", 8, "--weeks", 20)
    assert [line["line"] for line in found["lines"]] == ["drive motors"]
    assert found["horizon_weeks"] == 20


def test_the_page_is_written_where_it_is_asked_for_and_nothing_else(sluicegate: Sluicegate, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = sluicegate("exposure", EXAMPLE, "--draws", 4, "--weeks", 20, "--html", page)
    assert done.exit_code == 0, done.output
    assert "<svg" in page.read_text("utf-8")
    assert list(tmp_path.iterdir()) == [page]


@pytest.mark.parametrize(("text", "says"), [
    ("name: [", "not YAML"), ("- a", "YAML mapping"), ("name: x\nplace: DEU\n", "inputs"),
    (EXAMPLE.read_text("utf-8").replace("tungsten powder and carbide", "tungstn powder"), "tungsten powder"),
    (EXAMPLE.read_text("utf-8").replace("stock: 3800", "stock: -3800"), "greater than or equal to 0"),
    (EXAMPLE.read_text("utf-8").replace("origin: DEU", "origin: FRA"), "CHN, "),
    (EXAMPLE.read_text("utf-8").replace("industry: hardmetal", "industry: hardmetl"), "hardmetal and machining"),
    (EXAMPLE.read_text("utf-8").replace("filed_on: 2026-09-14", "filed_on: 2027-09-14"), "2027-09-14, after"),
], ids=["broken", "list", "empty", "product", "negative", "origin", "industry", "day"])  # fmt: skip
def test_a_file_that_cannot_be_answered_is_one_message(sluicegate: Sluicegate, tmp_path: Path, text: str,
                                                       says: str) -> None:  # fmt: skip
    file = tmp_path / "company.yaml"
    file.write_text(text, encoding="utf-8")
    done = sluicegate("exposure", file, "--draws", 1)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


@pytest.mark.parametrize(("arguments", "says"), [
    ((), "--template"), (("nowhere.yaml",), "no such file"), ((EXAMPLE, "--scenario", "statusquo"), "'status-quo'"),
    ((EXAMPLE, "--scenario", "gallium-germanium-2023"), "--as-of 2026-11-23"), ((EXAMPLE, "--weeks", "2"), "--weeks"),
])  # fmt: skip
def test_an_argument_that_cannot_be_is_one_message(sluicegate: Sluicegate, arguments: tuple[object, ...],
                                                   says: str) -> None:  # fmt: skip
    done = sluicegate("exposure", *arguments)
    assert done.exit_code == 2
    assert says in done.stderr
