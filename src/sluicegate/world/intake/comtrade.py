"""UN Comtrade: a download as CSV or JSON, or a question to it with the user's own key.

The key is used for the one question and is neither kept nor repeated in a message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from sluicegate.terms import InputError, place_name
from sluicegate.world.intake.card import Card
from sluicegate.world.intake.goods import Good, good_item, known_goods
from sluicegate.world.intake.numeric import numeric_codes
from sluicegate.world.intake.opening import open_text, read_head, read_rows
from sluicegate.world.intake.problem import IntakeError, Problem
from sluicegate.world.intake.schema import PERIOD, as_number
from sluicegate.world.intake.taken import Taken
from sluicegate.world.intake.trade import WORLD, trade_figures

NEEDED = ("period", "reporterCode", "flowCode", "partnerCode", "cmdCode", "netWgt", "primaryValue")
_WHOLE = {"partner2Code": ("", "0"), "customsCode": ("", "C00"), "motCode": ("", "0"), "mosCode": ("", "0")}
"""Values of the columns that split a flow further; other rows are parts of one that is there too."""
_FLOWS = {"M": "imports", "X": "exports"}
_KG_PER_TONNE = 1000.0
_USD_PER_MILLION = 1e6

Record = Mapping[str, Any]
Transport = Callable[[Mapping[str, str]], list[Record]]
"""Asks UN Comtrade; given the question's parameters, returns its records."""


def read_comtrade(path: Path, *, years: Collection[str] = (), codes: Collection[str] = (), everything: bool = False,
                  card: Card) -> Taken:  # fmt: skip
    """A download of UN Comtrade, CSV or JSON.

    Raises
    ------
    IntakeError : every problem of the file.
    InputError : no such file, empty, neither CSV nor JSON of UN Comtrade.
    """
    numbered = _from_json(path) if read_head(path).lstrip()[:1] in (b"{", b"[") else _from_csv(path)
    return take_records(numbered, where=str(path), years=years, codes=codes, everything=everything, card=card)


def fetch_comtrade(transport: Transport, *, reporters: Collection[str], years: Collection[str],
                   codes: Collection[str], card: Card) -> tuple[Taken, bytes]:  # fmt: skip
    """What UN Comtrade answers for some reporters, years and codes (default: those of the dataset's goods).

    Returns
    -------
    what was taken, and the records as JSON.

    Raises
    ------
    InputError : no reporter or year named, or no record found.
    IntakeError : records that do not read.
    """
    if not reporters or not years:
        raise InputError("no reporter or no year", where="world import --as comtrade", expected="both",
                         do="For example --reporter CHN --year 2024.")  # fmt: skip
    numbers = {place: code for code, place in sorted(numeric_codes().items())}
    asked = {
        "typeCode": "C", "freqCode": "A", "clCode": "HS", "period": ",".join(sorted(years)),
        "reporterCode": ",".join(numbers[r] for r in reporters), "cmdCode": ",".join(sorted(codes or known_goods())),
        "flowCode": "M,X", "partner2Code": "0", "customsCode": "C00", "motCode": "0",
    }  # fmt: skip
    records = transport(asked)
    taken = take_records(list(enumerate(records, 1)), where="UN Comtrade", codes=codes, card=card)
    return taken, json.dumps(records, default=str).encode()


def take_records(numbered: list[tuple[int, Record]], *, where: str, years: Collection[str] = (),
                 codes: Collection[str] = (), everything: bool = False, card: Card) -> Taken:  # fmt: skip
    """Records with their line as figures.

    Each flow is as its reporter has it, which is part of what the figure is of: imports of one and exports of the
    other are two figures. Net weight zero beside a value is absent, as UN Comtrade writes it.

    Raises
    ------
    IntakeError : every record that does not read.
    InputError : no record is left.
    """
    goods = known_goods()
    left = {"parts of a flow that is there whole, and re-exports, re-imports and other kinds of flow": 0,
            "codes of other than six digits, or of no good of the dataset": 0, "other years": 0,
            "flows with areas that are no country": 0}  # fmt: skip
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for line, record in numbered:
        cells = {str(k): "" if v is None else str(v).strip() for k, v in record.items()}
        why = _not_wanted(cells, goods, years, codes, everything=everything)
        if why is None:
            wrong = _wrong(cells, line)
            problems += wrong
            if not wrong:
                rows.append(_row(cells) | {"line": line})
        else:
            left[list(left)[why]] += 1
    frame = pd.DataFrame(rows)
    problems += _twice(frame)
    if problems:
        raise IntakeError(problems, where=where)
    areas = frame[(frame["origin"] == "") | (frame["destination"] == "")] if len(frame) else frame
    left["flows with areas that are no country"] += len(areas)
    if len(frame) == len(areas):
        raise InputError(f"no flow of our goods in {len(numbered):,} rows", where=where, do="Try --all, or a --year.",
                         expected="imports or exports of codes of six digits")  # fmt: skip
    return Taken("comtrade", card, len(numbered), _figures(frame, goods, card.known_on),
                 left_out=[{"what": what, "rows": n} for what, n in left.items() if n])  # fmt: skip


