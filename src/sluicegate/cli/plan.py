"""`sluicegate plan`: what a place should do under a budget."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from sluicegate.cli.door import (
    AsOf,
    Json,
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
    asked: Annotated[str, typer.Argument(metavar="COMPANY|SCENARIO", help="A company's file, or a scenario.")],
    budget: Annotated[float, typer.Option("--budget", help="Million 2024 USD; a company's in its own currency.")],
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="SCENARIO", help="A company's world; default status-quo.")
    ] = None,
    weeks: Annotated[
        int | None, typer.Option("--weeks", min=4, help="Weeks a company looks ahead; default 52.")
    ] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="PLACE", help="Who plans; else the target.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day it acts from; default the scenario's first.")
    ] = None,
    aversion: Annotated[
        float, typer.Option("--aversion", help="Weight of the worst tenth of draws against the mean, 0 to 1.")
    ] = 0.5,
    draws: Annotated[
        int | None, typer.Option("--draws", min=1, help="Draws planned on, as many judge; default 64, a company's 128.")
    ] = None,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """The best answer of a place or a company under a budget, and what it turns out to be worth on fresh draws."""
    with plainly():
        from sluicegate.desk.company_plan import company_plan, is_company
        from sluicegate.desk.plan import plan as ask

        common: dict[str, Any] = {
            "budget": budget, "aversion": aversion, "seed": seed, "as_of": read_day(as_of, "--as-of"),
            "settings": pairs(settings or [], "--set"), "progress": progress("planning", "steps"),
        }  # fmt: skip
        if draws is not None:
            common["draws"] = draws
        if is_company(asked):
            _refuse({"--place": place, "--on": on}, "a place's plan", "of the file")
            if weeks is not None:
                common["weeks"] = weeks
            document = company_plan(asked, scenario=scenario or "status-quo", **common)
            print_json(document) if json else typer.echo(_company_text(document))
            return
        _refuse({"--scenario": scenario, "--weeks": weeks}, "a company's plan", "of the scenario")
        document = ask(asked, place=place, on=read_day(on, "--on"), **common)
        print_json(document) if json else typer.echo(_text(document))


def _refuse(given: dict[str, object], whose: str, instead: str) -> None:
    """Options that belong to the other kind of plan.

    Raises
    ------
    InputError : one is given.
    """
    from sluicegate.terms import InputError

    for option, value in given.items():
        if value is not None:
            raise InputError(f"{value}", where=option, expected=f"{option} with {whose} only",
                             do=f"Leave it out: those {instead} are taken.")  # fmt: skip


def _company_text(d: dict[str, Any]) -> str:
    head = f"{d['title']}, counted on {d['on']}, under {d['budget']:,.0f} {d['unit']}"
    worst = f"in the worst tenth {d['worst_tenth_without'] / 1e6:,.3g} m"
    lost = f"Without it {_money(d['loss_without'])} of value is lost in {d['horizon_weeks']} weeks, {worst}."
    if d["note"]:
        return "\n".join([head, lost, d["note"]])
    acts = [[a["by"] or "no more", _money(a["outlay"]), _money(a["cost"]), a["what"]] for a in d["actions"]]
    rows = [[f"{r['budget']:,.0f}", _money(r["cost"]), _money(r["avoided"]), f"{r['mean_net'] / 1e6:,.3g} m",
             f"{r['p_pays']:.0%}", f"{r['worst_tenth'] / 1e6:,.3g} m"] for r in d["frontier"]]  # fmt: skip
    alone = [[r["do"], f"{r['input']}, {r['origin']}", f"{r['mean_net'] / 1e6:,.3g} m",
              "yes" if r["worth_it"] else "no", r["why"]] for r in d["alone"]]  # fmt: skip
    spared = [f"Not short, and not bought for: {', '.join(d['do_not_run_out'])}."] if d["do_not_run_out"] else []
    return "\n".join([
        head,
        table(["by", "money needed", "not got back", "do"], acts) if acts else "Nothing is worth its cost.",
        lost,
        table(["budget", "cost", "value saved", "mean net", "pays in", "worst tenth"], rows),
        table(["the whole budget for", "of, from", "mean net", "worth it", "why"], alone),
        f"One more {d['unit']} of budget saves {d['margins']['budget']:.3g}, by the programme; the tables are what the "
        "simulation makes of it on fresh draws.",
        *spared,
        *d["limits"],
    ])  # fmt: skip


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


def _money(found: dict[str, float]) -> str:
    median, low, high = (f"{found[q] / 1e6:,.3g}" for q in ("q50", "q05", "q95"))
    return f"{median} m ({low} to {high})"
