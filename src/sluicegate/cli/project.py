"""`sluicegate project`: one mine, separation or magnet plant outside the controlling country."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sluicegate.cli.door import AsOf, Draws, Json, Schema, Seed, plainly, progress, read_day, tell
from sluicegate.cli.tables import banded, table


def project(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The project's file, YAML; it is only read.")
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="Print a file to start from and stop.")] = False,
    draws: Draws = 1024,
    seed: Seed = 1,
    as_of: AsOf = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """What a plant outside the controlling country is worth, what support is worth to it, and what that costs."""
    with plainly():
        from sluicegate.desk import project as desk
        from sluicegate.terms.errors import InputError

        if template:
            typer.echo(desk.template(), nl=False)
            return
        if file is None:
            raise InputError("no file", where="FILE", expected="a project's file",
                             do="Write one with `sluicegate project --template > project.yaml`.")  # fmt: skip
        document = desk.project(file, draws=draws, seed=seed, as_of=read_day(as_of, "--as-of"),
                                progress=progress("simulating"))  # fmt: skip
        tell(document, _text, json=json)


def _text(d: dict[str, Any]) -> str:
    even, npv, conf, cut = d["break_even"], d["npv"], d["confrontation"], d["price_cut"]
    rows = [[name, banded(npv[key]["value"]), f"{npv[key]['mean']:,.0f}", f"{npv[key]['p_positive']:.0%}"]
            for name, key in (("alone", "without_support"), ("alone, no confrontation ever", "without_confrontation"),
                              ("with its support", "with_support"))]  # fmt: skip
    rows += [["alone, prices cut once it runs", banded(cut["npv"]["value"]), f"{cut['npv']['mean']:,.0f}",
              f"{cut['npv']['p_positive']:.0%}"]]  # fmt: skip
    given = [[r["support"], banded(r["gain"]), f"{r['mean_gain']:,.0f}", banded(r["treasury_cost"]),
              f"{r['mean_treasury_cost']:,.0f}"] for r in d["support"]]  # fmt: skip
    parts = [
        f"{d['title']}, decided {d['decided']}",
        f"Breaks even at {banded(even['ratio'], 2)} of base prices, {banded(even['usd_per_kg'])} USD/kg of "
        f"{even['product']}"
        + (
            f"; {banded(even['with_by_products_usd_per_kg'])} with what is made besides sold at its base price "
            f"({even['by_product_share']:.0%} of sales)."
            if even["by_product_share"]
            else "."
        ),
        table(["value, million 2024 USD", "median (90 %)", "mean", "above zero"], rows),
    ]
    if given:
        parts.append(table(["support", "gain to owner (90 %)", "mean", "cost to treasury (90 %)", "mean"], given))
    parts.append(table(
        ["confrontations as in", "value alone (90 %)", "above zero", "with its support (90 %)", "above zero"],
        [[s["scenario"], *(x for key in ("without_support", "with_support")
                           for x in (banded(s[key]["value"]), f"{s[key]['p_positive']:.0%}"))] for s in d["scenarios"]],
    ))  # fmt: skip
    return "\n".join([
        *parts,
        f"Pays on average from {_rate(conf['pays_from'], conf['pays_from_chance'])}; with its support from "
        f"{_rate(conf['pays_from_with_support'], conf['pays_from_chance_with_support'])}. Assumed: "
        f"{conf['assumed_per_year']:g} a year ({conf['assumed_chance']:.0%} within {conf['chance_within_years']:.0f} "
        f"years), prices as in {conf['scenario']}.",
        f"If prices are cut by {cut['share']:.0%} for {cut['months']} months once it runs, its cash lasts in "
        f"{cut['survives']:.0%} of draws, with its support in {cut['survives_with_support']:.0%}.",
        *d["assumed"],
    ])  # fmt: skip


def _rate(found: float | None, chance: float | None) -> str:
    if found is None or chance is None:
        return "no number of confrontations"
    return "none at all" if found == 0 else f"{found:.2f} confrontations a year ({chance:.0%} to see one in ten years)"
