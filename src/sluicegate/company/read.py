"""Reading a company's file, YAML or CSV; every mistake of its shape is reported at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sluicegate.company.file import Company
from sluicegate.company.rows import from_rows
from sluicegate.terms import InputError
from sluicegate.terms.mapping import read_mapping, shown

LARGEST = 5_000_000
"""Bytes; a company of a thousand inputs is a tenth of that."""


def read_company(path: Path | str) -> Company:
    """The company of a YAML or CSV file (by its ending).

    Raises
    ------
    InputError : no such file, not text, or not a valid company; the message lists every mistake.
    """
    file = Path(path)
    if not file.is_file():
        raise InputError("no such file", where=str(file), expected="a company's file, YAML or CSV",
                         do="Write one with `sluicegate exposure --template > company.yaml`.")  # fmt: skip
    if file.stat().st_size > LARGEST:
        raise InputError(f"{file.stat().st_size:,} bytes", where=str(file), expected=f"at most {LARGEST:,} bytes",
                         do="Name the company's file.")  # fmt: skip
    try:
        text = file.read_text("utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise InputError(f"cannot read it ({error})", where=str(file), expected="text in UTF-8",
                         do="Save it as UTF-8 text.") from error  # fmt: skip
    return parse_company(_data(text, file), where=str(file))


def _data(text: str, file: Path) -> dict[str, Any]:
    if file.suffix.lower() == ".csv":
        return from_rows(text, where=str(file))
    return read_mapping(text, where=str(file), fields="name, place, lines", start="sluicegate exposure --template")


def parse_company(data: dict[str, Any], *, where: str) -> Company:
    """A company from plain data.

    Raises
    ------
    InputError : lists every mistake, one a line.
    """
    try:
        return Company.model_validate(data)
    except ValidationError as error:
        listed = "\n".join(f"  - {_said(e)}" for e in error.errors())
        count = error.error_count()
        raise InputError(f"{count} mistake{'s' * (count > 1)}:\n{listed}\n", where=where, expected="a company's file",
                         do="Mend them; `sluicegate exposure --template` shows the form.") from error  # fmt: skip


def _said(problem: Any) -> str:
    place = ".".join(str(p) for p in problem["loc"]) or "company"
    message = str(problem["msg"]).removeprefix("Value error, ")
    found = "" if problem["type"] in ("missing", "value_error") else f" (found {shown(problem['input'])})"[:120]
    return f"{place}: {message}{found}"
