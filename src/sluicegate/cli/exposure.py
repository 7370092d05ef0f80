"""`sluicegate exposure`: one company's lines in a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sluicegate.cli.door import (
    AsOf,
    Draws,
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


def exposure(
    company: Annotated[
        Path | None, typer.Argument(metavar="COMPANY", help="The company's file, YAML or CSV; it is only read.")
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="Print a file to start from and stop.")] = False,
    scenario: Annotated[
        str, typer.Option("--scenario", metavar="SCENARIO", help="A bundled scenario or a YAML file.")
    ] = "status-quo",
    weeks: Annotated[int, typer.Option("--weeks", min=4, help="Weeks to look ahead.")] = 52,
    draws: Draws = 256,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Also write the page, in one file; it holds your data."),
    ] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """How long a company's lines run, what stops them first, what to order, apply for or qualify by when."""
    with plainly():
        from sluicegate.desk import exposure as desk
        from sluicegate.desk.page import exposure_html, exposure_text

        if template:
            typer.echo(desk.template(), nl=False)
            return
        document = desk.exposure(_named(company), scenario=scenario, weeks=weeks, draws=draws, seed=seed,
                                 as_of=read_day(as_of, "--as-of"), settings=pairs(settings or [], "--set"),
                                 progress=progress("simulating"))  # fmt: skip
        print_page(document, exposure_text, exposure_html, html, json=json, page="The page")


def _named(company: Path | None) -> Path:
    from sluicegate.terms.errors import InputError

    if company is None:
        raise InputError("no file", where="COMPANY", expected="a company's file",
                         do="Write one with `sluicegate exposure --template > company.yaml`.")  # fmt: skip
    return company
