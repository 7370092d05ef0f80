"""BACI, the world trade table of CEPII: year t, exporter i, importer j, product k, thousand USD v, tonnes q.

Gaulier and Zignago (2010), BACI: International Trade Database at the Product-Level, CEPII Working Paper 2010-23.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from sluicegate.terms import InputError
from sluicegate.world.intake.card import baci_card
from sluicegate.world.intake.goods import Good, good_item, known_goods
from sluicegate.world.intake.numeric import AREAS, numeric_codes
from sluicegate.world.intake.opening import Opened, open_text
from sluicegate.world.intake.problem import IntakeError, Problem
from sluicegate.world.intake.taken import Taken
from sluicegate.world.intake.trade import trade_figures

Document = dict[str, Any]
COLUMNS = ("t", "i", "j", "k", "v", "q")
ENOUGH = 100_000
"""Problems after which the rest of a file is not read: it is of another form."""
_BLOCK = 1 << 24
_THOUSAND_TO_MILLION = 1e-3
_ABSENT = ("", "NA")
_PATTERNS = {"t": r"^\s*(19|20)\d\d\s*$", "i": r"^\s*\d{1,3}\s*$", "j": r"^\s*\d{1,3}\s*$", "k": r"^\s*\d{5,6}\s*$",
             "v": r"^\s*\d+(\.\d*)?([eE][+-]?\d+)?\s*$", "q": r"^\s*(NA|\d+(\.\d*)?([eE][+-]?\d+)?)?\s*$"}  # fmt: skip
_EXPECTED = {"t": "a year such as 2024", "i": "a numeric code of a country, such as 156",
             "j": "a numeric code of a country, such as 842", "k": "a code of six digits, such as 284690",
             "v": "thousand USD, not negative, with a decimal point",
             "q": "tonnes, not negative, with a decimal point, or NA"}  # fmt: skip


@dataclass
class Reading:
    """What has been read so far."""

    rows: int = 0
    other_codes: int = 0
    other_years: int = 0
    problems: list[Problem] = field(default_factory=list)
    parts: list[pd.DataFrame] = field(default_factory=list)


def read_baci(path: Path, *, years: Collection[str] = (), codes: Collection[str] = (), everything: bool = False,
              said: Mapping[str, str | None] | None = None, today: date) -> Taken:  # fmt: skip
    """BACI's CSV, one file or a folder of them; a `product_codes*.csv` beside it names the codes.

    Parameters
    ----------
    years : to keep, all when empty
    codes : six-digit codes to keep; else those of the dataset's goods, or with `everything` all
    said : parts of the source card the user names

    Raises
    ------
    IntakeError : every problem of every file.
    InputError : no such file, or not BACI's columns.
    """
    files = _files(path)
    described = _descriptions(path)
    goods = known_goods(described)
    wanted = None if everything and not codes else set(codes or goods)
    places = numeric_codes()
    reading = Reading()
    for file in files:
        _read(open_text(file), reading, wanted, set(years), places, of_many=len(files) > 1)
    flows = pd.concat(reading.parts, ignore_index=True) if reading.parts else pd.DataFrame()
    reading.problems += _twice(flows)
    if reading.problems:
        raise IntakeError(reading.problems, where=str(path))
    if flows.empty:
        raise InputError(f"no row of these years and codes among {reading.rows:,}", where=str(path),
                         expected="rows of the codes of our goods", do="Try --all, or another --year.")  # fmt: skip
    card = baci_card(files[0].name, today).with_said(said or {})
    figures, left = trade_of(flows, goods | _unknown_goods(flows, goods, described), known_on=card.known_on)
    whole = [{"what": "rows of codes that are no good of the dataset", "rows": reading.other_codes},
             {"what": "rows of other years", "rows": reading.other_years}]  # fmt: skip
    return Taken("baci", card, reading.rows, figures, left_out=[x for x in whole if x["rows"]] + left)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.glob("*.csv") if not re.match(r"(country|product)_codes", p.name))
    if not found:
        raise InputError("no CSV in the folder", where=str(path), expected="BACI_HS92_Y2024_V202601.csv or the like",
                         do="Name the folder the archive was unpacked into.")  # fmt: skip
    return found


def _read(opened: Opened, reading: Reading, wanted: set[str] | None, years: set[str], places: dict[str, str], *,
          of_many: bool) -> None:  # fmt: skip
    """Add one file's rows and problems to what has been read."""
    missing = [c for c in COLUMNS if c not in opened.columns]
    if missing:
        raise InputError(f"columns {', '.join(opened.columns)}", where=str(opened.path),
                         expected=f"{', '.join(COLUMNS)}; {', '.join(missing)} missing",
                         do="Is this BACI? Otherwise say --as.")  # fmt: skip
    name, line = (opened.path.name if of_many else ""), 2
    short: list[Problem] = []
    for batch in _batches(opened, short, name):
        table = pa.table({c: batch.column(c) for c in COLUMNS})
        lines = _lines(line, len(table), short)
        reading.problems += _malformed(table, lines, name)
        kept, other_codes, other_years = _kept(table, lines, wanted, years)
        reading.rows += len(table)
        reading.other_codes += other_codes
        reading.other_years += other_years
        if len(kept):
            reading.problems += _unknown_places(kept, places, name)
            reading.parts.append(kept)
        line += len(table)
        if len(reading.problems) + len(short) > ENOUGH:
            stopped = Problem(line, "", "reading stopped here", f"fewer than {ENOUGH:,} problems", name)
            raise IntakeError([*reading.problems, *short, stopped], where=str(opened.path))
    reading.problems += short


