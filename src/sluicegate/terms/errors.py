"""Errors that leave the reader able to act.

SluicegateError          the answer could not be computed (exit code 1)
└── InputError           the input is wrong (exit code 2)
    └── NotFoundError    a name we do not know; says the nearest ones
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

_SHOWN = 8


class SluicegateError(Exception):
    """The answer could not be computed. Exit code 1."""

    exit_code = 1


class InputError(SluicegateError):
    """The input is wrong. Exit code 2.

    Parameters
    ----------
    found : what was found
    where : in which file, field or argument
    expected : what was expected there
    do : what the user can do about it
    """

    exit_code = 2

    def __init__(self, found: str, *, where: str, expected: str, do: str) -> None:
        self.found, self.where, self.expected, self.do = found, where, expected, do
        super().__init__(f"{where}: {found}. Expected {expected}. {do}")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by its parts, so that it can pass between processes whatever its constructor takes."""
        return _restored, (type(self), self.args, vars(self))


class NotFoundError(InputError):
    """A name that is in no list of ours, with the nearest ones that are."""

    def __init__(self, name: str, *, kind: str, known: Iterable[str], where: str) -> None:
        known = set(known)
        self.name, self.kind = name, kind
        self.nearest = nearest(name, known)
        named = sorted(known)
        some = f"{', '.join(named[:_SHOWN])}{', …' if len(named) > _SHOWN else ''}"
        hint = f"Did you mean {' or '.join(repr(n) for n in self.nearest)}?" if self.nearest else f"Known are: {some}."
        super().__init__(f"unknown {kind} {name!r}", where=where, expected=f"a known {kind}", do=hint)


def _restored(kind: type[InputError], arguments: tuple[str, ...], fields: dict[str, Any]) -> InputError:
    error = kind.__new__(kind, *arguments)
    vars(error).update(fields)
    return error


def nearest(name: str, known: Iterable[str], *, most: int = 3, cutoff: float = 0.55) -> list[str]:
    """The known names closest to `name`, best first; empty when none is as like it as `cutoff` (0-1)."""
    by_key = {k.casefold(): k for k in known}
    close = difflib.get_close_matches(name.casefold(), by_key, n=most, cutoff=cutoff)
    return [by_key[c] for c in close]
