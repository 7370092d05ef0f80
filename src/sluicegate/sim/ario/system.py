"""A table from the files of those who publish one; all but OECD's are read by pymrio, the extra `mrio`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sluicegate.sim.ario.exiobase import read_exiobase3
from sluicegate.sim.ario.icio import read_icio
from sluicegate.sim.ario.iosystem import table_of
from sluicegate.sim.ario.table import Table
from sluicegate.sim.ario.vintage import year_of
from sluicegate.terms import InputError, NotFoundError

OURS = {"exiobase3": read_exiobase3, "oecd": read_icio}
"""Kinds whose files we choose and check; each takes a path and a year."""
PARSERS = {"eora26": "parse_eora26", "wiod": "parse_wiod"}
"""Kinds that pymrio alone reads."""


def read_system(path: Path | None, kind: str = "saved", year: int | None = None) -> Table:
    """A table from files: `test` is the small one pymrio ships, `saved` a folder it saved; else a kind by its name.

    Parameters
    ----------
    year : of the table, where a folder or archive has several

    Raises
    ------
    NotFoundError : no such kind.
    InputError : pymrio is not installed, no path is given, what is there cannot be read, or is of another year.
    """
    if kind not in (known := ("test", "saved", *OURS, *PARSERS)):
        raise NotFoundError(kind, kind="kind of table", known=known, where="input-output table")
    if kind != "oecd" and find_spec("pymrio") is None:
        raise InputError("pymrio is not installed", where="input-output table", expected="the extra `mrio`",
                         do="Install `sluicegate[mrio]`.")  # fmt: skip
    if kind == "test":
        import pymrio

        return table_of(pymrio.load_test())
    if path is None or not path.exists():
        raise InputError(f"no such file or folder: {path}", where="input-output table", expected="a published table",
                         do="Check the path.")  # fmt: skip
    found = OURS[kind](path, year) if kind in OURS else _by_pymrio(path, kind, year)
    if year is not None and found.year not in (None, year):
        raise InputError(f"a table of {found.year}", where=str(path), expected=f"one of {year}, as the map says",
                         do="Name the other file, or mend `year` in the map.")  # fmt: skip
    return found


def _by_pymrio(path: Path, kind: str, year: int | None) -> Table:
    import pymrio

    try:
        system: Any = pymrio.load_all(path) if kind == "saved" else getattr(pymrio, PARSERS[kind])(path, year=year)
    except (OSError, ValueError, KeyError, IndexError, AttributeError, pymrio.ParserError, pymrio.ReadError) as error:
        raise InputError(f"pymrio cannot read {path} as {kind} ({error})", where="input-output table",
                         expected=f"what pymrio saved, or {', '.join((*OURS, *PARSERS))}",
                         do="Name it.") from error  # fmt: skip
    return table_of(system, year=year_of(path.name) or year, where=str(path))
