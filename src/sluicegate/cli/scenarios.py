"""`sluicegate scenario`: list, validate, new."""

from __future__ import annotations

from typing import Annotated

import typer

from sluicegate.cli.door import Json, Schema, plainly, print_json
from sluicegate.cli.tables import table

scenarios = typer.Typer(help="Scenarios: list, check, start a new one.", no_args_is_help=True, rich_markup_mode=None)


@scenarios.command("list")
def listed(json: Json = False, _schema: Schema = False) -> None:
    """The bundled scenarios."""
    with plainly():
        from sluicegate.desk.scenarios import scenario_list

        rows = scenario_list()
        if json:
            print_json(rows)
        else:
            head = ["name", "start", "weeks", "as of", "title"]
            typer.echo(table(head, [[r["name"], r["start"], r["weeks"], r["as_of"], r["title"]] for r in rows]))


@scenarios.command()
def validate(
    file: Annotated[str, typer.Argument(metavar="SCENARIO", help="A YAML file or a bundled name.")], json: Json = False
) -> None:
    """Check a scenario file; every mistake is reported at once."""
    with plainly():
        from sluicegate.desk.scenarios import validate_scenario

        document = validate_scenario(file)
        print_json(document) if json else typer.echo(f"{file}: a valid scenario")


@scenarios.command()
def new() -> None:
    """Print a scenario file to start from."""
    with plainly():
        from sluicegate.desk.scenarios import new_scenario

        typer.echo(new_scenario(), nl=False)
