"""The registry of questions: every command of the command line is in it, or is left out for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from sluicegate.cli.app import app
from sluicegate.web.question import QUESTIONS

LEFT_OUT = {
    "desk backup": "copies the whole database to a disk of the machine",
    "desk restore": "fills an empty database, before a desk runs on it",
    "desk people token": "would let an admin act as somebody else; everybody makes their own, POST /me/tokens",
    "scenario new": "writes a file to begin with; /scenarios/new is the form",
}
"""Commands that have no address, and why."""
SPLIT = {
    "news look": "news since", "plan company": "plan", "news feeds add": "news feeds", "news feeds drop": "news feeds",
    "news feeds opml": "news feeds", "news alerts add": "news alerts", "news alerts drop": "news alerts",
    "news alerts send": "news alerts", "world import list": "world import", "world import remove": "world import",
}  # fmt: skip
"""Addresses beside the commands', each an option of one: a GET changes nothing, so that what changes has its own."""


def commands(group: Any, before: tuple[str, ...] = ()) -> Iterator[str]:
    """The words of every command, through its groups."""
    for name, found in group.commands.items():
        words = (*before, name)
        if hasattr(found, "commands"):
            yield from commands(found, words)
        else:
            yield " ".join(words)


def test_every_command_has_an_address_or_a_reason_to_have_none() -> None:
    known = set(commands(typer.main.get_command(app)))
    assert known - set(QUESTIONS) == set(LEFT_OUT)
    assert set(QUESTIONS) - known == set(SPLIT)
    assert set(SPLIT.values()) <= known


def test_what_changes_others_answers_or_asks_other_machines_is_not_for_readers() -> None:
    open_to_readers = {name for name, q in QUESTIONS.items() if q.least_role == "reader" and (q.changes or q.network)}
    assert open_to_readers == {"news look", "news mark", "news note", "news reader"}


def test_what_lays_figures_over_the_world_or_changes_people_is_for_admins() -> None:
    assert {name for name, q in QUESTIONS.items() if q.role == "admin"} == {
        "world import", "world import list", "world import remove", "news reread", "news second-reading",
        "desk people list", "desk people add", "desk people change",
    }  # fmt: skip
