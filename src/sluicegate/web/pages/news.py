"""News: the shelf, one article with its claims in the text, questions, notes, and decisions on claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from sluicegate.desk.library import adding, archive, asking, changing, deciding, marking, showing
from sluicegate.desk.page.block import Block, Entry, Note, words
from sluicegate.store.shelf import Wish
from sluicegate.terms import InputError, NotFoundError
from sluicegate.terms.errors import SluicegateError
from sluicegate.web import jobs
from sluicegate.web.pages.asking import ask_form, go_to, kept_job, read_upload
from sluicegate.web.pages.cells import listed, note
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.moved import moved_by, moved_line, moved_rows
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.reader import language_of
from sluicegate.web.right import may, reader_of, require_role

router = APIRouter(include_in_schema=False)

_PAGE = 30


@router.get("/news")
def news(request: Request, q: str = "", topic: str = "", for_you: str = "", page: int = 1) -> Response:
    """The newest stories, those that answer a question, or those on a topic."""
    engine, reader, language = request.app.state.engine, reader_of(request), language_of(request).code
    page = max(1, min(page, 3000))
    answer: Any = None
    problem = ""
    if q:
        answer = asking.ask(engine, q)
        stories, total = asking.search(engine, q, reader=reader, language=language, limit=_PAGE)["results"], 0
        heading = "Stories that hold these words"
    else:
        found: Mapping[str, Any] = {"articles": [], "total": 0}
        try:
            found = showing.list_articles(
                engine,
                _wish(topic),
                reader=reader,
                for_you=bool(for_you),
                language=language,
                limit=_PAGE,
                offset=(page - 1) * _PAGE,
            )
        except InputError as error:
            problem = str(error)
        stories, total, heading = found["articles"], found["total"], "For you" if for_you else "Newest first"
    ask = Form(
        "/news",
        "Ask",
        (
            Field("q", "Ask what was read, or search it", "search", q),
            Field("topic", "About", "search", topic, help="A material, or a country's code."),
            Field("for_you", "Only what touches my region", "check", "true" if for_you else ""),
        ),
        method="get",
    )
    kept = "".join(f"&{k}={quote(v)}" for k, v in (("topic", topic), ("for_you", for_you)) if v)
    more = {
        "ask": ask,
        "answer": answer,
        "stories": [s | {"moved_line": moved_line(s.get("moved"))} for s in stories],
        "heading": heading,
        "more_at": f"/news?page={page + 1}{kept}" if page * _PAGE < total else "",
    }
    view = View(
        "News",
        (_adding(), _profile(request), _along()),
        template="news.html",
        more=more,
        problem=problem,
        data={"stories": stories},
        document={"articles": stories, "answer": answer},
    )
    return show(request, view)


def _wish(topic: str) -> Wish:
    if not topic:
        return Wish()
    return Wish(places=(topic,)) if len(topic) == 3 and topic.isupper() else Wish(materials=(topic,))


def _adding() -> Group:
    form = Form(
        "/news",
        "Read it",
        (
            Field(
                "file",
                "A file",
                "file",
                accept=".html,.htm,.txt,.jsonl",
                help="A saved page, plain text, or many articles as lines of JSON.",
            ),
            Field("text", "or its text", "area", rows=6),
            Field("url", "Its address", help="Kept with it; nothing is fetched."),
        ),
        upload=True,
    )
    return Group("add", "Add an article", (form,))


def _along() -> Group:
    """The library as files."""
    forms = [("Articles with their claims (JSON lines)", "/news/export?as=jsonl"),
             ("Claims (CSV)", "/news/export?as=csv"), ("Feeds (OPML)", "/feeds/opml")]  # fmt: skip
    return Group("along", "Take the library along", (Note(listed(forms)),))


def _profile(request: Request) -> Group:
    profile = marking.reader_profile(request.app.state.engine, reader=reader_of(request))
    form = Form(
        "/news/reader",
        "Keep",
        (
            Field(
                "region",
                "My region",
                value=profile.get("region") or "",
                help="A country's code or name: what it depends on goes first under “for you”.",
            ),
        ),
        compact=True,
    )
    return Group("region", "Language and region", (form, note("The language is chosen below, on every page.")))


@router.post("/news")
async def add(request: Request) -> Response:
    """Read an article that was sent."""
    async with request.form(max_files=1) as form:
        sent, text, url = form.get("file"), str(form.get("text") or ""), str(form.get("url") or "")
        lines = False
        if sent is not None and not isinstance(sent, str) and sent.filename:
            text, lines = (await read_upload(sent))["text"], sent.filename.casefold().endswith(".jsonl")
    require_role(request.state.person, "analyst", "news add")
    if not text.strip():
        raise InputError("nothing", where="article", expected="a file or a text", do="Choose one, or paste it.")
    engine, reader = request.app.state.engine, reader_of(request)
    if lines:
        await run_in_threadpool(archive.import_text, engine, text)
        return RedirectResponse("/news", 303)
    kept = await run_in_threadpool(adding.add_text, engine, text, url=url or None, reader=reader)
    return RedirectResponse(f"/news/{kept['id']}", 303)


@router.post("/news/reader")
async def region(request: Request) -> Response:
    """Keep where the reader is."""
    form = await request.form()
    await run_in_threadpool(
        marking.reader_profile,
        request.app.state.engine,
        reader=reader_of(request),
        region=str(form.get("region") or ""),
    )
    return RedirectResponse("/news?for_you=true" if form.get("region") else "/news", 303)


@router.get("/news/export")
def export(request: Request, form: Annotated[Literal["jsonl", "csv"], Query(alias="as")] = "jsonl") -> Response:
    """The library as a file, piece by piece."""
    pieces = archive.export_in(request.app.state.engine, form)
    kind = {"jsonl": "application/jsonl", "csv": "text/csv; charset=utf-8"}[form]
    return StreamingResponse(pieces, media_type=kind,
                             headers={"content-disposition": f'attachment; filename="news.{form}"'})  # fmt: skip


@router.get("/news/{article}")
def article(request: Request, article: int) -> Response:
    """One article: claims in the text, what they move, what others say."""
    engine, reader = request.app.state.engine, reader_of(request)
    story = showing.show(engine, article, reader=reader, language=language_of(request).code)
    said = story["article"]
    claims = [c | {"look": _look(c), "withdrawn_in": c.get("gone_in"), "moves": moved_by(story["moved"], c["id"]),
                   "may_be_asked": _may_be_asked(c)} for c in story["claims"]]  # fmt: skip
    more = {
        "story": story | {"claims": claims},
        "pieces": pieces_of(said, claims),
        "reader": reader,
        "may_decide": may(request, "analyst"),
    }
    byline = ", ".join(str(p) for p in (said["publisher"], said["published"], story["age"]) if p)
    more["moved"] = _moved(request, story)
    numbers = (story["moved"] or {}).get("numbers") or []
    return show(
        request,
        View(
            said["title"] or "Untitled article",
            above=words("News", link="/news"),
            language=said["language"],
            byline=words(byline, tone="muted", link=said["url"] if str(said["url"] or "").startswith("http") else ""),
            template="article.html",
            more=more,
            data={"claims": story["claims"]} | ({"moved": numbers} if numbers else {}),
            document=story,
            twin=f"/api/v1/news/show?article={article}",
        ),
    )


def _may_be_asked(claim: Mapping[str, Any]) -> bool:
    """Whether a figure of customs will tell of it: an accepted control that is asserted."""
    decision = claim.get("decision")
    accepted = decision is not None and decision["verdict"] == "accepted"
    return accepted and claim["status"] == "asserted" and claim["type"] in ("control_imposed", "control_extended")


def _look(claim: Mapping[str, Any]) -> str:
    """How a claim is marked in the text: firm, unsure, or left aside."""
    decision = claim.get("decision")
    if decision and decision["verdict"] == "rejected":
        return "off"
    return "firm" if claim["status"] == "asserted" else "unsure"


def pieces_of(said: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    """The body cut where claims begin and end; each piece with the shortest claim that covers it, or None."""
    text, first, last = said["text"], said["body_start"], said["body_end"]
    cuts = {first, last} | {p for c in claims for p in (c["start"], c["end"]) if first <= p <= last}
    edges = sorted(cuts)
    pieces: list[tuple[str, Any]] = []
    for a, b in pairwise(edges):
        over = [c for c in claims if c["start"] <= a and b <= c["end"]]
        pieces.append((text[a:b], min(over, key=lambda c: c["end"] - c["start"], default=None)))
    return pieces


def _moved(request: Request, story: Mapping[str, Any]) -> Group:
    """Which numbers the article moves, as kept with it; else how far that is, or a form that computes it."""
    moved = story["moved"]
    parts: list[Block | Form] = []
    if moved:
        parts.append(moved_rows(moved["numbers"], str(moved["run"] or "")))
        if moved["of_revision"] != _revision(story):
            parts.append(note("This was computed of an earlier text of the article."))
    kept = kept_job(request, "brief", article=story["id"])
    if kept is not None and kept.state == "done" and kept.document:
        parts.append(note("The whole brief", link=f"/results/{kept.document}"))
    elif kept is not None:
        parts.append(note("It is being computed", link=f"/jobs/{kept.id}"))
    else:
        parts += [] if moved else [note("Not computed yet.")]
        form = ask_form(request, "brief", "See which numbers it moves")
        if isinstance(form, Form):
            form = Form(f"/news/{story['id']}/brief", form.submit, compact=True)
        parts.append(form)
    return Group("moved", "Numbers it moved", tuple(parts))


def _revision(story: Mapping[str, Any]) -> int:
    """Which text of the article this is."""
    return 1 + max((int(r["number"]) for r in story["revisions"]), default=0)


@router.post("/news/{article}/brief")
def brief(request: Request, article: int) -> Response:
    """Compute what the article moves; the numbers are kept with it."""
    return go_to(request, "brief", {"article": article})


def _begin_brief(request: Request, article: int) -> None:
    """Have the numbers that an article moves computed, if nobody did; where there is no room for it, they are not."""
    state = request.app.state
    with suppress(SluicegateError):
        jobs.submit(state.engine, request.state.person, "brief", {"article": article}, settings=state.settings)


@router.post("/news/{article}/decide")
async def decide(request: Request, article: int) -> Response:
    """Accept or reject a claim, or undo that."""
    form = await request.form()
    verdict, claim = str(form.get("verdict")), str(form.get("claim") or "")
    doors: dict[str, Callable[..., Any]]
    doors = {"accept": deciding.accept, "reject": deciding.reject, "undo": deciding.undo}
    if verdict not in doors or not claim.isdecimal():
        raise NotFoundError(verdict[:20], kind="verdict", known=list(doors), where="claim")
    require_role(request.state.person, "analyst", f"news {verdict}")
    named = {"measure": str(form.get("measure"))[:40]} if verdict == "accept" and form.get("measure") else {}
    await run_in_threadpool(doors[verdict], request.app.state.engine, int(claim), reader=reader_of(request), **named)
    if verdict == "accept":
        await run_in_threadpool(_begin_brief, request, article)
    return RedirectResponse(f"/news/{article}#claim-{claim}", 303)


@router.post("/news/{article}/forecast")
async def forecast(request: Request, article: int) -> Response:
    """Put on record what a published figure will say of an accepted claim."""
    claim = str((await request.form()).get("claim") or "")
    if not claim.isdecimal() or len(claim) > 9:
        raise NotFoundError(claim[:20], kind="claim", known=[], where=f"article {article}")
    return await run_in_threadpool(go_to, request, "forecast claim", {"claim": int(claim)})


@router.post("/news/{article}/note")
async def keep_note(request: Request, article: int) -> Response:
    """Keep a note."""
    form = await request.form()
    await run_in_threadpool(
        marking.note, request.app.state.engine, article, str(form.get("text") or ""), reader=reader_of(request)
    )
    return RedirectResponse(f"/news/{article}#notes", 303)


@router.post("/news/{article}/unnote")
async def drop_note(request: Request, article: int) -> Response:
    """Take one's own note away."""
    number = str((await request.form()).get("note") or "")
    if number.isdecimal():
        await run_in_threadpool(marking.unnote, request.app.state.engine, int(number), reader=reader_of(request))
    return RedirectResponse(f"/news/{article}#notes", 303)


@router.post("/news/{article}/mark")
async def mark(request: Request, article: int) -> Response:
    """Mark as read, starred or hidden, or take that away."""
    name = str((await request.form()).get("mark") or "")
    await run_in_threadpool(
        marking.mark,
        request.app.state.engine,
        article,
        name.removesuffix("-off"),
        on=not name.endswith("-off"),
        reader=reader_of(request),
    )
    return RedirectResponse(f"/news/{article}", 303)


def changed(request: Request) -> tuple[Entry, ...]:
    """The newest stories for the front page: those that moved a number first. Looking here counts as no look."""
    found = changing.since(
        request.app.state.engine, reader=reader_of(request), look=False, language=language_of(request).code
    )
    stories = sorted(found["new"], key=lambda s: not (s["moved"] or {}).get("numbers"))[:4]
    return tuple(
        Entry(
            str(s["age"] or s["published"] or ""),
            words(str(s["title"] or "Untitled article"), link=f"/news/{s['id']}"),
            (words(", ".join(str(p) for p in (s["publisher"], moved_line(s["moved"])) if p)),),
        )
        for s in stories
    )
