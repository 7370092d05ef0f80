"""The question `lab game FILE`: equilibria of a game typed in, or the closed form of a known one, for those who ask."""

from __future__ import annotations

from pathlib import Path

from sluicegate.desk.closed_game import CLOSED, closed_game
from sluicegate.desk.number import Document
from sluicegate.talks.normal import Floats, checked, equilibria, stackelberg, undominated, zero_sum
from sluicegate.terms import InputError
from sluicegate.terms.mapping import read_mapping

START = "row: [[3, 0], [5, 1]]"
TABLES = {"row", "column", "row_moves", "column_moves"}
FIELDS = TABLES | set(CLOSED)


def game(file: Path | str) -> Document:
    """All equilibria of a game of two, what dominance leaves, and the best commitment of each side.

    A file may hold a table of payoffs, games with a closed form (`offers`, `attrition`, `standoff`, `repeated`), or
    both.

    Raises
    ------
    InputError : no such file, or no game.
    """
    path = Path(file)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read it ({error})", where=str(path), expected="a YAML file with row and column",
                         do="Name the game's file.") from error  # fmt: skip
    told = read_mapping(text, where=str(path), fields="row, column", start=START)
    if unknown := sorted(set(told) - FIELDS):
        raise InputError(
            f"unknown field {unknown[0]}", where=str(path), expected=", ".join(sorted(FIELDS)), do="Drop it."
        )
    closed = {name: closed_game(name, told[name]) for name in CLOSED if name in told}
    if closed and not TABLES & set(told):
        return {"title": path.stem, "moves": {"row": [], "column": []}, "undominated": {"row": [], "column": []},
                "equilibria": [], "note": None, "leaders": {}, "safe": {}, "closed": closed}  # fmt: skip
    a, b = checked(told.get("row"), told.get("column"))
    mine, theirs = (
        _names(told.get("row_moves"), a.shape[0], "row"),
        _names(told.get("column_moves"), a.shape[1], "column"),
    )
    left = undominated(a, b)
    found = equilibria(a, b)
    return {
        "title": path.stem,
        "moves": {"row": mine, "column": theirs},
        "undominated": {"row": [mine[k] for k in left[0]], "column": [theirs[k] for k in left[1]]},
        "equilibria": [{"row": _mix(mine, e.x), "column": _mix(theirs, e.y), "row_value": e.row,
                        "column_value": e.column, "regret": e.regret, "pure": e.pure} for e in found],
        "note": None if any(e.pure for e in found) else "No pair of single moves is an equilibrium: each side mixes.",
        "leaders": {"row": stackelberg(a, b).leader, "column": stackelberg(b.T, a.T).leader},
        "safe": {"row": zero_sum(a)[1], "column": zero_sum(b.T)[1]},
        "closed": closed,
    }  # fmt: skip


def _names(told: object, count: int, side: str) -> list[str]:
    if told is None:
        return [f"{side} {k + 1}" for k in range(count)]
    if not isinstance(told, list) or len(told) != count or len({str(t) for t in told}) != count:
        raise InputError(f"{side}_moves that do not name {count} moves", where="game", expected="one name a move",
                         do="Mend the list.")  # fmt: skip
    return [str(t) for t in told]


def _mix(names: list[str], mix: Floats) -> dict[str, float]:
    return {name: float(p) for name, p in zip(names, mix, strict=True) if p > 0}
