"""The head of a written page, and its tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NOTE = "<!-- written by docs/generate.py; do not edit -->"


def title(text: str) -> str:
    """The first line of a page, with the note that it is written."""
    return f"# {text}\n\n{NOTE}\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown; bars in cells are escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return (
        "\n".join("| " + " | ".join(" ".join(c.split()).replace("|", "\\|") for c in line) + " |" for line in lines)
        + "\n"
    )
