"""Bytes to text, with the encoding settled by evidence and never by silent replacement."""

from __future__ import annotations

import codecs
import re

from sluicegate.terms import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP or office file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip file",
    b"{\\rtf": "an RTF file",
}
_DECLARED = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, *, declared: str | None, where: str) -> str:
    """The text of `data`: byte-order mark, UTF-8, the declared charset, then cp1252 if the bytes speak for it.

    Parameters
    ----------
    declared : charset named by the server; one named in the first 4096 bytes is used too
    where : name of the source, for messages

    Raises
    ------
    InputError : empty, binary, or in an encoding that cannot be told
    """
    if not data.strip():
        raise InputError("nothing", where=where, expected="one news article", do="Give a file with text in it.")
    for start, kind in _KINDS.items():
        if data.startswith(start):
            raise _not_text(kind, where)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name, where)
    if b"\x00" in data:
        raise _not_text("bytes with NULs (binary)", where)
    for encoding in ("utf-8", declared, _in_head(data)):
        text = _attempt(data, encoding)
        if text is not None:
            return checked(text, where)
    text = _attempt(data, "cp1252")
    if text is not None and _looks_western(text):
        return checked(text, where)
    raise _not_text("bytes in no encoding that can be told", where)


def checked(text: str, where: str) -> str:
    """`text` without a byte-order mark, refused when it is empty or holds control characters.

    Raises
    ------
    InputError : empty, or more than a few control characters
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise InputError("nothing", where=where, expected="one news article", do="Give a file with text in it.")
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if "\x00" in text or controls > 5 + len(text) // 1000:
        raise _not_text("control characters (binary)", where)
    return text


def _strictly(data: bytes, name: str, where: str) -> str:
    text = _attempt(data, name)
    if text is None:
        raise _not_text(f"bytes that break off in {name}", where)
    return checked(text, where)


def _attempt(data: bytes, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _in_head(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD])
    return match.group(1).decode("ascii") if match else None


def _looks_western(text: str) -> bool:
    """Whether characters beyond ASCII are few, and letters or typographic marks."""
    beyond = [c for c in text if ord(c) > 127]
    plausible = sum(c.isalpha() or c in "‘’“”–—…•€£°·«»§©®™\xa0½¼¾²³×´" for c in beyond)
    return len(beyond) < 0.15 * len(text) and plausible >= 0.9 * len(beyond)


def _not_text(found: str, where: str) -> InputError:
    return InputError(
        found,
        where=where,
        expected="text or HTML of one news article",
        do="Save the article as UTF-8 text or as HTML and read that.",
    )
