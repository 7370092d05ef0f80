"""Forms as data: what is asked, with help and the mistake found, before it is HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["text", "number", "date", "select", "area", "check", "file", "search", "password"]


@dataclass(frozen=True)
class Field:
    """One thing asked.

    Parameters
    ----------
    name, label, help : as sent, as shown, and a line below
    options : value and words; the only ones for a `select`, offered ones for the others
    low, high, step : ends of a number
    error : what is wrong with what was sent
    """

    name: str
    label: str
    kind: Kind = "text"
    value: str = ""
    help: str = ""
    options: Sequence[tuple[str, str]] = ()
    required: bool = False
    low: float | None = None
    high: float | None = None
    step: str = ""
    accept: str = ""
    rows: int = 12
    error: str = ""


@dataclass(frozen=True)
class Form:
    """Fields, and what sending them does; `folded` are groups that open on demand."""

    action: str
    submit: str
    fields: tuple[Field, ...] = ()
    folded: tuple[tuple[str, tuple[Field, ...]], ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    method: Literal["get", "post"] = "post"
    upload: bool = False
    compact: bool = False
    note: str = ""
    error: str = ""


def filled(form: Form, values: Mapping[str, str], errors: Mapping[str, str] | None = None) -> Form:
    """The form with what was sent, and what is wrong with it beside each field."""
    errors = errors or {}

    def one(f: Field) -> Field:
        value = f.value if f.kind in {"file", "password"} else values.get(f.name, "" if f.kind == "check" else f.value)
        return replace(f, value=value, error=errors.get(f.name, ""))

    return replace(
        form,
        fields=tuple(map(one, form.fields)),
        folded=tuple((title, tuple(map(one, group))) for title, group in form.folded),
    )
