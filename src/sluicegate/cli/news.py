"""`sluicegate news`: the library of articles: take in, look, search, ask."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from sluicegate.cli.door import Database, Json, Schema, opened, print_json, read_day, tell
from sluicegate.cli.tables import table, tree

news = typer.Typer(help="The library: feeds, articles, claims, what was decided on them, alerts.", no_args_is_help=True,
                   rich_markup_mode=None)  # fmt: skip

Reader = Annotated[str, typer.Option("--reader", help="Whose marks, notes and region.")]
LanguageName = Annotated[str, typer.Option("--language", help="Of ages and dates: en, zh, ar or your own.")]
Network = Annotated[bool, typer.Option("--network", help="Allow the network.")]
ArticleId = Annotated[int, typer.Argument(metavar="ID", min=1, help="The article's number.")]
ClaimId = Annotated[int, typer.Argument(metavar="CLAIM", min=1, help="The claim's number, as `news show` gives it.")]


@news.command()
def add(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A file, a URL (with --network), or -.")],
    network: Network = False,
    reader: Reader = "me",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Take one article in; the same one again changes nothing, a changed text becomes a revision."""
    with opened(database) as engine:
        from sluicegate.desk.library import add as ask

        document = ask(engine, source, network=network, reader=reader)
        print_json(document) if json else typer.echo(f"{document['outcome']}\n{_article(document)}")


