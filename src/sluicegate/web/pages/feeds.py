"""The feeds that are followed: added, dropped, taken from and given to other readers, and asked now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.library import feeding
from sluicegate.desk.page.block import Block, words
from sluicegate.news.outlet import CLASSES
from sluicegate.store.audit import note as audit
from sluicegate.terms import InputError
from sluicegate.web.pages.asking import go_to
from sluicegate.web.pages.cells import note, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.reader import language_of
from sluicegate.web.right import may, require_network, require_role

router = APIRouter(include_in_schema=False)

_OPML = "text/x-opml; charset=utf-8"


@router.get("/feeds")
def listed(request: Request) -> Response:
    """Every feed and how it did the last time it was asked."""
    found = feeding.list_feeds(request.app.state.engine)["feeds"]
    told, now = language_of(request), datetime.now(UTC)
    rows = [
        [
            text_cell(f["title"] or f["url"], f["url"] if f["title"] else "", strong=True),
            text_cell(f["folder"]),
            text_cell(f["source_class"] or "press"),
            text_cell(told.ago(f["fetched_at"], now) or "never"),
            text_cell(f["problem"] or ("good" if f["fetched_at"] else "not asked yet"),
                      tone="bad" if f["problem"] else "plain"),
        ]
        for f in found
    ]  # fmt: skip
    table: Block = note("None is followed yet.")
    if rows:
        table = table_of(("Feed", "Folder", "Class", "Asked", "How it did"), rows)
    groups = [Group("followed", "Feeds that are followed", (table, note("Take them to another reader (OPML)",
                                                                        link="/feeds/opml")))]  # fmt: skip
    if may(request, "analyst"):
        groups += [_fetch(request), *_changes(found)]
    else:
        groups.append(Group("change", "Change them", (note("Feeds are chosen by analysts of this desk."),)))
    view = View("Feeds", tuple(groups), above=words("News", link="/news"), data={"feeds": found},
                twin="/api/v1/news/feeds")  # fmt: skip
    return show(request, view)


def _fetch(request: Request) -> Group:
    """Asking the feeds now, where this desk may."""
    if not request.app.state.settings.network:
        return Group("fetch", "Ask them now", (
            note("This desk asks no other machine: it was started without --network. Articles can be added by hand "
                 "under News."),))  # fmt: skip
    everything = Field("everything", "Also feeds that are not due", "check", help="Each is asked every half hour.")
    form = Form("/feeds/fetch", "Ask them now", (everything,), compact=True)
    return Group("fetch", "Ask them now", (
        note("New stories are read in the background: one or two seconds apart from one site, robots.txt obeyed."),
        form))  # fmt: skip


def _changes(found: list[dict[str, Any]]) -> list[Group]:
    """The forms that change what is followed."""
    add = Form("/feeds", "Follow it", (
        Field("url", "Address of a feed", required=True, help="RSS, Atom or JSON Feed; nothing is fetched yet."),
        Field("folder", "Folder", help="To group feeds; may stay empty."),
        Field("class", "What kind of source", "select", "", options=(("", "as its address says"),
                                                                     *((c, c) for c in CLASSES)),
              help="An official source may be accepted by rule; a blog counts as no independent voice."),
    ))  # fmt: skip
    opml = Form("/feeds/opml", "Follow them all", (
        Field("file", "An OPML file", "file", accept=".opml,.xml", required=True, help="As other readers export it."),
    ), upload=True)  # fmt: skip
    groups = [Group("add", "Follow another", (add,)), Group("opml", "Take them from another reader", (opml,))]
    if found:
        options = tuple((str(f["id"]), f["title"] or f["url"]) for f in found)
        drop = Form("/feeds/drop", "Follow it no longer", (Field("feed", "Feed", "select", options=options),),
                    compact=True, note="Its articles stay.")  # fmt: skip
        groups.append(Group("drop", "Follow one no longer", (drop,)))
    return groups


@router.post("/feeds")
async def add(request: Request) -> Response:
    """Follow a feed."""
    require_role(request.state.person, "analyst", "news feeds")
    form = await request.form()
    said = {key: str(form.get(key) or "").strip() for key in ("url", "folder", "class")}
    engine = request.app.state.engine
    await run_in_threadpool(feeding.add_feed, engine, said["url"], folder=said["folder"] or None,
                            source_class=said["class"] or None)  # fmt: skip
    await run_in_threadpool(audit, engine, "feed: add", person_id=request.state.person.id, subject=said["url"])
    return RedirectResponse("/feeds", 303)


@router.post("/feeds/drop")
async def drop(request: Request) -> Response:
    """Follow a feed no longer."""
    require_role(request.state.person, "analyst", "news feeds")
    name, engine = str((await request.form()).get("feed") or ""), request.app.state.engine
    removed = await run_in_threadpool(feeding.drop_feed, engine, name)
    await run_in_threadpool(audit, engine, "feed: drop", person_id=request.state.person.id, subject=removed["removed"])
    return RedirectResponse("/feeds", 303)


@router.get("/feeds/opml")
def give(request: Request) -> Response:
    """The feeds as a file for other readers."""
    content = feeding.export_feeds(request.app.state.engine)
    return Response(content, media_type=_OPML, headers={"content-disposition": 'attachment; filename="feeds.opml"'})


@router.post("/feeds/opml")
async def take(request: Request) -> Response:
    """Follow the feeds of a file."""
    require_role(request.state.person, "analyst", "news feeds")
    async with request.form(max_files=1) as form:
        sent = form.get("file")
        if sent is None or isinstance(sent, str):
            raise InputError("no file", where="file", expected="an OPML file", do="Choose one.")
        name, data = sent.filename or "feeds.opml", await sent.read()
    await run_in_threadpool(feeding.import_feeds, request.app.state.engine, data, where=name[:80])
    return RedirectResponse("/feeds", 303)


@router.post("/feeds/fetch")
async def fetch(request: Request) -> Response:
    """Ask the feeds, as a job of this desk."""
    require_network(request.app.state.settings, "news fetch")
    everything = bool((await request.form()).get("everything"))
    return await run_in_threadpool(go_to, request, "news fetch", {"everything": everything})
