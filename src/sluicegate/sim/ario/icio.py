"""OECD's inter-country tables (ICIO) of any edition since 2016, as they are published: a CSV, or a zip of several.

Rows and columns are labelled `AUS_C29`; a label that stands in both is an industry. Columns besides are final demand
(`AUS_HFCE`; `HFCE_AUS` and `DISC` in 2016) and output (`OUT`, `TOTAL`); rows besides are taxes, value added and output.
Some editions split China and Mexico by kind of firm (`CN1`, `MX2`); the parts are added up again. Million USD.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import pandas as pd

from sluicegate.sim.ario.table import Table, from_flows
from sluicegate.sim.ario.vintage import members, of_year, year_of
from sluicegate.sim.network import Floats
from sluicegate.terms import InputError

UNIT = "M.USD"
OUTPUT = ("OUT", "TOTAL")
WHOLE = {"CN": "CHN", "MX": "MEX"}
"""Countries that some editions split, by the letters of their parts."""
NOWHERE = "ALL"
"""Region of a column of final demand that belongs to none, such as the discrepancy of 2016."""
_PART = re.compile(r"(CN|MX)\d")
_CSV = (".csv", ".CSV")


def read_icio(path: Path, year: int | None = None) -> Table:
    """The table of a file, or the one of a year in a folder or an archive.

    Raises
    ------
    InputError : no such table, several, not the layout of ICIO, or not whole.
    """
    file, member = _found(path, year)
    where = str(file / member) if member else str(file)
    try:
        with _opened(file, member) as handle:
            _require_layout(handle, where)
        with _opened(file, member) as handle:
            frame = pd.read_csv(handle, index_col=0)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise InputError(f"cannot read it ({error})", where=where, expected="a CSV as OECD publishes it",
                         do="Download it again.") from error  # fmt: skip
    return _table(frame, year_of(member or file.name), where)


def _found(path: Path, year: int | None) -> tuple[Path, str | None]:
    """The file, and the member of it where it is a zip."""
    if path.is_dir():
        inside: dict[str, tuple[Path, str | None]] = {
            f.name: (f, None) for f in sorted(path.iterdir()) if f.suffix in _CSV
        }
        archives = [f for f in sorted(path.iterdir()) if f.suffix == ".zip"]
        inside |= {f"{f.name}/{m}": (f, m) for f in archives for m in members(f) if m.endswith(_CSV)}
        return inside[of_year(inside, year, path)]
    if path.suffix == ".zip":
        return path, of_year([m for m in members(path) if m.endswith(_CSV)], year, path)
    of_year([path.name], year, path)
    return path, None


@contextmanager
def _opened(file: Path, member: str | None) -> Iterator[IO[bytes]]:
    if member is None:
        with file.open("rb") as handle:
            yield handle
    else:
        with zipfile.ZipFile(file) as archive, archive.open(member) as handle:
            yield handle


def _require_layout(handle: IO[bytes], where: str) -> None:
    """Refuse a file whose first line holds no labels, before all of it is read."""
    line = handle.readline().decode("utf-8", "replace")
    labels = [label for label in line.strip().split(",") if "_" in label]
    if len(labels) < 2 or ";" in line or "\t" in line:
        raise InputError(f"its first line begins {line[:60].strip()!r}", where=where,
                         expected="labels such as AUS_C29 between commas",
                         do="Name the CSV of an ICIO table, not of another and not saved anew.")  # fmt: skip


def _table(frame: pd.DataFrame, year: int | None, where: str) -> Table:
    rows, columns = [str(r).strip() for r in frame.index], [str(c).strip() for c in frame.columns]
    bought = set(columns)
    sold = [r for r in rows if "_" in r and r in bought]
    if len(set(sold)) < len(sold) or len(bought) < len(columns):
        raise InputError("a label stands twice", where=where, expected="each industry once", do="Download it again.")
    _require_whole(sold, columns, where)
    regions, sectors = (tuple(sorted({part(r) for r in sold})) for part in (_region, _sector))
    at = np.array([regions.index(_region(r)) * len(sectors) + sectors.index(_sector(r)) for r in sold])
    asked = set(sold)
    demand = [c for c in columns if c not in asked and c not in OUTPUT]
    try:
        values = frame.to_numpy(dtype=float)[[rows.index(r) for r in sold]]
    except ValueError as error:
        raise InputError(f"a cell is no number ({error})", where=where, expected="numbers",
                         do="Download it again.") from error  # fmt: skip
    n = len(regions) * len(sectors)
    place = {c: k for k, c in enumerate(columns)}
    z = _folded(_folded(values[:, [place[r] for r in sold]], at, n).T, at, n).T
    y = _folded(values[:, [place[c] for c in demand]], at, n)
    output = next((values[:, place[c]] for c in OUTPUT if c in place), None)
    if output is not None:
        if np.isnan(output).any():
            raise InputError(f"no output of {sold[int(np.argmax(np.isnan(output)))]}", where=where,
                             expected="a whole file", do="Download it again.")  # fmt: skip
        # an empty cell is nought where the output that stands beside it says so
        z, y = np.nan_to_num(z), np.nan_to_num(y)
        output = _folded(output[:, None], at, n)[:, 0]
    final = tuple(_final(c, regions) for c in demand)
    return from_flows(regions, sectors, z, y, final, unit=UNIT, year=year, output=output, where=where)


def _require_whole(sold: Sequence[str], columns: Sequence[str], where: str) -> None:
    """Refuse a file in which an industry buys that has no row."""
    sectors, rows = {_sector(r) for r in sold}, set(sold)
    lacking = [c for c in columns if "_" in c and _sector(c) in sectors and c not in rows]
    if lacking or not sold:
        raise InputError(f"{len(lacking):,} industries have no row, first {lacking[0]}" if sold else "no industries",
                         where=where, expected="a row and a column for each industry",
                         do="The file broke off: download it again.")  # fmt: skip


def _region(label: str) -> str:
    region = label.split("_", 1)[0]
    return WHOLE[region[:2]] if _PART.fullmatch(region) else region


def _sector(label: str) -> str:
    return label.split("_", 1)[1]


def _final(label: str, regions: Sequence[str]) -> tuple[str, str]:
    first, _, second = label.partition("_")
    if not second:
        return NOWHERE, first
    return (second, first) if second in regions else (_region(label), second)


def _folded(values: Floats, at: Any, n: int) -> Floats:
    """(n, C) rows added up by their place."""
    found = np.zeros((n, values.shape[1]))
    np.add.at(found, at, values)
    return found
