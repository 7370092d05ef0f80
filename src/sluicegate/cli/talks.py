"""`sluicegate negotiate`: the talks."""

from __future__ import annotations

from pathlib import Path
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
from sluicegate.cli.tables import banded, mixed, table


def negotiate(
    scenario: ScenarioName,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day of the talks; default half a year in.")
    ] = None,
    draws: Draws = 256,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    deal: Annotated[
        Path | None, typer.Option("--deal", metavar="FILE", help="Write the deal as a scenario that can be run.")
    ] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """What both sides can do, what a deal is worth to each, what it must give, and who can wait."""
    with plainly():
        from sluicegate.desk.negotiate import negotiate as ask

        document = ask(scenario, on=read_day(on, "--on"), draws=draws, seed=seed, as_of=read_day(as_of, "--as-of"),
                       settings=pairs(settings or [], "--set"), deal=deal,
                       progress=progress("simulating", "pairs of moves"))  # fmt: skip
        tell(document, _text, json=json)


def _text(d: dict[str, Any]) -> str:
    deal, wait = d["bargain"], d["waiting"]
    rows = [[p["controller_move"], p["target_move"], banded(p["controller"], 2), banded(p["target"], 2),
             f"{p['equilibrium_share']:.0%}"] for p in d["payoffs"]]  # fmt: skip
    worth = [[w["what"], banded(w["target"]), banded(w["controller"])] for w in d["worth"]]
    lines = [
        f"{d['title']}, talks on {d['on']}; {d['unit']} from then on, median (90 %)",
        table([d["controller"], d["target"], f"to {d['controller']}", f"to {d['target']}", "equilibrium in"], rows),
        *(f"Equilibrium of the mean game: {mixed(e['controller'])} against {mixed(e['target'])}, "
          f"regret {e['regret']:.2g}, in a draw {banded(e['regret_in_draws'], 2)}." for e in d["equilibria"]),
        *([] if d["pure_equilibrium"] or not d["equilibria"] else
          ["No pair of single moves is an equilibrium of it: each side mixes."]),
        *([] if d["equilibria"] else ["The mean game has ties, and no equilibrium was found in it."]),
        *(f"If the {who['leader']} commits first: {mixed(who['commits_to'])}, answered by {who['answer']}."
          for who in d["leaders"]),
        *(f"{one} and {two} come to the same." for one, two in d["alike"]),
        f"A deal ({deal['deal']}) against none: {banded(deal['gain_controller'])} to {d['controller']}, "
        f"{banded(deal['gain_target'])} to {d['target']}; "
        f"worth it to both together in {deal['p_worth_it']:.0%} of draws.",
        f"What {d['target']} gives for it: no less than {banded(deal['zone']['least'])}, no more than "
        f"{banded(deal['zone']['most'])}; {banded(deal['nash_transfer'])} splits the surplus in halves.",
        *_offers(d["controller"], deal),
        f"A deal that breaks after {deal['if_broken']['weeks']} weeks is worth "
        f"{banded(deal['if_broken']['controller']['gain'])} to {d['controller']}, "
        f"{banded(deal['if_broken']['target']['gain'])} to {d['target']}.",
        f"Waiting costs {d['controller']} {banded(wait['controller'])}, {d['target']} {banded(wait['target'])} "
        f"{wait['unit']}; {d['target']} pays more in {wait['p_target_pays_more']:.0%} of draws, most in the week of "
        f"{wait['target_worst_week']}.",
        *([f"Nobody need give in at once: {wait['why_no_standoff']}."] if wait["why_no_standoff"] else []),
        table(["what it is worth", f"to {d['target']}", f"to {d['controller']}"], worth),
        *_stock(d),
        *(f"Absent, not zero: {told}." for told in d["levers_absent"]),
        *d["limits"],
    ]  # fmt: skip
    if told := d.get("deal_file"):
        lines.append(f"The deal is in {told}, the same deal broken in {d['deal_broken_file']}.")
    return "\n".join(lines)


def _stock(d: dict[str, Any]) -> list[str]:
    """What a stock held before the talks is worth in them, in two lines; none where nothing is short."""
    s = d["stock"]
    if s is None:
        return []
    before, after = s["controller_does_without"], s["controller_does_with"]
    return [
        f"Had {d['target']} held {s['days']:.0f} days more since {s['held_from']} (cost {banded(s['cost'])}): it would "
        f"lose {banded(s['saves_if_kept'])} less if the control stays, and give {banded(s['transfer_with'])} for the "
        f"deal ({s['deal']}), not {banded(s['transfer_without'])}; that alone pays in "
        f"{s['p_pays_in_the_deal']:.0%} of draws.",
        f"What leaves {d['controller']} best off by its losses: {mixed(before)} without the stock, {mixed(after)} with "
        "it.",
    ]  # fmt: skip


def _offers(controller: str, deal: dict[str, Any]) -> list[str]:
    """What offers in turn give, and whether a truce would keep, in two lines."""
    offers, truce = deal["offers"], deal["truce"]
    lines = []
    if offers["controller_first"] is not None:
        first, second = offers["controller_first"], 1 - offers["target_first"]
        lines.append(f"With an offer a week in turn {controller} gets {first:.0%} of what both are spared if it offers "
                     f"first, else {second:.0%}.")  # fmt: skip
    needed = truce["patience_needed"]
    told = f"it keeps if a period weighs {needed:.2f} of the one before: {truce['why']}" if needed else truce["why"]
    return [*lines, f"A truce: {told}."]
