"""The page of uncertain inputs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.resources import files

from pages.markdown import table, title
from sluicegate.regime.practice import practice_rows
from sluicegate.response import load_costs
from sluicegate.sim.behaviour import load_behaviour
from sluicegate.sim.practice import PENDING
from sluicegate.terms.parameter import Parameter
from sluicegate.world.lever import load_levers
from sluicegate.world.uncertainty import load_parameters


def inputs() -> str:
    """Every uncertain input: its three quantiles, unit, label and reason."""
    intro = """An uncertain input is stated by three quantiles (5 %, 50 %, 95 %). Labels say what is behind it:
`official`, `reported`, `derived`, `fitted` to monthly exports, `practice` from licensing records, or `judgement`, ours.
A row with a date counts from that date on; the row without one serves earlier as-of dates.
A scenario may replace the quantiles of those under *Behaviour* and *The world* by name.
"""
    practice = [r.parameter for r in practice_rows()]
    scopes = [_scope(r.group, r.destination, r.end_use, r.from_week) for r in practice_rows()]
    parts = [
        title("Uncertain inputs"), intro,
        "## Behaviour of buyers, makers and prices\n", _parameters([*load_behaviour().values(), PENDING]),
        "## Costs of actions\n", _parameters(load_costs().values()),
        "## Levers of the other side\n", _parameters(p for v in load_levers().values() for p in v.inputs.values()),
        "## The licence office in practice\n",
        "In a run these are named by their table, as `magnets: review_weeks_mean`; the swings and clampdowns of an\n"
        "office by its place, as `CHN office: swing_log_sd`, and what a scenario changes of them by their day, as\n"
        "`CHN office: swing_factor from 2025-11-10`.\n",
        _parameters(practice, scopes),
        "## The world\n", _parameters(_variants()),
    ]  # fmt: skip
    return "\n".join(parts)


def _scope(*parts: object) -> str:
    group, destination, end_use, week = parts
    said = [str(p) for p in (group, destination, end_use) if p != "any"] or ["all"]
    return ", ".join([*said, f"from week {week}"] if week is not None else said)


def _variants() -> list[Parameter]:
    """Every row of the world's parameters, in the order of the file, later records beside the earlier."""
    names = list(dict.fromkeys(p.name for p in load_parameters()))
    text = (files("sluicegate.world") / "data" / "parameters.csv").read_text("utf-8")
    days = sorted({row["known_on"] for row in csv.DictReader(text.splitlines())} - {""})
    known = [load_parameters(date.fromisoformat(day)) for day in ["0001-01-01", *days]] if days else [load_parameters()]
    found = {(p.name, p.known_on): p for batch in known for p in batch}
    return sorted(found.values(), key=lambda p: (names.index(p.name), str(p.known_on or "")))


def _parameters(found: Iterable[Parameter], scopes: Sequence[str] = ()) -> str:
    head = ["name", "5 %", "50 %", "95 %", "unit", "label", "known on", "reason"]
    rows = [[f"`{p.name}`", f"{p.p05:g}", f"{p.p50:g}", f"{p.p95:g}", p.unit, p.label, str(p.known_on or ""), p.reason]
            for p in found]  # fmt: skip
    if scopes:
        head.insert(1, "holds for")
        rows = [[row[0], scope, *row[1:]] for row, scope in zip(rows, scopes, strict=True)]
    return table(head, rows)
