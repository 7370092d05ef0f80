"""The register of controls, one measure in full, the licences known of, and the check of a shipment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.check import check as ask_check
from sluicegate.desk.page.block import Block, Chart, Entry, words
from sluicegate.desk.page.charts import Dated as Row
from sluicegate.desk.page.charts import timeline
from sluicegate.desk.page.document import named_place
from sluicegate.desk.page.figure import one_share, quantity, read_band, share
from sluicegate.desk.register import register_licences, register_list, register_show
from sluicegate.regime import load_register
from sluicegate.terms import InputError
from sluicegate.web.pages.cells import listed, note, origin, place_cell, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Dated, Group, View, read_day

router = APIRouter(include_in_schema=False)

_MOST_DRAWN = 30


@router.get("/register")
def register(request: Request, jurisdiction: str = "", material: str = "", state: str = "") -> Response:
    """The measures, with their state on a day."""
    day: date = request.state.as_of or load_register().last_verified
    found = register_list(jurisdiction=jurisdiction or None, material=material or None, as_of=request.state.as_of)
    measures = [m for m in found["measures"] if not state or m["state"] == state]
    measures.sort(key=lambda m: str(m["effective_from"] or m["announced_on"]), reverse=True)
    known = register_list()["measures"]
    form = Form("/register", "Show", (
        Field("jurisdiction", "Whose", "select", jurisdiction, options=(("", "all"), *(
            (p, named_place(p)) for p in sorted({m["jurisdiction"] for m in known})))),
        Field("material", "Material or product", "search", material),
        Field("state", "State", "select", state, options=(("", "all"), *(
            (s, s) for s in sorted({m["state"] for m in known})))),
    ), method="get", compact=True, hidden=_kept_day(request))  # fmt: skip
    rows = [
        [text_cell(m["title"], m["id"], link=f"/register/{m['id']}"), place_cell(m["jurisdiction"]),
         text_cell(m["kind"]), text_cell(m["state"], _until(m), tone="bad" if m["state"] == "in force" else "plain"),
         text_cell(m["effective_from"], f"announced {m['announced_on']}" if m["announced_on"] else "")]
        for m in measures
    ]  # fmt: skip
    blocks: list[Block | Form] = [form]
    if measures:
        blocks += [
            _timeline(measures, day),
            table_of(("Measure", "Whose", "Kind", f"State on {day}", "In effect"), rows),
        ]
    else:
        blocks.append(note("No measure fits."))
    query = urlencode([(k, v) for k, v in (("jurisdiction", jurisdiction), ("material", material)) if v])
    licences = Group("licences", "Licences known of", (
        note("Who was granted or refused what, and who counted", link="/licences"),
        note("Does a shipment need a licence?", link="/check"),
    ))  # fmt: skip
    return show(request, View(
        "Export controls", (Group("measures", f"{len(measures)} measures", tuple(blocks)), licences),
        dated=Dated(str(request.state.as_of or ""), _kept(request)), data={"measures": measures},
        twin="/api/v1/register" + (f"?{query}" if query else ""),
    ))  # fmt: skip


def _kept(request: Request) -> tuple[tuple[str, str], ...]:
    return tuple((k, v) for k, v in request.query_params.multi_items() if k not in {"as_of", "format", "part"})


def _kept_day(request: Request) -> tuple[tuple[str, str], ...]:
    return (("as_of", str(request.state.as_of)),) if request.state.as_of else ()


def _until(m: Mapping[str, Any]) -> str:
    return f"until {m['ends_on']}" if m["ends_on"] else ""


def _timeline(measures: Sequence[Mapping[str, Any]], today: date) -> Chart:
    """When each measure held, newest first."""
    dated = [m for m in measures if m["effective_from"]][:_MOST_DRAWN]
    rows = [Row(m["title"], read_day(m["announced_on"] or ""),
                [(date.fromisoformat(m["effective_from"]), read_day(m["ends_on"] or ""))],
                [(date.fromisoformat(s["from"]), read_day(s.get("until") or "")) for s in m["suspended"]])
            for m in dated]  # fmt: skip
    twin = table_of(("Measure", "Announced", "In effect", "Suspended", "Ends"), [
        [text_cell(m["title"]), text_cell(m["announced_on"]), text_cell(m["effective_from"]),
         text_cell("; ".join(f"{s['from']} to {s.get('until') or 'open'}" for s in m["suspended"])),
         text_cell(m["ends_on"])] for m in dated], "When each measure holds: dates")  # fmt: skip
    title = "When each measure holds"
    last = date(today.year + 1, 12, 31)
    desc = f"{len(dated)} measures; an upright line marks {today}."

    def draw(ident: str, width: float) -> str:
        return timeline(ident, title, desc, rows, today=today, last=last, width=width)

    return Chart(title, lambda: draw("held", 820), lambda: draw("held-narrow", 350), twin)


@router.get("/register/{measure_id}")
def measure(request: Request, measure_id: str) -> Response:
    """One measure."""
    d = register_show(measure_id, as_of=request.state.as_of)
    dates = Entry("When", words(f"announced {d['announced_on'] or 'day not known'}, in effect "
                                f"{d['effective_from'] or 'day not known'}{', ends ' + d['ends_on'] if d['ends_on'] else ''}"))  # fmt: skip
    state = Entry(f"On {d['on']}", words(d["state"], strong=True))
    whom = d["destinations"]
    scope = Entry("What", words(f"{d['kind']} of {named_place(d['jurisdiction'])}, "
                                f"{whom if isinstance(whom, str) else ', '.join(map(named_place, whom))}; {d['scope']}"))  # fmt: skip
    items = [
        [text_cell(i.get("name") or i.get("label") or i.get("item"), i.get("clause") or ""), text_cell(i["state"]),
         text_cell(", ".join(i.get("materials", []) or i.get("products", []) or [])),
         text_cell(", ".join(map(str, i.get("hs", []) or [])))]
        for i in d["items"]
    ]  # fmt: skip
    source = d["source"]
    groups = [
        *((Group("items", "What it lists", (table_of(("Item", "State", "Of", "Customs codes"), items),)),) if items else ()),
        Group("behind", "Where this stands", (
            note(f"{source['publisher']}: {source['title']}", link=source.get("url") or ""),
            note(f"Read in: {source.get('read_in') or 'the notice itself'}. Confidence: {d['confidence']}. Last checked "
                 f"{d['last_verified']}."),
            *((note(d["note"], tone="muted"),) if d.get("note") else ()),
            note("Everything known of its number", link=origin(measure_id)),
        )),
    ]  # fmt: skip
    if d["suspends"]:
        linked = listed([(i, f"/register/{i}") for i in d["suspends"]])
        groups.insert(0, Group("suspends", "What it suspends", (
            table_of(("Measures",), [[text_cell(s.text, link=s.link)] for s in linked if s.link]),)))  # fmt: skip
    return show(request, View(
        d["title"], tuple(groups), opening=(state, dates, scope), above=words("Controls", link="/register"),
        byline=words(measure_id, tone="muted"), twin=f"/api/v1/register/{quote(measure_id)}", document=d,
        dated=Dated(str(request.state.as_of or "")), data={"items": d["items"]},
    ))  # fmt: skip


@router.get("/licences")
def licences(request: Request, material: str = "", destination: str = "") -> Response:
    """The licence tracker."""
    found = register_licences(material=material or None, destination=destination or None, as_of=request.state.as_of)
    rows = [
        [text_cell(r["what"], r["who"]), text_cell(r["outcome"], r["kind"] or ""),
         text_cell(r["from_day"], r["to_day"] if r["to_day"] != r["from_day"] else ""),
         text_cell(_counts(r)), text_cell(r["publisher"], r["confidence"], link=origin(r["id"]))]
        for r in found["licences"]
    ]  # fmt: skip
    form = Form("/licences", "Show", (Field("material", "Material", "search", material),
                                      Field("destination", "To", "search", destination)),
                method="get", compact=True, hidden=_kept_day(request))  # fmt: skip
    table = table_of(("What, and for whom", "Outcome", "When", "Counted", "Source"), rows)
    return show(request, View(
        "Licences known of", (Group("licences", f"{len(rows)} records", (form, table)),),
        above=words("Controls", link="/register"), dated=Dated(str(request.state.as_of or ""), _kept(request)),
        twin="/api/v1/register/licences", data={"licences": found["licences"]},
    ))  # fmt: skip


def _counts(r: Mapping[str, Any]) -> str:
    said = [f"{r[k]:g} {k}" for k in ("applications", "approved", "refused", "pending") if r[k] is not None]
    if r["approved_share"] is not None:
        said.append(f"{one_share(r['approved_share'])} approved")
    return ", ".join(said) or "no count"


_SHIPMENT = (
    Field("origin", "From", required=True, value="CHN", help="Country of export: a code or a name."),
    Field("destination", "To", required=True, help="Country of destination."),
    Field("hs", "Customs code", help="6 to 10 digits; may be left out where a material is named."),
    Field("material", "Material or item", "search", help="For example: dysprosium oxide, NdFeB magnet, gallium."),
    Field("on", "Day", "date", help="Day of export; today where left out."),
)
_MORE = (
    Field("purity", "Purity", help="As 99.99% or 4N."),
    Field("content", "Content", help="ELEMENT=SHARE, several apart by commas: Dy=2%, Tb=0.5%."),
    Field("property", "Properties", help="NAME=VALUE, several apart by commas: density=1.72 g/cm3."),
    Field("end_use", "End use", "select", options=(("", "not said"), ("civil", "civil"), ("military", "military"))),
    Field("end_user", "End user"),
    Field("made_in", "Made in", help="Where the goods were made, where that is not the country of export."),
    Field("chinese_content", "Chinese content", help="Share of the value, as 0.1% or 0.001."),
    Field("licence", "Licence held", "select",
          options=(("", "none"), ("single", "single"), ("general", "general"))),
    Field("licence_issued", "Issued on", "date"),
)  # fmt: skip


@router.get("/check")
def check(request: Request) -> Response:
    """The check of a shipment: a form, and below it the answer."""
    sent = {k: v.strip() for k, v in request.query_params.items()}
    form = Form("/check", "Check", tuple(_with(f, sent) for f in _SHIPMENT),
                (("More of the shipment", tuple(_with(f, sent) for f in _MORE)),), method="get",
                hidden=_kept_day(request))  # fmt: skip
    asked = bool(sent.get("origin") and sent.get("destination") and (sent.get("hs") or sent.get("material")))
    document: dict[str, Any] | None = None
    problem = ""
    if asked:
        try:
            document = ask_check(**_shipment(sent), as_of=request.state.as_of)
        except InputError as error:
            problem = str(error)
    sections: list[Group] = []
    if document is not None:
        sections = _determination(document)
    sections.append(Group("ask", "The shipment", (form,)))
    kept = {k: v for k, v in sent.items() if v and k not in {"format", "part", "lang", "theme"}}
    return show(request, View(
        "Does this shipment need a licence?", tuple(sections), opening=_verdict(document) if document else (),
        problem=problem, document=document, twin=f"/api/v1/check?{urlencode(kept)}" if document else "",
        data={"measures": document["measures"]} if document else {},
    ), status=422 if problem else 200)  # fmt: skip


def _with(f: Field, sent: Mapping[str, str]) -> Field:
    return Field(**{**f.__dict__, "value": sent.get(f.name, f.value)})


def _pairs(text: str, where: str) -> dict[str, str]:
    """`A=1, B=2` as a mapping.

    Raises
    ------
    InputError : a part without an equals sign.
    """
    found = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        name, sign, value = part.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise InputError(f"{part!r}", where=where, expected="NAME=VALUE", do="Write it as in the help below it.")
        found[name.strip()] = value.strip()
    return found


def _shipment(sent: Mapping[str, str]) -> dict[str, Any]:
    """The arguments of `check` from the form.

    Raises
    ------
    InputError : a day or a pair that cannot be read.
    """
    day = _day(sent.get("on", ""), "on") or date.today()
    named = {k: sent.get(k) or None for k in ("hs", "material", "purity", "end_use", "end_user", "made_in",
                                              "chinese_content", "licence")}  # fmt: skip
    return named | {
        "origin": sent["origin"], "destination": sent["destination"], "on": day,
        "content": _pairs(sent.get("content", ""), "content"),
        "properties": _pairs(sent.get("property", ""), "property"),
        "licence_issued": _day(sent.get("licence_issued", ""), "licence_issued"),
    }  # fmt: skip


def _day(text: str, where: str) -> date | None:
    found = read_day(text)
    if text and found is None:
        raise InputError(f"{text!r}", where=where, expected="a day as 2025-06-12", do="Mend it.")
    return found


_ANSWERS = {True: "Yes", False: "No", "depends": "It depends", None: "Not known"}


def _verdict(d: Mapping[str, Any]) -> tuple[Entry, ...]:
    required = _ANSWERS[d["licence_required"]]
    entries = [Entry("A licence is needed", words(required, strong=True))]
    if d["barred"] not in (False, None):
        entries.append(Entry("Barred", words(_ANSWERS[d["barred"]])))
    if d["licence_required"] is not False:
        entries.append(Entry("A general licence will do", words(_ANSWERS[d["general_licence"]])))
    ids = d.get("ids", {})
    if waiting := read_band(d.get("waiting_days")):
        figure = quantity(waiting, "days")
        entries.append(Entry("The office takes", words(f"{figure.median}", link=origin(ids.get("waiting_days"))),
                             (words(figure.band),)))  # fmt: skip
    if approved := read_band(d.get("approval_share")):
        figure = share(approved)
        entries.append(Entry("It lets pass", words(figure.median, link=origin(ids.get("approval_share"))),
                             (words(f"{figure.band} of the flow before the control"),)))  # fmt: skip
    return tuple(entries)


def _determination(d: Mapping[str, Any]) -> list[Group]:
    rows = [
        [text_cell(m["measure"], m["id"], link=f"/register/{m['id']}"), text_cell(m["item"], m["clause"]),
         text_cell(_ANSWERS.get(m["applies"], m["applies"]), m["why"]), text_cell(m["effective"], m["state"]),
         text_cell(m["source"], m["confidence"])]
        for m in d["measures"]
    ]  # fmt: skip
    groups = [Group("measures", "Measures looked at", (
        table_of(("Measure", "Item", "Applies", "In effect", "Source"), rows) if rows
        else note("No measure of the register names these goods."),))]  # fmt: skip
    if d["questions"]:
        groups.append(Group("questions", "What would settle it", tuple(note(f"– {q}") for q in d["questions"])))
    if d["file"]:
        groups.append(Group("file", "What to hand in", tuple(note(f"– {p}") for p in d["file"])))
    groups.append(Group("caution", "What this is not", (
        note(f"The register as known on {d['as_of']}, read by rules; no legal advice. Each measure names its source.",
             tone="muted"),)))  # fmt: skip
    return groups
