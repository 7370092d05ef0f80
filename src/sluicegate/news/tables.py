"""The tables of words that ship with the reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, ten times faster where libyaml is there."""


@cache
def table(name: str) -> Any:
    """One of the tables in `vocabulary/`, as YAML gives it; not to be changed by the caller."""
    text = (files("sluicegate.news") / "vocabulary" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first; a space also matches a hyphen."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in ordered) + ")"
