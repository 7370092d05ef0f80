"""Asking UN Comtrade through the package `comtradeapicall`, an optional extra."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
from collections.abc import Mapping
from typing import Any

from sluicegate.terms import InputError, SluicegateError
from sluicegate.world.intake.comtrade import Record, Transport

PACKAGE = "comtradeapicall"
MOST_RECORDS = 250_000
"""Records UN Comtrade gives in one answer to a user with a key."""


def comtrade_transport(key: str | None, *, network: bool) -> Transport:
    """What asks UN Comtrade with a user's key.

    Raises
    ------
    InputError : the network is not allowed, no key, or the package is absent; says which.
    """
    where = "world import --as comtrade"
    if not network:
        raise InputError("no file, and the network is off", where=where, expected="a download, or --network",
                         do="Name a file of UN Comtrade, or add --network and a key.")  # fmt: skip
    if not key:
        raise InputError("no key", where=where, expected="a key of your own for UN Comtrade",
                         do="Set COMTRADE_KEY, or say --key; it is not kept.")  # fmt: skip
    if importlib.util.find_spec(PACKAGE) is None:
        raise InputError(f"the package {PACKAGE} is not installed", where=where, expected="it beside sluicegate",
                         do="Install sluicegate[comtrade], or import a downloaded file.")  # fmt: skip
    return _Asker(key)


class _Asker:
    """One question at a time, the key kept out of every message."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, asked: Mapping[str, str]) -> list[Record]:
        """The records of an answer; raises SluicegateError where there is none."""
        said = io.StringIO()
        ask: Any = importlib.import_module(PACKAGE).getFinalData
        try:
            with contextlib.redirect_stdout(said):
                answer = ask(self._key, **asked, partnerCode=None, maxRecords=MOST_RECORDS, format_output="JSON",
                             includeDesc=False)  # fmt: skip
        except Exception as error:
            raise self._failed(f"{type(error).__name__}: {error}") from None
        if answer is None:
            raise self._failed(said.getvalue())
        if len(answer) >= MOST_RECORDS:
            raise self._failed(f"{MOST_RECORDS:,} records, the most it gives: name fewer years, reporters or codes")
        return [{str(k): _plain(v) for k, v in row.items()} for row in answer.to_dict("records")]

    def _failed(self, said: str) -> SluicegateError:
        words = " ".join(said.replace(self._key, "(key)").split())[:300]
        return SluicegateError(f"UN Comtrade gave no answer: {words or 'nothing came back'}; nothing was imported")


def _plain(value: Any) -> Any:
    """A cell without NaN, whole numbers as such."""
    if isinstance(value, float):
        return None if value != value else int(value) if value.is_integer() else value
    return value
