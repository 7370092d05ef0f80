"""`sluicegate desk`: the desk in a browser, its people, and a copy of all it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sluicegate.cli.door import Database, Json, Schema, opened, plainly, print_json
from sluicegate.cli.tables import table

desk = typer.Typer(help="The desk in a browser and over HTTP.", invoke_without_command=True, rich_markup_mode=None)
people = typer.Typer(help="Who may use a desk of many.", no_args_is_help=True, rich_markup_mode=None)
desk.add_typer(people, name="people")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The person's name.")]
Role = Annotated[str, typer.Option("--role", help="reader, analyst or admin.")]


@desk.callback()
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8321,
    database: Database = None,
    many: Annotated[bool, typer.Option("--many", help="Many people, who sign in; else one, on this machine.")] = False,
    names: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST", help="A name it is reached by; may be repeated.")
    ] = None,
    tls: Annotated[bool, typer.Option("--tls", help="Reached over https, through a proxy in front.")] = False,
    network: Annotated[bool, typer.Option("--network", help="Allow the network, to read a URL.")] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=256, help="Processes that compute; half the cores by default.")
    ] = None,
) -> None:
    """Open the desk. The first line printed is its address."""
    if context.invoked_subcommand is not None:
        return
    with plainly():
        from sluicegate.web.serve import serve as start
        from sluicegate.web.settings import Settings

        size = Settings.workers if workers is None else workers
        start(Settings(database=database, mode="many" if many else "one-person", host=host, port=port,
                       hosts=tuple(names or ()), tls=tls, network=network, workers=size))  # fmt: skip


@desk.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy, a .zip file; it holds everything.")],
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Copy people, files, jobs, news, runs and imports into one file; the desk may go on meanwhile."""
    with opened(database) as engine:
        from sluicegate.store.backup import back_up

        document = back_up(engine, file)
        said = f"{document['rows']:,} rows and {document['files']:,} files in {file}"
        print_json(document) if json else typer.echo(said)


@desk.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `sluicegate desk backup` wrote.")],
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Bring a copy back, into an empty database of either kind; it must be empty, so that nothing is overwritten."""
    with opened(database) as engine:
        from sluicegate.store.backup import bring_back

        document = bring_back(engine, file)
        print_json(document) if json else typer.echo(f"{document['rows']:,} rows and {document['files']:,} files back")


@people.command("add")
def add(name: Name, role: Role = "reader", database: Database = None, json: Json = False,
        _schema: Schema = False) -> None:  # fmt: skip
    """Add somebody; the password is asked for, or read from standard input."""
    with opened(database) as engine:
        from sluicegate.desk.people import add_somebody

        document = add_somebody(engine, name, _password(), role)
        print_json(document) if json else typer.echo(f"{document['name']} may sign in as {document['role']}.")


@people.command("list")
def listed(database: Database = None, json: Json = False, _schema: Schema = False) -> None:
    """Who may sign in."""
    with opened(database) as engine:
        from sluicegate.desk.people import list_people

        document = list_people(engine)
        rows = [[p["name"], p["role"]] for p in document["people"]]
        print_json(document) if json else typer.echo(table(["name", "role"], rows))


@people.command("change")
def change(
    name: Name,
    role: Annotated[str | None, typer.Option("--role", help="reader, analyst or admin.")] = None,
    password: Annotated[bool, typer.Option("--password", help="Ask for a new password.")] = False,
    close: Annotated[bool | None, typer.Option("--close/--open", help="Let them in no more, or again.")] = None,
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Change somebody's role or password, or close the account; what they are signed in with ends."""
    with opened(database) as engine:
        from sluicegate.desk.people import change_somebody

        given = _password() if password else None
        document = change_somebody(engine, name, role=role, password=given, closed=close)
        said = f"{document['name']}, {document['role']}{', closed' if close else ''}."
        print_json(document) if json else typer.echo(said)


@people.command("token")
def token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose program it is for; `me` on a desk of one.")],
    what: Annotated[str, typer.Option("--for", metavar="TEXT", help="What it is for.")] = "a program",
    days: Annotated[float | None, typer.Option("--days", help="How long it holds; until withdrawn without it.")] = None,
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Make a token for a program, for `Authorization: Bearer TOKEN`; it is printed this once."""
    with opened(database) as engine:
        from sluicegate.store.person import ONLY, one_person
        from sluicegate.store.person import people as everybody
        from sluicegate.store.session import add_token
        from sluicegate.terms.errors import NotFoundError

        known = {p.name: p for p in everybody(engine)}
        person = known.get(name) or (one_person(engine) if name == ONLY else None)
        if person is None:
            raise NotFoundError(name, kind="person", known=known, where="name")
        secret = add_token(engine, person, what, days=days)
        print_json({"token": secret}) if json else typer.echo(secret)


def _password() -> str:
    """A password: asked for twice where somebody types, else the first line of standard input."""
    import sys

    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\n")