@news.command()
def fetch(
    network: Network = False,
    everything: Annotated[bool, typer.Option("--all", help="Also feeds that are not due.")] = False,
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Ask the feeds that are due, and take in what is new."""
    with opened(database) as engine:
        from sluicegate.desk.library import fetch_feeds

        document = fetch_feeds(engine, network=network, everything=everything)
        if json:
            print_json(document)
            return
        rows = [[r["id"], r["status"] or "", r["new"], r["changed"], r["known"], r["problem"] or r["url"]]
                for r in document["feeds"]]  # fmt: skip
        typer.echo(table(["feed", "status", "new", "changed", "known", "feed or problem"], rows))


@news.command("list")
def listed(
    material: Annotated[list[str] | None, typer.Option("--material", help="Names this; may be repeated.")] = None,
    country: Annotated[
        list[str] | None, typer.Option("--country", metavar="PLACE", help="Names this place; may be repeated.")
    ] = None,
    kind: Annotated[list[str] | None, typer.Option("--type", help="Has a claim of this type.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Published on this day or later.")
    ] = None,
    for_you: Annotated[bool, typer.Option("--for-you", help="News for your region alone.")] = False,
    unread: Annotated[bool, typer.Option("--unread", help="Not read yet.")] = False,
    starred: Annotated[bool, typer.Option("--starred", help="Starred.")] = False,
    hidden: Annotated[bool, typer.Option("--hidden", help="Also hidden ones.")] = False,
    copies: Annotated[bool, typer.Option("--copies", help="Also copies of other articles.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    reader: Reader = "me",
    language: LanguageName = "en",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Articles, the newest first."""
    with opened(database) as engine:
        from sluicegate.desk.library import list_articles, wish_of

        wish = wish_of(materials=material or (), countries=country or (), types=kind or (),
                       since=read_day(since, "--since"), unread=unread, starred=starred, hidden=hidden, copies=copies,
                       where="--country")  # fmt: skip
        document = list_articles(engine, wish, reader=reader, for_you=for_you, language=language,
                                 limit=limit)  # fmt: skip
        print_json(document) if json else typer.echo(_lines(document["articles"]))


@news.command()
def show(
    article: ArticleId,
    reader: Reader = "me",
    language: LanguageName = "en",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """An article: summary, claims and how each stands, related stories, notes, what changed."""
    with opened(database) as engine:
        from sluicegate.desk.library import show as ask

        document = ask(engine, article, reader=reader, language=language)
        tell(document, _article, json=json)


@news.command()
def related(
    article: ArticleId,
    language: LanguageName = "en",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Other stories on the article's topic, each with its age."""
    with opened(database) as engine:
        from sluicegate.desk.library import related as ask

        document = ask(engine, article, language=language)
        print_json(document) if json else typer.echo(_lines(document["stories"]))


@news.command()
def timeline(
    material: Annotated[str, typer.Argument(metavar="MATERIAL", help="As the claims name it.")],
    country: Annotated[str | None, typer.Option("--country", metavar="PLACE", help="Only what names it.")] = None,
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """What is told of a material, event by event."""
    with opened(database) as engine:
        from sluicegate.desk.library import timeline as ask
        from sluicegate.terms import parse_place

        place = parse_place(country, where="--country") if country else None
        document = ask(engine, material, place=place)
        rows = [[e["day"], e["type"], ", ".join(e["actor"]), len(e["voices"]), e["quote"]] for e in document["events"]]
        print_json(document) if json else typer.echo(
            table(["day", "type", "actor", "sources", "quote"], rows, whole=True)
        )


@news.command()
def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help='Words, or "a phrase" in quotes.')],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    reader: Reader = "me",
    language: LanguageName = "en",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Articles that hold the words, best first."""
    with opened(database) as engine:
        from sluicegate.desk.library import search as ask

        document = ask(engine, words, reader=reader, language=language, limit=limit)
        rows = [[r["id"], r["published"] or "", r["title"] or "", r["excerpt"]] for r in document["results"]]
        print_json(document) if json else typer.echo(table(["id", "published", "title", "where"], rows))


@news.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In words.")],
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Answer a question from what was read, with citations, or say that it is not there."""
    with opened(database) as engine:
        from sluicegate.desk.library import ask as answer

        document = answer(engine, question)
        if json:
            print_json(document)
            return
        more = [[c["citation"]["article"], c["type"], c["status"], c["quote"]] for c in document["claims"][1:]]
        more += [[p["citation"]["article"], "passage", "", p["quote"]] for p in document["passages"]]
        typer.echo(tree(document["answer"]))
        if more:
            typer.echo("\n" + table(["article", "type", "status", "quote"], more, whole=True))


@news.command()
def since(
    after: Annotated[str | None, typer.Option("--after", metavar="DATE", help="From this day instead.")] = None,
    keep: Annotated[bool, typer.Option("--peek", help="Do not count this as a look.")] = False,
    reader: Reader = "me",
    language: LanguageName = "en",
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """What changed since you last looked, and which numbers it moved."""
    with opened(database) as engine:
        from sluicegate.desk.library import since as ask

        day = read_day(after, "--after")
        document = ask(engine, reader=reader, look=not keep, language=language,
                       after=str(day) if day else None)  # fmt: skip
        tell(document, _since, json=json)


def _lines(articles: list[dict[str, Any]]) -> str:
    rows = [[a["id"], a["age"] or "", a["publisher"] or "", a.get("claims", ""), a["title"] or ""] for a in articles]
    return table(["id", "age", "publisher", "claims", "title"], rows)


def _article(document: dict[str, Any]) -> str:
    """An article in the terminal: head, summary, claims, stories."""
    article = document["article"]
    head = {"id": document["id"], "title": article["title"], "publisher": article["publisher"],
            "published": article["published"], "age": document["age"], "class": document["source_class"],
            "topics": " ".join(t["hashtag"] for t in document["topics"]),
            "summary": [s["text"] for s in document["summary"]], "notes": [n["text"] for n in document["notes"]],
            "changed": [f"revision {r['number'] + 1}: {len(r['change']['added'])} claims came, "
                        f"{len(r['change']['gone'])} went, {len(r['change']['altered'])} changed"
                        f"{'' if r['change']['dated'] else '; the article gives no new date'}"
                        for r in document["revisions"]],
            "copies": len(document["copies"])}  # fmt: skip
    rows = [[c["number"], c["type"], c["status"], c["standing"]["independent_sources"],
             (c["decision"] or {}).get("verdict", ""), c["quote"]] for c in document["claims"]]  # fmt: skip
    told = [tree(head), table(["claim", "type", "status", "sources", "decided", "quote"], rows, whole=True)]
    return "\n\n".join([*told, *([_lines(document["stories"])] if document["stories"] else [])])


def _since(document: dict[str, Any]) -> str:
    numbers = [f"{n['number']} ({m['title'] or m['article']})" for m in document["moved"] for n in m["numbers"]]
    changed = [f"{c['title']}: {len(c['added'])} claims came, {len(c['gone'])} went, {len(c['altered'])} changed"
               f"{'' if c['dated'] else '; no new date'}" for c in document["changed"]]  # fmt: skip
    would = [f"{w['title'] or w['article']}: {'; '.join(w['what'])}; see `sluicegate brief news:{w['article']}`"
             for w in document["would_move"]]  # fmt: skip
    told = {"since": document["since"][:16], "numbers moved": numbers, "would move numbers": would,
            "changed stories": changed,
            "alerts": [f"{a['rule']}: {a['quote']}" for a in document["alerts"]],
            "decisions": [f"{d['verdict']} {d['type']}: {d['quote']}" for d in document["decisions"]]}  # fmt: skip
    return f"{tree(told)}\n\n{document['new_total']} new\n{_lines(document['new'])}"
