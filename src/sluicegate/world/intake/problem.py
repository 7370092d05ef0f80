"""What is wrong with a user's file: every problem of it, told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sluicegate.terms import InputError

SHOWN = 20
"""Problems a message spells out; the others are counted, and are in the document of `--json`."""
WIDEST = 80
"""Characters of a cell that a message repeats."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Parameters
    ----------
    row : line of the file, its header being 1; None for the file as a whole
    column : the column, empty where it is about the whole row
    found : what stands there
    expected : what should
    file : in which file of a folder, empty where there is one only
    """

    row: int | None
    column: str
    found: str
    expected: str
    file: str = ""

    def text(self) -> str:
        """One line of a message."""
        at = [self.file, f"row {self.row}" if self.row is not None else "", self.column]
        found = self.found if len(self.found) <= WIDEST else f"{self.found[: WIDEST - 1]}…"
        return f"{', '.join(a for a in at if a)}: {found}; expected {self.expected}"


class IntakeError(InputError):
    """A user's file with problems; nothing of it is imported. Exit code 2.

    Parameters
    ----------
    problems : every problem found, in the order of the file
    where : the file
    """

    def __init__(self, problems: Sequence[Problem], *, where: str) -> None:
        self.problems = tuple(problems)
        count = f"{len(problems):,} problem{'s' * (len(problems) != 1)}, nothing was imported"
        lines = [f"  {p.text()}" for p in problems[:SHOWN]]
        left = len(problems) - SHOWN
        if left > 0:
            lines.append(f"  and {left:,} more ({_by_column(problems)}); --json lists all")
        found, do = "\n".join([f"{count}:", *lines]), "Mend the rows and import the file again."
        super().__init__(found, where=where, expected="a file in which every row reads", do=do)
        self.args = (f"{where}: {found}\n{do}",)

    def as_dict(self) -> dict[str, Any]:
        """The problems as a document."""
        return {"where": self.where, "problems": [asdict(p) for p in self.problems], "count": len(self.problems)}


def _by_column(problems: Iterable[Problem]) -> str:
    counted = Counter(p.column or "whole row" for p in problems)
    return ", ".join(f"{name} {n:,}" for name, n in counted.most_common(6))
