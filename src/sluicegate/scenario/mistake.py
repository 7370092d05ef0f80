"""What pydantic found wrong in a file, one plain line for each mistake."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from sluicegate.terms.mapping import shown

_NUMBERS = ("float", "constrained-float", "int", "constrained-int")
_PLAIN = (
    ("a valid dictionary or instance of", "a mapping:"),
    ("a valid dictionary", "a mapping"),
    ("a valid tuple", "a list"),
    ("Input should be", "expected"),
    ("Extra inputs are not permitted", "no such field"),
    ("Field required", "missing"),
    ("Value error, ", ""),
)


def mistakes(error: ValidationError) -> list[str]:
    """One line for each mistake: where it is and what was expected.

    A value that may be one number or three is told as what it looks like, and not once for each way to read it.
    """
    return list(dict.fromkeys(_line(e) for e in error.errors() if not _other_way(e)))


def _way(part: Any) -> str:
    """Of the words by which pydantic tells the ways to read a value apart: number, list, or none."""
    text = str(part)
    return "list" if text.startswith("tuple[") else "number" if text in _NUMBERS else ""


def _other_way(error: Any) -> bool:
    """Whether a mistake is of a way of reading that the value does not look like."""
    ways = {_way(part) for part in error["loc"]}
    if "list" in ways:
        return bool(error["type"] == "tuple_type")
    return "number" in ways and isinstance(error["input"], list | tuple)


def _line(error: Any) -> str:
    at = ".".join(str(part) for part in error["loc"] if not _way(part)) or "scenario"
    if any(_way(part) == "list" for part in error["loc"]) and error["type"] in ("missing", "too_long"):
        return f"{at}: expected one number, or three: low, middle and high"
    message = str(error["msg"])
    for pydantic, plain in _PLAIN:
        message = message.replace(pydantic, plain)
    told = error["type"] in ("missing", "extra_forbidden") or (
        error["type"] == "value_error" and isinstance(error["input"], dict)
    )
    return f"{at}: {message}" if told else f"{at}: {message} (found {shown(error['input'])[:200]})"
