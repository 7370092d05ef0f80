"""What is behind the numbers of a company: formulas. Their values are kept nowhere, as its file is not."""

from __future__ import annotations

from sluicegate.desk.number import Document

_KEPT = "nothing of a company is kept; run `sluicegate exposure` again for the value and what it rests on"
_RUNS_OUT = "runs out = the moment at which stock + arrivals no longer hold 95 % of full use"
FORMULAS = {
    "line": "running = min over inputs of 1 - k (1 - fill), fill = min(1, (stock + arrivals) / use); stops below 95 %",
    "cover": f"days of cover = 7 x stock / full weekly use; {_RUNS_OUT}",
    "application": "P(x) = L (F(e + x) - F(e)) / (1 - L F(e)): Erlang review F, share let through L, e weeks behind it",
    "order": f"last day = day the input runs out - lead time; {_RUNS_OUT}",
    "apply": f"last day = day the input runs out - wait at the office - lead time; {_RUNS_OUT}",
    "qualify": f"last day = day the input runs out - qualification - lead time - wait at the office; {_RUNS_OUT}",
    "plan": "least mean and worst tenth of value lost, and cost, by a two-stage programme; simulated on fresh draws",
    "value-at-risk": "sum over lines and weeks of value a week x (1 - running)",
}
"""Formulas by the kind of number, the first part of its id after `exposure:`."""


def explain_exposure(number: str) -> Document | None:
    """The formula behind an `exposure:` id; None for any other id."""
    kind = number.removeprefix("exposure:").partition(".")[0]
    if not number.startswith("exposure:") or kind not in FORMULAS:
        return None
    return {"what": f"a number of one company: {kind}", "value": None, "formula": FORMULAS[kind], "note": _KEPT,
            "inputs": ["the company's file", "the scenario's run"]}  # fmt: skip
