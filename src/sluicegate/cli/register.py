"""`sluicegate register`: list, show, licences."""

from __future__ import annotations

from typing import Annotated

import typer

from sluicegate.cli.door import AsOf, Json, Schema, plainly, print_json, read_day, tell
from sluicegate.cli.tables import table, tree

register = typer.Typer(help="The register of export controls and the licences known of.", no_args_is_help=True,
                       rich_markup_mode=None)  # fmt: skip

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The state on this day.")]
Material = Annotated[str | None, typer.Option("--material", metavar="NAME", help="Only what names this material.")]


@register.command("list")
def listed(
    jurisdiction: Annotated[
        str | None, typer.Option("--jurisdiction", metavar="PLACE", help="Only the measures of this place.")
    ] = None,
    material: Material = None,
    on: On = None,
    as_of: AsOf = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """The measures of the register; with --on those that are in force, suspended or doubtful on that day."""
    with plainly():
        from sluicegate.desk.register import register_list

        document = register_list(jurisdiction=jurisdiction, material=material, on=read_day(on, "--on"),
                                 as_of=read_day(as_of, "--as-of"))  # fmt: skip
        if json:
            print_json(document)
            return
        rows = [
            [m["id"], m["announced_on"], m["effective_from"] or "", m["state"], m["title"]]
            for m in document["measures"]
        ]
        typer.echo(table(["id", "announced", "in effect", f"on {document['on']}", "title"], rows))


@register.command()
def show(
    measure_id: Annotated[str, typer.Argument(metavar="ID", help="As `sluicegate register list` gives it.")],
    on: On = None,
    as_of: AsOf = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """One measure in full: dates, items, limits, clauses, parties, papers, source, and its state on a day."""
    with plainly():
        from sluicegate.desk.register import register_show

        document = register_show(measure_id, on=read_day(on, "--on"), as_of=read_day(as_of, "--as-of"))
        tell(document, tree, json=json)


@register.command()
def licences(
    material: Material = None,
    destination: Annotated[
        str | None, typer.Option("--destination", metavar="PLACE", help="Only licences to this place or its group.")
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Licences known to have been granted, refused or counted, with who says so."""
    with plainly():
        from sluicegate.desk.register import register_licences

        document = register_licences(material=material, destination=destination, as_of=read_day(as_of, "--as-of"))
        if json:
            print_json(document)
            return
        rows = [
            [r["id"], r["known_on"], r["destination"] or "", r["outcome"], _counted(r), f"{r['what']}: {r['who']}"]
            for r in document["licences"]
        ]
        typer.echo(table(["id", "known on", "to", "outcome", "approved", "what and who"], rows))


def _counted(record: dict[str, object]) -> str:
    """Approved of applications, or the share told; empty where neither is known."""
    approved, applications = record["approved"], record["applications"]
    if approved is not None:
        return f"{approved} of {applications}" if applications else str(approved)
    share = record["approved_share"]
    return f"{'under ' if record['upper_bound'] else ''}{share:.0%}" if isinstance(share, float) else ""
