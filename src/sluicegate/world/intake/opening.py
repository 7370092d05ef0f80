"""Opening a user's file: encoding, separator and header, before any of its rows is read."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from sluicegate.terms import InputError

_MAGIC = {b"PK\x03\x04": "a zip archive or a spreadsheet", b"\x1f\x8b": "a gzip archive", b"SQLite": "an SQLite file",
          b"%PDF": "a PDF", b"\xff\xfe": "text in UTF-16", b"\xfe\xff": "text in UTF-16"}  # fmt: skip
_HEAD = 1 << 16
_CHUNK = 1 << 20
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True)
class Opened:
    """A text file with a header.

    Parameters
    ----------
    path : the file
    separator : `,`, `;` or tab, whichever the header has most of
    columns : names in the header, as written but for blanks at their ends
    """

    path: Path
    separator: str
    columns: tuple[str, ...]


def open_text(path: Path) -> Opened:
    """Look at the beginning of a file.

    Raises
    ------
    InputError : no such file, empty, no text, or not in UTF-8.
    """
    first = _first_line(path)
    separator = max(SEPARATORS, key=first.count)
    columns = next(csv.reader([first], delimiter=separator))
    return Opened(path, separator, tuple(c.strip() for c in columns))


def read_head(path: Path) -> bytes:
    """The first bytes of a file, its byte-order mark removed.

    Raises
    ------
    InputError : no such file, not readable, empty, or no text.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror})", where=str(path), expected="a file to import",
                         do="Check the name.") from error  # fmt: skip
    if not head.strip():
        raise InputError("the file is empty", where=str(path), expected="a header and rows", do="Name another.")
    kind = next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)
    if kind or b"\0" in head:
        raise InputError(kind or "no text", where=str(path), expected="a CSV file in UTF-8",
                         do="Unpack it, or save it as CSV (UTF-8).")  # fmt: skip
    return head.removeprefix(b"\xef\xbb\xbf")


def _first_line(path: Path) -> str:
    line = read_head(path).splitlines()[0]
    return _decoded(line, path, 1)


def _decoded(line: bytes, path: Path, number: int) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = line[error.start : error.start + 1].hex()
        raise InputError(f"byte 0x{byte} is not UTF-8", where=f"{path}, row {number}", expected="text in UTF-8",
                         do="Save it as CSV (UTF-8).") from None  # fmt: skip


def read_rows(opened: Opened) -> list[tuple[int, list[str]]]:
    """Every row after the header with its line number, blank lines left out, cells without blanks at their ends.

    Raises
    ------
    InputError : not UTF-8 throughout, or quotes that do not close.
    """
    lines = opened.path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    reader = csv.reader((_decoded(x, opened.path, n) for n, x in enumerate(lines, 1)), delimiter=opened.separator,
                        strict=True)  # fmt: skip
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if begins > 1 and any(c.strip() for c in cells):
                rows.append((begins, [c.strip() for c in cells]))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{error}", where=f"{opened.path}, row {begins}", expected="CSV, its quotes closed",
                         do="Mend the row.") from None  # fmt: skip
    return rows


def sha256_of(path: Path) -> str:
    """The hash of a file, or of the files of a folder by name."""
    digest = hashlib.sha256()
    files = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
    for one in files:
        if path.is_dir():
            digest.update(one.name.encode())
        with one.open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
    return digest.hexdigest()
