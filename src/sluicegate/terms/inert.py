"""Text of others made inert: nothing in it can steer a terminal, reverse a line or break a page."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_ESCAPES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # operating system commands: titles, links
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # control sequences: colours, cursor moves
    r"|\x1b[ -/]*[0-~]?"  # two-character escapes
)
_JOINERS = "\u200c\u200d"
"""Format characters that spell words in Persian and the Indic scripts, and steer nothing."""
_SPACES = {"Zl", "Zp", "Zs"}
_DROPPED = {"Cc", "Cf", "Cs", "Co"}


def _is_noncharacter(char: str) -> bool:
    code = ord(char)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def inert_text(text: str) -> str:
    """`text` on one line, without control, bidi, invisible and unpaired characters; runs of blanks become one."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = []
    for char in _ESCAPES.sub("", text):
        category = unicodedata.category(char)
        if category in _SPACES or char in "\t\n\r\v\f\x85":
            kept.append(" ")
        elif char in _JOINERS or not (category in _DROPPED or _is_noncharacter(char)):
            kept.append(char)
    return " ".join("".join(kept).split())


def inert(value: Any) -> Any:
    """A JSON value with every string in it, keys too, passed through `inert_text`."""
    if isinstance(value, str):
        return inert_text(value)
    if isinstance(value, dict):
        return {inert_text(str(key)): inert(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [inert(item) for item in value]
    return value


def shortened(text: str, most: int) -> str:
    """`text` cut at a word to at most `most` characters, with an ellipsis where something is missing."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head).rstrip(" ,;:") + "…"
