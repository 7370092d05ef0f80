"""`sluicegate scenario`: list, validate, new."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from sluicegate.cli.door import AsOf, Json, Schema, plainly, print_json, read_day
from sluicegate.cli.tables import table, tree

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


@scenarios.command()
def questions(
    as_of: AsOf = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """What the record leaves open, and the settings that `--set` takes."""
    with plainly():
        from sluicegate.desk.open_questions import questions_on

        rows = questions_on(read_day(as_of, "--as-of") or date.today())
        if json:
            print_json(rows)
            return
        for row in rows:
            settings = [f"{name}{' (default)' if name == row['default'] else ''}" for name in row["settings"]]
            shown = {"question": row["question"], "record": row["record"], "source": row["source"],
                     "settings": "; ".join(settings) or "none: no lever in the model yet"}  # fmt: skip
            typer.echo(tree({row["id"]: shown}))
