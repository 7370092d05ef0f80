"""`sluicegate plan`: what a place should do under a budget."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from sluicegate.cli.door import (
    AsOf,
    Draws,
    Json,
    ScenarioName,
    Schema,
    Seed,
    Settings,
    pairs,
    plainly,
    print_json,
    progress,
    read_day,
)
from sluicegate.cli.tables import table


def plan(
    scenario: ScenarioName,
    budget: Annotated[float, typer.Option("--budget", help="Million 2024 USD.")],
    place: Annotated[str | None, typer.Option("--place", metavar="PLACE", help="Who plans; else the target.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day it acts from; default the scenario's first.")
    ] = None,
    aversion: Annotated[
        float, typer.Option("--aversion", help="Weight of the worst tenth of draws against the mean, 0 to 1.")
    ] = 0.5,
    draws: Draws = 64,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """The best answer under a budget: stock, second sources, thrift, scrap, plants, promises; judged on fresh draws."""
    with plainly():
        from sluicegate.desk.plan import plan as ask

        document = ask(scenario, budget=budget, place=place, on=read_day(on, "--on"), aversion=aversion, draws=draws,
                       seed=seed, as_of=read_day(as_of, "--as-of"), settings=pairs(settings or [], "--set"),
                       progress=progress("planning", "steps"))  # fmt: skip
        print_json(document) if json else typer.echo(_text(document))


def _text(d: dict[str, Any]) -> str:
    worst = f"in the worst tenth {d['worst_tenth_without']:,.0f}"
    lost = f"Without it {d['place']} loses {_band(d['loss_without'])}, {worst}."
    head = f"{d['title']}, from {d['on']}, under {d['budget']:g} {d['unit']}"
    if d["note"]:
        return "\n".join([head, lost, d["note"]])
    acts = [[a["kind"], a["product"], _size(a), a["from"], _band(a["cost"])] for a in d["actions"]]
    rows = [[f"{r['budget']:g}", _band(r["cost"]), _band(r["avoided"]), f"{r['mean_net']:,.0f}", f"{r['p_pays']:.0%}",
             f"{r['worst_tenth']:,.0f}"] for r in d["frontier"]]  # fmt: skip
    said = d["expected_by_programme"]
    return "\n".join([
        head,
        table(["do", "of", "how much", "from", "cost"], acts) if acts else "Nothing is worth its cost.",
        lost,
        table(["budget", "cost", "loss avoided", "mean net", "pays in", "worst tenth"], rows),
        f"The programme expected a loss of {said['loss']:,.0f} in place of {said['loss_without']:,.0f}; the table is "
        "what the simulation makes of it on fresh draws.",
        table(["the whole budget for", "cost", "loss avoided", "worth it", "why"], [
            [r["kind"], _band(r["cost"]), _band(r["benefit"]), "yes" if r["worth_it"] else "no", r["why"]]
            for r in d["alone"]]),
        *(f"A further day of {m['product']} saves {m['value']:.3g} and costs {m['costs']:.3g}."
          for m in d["margins"]["day_of_stock"]),
        f"Knowing how it goes before ordering would be worth {d['information']['value']:,.0f}; planning for all draws "
        f"and not for their mean is worth {d['information']['of_planning_for_all_draws']:,.0f}.",
        f"Regret: {d['regret']['value']:,.0f}, against “{d['regret']['against']}”.",
        *d["limits"],
    ])  # fmt: skip


def _size(action: dict[str, Any]) -> str:
    if action["kind"] == "stock":
        return f"{action['size']:.0f} days"
    return f"{action['size']:.1%} {action['unit'].removeprefix('share ').removeprefix('part ')}"


def _band(found: dict[str, float], digits: int = 3) -> str:
    median, low, high = (f"{float(f'{found[q]:.{digits}g}'):,g}" for q in ("q50", "q05", "q95"))
    return f"{median} ({low} to {high})"
