"""Which of several tables in a folder or an archive is the one of a year."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from sluicegate.terms import InputError

_YEAR = re.compile(r"(?:ICIO\d{4}[-_]|IOT_|wiot)?((?:19|20)\d\d)(?!\d|-\d{4})", re.IGNORECASE)


def year_of(name: str) -> int | None:
    """The year that a file's or folder's name tells; the edition in `ICIO2023_2020.csv` is none."""
    found = _YEAR.search(PurePosixPath(name).name)
    return int(found.group(1)) if found else None


def of_year(names: Iterable[str], year: int | None, where: Path) -> str:
    """The one table among those found, or the one of a year.

    Raises
    ------
    InputError : none of that year, or several.
    """
    found = sorted(names)
    fit = [name for name in found if year is None or year_of(name) in (year, None)]
    if len(fit) == 1:
        return fit[0]
    listed = ", ".join(found[:8]) + (", …" if len(found) > 8 else "")
    if not fit:
        raise InputError(f"no table of {year}: {listed}" if found else "no table", where=str(where),
                         expected="a table of that year" if found else "a file as it is published",
                         do="Name the file, or mend `year` in the map.")  # fmt: skip
    raise InputError(f"{len(fit)} tables: {listed}", where=str(where), expected="one table",
                     do="Name one file, or say `year` in the map.")  # fmt: skip


def members(archive: Path) -> list[str]:
    """The files in a zip.

    Raises
    ------
    InputError : no whole zip, as after a download that broke off.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            return [name for name in opened.namelist() if not name.endswith("/")]
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError(f"no whole zip file ({error})", where=str(archive), expected="an archive as it is published",
                         do="Download it again, or unpack it and name the folder.") from error  # fmt: skip
