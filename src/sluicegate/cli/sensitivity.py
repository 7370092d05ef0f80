"""`sluicegate sensitivity`: which uncertain inputs decide an outcome."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from sluicegate.cli.door import (
    AsOf,
    Json,
    ScenarioName,
    Schema,
    Seed,
    Settings,
    pairs,
    plainly,
    progress,
    read_day,
    tell,
)
from sluicegate.cli.tables import table


def sensitivity(
    scenario: ScenarioName,
    of: Annotated[str, typer.Option("--of", help="loss, first-short-week, peak-price or edge.")] = "loss",
    place: Annotated[
        str | None, typer.Option("--place", metavar="PLACE", help="Whose loss or shortage; default the target.")
    ] = None,
    product: Annotated[str | None, typer.Option("--product", help="Whose price or shortage.")] = None,
    base: Annotated[
        int, typer.Option("--base", min=1, help="Rows of the design, a power of two; draws are base x (top + 4).")
    ] = 128,
    top: Annotated[int, typer.Option("--top", min=1, help="Inputs that stand alone; the others vary as one.")] = 8,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Which uncertain inputs decide an outcome: first-order and total Sobol indices with 90 % intervals."""
    with plainly():
        from sluicegate.desk.sensitivity import sensitivity as ask

        document = ask(scenario, of=of, place=place, product=product, base=base, top=top, seed=seed,
                       as_of=read_day(as_of, "--as-of"), settings=pairs(settings or [], "--set"),
                       progress=progress("simulating", "samples"))  # fmt: skip
        tell(document, _text, json=json)


def _text(document: dict[str, Any]) -> str:
    screening, asked = document["screening"], document["of"]
    median, low, high = (f"{asked['value'][q]:.4g}" for q in ("q50", "q05", "q95"))
    rows = [[r["factor"], _percent(r["first"]), _percent(r["total"]), r["label"]] for r in document["indices"]]
    return "\n".join([
        document["title"],
        f"{median} ({low} to {high}) {asked['unit']}",
        table(["input", "alone, % of variance", "with others, %", "label"], rows) if rows else "Nothing moves it.",
        f"{screening['grouped']} inputs vary together as “all other inputs”; a screening by rank on "
        f"{screening['draws']} draws told {100 * screening['grouped_share']:.0f} % of the variance from noise in them.",
    ])  # fmt: skip


def _percent(index: dict[str, float]) -> str:
    return f"{100 * index['value']:.0f} ({100 * index['low']:.0f} to {100 * index['high']:.0f})"
