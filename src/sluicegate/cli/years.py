"""`sluicegate years`: the years between the end of stocks and capacity elsewhere."""

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
    progress,
    read_day,
    tell,
)
from sluicegate.cli.tables import banded, table


def years(
    scenario: ScenarioName,
    horizon: Annotated[int, typer.Option("--years", help="Years from the scenario's start, 2 to 20.")] = 15,
    chance: Annotated[
        float | None, typer.Option("--chance", help="That such a control holds, 0-1; default from the record.")
    ] = None,
    draws: Draws = 64,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """When stocks end and when capacity elsewhere is there, what is to be bridged, and what if no control comes."""
    with plainly():
        from sluicegate.desk.years import years as ask

        document = ask(scenario, horizon=horizon, chance=chance, draws=draws, seed=seed,
                       as_of=read_day(as_of, "--as-of"), settings=pairs(settings or [], "--set"),
                       progress=progress("simulating"))  # fmt: skip
        tell(document, _text, json=json)


def _text(d: dict[str, Any]) -> str:
    chance, pile, defence = d["chance"], d["stockpile"], d["defence"]
    return "\n".join([
        f"{d['title']}; {d['target']}, {d['from']} to {d['to']}",
        *([table(["product", "gap opens", "closes", "open at the end", "days of use to bridge", "m USD"],
                 [_row(b) for b in d["bridges"]])] if d["bridges"] else []),
        *([f"No gap: {', '.join(d['no_gap'])}."] if d["no_gap"] else []),
        f"The edge of {d['controller']}: {d['edge']['said']}.",
        *_plants(d["bridges"]),
        *(f"{name.capitalize()}: worst month {_percent(side['worst_month_missing'])} of use missing, "
          f"{banded(side['lost_per_year'], 2)} m USD of value added a year."
          for name, side in (("defence", defence["defence"]), ("civil", defence["civil"]))),
        f"How likely: {chance['used']:.0%}{' (given)' if chance['given'] else ''}. {chance['why']}.",
        table(["chance", "expected loss a year, m USD", f"{chance['stock']} is worth, m USD"],
              [[f"{r['chance']:.0%}", f"{round(r['expected_loss_per_year']):,}", f"{round(r['stock_is_worth']):,}"]
               for r in chance["if"]]),
        f"That stock pays from a chance of {chance['break_even']:.2g} on." if chance["break_even"] is not None
        else "That stock pays at no chance.",
        f"If {d['target']} does that from {pile['from']}, others lose more, m USD to the horizon: "
        + ("; ".join(f"{r['place']} {banded(r['more_lost'], 2)}, worse off in {r['p_worse']:.0%} of draws"
                     for r in pile["others"][:5]) or "nobody") + ".",
        f"Drained by it: {', '.join(pile['drains'])}." if pile["drains"] else
        f"Nobody is drained by it: no other place loses more in {pile['drains_from_share']:.0%} of draws.",
        *_decides(d["would_change"]),
        *([table(["look again", "for"], [[x["date"], x["what"]] for x in d["look_again"][:12]])]
          if d["look_again"] else []),
        *d["limits"],
    ])  # fmt: skip


def _decides(found: list[dict[str, Any]]) -> list[str]:
    told = ", ".join(f"{w['parameter']} ({w['share']:.0%}, {w['label']})" for w in found)
    return [f"What decides, and would change it most: {told}."] if told else []


def _row(b: dict[str, Any]) -> list[str]:
    return [b["product"], b["opens"]["q50"][:7], b["closes"]["q50"][:7] if b["closes"] else "-",
            f"{b['p_open_at_horizon']:.0%}", banded(b["missing_days_of_use"], 2),
            banded(b["stock_musd"], 2) if b["stock_musd"] else "no price"]  # fmt: skip


def _plants(bridges: list[dict[str, Any]]) -> list[str]:
    told = {p["project"]: f"{p['project']} ({p['place']}, {p['starts']['p50'][:7]}, {p['t_per_yr']:,.0f} t a year)"
            for b in bridges for p in b["pipeline"]}  # fmt: skip
    return [f"On their way elsewhere: {'; '.join(told.values())}."] if told else ["No plant elsewhere is on record."]


def _percent(found: dict[str, float] | None) -> str:
    return "-" if found is None else f"{found['q50']:.0%} ({found['q05']:.0%} to {found['q95']:.0%})"
