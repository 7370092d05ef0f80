"""The uncertain inputs as known at a date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from sluicegate.terms import InputError
from sluicegate.terms.parameter import Parameter
from sluicegate.world.table import read_table


def load_parameters(as_of: date | None = None, overlay: Path | None = None) -> list[Parameter]:
    """Parameters in the order of the file, of each the variant last known at `as_of`.

    A row without `known_on` is standing knowledge; a later record improves it from its date on.

    Raises
    ------
    InputError : rows that state no distribution, all named at once.
    """
    latest: dict[str, Parameter] = {}
    wrong = []
    for row in read_table("parameters", overlay).to_dict("records"):
        try:
            parameter = _parameter({str(k): v for k, v in row.items()})
        except ValueError as error:
            wrong.append(str(error))
            continue
        if as_of is not None and parameter.known_on is not None and parameter.known_on > as_of:
            continue
        before = latest.get(parameter.name)
        if before is None or (parameter.known_on or date.min) >= (before.known_on or date.min):
            latest[parameter.name] = parameter
    if wrong:
        raise InputError(
            "; ".join(wrong), where="parameters.csv", expected="three rising quantiles", do="Mend the rows."
        )
    return list(latest.values())


def _parameter(row: dict[str, Any]) -> Parameter:
    return Parameter(
        name=row["name"],
        kind=row["kind"],
        p05=float(row["p05"]),
        p50=float(row["p50"]),
        p95=float(row["p95"]),
        unit=row["unit"],
        label=row["label"],
        reason=row["reason"],
        refs=tuple(ref for ref in row["refs"].split(";") if ref),
        known_on=date.fromisoformat(row["known_on"]) if row["known_on"] else None,
    )
