"""`sluicegate news`, the rest: decisions, marks and notes, alerts, feeds, files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sluicegate.cli.door import Database, Json, Schema, opened, print_json, progress, tell
from sluicegate.cli.news import ArticleId, ClaimId, Network, Reader
from sluicegate.cli.tables import table, tree


def accept(
    claim: Annotated[int | None, typer.Argument(metavar="CLAIM", min=1, help="The claim's number.")] = None,
    by_rule: Annotated[
        bool, typer.Option("--by-rule", help="All that come from an official source or two independent ones.")
    ] = False,
    measure: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The register's entry that an easing or lifting amends; none: none."),
    ] = None,
    reader: Reader = "me",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Accept a claim: recorded, and laid over the world, its quote the source.

    A control becomes an entry of the register, an easing or lifting amends the one it is about, a number becomes a
    figure, a plant a facility.
    """
    with opened(database) as engine:
        from sluicegate.desk.library import accept as one
        from sluicegate.desk.library import accept_by_rule
        from sluicegate.terms.errors import InputError

        if (claim is None) != by_rule:
            raise InputError("both or neither of a claim and --by-rule", where="arguments", expected="one of the two",
                             do="Name a claim, or say --by-rule.")  # fmt: skip
        if by_rule and measure:
            raise InputError("--measure with --by-rule", where="arguments", expected="an entry for one claim",
                             do="Name the claim.")  # fmt: skip
        document = (accept_by_rule(engine, reader=reader) if claim is None
                    else one(engine, claim, measure=measure, reader=reader))  # fmt: skip
        tell(document, tree, json=json)


def reject(
    claim: ClaimId, reader: Reader = "me", database: Database = None, json: Json = False, _schema: Schema = False
) -> None:
    """Reject a claim: recorded, and never taken by rule."""
    with opened(database) as engine:
        from sluicegate.desk.library import reject as ask

        document = ask(engine, claim, reader=reader)
        tell(document, tree, json=json)


def undo(
    claim: ClaimId, reader: Reader = "me", database: Database = None, json: Json = False, _schema: Schema = False
) -> None:
    """Undo the decision that stands on a claim; what it laid over the world is taken away."""
    with opened(database) as engine:
        from sluicegate.desk.library import undo as ask

        document = ask(engine, claim, reader=reader)
        tell(document, tree, json=json)


def decisions(database: Database = None, json: Json = False, _schema: Schema = False) -> None:
    """Every decision, the newest first, undone ones too."""
    with opened(database) as engine:
        from sluicegate.desk.library import list_decisions

        document = list_decisions(engine)
        rows = [[d["claim"], d["at"][:16], d["verdict"], "undone" if d["undone_at"] else d["reason"],
                 (d["entry"] or {}).get("name") or (d["entry"] or {}).get("why") or "", d["quote"]]
                for d in document["decisions"]]  # fmt: skip
        print_json(document) if json else typer.echo(
            table(["claim", "at", "verdict", "why", "became", "quote"], rows, whole=True)
        )


