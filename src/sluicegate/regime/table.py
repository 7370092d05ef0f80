"""The tables of the register's data: rows read one by one, what is wrong with them told at once."""

from __future__ import annotations

import csv
from collections.abc import Callable
from importlib.resources import files
from typing import TypeVar

from pydantic import ValidationError

from sluicegate.terms import InputError

T = TypeVar("T")


def read_rows(name: str, read: Callable[[dict[str, str]], T]) -> tuple[T, ...]:
    """Every row of a file in `data`, as `read` makes it of the cells.

    Raises
    ------
    InputError : rows that `read` cannot take (a ValueError, KeyError or pydantic's ValidationError), all at once.
    """
    text = files("sluicegate.regime").joinpath("data", name).read_text(encoding="utf-8")
    rows, problems = [], []
    for number, line in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            rows.append(read(line))
        except ValidationError as error:
            problems += [f"line {number}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        except (ValueError, KeyError) as error:
            problems.append(f"line {number}: {error}")
    if problems:
        raise InputError("; ".join(problems), where=name, expected="valid rows", do="Correct the lines named.")
    return tuple(rows)
