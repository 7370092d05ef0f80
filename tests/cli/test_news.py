"""`sluicegate news` as typed: documents of their shapes, output that steers nothing, one message for an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from sluicegate.desk.shapes.library import SHAPES
from sluicegate.store import database as store
from sluicegate.store.database import open_database

Ask = Callable[..., Any]
HOSTILE = "\x1b]0;owned\x07\x1b[31mChina\x1b[0m bans \u202eantimony\n\nHarbour Courier 2025-08-20\n\n"
BAN = "China banned exports of antimony to the United States on August 15, 2025, the ministry of commerce said.\n"


@pytest.fixture
def news(sluicegate: Ask, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """`news("list")` on a library of its own, on either kind of database, that holds one article."""
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SLUICEGATE_DATABASE", address)
    opened = []
    monkeypatch.setattr(store, "open_database", lambda at=None: opened.append(open_database(at)) or opened[-1])
    (tmp_path / "a.txt").write_text("China bans antimony\n\nHarbour Courier 2025-08-20\n\n" + BAN, "utf-8")
    assert sluicegate("news", "add", tmp_path / "a.txt").exit_code == 0
    yield lambda *arguments: sluicegate("news", *arguments)
    for engine in opened:  # a process's end closes them
        engine.dispose()


COMMANDS = [
    ("list",), ("show", 1), ("related", 1), ("timeline", "antimony"), ("search", "antimony"), ("since",),
    ("ask", "Who banned exports of antimony?"), ("mark", 1, "starred"), ("note", 1, "Mind this"),
    ("reader", "--region", "DE"),
    ("accept", 1), ("decisions",), ("undo", 1), ("reject", 1), ("alerts", "--add", "x", "--material", "antimony"),
    ("alerts",), ("feeds", "--add", "https://a.example/f"), ("feeds",), ("export",),
]  # fmt: skip


def test_every_document_has_its_shape_and_every_text_something_in_it(news: Ask) -> None:
    import json

    for command in COMMANDS:
        done = news(*command, "--json")
        assert done.exit_code == 0, f"{command}: {done.output}"
        TypeAdapter(SHAPES[f"news {command[0]}"]).validate_python(json.loads(done.stdout))
    for command in (("list",), ("show", 1), ("search", "antimony"), ("since", "--after", "2025-01-01")):
        assert "antimony" in news(*command).stdout


def test_nothing_of_an_article_steers_the_terminal(sluicegate: Ask, news: Ask, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(HOSTILE + BAN.replace("15", "25"), "utf-8")
    added = sluicegate("news", "add", tmp_path / "b.txt")
    shown = [added, *(news(*c) for c in (("list",), ("show", 2), ("search", "bans"), ("ask", "Who bans antimony?"),
                                         ("since",)))]  # fmt: skip
    for done in shown:
        assert done.exit_code == 0
        assert not [c for c in done.stdout if c != "\n" and not c.isprintable()]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("arguments", "told"), [
    (("show", 99), "unknown article"), (("accept", 99), "unknown claim"), (("accept",), "one of the two"),
    (("fetch",), "network is off"), (("mark", 1, "burnt"), "unknown mark"), (("export", "--as", "pdf"), "unknown form"),
    (("feeds", "--add", "file:///etc/passwd"), "http or https"), (("list", "--for-you"), "no region"),
    (("alerts", "--add", "x", "--exposure", 20, "--region", "DE"), "0.2 for a fifth"),
    (("import", "none.jsonl"), "no such file"),
    (("since", "--after", "yesterday"), "no date"), (("list", "--language", "tlh"), "unknown language"),
])  # fmt: skip
def test_a_wrong_word_gets_one_message(news: Ask, arguments: tuple[object, ...], told: str) -> None:
    done = news(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stderr.count("sluicegate: ") == 1
    assert "Traceback" not in done.output


def test_claims_and_brief_take_a_kept_article(sluicegate: Ask, news: Ask, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(
        "Who mines the antimony\n\n2025-08-20\n\nChina mines 60% of the world's antimony.\n"
    )
    assert news("add", tmp_path / "b.txt").exit_code == 0
    assert "control_imposed" in sluicegate("claims", "news:1").stdout
    assert "news: and an article's number" in sluicegate("claims", "news:x").stderr
    assert "antimony" in sluicegate("brief", "news:2", "--draws", 4).stdout
    assert sluicegate("brief", "news:77").exit_code == 2
