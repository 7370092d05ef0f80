"""Getting the bytes: from a file, from standard input, or from the network when that is asked for."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sluicegate.news.fetch import fetch
from sluicegate.terms import InputError

MAX_BYTES = 20_000_000
"""Largest page read. The longest news pages are below 5 MB."""


@dataclass(frozen=True)
class Source:
    """The bytes of a page and what is known about them.

    Attributes
    ----------
    data : the bytes as they came
    name : what the user called it, for messages
    url : None for a file or standard input
    charset : declared by the server; None when not declared
    html : None when it has to be seen from the bytes
    captured : when the page was fetched; None when not known
    """

    data: bytes
    name: str
    url: str | None = None
    charset: str | None = None
    html: bool | None = None
    captured: datetime | None = None


def load_source(source: str, *, network: bool) -> Source:
    """The page behind a path, a URL, or `-` for standard input.

    Parameters
    ----------
    source : path, http or https address, or `-`
    network : whether the network may be used; a URL is refused otherwise

    Raises
    ------
    InputError : no such file, too large, a URL without `network`, or a URL that may not be read
    """
    if source == "-":
        return Source(bounded(sys.stdin.buffer, "standard input"), "standard input")
    if "://" in source[:12]:
        return _from_network(source, network=network)
    return _from_file(source)


def bounded(stream: BinaryIO, name: str) -> bytes:
    """All bytes of `stream`, refused beyond `MAX_BYTES` before more is read.

    Raises
    ------
    InputError : the stream holds more than `MAX_BYTES`
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_large(name)
    return data


def too_large(name: str) -> InputError:
    """The error for a source beyond `MAX_BYTES`."""
    return InputError(
        f"more than {MAX_BYTES // 1_000_000} MB",
        where=name,
        expected="one news article",
        do="Save the article alone as text or HTML and read that.",
    )


def _from_file(name: str) -> Source:
    path = Path(name)
    problem = "a folder" if path.is_dir() else None if path.exists() else "no such file"
    if problem:
        raise InputError(problem, where=name, expected="a file holding one article", do="Check the path.")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large(name)
        with path.open("rb") as stream:
            data = bounded(stream, name)
    except OSError as error:
        raise InputError(
            error.strerror or "unreadable", where=name, expected="a readable file", do="Check its permissions."
        ) from error
    html = True if path.suffix.lower() in {".html", ".htm", ".xhtml"} else None
    return Source(data, name, html=html)


def _from_network(url: str, *, network: bool) -> Source:
    if not network:
        raise InputError(
            "a web address, and the network is off",
            where=url,
            expected="a file, or '-' for standard input",
            do="Add --network to fetch it, or save the page and read the file.",
        )
    page = fetch(url, max_bytes=MAX_BYTES)
    return Source(page.data, url, page.url, page.charset, page.html, page.captured)
