"""`sluicegate negotiate` and `sluicegate lab`: the talks, and games for those who ask."""

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
    print_json,
    progress,
    read_day,
)
from sluicegate.cli.tables import table

lab = typer.Typer(help="Games as they stand in textbooks, for those who ask.", no_args_is_help=True)


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
        print_json(document) if json else typer.echo(_text(document))


@lab.command()
def game(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="YAML with `row` and `column`, payoffs of each side.")],
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """All equilibria of a game of two, with regret; what dominance leaves; the best commitment of each side."""
    with plainly():
        from sluicegate.desk.game import game as ask

        document = ask(file)
        print_json(document) if json else typer.echo(_game_text(document))


def _text(d: dict[str, Any]) -> str:
    deal, wait = d["bargain"], d["waiting"]
    rows = [[p["controller_move"], p["target_move"], _band(p["controller"]), _band(p["target"]),
             f"{p['equilibrium_share']:.0%}"] for p in d["payoffs"]]  # fmt: skip
    worth = [[w["what"], _band(w["target"]), _band(w["controller"])] for w in d["worth"]]
    lines = [
        f"{d['title']}, talks on {d['on']}; {d['unit']} from then on, median (90 %)",
        table([d["controller"], d["target"], f"to {d['controller']}", f"to {d['target']}", "equilibrium in"], rows),
        *(f"Equilibrium of the mean game: {_mix(e['controller'])} against {_mix(e['target'])}, "
          f"regret {e['regret']:.2g}." for e in d["equilibria"]),
        *([] if d["equilibria"] else ["The mean game has ties, and no equilibrium was found in it."]),
        *(f"If the {who['leader']} commits first: {_mix(who['commits_to'])}, answered by {who['answer']}."
          for who in d["leaders"]),
        *(f"{one} and {two} come to the same." for one, two in d["alike"]),
        f"A deal ({deal['deal']}) against none: {_band(deal['gain_controller'])} to {d['controller']}, "
        f"{_band(deal['gain_target'])} to {d['target']}; "
        f"worth it to both together in {deal['p_worth_it']:.0%} of draws.",
        f"What {d['target']} gives for it: no less than {_band(deal['zone']['least'])}, no more than "
        f"{_band(deal['zone']['most'])}; {_band(deal['nash_transfer'])} splits the surplus in halves.",
        f"Waiting costs {d['controller']} {_band(wait['controller'])}, {d['target']} {_band(wait['target'])} "
        f"{wait['unit']}; {d['target']} pays more in {wait['p_target_pays_more']:.0%} of draws, most in the week of "
        f"{wait['target_worst_week']}.",
        *([f"Nobody need give in at once: {wait['why_no_standoff']}."] if wait["why_no_standoff"] else []),
        table(["what it is worth", f"to {d['target']}", f"to {d['controller']}"], worth),
        *d["limits"],
    ]  # fmt: skip
    if told := d.get("deal_file"):
        lines.append(f"The deal is in {told}.")
    return "\n".join(lines)


def _game_text(d: dict[str, Any]) -> str:
    rows = [[_mix(e["row"]), _mix(e["column"]), f"{e['row_value']:.6g}", f"{e['column_value']:.6g}",
             f"{e['regret']:.1g}"] for e in d["equilibria"]]  # fmt: skip
    return "\n".join([
        f"Left by dominance: {', '.join(d['undominated']['row'])} against {', '.join(d['undominated']['column'])}.",
        table(["row", "column", "row earns", "column earns", "regret"], rows),
        *([d["note"]] if d["note"] else []),
        f"Committing first, row earns {d['leaders']['row']:.6g}, column {d['leaders']['column']:.6g}; "
        f"safe for row {d['safe']['row']:.6g}, for column {d['safe']['column']:.6g}.",
    ])  # fmt: skip


def _mix(mix: dict[str, float]) -> str:
    return next(iter(mix)) if len(mix) == 1 else ", ".join(f"{name} {p:.1%}" for name, p in mix.items())


def _band(found: dict[str, float], digits: int = 3) -> str:
    median, low, high = (f"{float(f'{found[q]:.{digits}g}'):,g}" for q in ("q50", "q05", "q95"))
    return f"{median} ({low} to {high})"