def _not_wanted(cells: Record, goods: Mapping[str, Good], years: Collection[str], codes: Collection[str], *,
                everything: bool) -> int | None:  # fmt: skip
    """Which kind of row that is left out it is, None for one to take."""
    whole = all(cells.get(c, "") in values for c, values in _WHOLE.items())
    if not whole or cells.get("flowCode") not in _FLOWS:
        return 0
    code = cells.get("cmdCode", "")
    if code.isdigit() and (len(code) != 6 or not (code in codes if codes else everything or code in goods)):
        return 1
    return 2 if years and cells.get("period", "")[:4] not in years else None


def _wrong(cells: Record, line: int) -> list[Problem]:
    expected = {"period": "a year, or a month such as 202406", "reporterCode": "a numeric code of a country",
                "partnerCode": "a numeric code of a country", "cmdCode": "a code of six digits",
                "netWgt": "kg, not negative", "primaryValue": "USD, not negative"}  # fmt: skip
    sound = {
        "period": bool(re.fullmatch(PERIOD, _period(cells["period"]))),
        "reporterCode": cells["reporterCode"].isdigit(), "partnerCode": cells["partnerCode"].isdigit(),
        "cmdCode": cells["cmdCode"].isdigit(),
        "netWgt": not cells["netWgt"] or ((as_number(cells["netWgt"]) or 0.0) >= 0 and as_number(
            cells["netWgt"]) is not None),
        "primaryValue": not cells["primaryValue"] or ((n := as_number(cells["primaryValue"])) is not None and n >= 0),
    }  # fmt: skip
    return [Problem(line, c, repr(cells[c]), expected[c]) for c, fine in sound.items() if not fine]


def _period(text: str) -> str:
    return f"{text[:4]}-{text[4:]}" if len(text) == 6 and text.isdigit() else text


def _row(cells: Record) -> dict[str, Any]:
    reporter, partner = (_place(cells[c]) for c in ("reporterCode", "partnerCode"))
    origin, destination = (partner, reporter) if cells["flowCode"] == "M" else (reporter, partner)
    value, weight = as_number(cells["primaryValue"]), as_number(cells["netWgt"])
    absent = weight is None or (weight == 0 and bool(value))
    return {"period": _period(cells["period"]), "origin": origin, "destination": destination, "reporter": reporter,
            "flow": cells["flowCode"], "hs": cells["cmdCode"],
            "musd": float("nan") if value is None else value / _USD_PER_MILLION,
            "tonnes": float("nan") if absent or weight is None else weight / _KG_PER_TONNE}  # fmt: skip


def _place(code: str) -> str:
    """A place by its numeric code, 0 being the world; empty for an area that is none."""
    number = code.lstrip("0")
    return numeric_codes().get(number, "") if number else WORLD


def _twice(frame: pd.DataFrame) -> list[Problem]:
    key = ["period", "reporter", "flow", "origin", "destination", "hs"]
    named = frame[(frame["origin"] != "") & (frame["destination"] != "")] if len(frame) else frame
    again = named[named.duplicated(key)] if len(named) else named
    return [Problem(int(r["line"]), "", f"{r['hs']}, {r['origin']} to {r['destination']}, {r['period']} a second time",
                    "one row for each") for _, r in again.iterrows()]  # fmt: skip


def _figures(frame: pd.DataFrame, goods: Mapping[str, Good], known_on: str) -> pd.DataFrame:
    parts = []
    for (reporter, flow), rows in frame[frame["reporter"] != ""].groupby(["reporter", "flow"]):
        told = f"; {_FLOWS[str(flow)]} as {place_name(str(reporter))} reports them"
        named = {c: goods.get(c, Good(c, "", good_item(c, ""))) for c in rows["hs"].unique()}
        named = {c: replace(good, item=good.item + told) for c, good in named.items()}
        parts.append(trade_figures(rows, named, known_on=known_on, totals=False))
    return pd.concat(parts, ignore_index=True)


def _from_csv(path: Path) -> list[tuple[int, Record]]:
    opened = open_text(path)
    missing = [c for c in NEEDED if c not in opened.columns]
    if missing:
        raise InputError(f"columns {', '.join(opened.columns[:12])}", where=str(path),
                         expected=f"{', '.join(NEEDED)}; {', '.join(missing)} missing",
                         do="Download it from UN Comtrade as CSV or JSON.")  # fmt: skip
    width = len(opened.columns)
    rows = [(n, cells[:width] if len(cells) > width and not any(cells[width:]) else cells)
            for n, cells in read_rows(opened)]  # fmt: skip
    uneven = [Problem(n, "", f"{len(cells)} cells", f"{width} cells") for n, cells in rows if len(cells) != width]
    if uneven:
        raise IntakeError(uneven, where=str(path))
    return [(n, dict(zip(opened.columns, cells, strict=True))) for n, cells in rows]


def _from_json(path: Path) -> list[tuple[int, Record]]:
    try:
        data = json.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        raise InputError(f"no JSON ({error})", where=str(path), expected="JSON as UN Comtrade gives it",
                         do="Download it again.") from None  # fmt: skip
    records = data.get("data") if isinstance(data, dict) else data
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        raise InputError("no list of records", where=str(path), expected='{"data": [{...}]}', do="Download it again.")
    lacking = [Problem(n, c, "nothing", "this field in every record") for n, r in enumerate(records, 1)
               for c in NEEDED if c not in r]  # fmt: skip
    if lacking:
        raise IntakeError(lacking, where=str(path))
    return list(enumerate(records, 1))
