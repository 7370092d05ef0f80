"""`sluicegate reroute`: the best flows under the measures of a scenario."""

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
from sluicegate.cli.tables import table


def reroute(
    scenario: ScenarioName,
    place: Annotated[str | None, typer.Option("--place", metavar="PLACE", help="Whose loss counts; else all.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="First day; default the first measure's.")
    ] = None,
    weeks: Annotated[int, typer.Option("--weeks", min=4, help="Weeks planned.")] = 52,
    draws: Draws = 64,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Who would ship to whom if it were planned: what that saves, which flows change, what is in the way."""
    with plainly():
        from sluicegate.desk.reroute import reroute as ask

        document = ask(scenario, place=place, on=read_day(on, "--on"), weeks=weeks, draws=draws, seed=seed,
                       as_of=read_day(as_of, "--as-of"), settings=pairs(settings or [], "--set"),
                       progress=progress("solving", "programmes"))  # fmt: skip
        tell(document, _text, json=json)


def _saved(found: dict[str, Any] | None) -> str:
    return "-" if found is None else f"{found['mean_saved']:,.0f}, {found['p_saves']:.0%}"


def _text(d: dict[str, Any]) -> str:
    head = f"{d['title']}, {d['weeks']} weeks from {d['from']}, {d['unit']}"
    if d["note"]:
        return "\n".join([head, d["note"]])
    shown = list(d["ways"][0]["by_place"])
    ways = [[r["way"], f"{r['lost']:,.0f}", *(f"{r['by_place'][p]:,.0f}" for p in shown), _saved(r["simulated"])]
            for r in d["ways"]]  # fmt: skip
    changes = [[c["product"], f"{c['origin']} > {c['destination']}", f"{c['before_t']:,.3g}", f"{c['after_t']:,.3g}",
                "new" if c["new"] else ""] for c in d["changes"]]  # fmt: skip
    return "\n".join([
        head,
        table(["lost when", "all", *shown, "simulated: saves, in draws"], ways),
        table(["what ships otherwise", "link", "t before", "t after", ""], changes),
        table(["a t more a week through", "link", "saves", "passes of usual"], [
            [w["product"], f"{w['origin']} > {w['destination']}", f"{w['worth']:,.3g}",
             f"{w['passes_t_per_week']:.3g} of {w['usual_t_per_week']:.3g} t"] for w in d["windows"][:8]]),
        table(["a t more a week made by", "in", "saves"],
              [[c["maker"], c["place"], f"{c['worth']:,.3g}"] for c in d["capacity"][:8]]),
        table(["a day of use more of", "in", "saves"],
              [[s["product"], s["place"], f"{s['worth']:,.3g}"] for s in d["stocks"][:8]]),
        *d["limits"],
    ])  # fmt: skip
