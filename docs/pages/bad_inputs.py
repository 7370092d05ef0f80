"""The page of bad inputs."""

from __future__ import annotations

from pathlib import Path

import yaml

from pages.markdown import table, title

TESTS = Path(__file__).parents[2] / "tests"


def bad_inputs() -> str:
    """What the reader of news is tried with, and which tests try it."""
    listed = yaml.safe_load((TESTS / "bad_inputs.yaml").read_text("utf-8"))
    parts = [title("Bad inputs the reader is tried with"),
             "Each row names the tests that try it, as files under `tests/`. What is kept out and how: "
             "[the library](../explanation/library.md).\n"]  # fmt: skip
    for group, rows in listed.items():
        said = [[what, "<br>".join(_told(t) for t in tests)] for what, tests in rows.items()]
        parts += [f"## {group}\n", table(["input", "tests"], said)]
    return "\n".join(parts)


def _told(test: str) -> str:
    file, _, name = test.partition("::")
    return f"`{file}`: {name.removeprefix('test_').replace('_', ' ')}"
