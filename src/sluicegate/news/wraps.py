"""Texts whose lines were broken at a fixed width, some with an empty line after every line."""

from __future__ import annotations

import itertools
import re

_TERMINAL = re.compile(r"[.!?…:;][\"'”’)\]]{0,3}$")
_ENOUGH_LINES = 8
_NARROW = 100
_SHARE = 0.25


def is_double_spaced(text: str) -> bool:
    """Whether an empty line follows every line, also inside sentences: a quarter of the lines go on in lower case."""
    lines = [line.strip() for line in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) if line.strip()]
    if len(lines) < _ENOUGH_LINES:
        return False
    open_ended = [
        line
        for line, after in itertools.pairwise(lines)
        if len(line) <= _NARROW and ends_open(line) and after[0].islower()
    ]
    return len(open_ended) >= _SHARE * len(lines)


def ends_open(line: str) -> bool:
    """Whether a line ends without a full stop or the like."""
    return _TERMINAL.search(line) is None
