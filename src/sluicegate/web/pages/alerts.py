"""Alerts: rules on claims, what each hit, backwards over everything on record, and as a feed or a mail file."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.library import alerting
from sluicegate.desk.page.block import Block, Cell, Note, words
from sluicegate.desk.page.document import named_place
from sluicegate.desk.page.figure import one_share
from sluicegate.news.claim import CLAIM_TYPES, STATUSES
from sluicegate.news.tables import table as known_rows
from sluicegate.store.audit import note as audit
from sluicegate.terms import InputError
from sluicegate.web.pages.asking import go_to
from sluicegate.web.pages.cells import listed, note, table_of, text_cell
from sluicegate.web.pages.form import Field, Form, filled
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.right import may, reader_of, require_network, require_role

router = APIRouter(include_in_schema=False)

_ANY = (("", "any"),)


@router.get("/alerts")
def alerts(request: Request, rule: str = "") -> Response:
    """The rules, and what they hit."""
    return show(request, _view(request, rule))


def _view(request: Request, rule: str = "", sent: dict[str, str] | None = None, problem: str = "") -> View:
    engine = request.app.state.engine
    kept = alerting.list_rules(engine)["rules"]
    found = alerting.alerts(engine, rule=rule or None)["alerts"]
    heading = f"What “{rule}” caught" if rule else "What the rules caught"
    groups = [
        Group("hits", f"{heading} ({len(found)})", _hits(found, rule)),
        Group("rules", "Rules", (_rules(kept),)),
    ]
    if may(request, "analyst"):
        groups += _changes(request, kept, sent or {})
    else:
        groups.append(Group("change", "Change them", (note("Rules are made by analysts of this desk."),)))
    return View("Alerts", tuple(groups), above=words("News", link="/news"), problem=problem,
                data={"alerts": found, "rules": kept}, document={"rules": kept, "alerts": found},
                twin="/api/v1/news/alerts")  # fmt: skip


def _hits(found: list[dict[str, Any]], rule: str) -> tuple[Block, ...]:
    if not found:
        return (note("Nothing yet. A new rule is held against everything on record, and then against every story."),)
    rows = [
        [
            Cell(words(a["title"] or "Untitled article", link=f"/news/{a['article']}#claim-{a['claim']}"),
                 words(", ".join(str(p) for p in (a["publisher"], a["published"]) if p), tone="muted")),
            text_cell(f"“{a['quote']}”", "withdrawn" if a["withdrawn"] else ""),
            text_cell(a["type"].replace("_", " "), a["status"]),
            text_cell(a["rule"], "" if a["exposure"] is None else f"{one_share(a['exposure'])} of supply"),
        ]
        for a in found
    ]  # fmt: skip
    query = f"?rule={rule}" if rule else ""
    take = listed([("As an Atom feed", f"/alerts/atom{query}"), ("As a mail file", f"/alerts/mail{query}")])
    return table_of(("Story", "Claim", "Kind", "Rule"), rows), Note(take)


def _rules(kept: list[dict[str, Any]]) -> Block:
    rows = [
        [
            text_cell(r["name"], link=f"/alerts?rule={r['name']}"),
            text_cell(in_words(r)),
            text_cell(r["webhook"], "told by POST" if r["webhook"] else ""),
            text_cell(r["reader"], r["made_at"][:10]),
        ]
        for r in kept
    ]
    return table_of(("Rule", "Claims it is about", "Webhook", "Made by"), rows) if rows else note("None yet.")


def in_words(rule: dict[str, Any]) -> str:
    """What a rule is about, in a line."""
    parts = [
        ", ".join(t.replace("_", " ") for t in rule["types"]) or "any claim",
        ", ".join(rule["statuses"]),
        f"on {', '.join(rule['materials'])}" if rule["materials"] else "",
        f"by or against {', '.join(map(named_place, rule['places']))}" if rule["places"] else "",
        f"where {one_share(rule['least_exposure'])} or more of the supply of {named_place(rule['region'])} "
        "comes from who acts" if rule["region"] else "",
    ]  # fmt: skip
    return ", ".join(p for p in parts if p)


def _changes(request: Request, kept: list[dict[str, Any]], sent: dict[str, str]) -> list[Group]:
    """The forms for a new rule, for dropping one, and for sending."""
    materials = sorted(known_rows("materials"))
    fields = (
        Field("name", "Name", required=True, help="What the alert is called."),
        Field("type", "Kind of claim", "select", options=(*_ANY, *((t, t.replace("_", " ")) for t in CLAIM_TYPES))),
        Field("material", "Material", options=tuple((m, "") for m in materials), help="Empty for any."),
        Field("country", "Country", help="Acting or aimed at; a code or a name, several with a semicolon."),
        Field("status", "Standing", "select", options=(*_ANY, *((s, s) for s in STATUSES))),
        Field("region", "Whose supply", help="With the share below: only where that much of it comes from who acts."),
        Field("exposure", "Least share of that supply", "number", low=0, high=1, step="any", help="0.2 for a fifth."),
        Field("webhook", "Webhook", help="An address that is told by POST when somebody sends the alerts."),
    )
    form = filled(Form("/alerts", "Keep the rule", fields), sent)
    groups = [Group("add", "A new rule", (form,))]
    if kept:
        drop = Form(
            "/alerts/drop",
            "Take it out",
            (Field("rule", "Rule", "select", options=tuple((r["name"], r["name"]) for r in kept)),),
            compact=True,
        )
        groups.append(Group("drop", "Take a rule out", (drop,)))  # fmt: skip
    if any(r["webhook"] for r in kept):
        sending = note("This desk asks no other machine: it was started without --network.")
        allowed = request.app.state.settings.network
        send = Form("/alerts/send", "Send what is new", compact=True) if allowed else sending
        groups.append(Group("send", "Tell the webhooks", (send,)))
    return groups


@router.post("/alerts")
async def add(request: Request) -> Response:
    """Keep a rule, and hold it against everything on record."""
    require_role(request.state.person, "analyst", "news alerts")
    sent = _sent(await request.form())
    engine = request.app.state.engine
    try:
        made = await run_in_threadpool(
            alerting.add_rule, engine, sent.get("name", ""), types=_texts(sent, "type"),
            materials=_texts(sent, "material"), places=_texts(sent, "country"), statuses=_texts(sent, "status"),
            region=sent.get("region"), least_exposure=_share(sent.get("exposure")), webhook=sent.get("webhook"),
            reader=reader_of(request),
        )  # fmt: skip
    except InputError as error:
        told = str(error)
        return await run_in_threadpool(lambda: show(request, _view(request, "", sent, told), status=422))
    await run_in_threadpool(audit, engine, "alert: add", person_id=request.state.person.id, subject=made["name"])
    return RedirectResponse(request.url_for("alerts").include_query_params(rule=made["name"]), 303)


def _sent(form: FormData) -> dict[str, str]:
    return {k: v.strip() for k, v in form.multi_items() if isinstance(v, str) and v.strip()}


def _texts(sent: dict[str, str], name: str) -> list[str]:
    return [part.strip() for part in sent.get(name, "").split(";") if part.strip()]


def _share(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        raise InputError(f"{text!r}", where="exposure", expected="a share from 0 to 1", do="Write 0.2.") from None


@router.post("/alerts/drop")
async def drop(request: Request) -> Response:
    """Take a rule out, with what it hit."""
    require_role(request.state.person, "analyst", "news alerts")
    name, engine = str((await request.form()).get("rule") or ""), request.app.state.engine
    await run_in_threadpool(alerting.drop_rule, engine, name)
    await run_in_threadpool(audit, engine, "alert: drop", person_id=request.state.person.id, subject=name)
    return RedirectResponse("/alerts", 303)


@router.post("/alerts/send")
def send(request: Request) -> Response:
    """Post what is new to the webhooks, as a job of this desk."""
    require_network(request.app.state.settings, "news alerts send")
    return go_to(request, "news alerts send", {})


@router.get("/alerts/atom")
def atom(request: Request, rule: str = "") -> Response:
    """The alerts as an Atom feed."""
    found = alerting.alerts(request.app.state.engine, rule=rule or None)
    return _file(alerting.as_atom(found, title="Alerts of Sluicegate").encode(), "application/atom+xml", "alerts.atom")


@router.get("/alerts/mail")
def mail(request: Request, rule: str = "", to: str = "me@localhost") -> Response:
    """The alerts as a message for a mail program; nothing is sent."""
    found = alerting.alerts(request.app.state.engine, rule=rule or None)
    return _file(alerting.as_mail(found, to=to), "message/rfc822", "alerts.eml")


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
