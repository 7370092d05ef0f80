"""One technical limit of a control-list entry, as written in the register: `density > 1.73 g/cm3`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sluicegate.regime.quantity import Quantity
from sluicegate.terms import InputError

Verdict = bool | None
"""True, False, or None where the facts given do not settle it."""

_LIMIT = re.compile(r"(?P<name>[^<>=]+?)\s*(?P<sign>>=|<=|>|<|=)\s*(?P<bound>.+)")


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """True when all are, False when one is not, else None."""
    seen = list(verdicts)
    return False if False in seen else None if None in seen else True


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """True when one is, False when none is, else None."""
    seen = list(verdicts)
    return True if True in seen else None if None in seen else False


@dataclass(frozen=True)
class Limit:
    """A limit on one property; `>` and `<` exclude the bound, `>=` and `<=` include it.

    Parameters
    ----------
    text : the limit as the register writes it
    names : the property; several where any of them may serve, e.g. `content W` or `purity`
    sign : one of `> >= < <= =`
    bound : the bound with its unit; None where `=` compares words
    word : what `=` compares with, else empty
    """

    text: str
    names: tuple[str, ...]
    sign: str
    bound: Quantity | None
    word: str = ""

    @property
    def on_property(self) -> bool:
        """Whether it is on a measured property, not on purity, content, use or size."""
        special = ("purity", "chinese content", "use", "machinable size")
        return not any(name in special or name.startswith("content ") for name in self.names)

    @classmethod
    def read(cls, text: str) -> Limit:
        """Read a limit such as `purity > 99.9 %`, `content W or purity >= 97 %` or `curved = yes`.

        Raises
        ------
        InputError : the text is no limit.
        """
        match = _LIMIT.fullmatch(text.strip())
        if match is None:
            raise InputError(
                f"{text!r} is no limit", where="limit", expected="a property, one of > >= < <= =, and a bound",
                do="Write it as 'density > 1.73 g/cm3'.",
            )  # fmt: skip
        names = tuple(name.strip() for name in match["name"].split(" or "))
        if match["sign"] == "=":
            return cls(text, names, "=", None, match["bound"].strip())
        return cls(text, names, match["sign"], Quantity.read(match["bound"], where=f"limit {text!r}"))

    def holds(self, least: Decimal | None, most: Decimal | None) -> Verdict:
        """Whether a property known to lie between `least` and `most` (None: not known) meets the limit."""
        bound = self.bound.value if self.bound else Decimal("NaN")
        if self.sign in (">", ">="):
            if least is not None and (least > bound or (least == bound and self.sign == ">=")):
                return True
            return False if most is not None and (most < bound or (most == bound and self.sign == ">")) else None
        if most is not None and (most < bound or (most == bound and self.sign == "<=")):
            return True
        return False if least is not None and (least > bound or (least == bound and self.sign == "<")) else None