def _lines(first: int, count: int, short: list[Problem]) -> Sequence[int]:
    """Lines of the rows of a block whose first would be `first`, had no uneven row before them been left out."""
    gone = sorted(p.row for p in short if p.row)
    if not gone:
        return range(first, first + count)
    lines, before = [], 0
    for n in range(count):
        line = first + n + before
        while before < len(gone) and gone[before] <= line:
            before += 1
            line += 1
        lines.append(line)
    return lines


def _batches(opened: Opened, uneven: list[Problem], name: str) -> Iterator[Any]:
    """The file in blocks of 16 MB, every cell as text; rows with too few or too many cells become problems."""

    def short(row: Any) -> str:
        found = f"{row.actual_columns} cells"
        uneven.append(Problem(row.number, "", found, f"{row.expected_columns} cells", name))
        return "skip"

    names = [f"column {n}" if c not in COLUMNS else c for n, c in enumerate(opened.columns)]
    try:
        yield from arrow_csv.open_csv(
            opened.path,
            read_options=arrow_csv.ReadOptions(block_size=_BLOCK, column_names=names, skip_rows=1, use_threads=False),
            parse_options=arrow_csv.ParseOptions(delimiter=opened.separator, invalid_row_handler=short),
            convert_options=arrow_csv.ConvertOptions(column_types={n: pa.string() for n in names}),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return
        raise InputError(f"cannot be read ({error})", where=str(opened.path), expected="CSV in UTF-8",
                         do="Unpack or download it again.") from None  # fmt: skip


def _malformed(table: Any, lines: Sequence[int], name: str) -> list[Problem]:
    """A problem for every cell that does not look as it should."""
    found = []
    for column, pattern in _PATTERNS.items():
        wrong = pc.invert(pc.match_substring_regex(pc.fill_null(table[column], ""), pattern))
        if pc.any(wrong).as_py():
            at = pc.indices_nonzero(wrong)
            cells = pc.fill_null(table[column].take(at), "").to_pylist()
            found += [Problem(lines[n], column, repr(cell), _EXPECTED[column], name)
                      for n, cell in zip(at.to_pylist(), cells, strict=True)]  # fmt: skip
    return sorted(found, key=lambda p: p.row or 0)


def _kept(table: Any, lines: Sequence[int], wanted: set[str] | None, years: set[str]) -> tuple[pd.DataFrame, int, int]:
    """The rows of wanted codes and years, with their line; how many were of other codes, and of other years."""
    table = table.append_column("line", pa.array(lines, pa.int64()))
    whole = len(table)
    if wanted is not None:
        code = pc.utf8_lpad(pc.utf8_trim_whitespace(table["k"]), 6, "0")
        table = table.filter(pc.is_in(code, pa.array(sorted(wanted), pa.string())))
    coded = len(table)
    if years:
        table = table.filter(pc.is_in(pc.utf8_trim_whitespace(table["t"]), pa.array(sorted(years), pa.string())))
    frame = pd.DataFrame({c: table[c].to_pylist() for c in table.column_names})
    return flows_of(frame), whole - coded, coded - len(table)


def flows_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows t, i, j, k, v, q and line as flows: what cannot be read is NaN here.

    Returns
    -------
    line, period, i and j (without leading zeros), hs (six digits), musd, tonnes.
    """
    if frame.empty:
        return frame
    text = {c: frame[c].astype(str).str.strip() for c in COLUMNS}
    return pd.DataFrame({
        "line": frame["line"],
        "period": text["t"],
        "i": text["i"].str.lstrip("0"),
        "j": text["j"].str.lstrip("0"),
        "hs": text["k"].str.zfill(6),
        "musd": pd.to_numeric(text["v"], errors="coerce") * _THOUSAND_TO_MILLION,
        "tonnes": pd.to_numeric(text["q"].where(~text["q"].isin(_ABSENT)), errors="coerce"),
    })  # fmt: skip


def _unknown_places(kept: pd.DataFrame, places: dict[str, str], name: str) -> list[Problem]:
    found = []
    for column in ("i", "j"):
        strange = kept[~kept[column].isin([*places, *AREAS]) & kept[column].str.isdigit()]
        found += [Problem(int(line), column, f"no country or area has the code {code}", _EXPECTED[column], name)
                  for line, code in zip(strange["line"], strange[column], strict=True)]  # fmt: skip
    return found


def _twice(flows: pd.DataFrame) -> list[Problem]:
    if flows.empty:
        return []
    key = ["period", "i", "j", "hs"]
    again = flows[flows.duplicated(key)]
    return [Problem(int(r["line"]), "t, i, j, k", f"{r['period']}, {r['i']}, {r['j']}, {r['hs']} a second time",
                    "one row for each") for _, r in again.iterrows()]  # fmt: skip


def trade_of(flows: pd.DataFrame, goods: Mapping[str, Good], *, known_on: str) -> tuple[pd.DataFrame, list[Document]]:
    """Flows as figures, and what makes none: areas that are no country, flows without tonnage.

    Parameters
    ----------
    flows : as `flows_of`
    """
    places = numeric_codes()
    placed = flows.assign(origin=flows["i"].map(places).fillna(""), destination=flows["j"].map(places).fillna(""))
    areas = placed[(placed["origin"] == "") | (placed["destination"] == "")]
    names = sorted({AREAS[c] for c in [*areas["i"], *areas["j"]] if c in AREAS})
    left = [
        {"what": f"flows of areas that are no country, counted in totals alone: {', '.join(names)}",
         "rows": len(areas)},
        {"what": "flows without tonnage, which stays absent", "rows": int(flows["tonnes"].isna().sum())},
    ]  # fmt: skip
    return trade_figures(placed, goods, known_on=known_on), [x for x in left if x["rows"]]


def _descriptions(path: Path) -> dict[str, str]:
    """Descriptions of codes from `product_codes*.csv` beside the file, empty without it."""
    folder = path if path.is_dir() else path.parent
    for file in sorted(folder.glob("product_codes*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as text:
            return {row["code"].zfill(6): row["description"] for row in csv.DictReader(text)
                    if row.get("code") and row.get("description")}  # fmt: skip
    return {}


def _unknown_goods(flows: pd.DataFrame, goods: dict[str, Good], described: dict[str, str]) -> dict[str, Good]:
    return {code: Good(code, "", good_item(code, described.get(code, "")))
            for code in flows["hs"].unique() if code not in goods}  # fmt: skip
