"""`sluicegate plan`: what a place should do under a budget."""

from __future__ import annotations

from datetime import date
from pathlib import Path
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
    print_page,
    progress,
    read_day,
)


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
    future: Annotated[
        list[str] | None,
        typer.Option("--future", metavar="SCENARIO", help="Also simulate in it; else kept, suspended, banned, never."),
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
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write the page; a company's holds your data.")
    ] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """The best answer of a place or a company under a budget, and what it turns out to be worth on fresh draws."""
    with plainly():
        from sluicegate.desk.company_plan import is_company
        from sluicegate.desk.page import plan_html, plan_text

        common: dict[str, Any] = {
            "budget": budget, "aversion": aversion, "seed": seed, "as_of": read_day(as_of, "--as-of"),
            "settings": pairs(settings or [], "--set"), "progress": progress("planning", "steps"),
        } | ({} if draws is None else {"draws": draws})  # fmt: skip
        if is_company(asked):
            _refuse({"--place": place, "--on": on, "--future": future}, "a place's plan", "of the file")
            document = _of_company(asked, scenario, weeks, common)
        else:
            _refuse({"--scenario": scenario, "--weeks": weeks}, "a company's plan", "of the scenario")
            document = _of_place(asked, place, read_day(on, "--on"), common | {"futures": tuple(future or ())})
        print_page(document, plan_text, plan_html, html, json=json, page="The page")


def _of_company(path: str, scenario: str | None, weeks: int | None, common: dict[str, Any]) -> dict[str, Any]:
    from sluicegate.desk.company_plan import company_plan

    own: dict[str, Any] = {} if weeks is None else {"weeks": weeks}
    return company_plan(path, scenario=scenario or "status-quo", **own, **common)


def _of_place(name: str, place: str | None, on: date | None, common: dict[str, Any]) -> dict[str, Any]:
    from sluicegate.desk.plan import plan as ask

    return ask(name, place=place, on=on, **common)


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