def mark(
    article: ArticleId,
    name: Annotated[str, typer.Argument(metavar="MARK", help="read, starred or hidden.")],
    off: Annotated[bool, typer.Option("--off", help="Take the mark away.")] = False,
    reader: Reader = "me",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Mark an article as read, starred or hidden."""
    with opened(database) as engine:
        from sluicegate.desk.library import mark as ask

        document = ask(engine, article, name, on=not off, reader=reader)
        tell(document, tree, json=json)


def note(
    article: ArticleId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note.")],
    claim: Annotated[int | None, typer.Option("--claim", min=1, help="On this claim of it.")] = None,
    reader: Reader = "me",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Keep a note or comment on an article, or on one of its claims."""
    with opened(database) as engine:
        from sluicegate.desk.library import note as ask

        document = ask(engine, article, text, claim=claim, reader=reader)
        tell(document, tree, json=json)


def reader(
    region: Annotated[
        str | None, typer.Option("--region", metavar="PLACE", help="What `for you` means; empty to forget it.")
    ] = None,
    language: Annotated[str | None, typer.Option("--language", help="Of the desk; empty to forget it.")] = None,
    name: Annotated[str, typer.Option("--reader", help="Which reader.")] = "me",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Who the reader is: region and language."""
    with opened(database) as engine:
        from sluicegate.desk.library import reader_profile

        document = reader_profile(engine, reader=name, region=region, language=language)
        tell(document, tree, json=json)


def alerts(
    add: Annotated[str | None, typer.Option("--add", metavar="NAME", help="Keep a rule of this name.")] = None,
    drop: Annotated[str | None, typer.Option("--drop", metavar="NAME", help="Take a rule out.")] = None,
    rule: Annotated[str | None, typer.Option("--rule", metavar="NAME", help="Only what this rule hit.")] = None,
    kind: Annotated[list[str] | None, typer.Option("--type", help="Of the new rule: type of claim.")] = None,
    material: Annotated[list[str] | None, typer.Option("--material", help="Of the new rule: material.")] = None,
    country: Annotated[
        list[str] | None, typer.Option("--country", metavar="PLACE", help="Of the new rule: acting or aimed at.")
    ] = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="Of the new rule: status of the claim.")] = None,
    region: Annotated[
        str | None, typer.Option("--region", metavar="PLACE", help="Of the new rule: whose supply is meant.")
    ] = None,
    exposure: Annotated[
        float | None, typer.Option("--exposure", help="Of the new rule: least share of that supply, 0-1.")
    ] = None,
    webhook: Annotated[
        str | None, typer.Option("--webhook", metavar="URL", help="Of the new rule: told by POST.")
    ] = None,
    feed: Annotated[
        Path | None, typer.Option("--feed", metavar="FILE", help="Write the alerts as an Atom feed.")
    ] = None,
    mail: Annotated[
        Path | None, typer.Option("--mail", metavar="FILE", help="Write them as a mail file (.eml).")
    ] = None,
    to: Annotated[str, typer.Option("--to", help="Whom the mail file is for.")] = "me@localhost",
    send: Annotated[bool, typer.Option("--send", help="Post what is new to the webhooks (with --network).")] = False,
    network: Network = False,
    reader: Reader = "me",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Rules on claims and what they hit; a new rule is applied to everything on record."""
    with opened(database) as engine:
        from sluicegate.desk import library
        from sluicegate.terms.writing import write_whole

        if add:
            document = library.add_rule(engine, add, types=kind or (), materials=material or (), places=country or (),
                                        statuses=status or (), region=region, least_exposure=exposure, webhook=webhook,
                                        reader=reader)  # fmt: skip
        elif drop:
            document = library.drop_rule(engine, drop)
        elif send:
            document = library.send(engine, network=network)
        else:
            document = library.alerts(engine, rule=rule)
            if feed:
                write_whole(feed, library.as_atom(document, title="Alerts of Sluicegate"))
            if mail:
                write_whole(mail, library.as_mail(document, to=to))
        tell(document, _alerts, json=json)


def feeds(
    add: Annotated[str | None, typer.Option("--add", metavar="URL", help="Follow a feed.")] = None,
    drop: Annotated[str | None, typer.Option("--drop", metavar="FEED", help="Follow it no longer.")] = None,
    folder: Annotated[str | None, typer.Option("--folder", help="Of the feed that is added.")] = None,
    source_class: Annotated[
        str | None, typer.Option("--class", help="Of its articles: official, state media, wire, press or blog.")
    ] = None,
    private: Annotated[bool | None, typer.Option("--private/--public", help="It may lie on your own network.")] = None,
    read: Annotated[
        Path | None, typer.Option("--opml", metavar="FILE", help="Follow the feeds of an OPML file.")
    ] = None,
    json: Json = False,
    database: Database = None,
    _schema: Schema = False,
) -> None:
    """The feeds that are followed; nothing is fetched here."""
    with opened(database) as engine:
        from sluicegate.desk import library

        if add:
            document = library.add_feed(engine, add, folder=folder, source_class=source_class, private=private)
        elif drop:
            document = library.drop_feed(engine, drop)
        elif read:
            document = library.import_feeds_file(engine, read)
        else:
            document = library.list_feeds(engine)
        tell(document, _feeds, json=json)


def export(
    form: Annotated[
        str, typer.Option("--as", metavar="FORM", help="jsonl (articles), csv (claims) or opml.")
    ] = "jsonl",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="To a file, whole or not at all.")] = None,
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """The library as a file: articles with their claims, claims alone, or the feeds."""
    with opened(database) as engine:
        from sluicegate.desk.library.archive import export_in, write_lines

        lines = export_in(engine, form)
        if out:
            count = write_lines(out, lines)
            print_json({"form": form, "file": str(out), "lines": count}) if json else typer.echo(f"wrote {out}")
        elif json:
            print_json({"form": form, "content": "".join(lines)})
        else:
            for line in lines:
                sys.stdout.write(line)


def import_(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="JSON lines, a folder of articles, or an OPML file.")],
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Take in a file or folder of articles; done again it takes in what is missing, and nothing twice."""
    with opened(database) as engine:
        from sluicegate.desk.library import import_feeds_file, import_path

        if path.suffix.lower() == ".opml":
            document = import_feeds_file(engine, path)
        else:
            told = progress("reading", "articles")
            document = import_path(engine, path, progress=(lambda n: told(n, None)) if told else None)
        tell(document, tree, json=json)


def reread(database: Database = None, json: Json = False, _schema: Schema = False) -> None:
    """Read every kept article again, after an update of the program; claims that say the same keep their decisions."""
    with opened(database) as engine:
        from sluicegate.desk.library import reread_all

        told = progress("reading again", "articles")
        document = reread_all(engine, progress=(lambda n: told(n, None)) if told else None)
        tell(document, tree, json=json)


def second_reading(
    article: ArticleId,
    endpoint: Annotated[str, typer.Option("--endpoint", metavar="URL", help="An OpenAI-compatible chat endpoint.")],
    model: Annotated[str, typer.Option("--model", help="The model's name there.")],
    private: Annotated[bool, typer.Option("--private", help="It may lie on this machine or your own network.")] = False,
    network: Network = False,
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """What a language model of yours proposes and doubts, with quotes that stand in the article; nothing is kept.

    The article's text goes to the endpoint; its key is read from SLUICEGATE_MODEL_KEY.
    """
    with opened(database) as engine:
        from sluicegate.desk.library import second_reading as ask

        document = ask(engine, article, endpoint=endpoint, model=model, network=network, private=private)
        rows = [["proposed", p["type"], p["quote"]] for p in document["proposals"]]
        rows += [["supported" if v["supported"] else "doubted", f"claim {v['claim']}", v["quote"]]
                 for v in document["verdicts"]]  # fmt: skip
        print_json(document) if json else typer.echo(table(["", "what", "quote"], rows, whole=True))


def attach(news: typer.Typer) -> None:
    """Put these commands beside the others of `news`."""
    for name, command in _COMMANDS:
        news.command(name)(command)


_COMMANDS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("accept", accept),
    ("reject", reject),
    ("undo", undo),
    ("decisions", decisions),
    ("mark", mark),
    ("note", note),
    ("reader", reader),
    ("alerts", alerts),
    ("feeds", feeds),
    ("export", export),
    ("import", import_),
    ("reread", reread),
    ("second-reading", second_reading),
)


def _alerts(document: dict[str, Any]) -> str:
    if "alerts" not in document:
        return tree(document)
    rows = [[a["rule"], a["published"] or "", a["type"], "" if a["exposure"] is None else f"{a['exposure']:.0%}",
             a["quote"]] for a in document["alerts"]]  # fmt: skip
    return table(["rule", "published", "type", "exposure", "quote"], rows, whole=True)


def _feeds(document: dict[str, Any]) -> str:
    if not isinstance(document.get("feeds"), list):
        return tree(document)
    rows = [[f["id"], f["folder"], (f["fetched_at"] or "")[:16], f["problem"] or f["title"] or "", f["url"]]
            for f in document["feeds"]]  # fmt: skip
    return table(["id", "folder", "asked", "title or problem", "url"], rows)
