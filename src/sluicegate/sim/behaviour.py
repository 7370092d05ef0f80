"""How buyers, makers and prices behave: uncertain, and mostly our judgement."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from sluicegate.terms.parameter import Parameter


@cache
def load_behaviour() -> dict[str, Parameter]:
    """The behaviour parameters by name, from `data/behaviour.csv`."""
    text = (files("sluicegate.sim") / "data" / "behaviour.csv").read_text("utf-8")
    return {row["name"]: _parameter(row) for row in csv.DictReader(text.splitlines())}


def _parameter(row: dict[str, str]) -> Parameter:
    return Parameter(
        name=row["name"],
        kind=row["kind"],  # type: ignore[arg-type]
        p05=float(row["p05"]),
        p50=float(row["p50"]),
        p95=float(row["p95"]),
        unit=row["unit"],
        label=row["label"],  # type: ignore[arg-type]
        reason=row["reason"],
    )
