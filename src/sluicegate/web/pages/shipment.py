"""The check of a shipment: a form, and below it the answer by the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.check import check as ask
from sluicegate.desk.page.block import Entry, words
from sluicegate.desk.page.figure import quantity, read_band, share
from sluicegate.terms import InputError
from sluicegate.web.pages.cells import note, origin, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View, kept_day, read_day

router = APIRouter(include_in_schema=False)

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
    Field("licence", "Licence held", "select", options=(("", "none"), ("single", "single"), ("general", "general"))),
    Field("licence_issued", "Issued on", "date"),
)


@router.get("/check")
def check(request: Request) -> Response:
    """The check of a shipment: a form, and below it the answer."""
    sent = {k: v.strip() for k, v in request.query_params.items()}
    form = Form(
        "/check",
        "Check",
        tuple(_with(f, sent) for f in _SHIPMENT),
        (("More of the shipment", tuple(_with(f, sent) for f in _MORE)),),
        method="get",
        hidden=kept_day(request),
    )
    asked = bool(sent.get("origin") and sent.get("destination") and (sent.get("hs") or sent.get("material")))
    document: dict[str, Any] | None = None
    problem = ""
    if asked:
        try:
            document = ask(**_shipment(sent), as_of=request.state.as_of)
        except InputError as error:
            problem = str(error)
    sections: list[Group] = []
    if document is not None:
        sections = _determination(document)
    sections.append(Group("ask", "The shipment", (form,)))
    kept = {k: v for k, v in sent.items() if v and k not in {"format", "part", "lang", "theme"}}
    return show(
        request,
        View(
            "Does this shipment need a licence?",
            tuple(sections),
            opening=_verdict(document) if document else (),
            problem=problem,
            document=document,
            twin=f"/api/v1/check?{urlencode(kept)}" if document else "",
            data={"measures": document["measures"]} if document else {},
        ),
        status=422 if problem else 200,
    )


def _with(f: Field, sent: Mapping[str, str]) -> Field:
    return replace(f, value=sent.get(f.name, f.value))


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
    named = {
        k: sent.get(k) or None
        for k in ("hs", "material", "purity", "end_use", "end_user", "made_in", "chinese_content", "licence")
    }
    return named | {
        "origin": sent["origin"],
        "destination": sent["destination"],
        "on": day,
        "content": _pairs(sent.get("content", ""), "content"),
        "properties": _pairs(sent.get("property", ""), "property"),
        "licence_issued": _day(sent.get("licence_issued", ""), "licence_issued"),
    }


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
        entries.append(
            Entry(
                "The office takes",
                words(f"{figure.median}", link=origin(ids.get("waiting_days"))),
                (words(figure.band),),
            )
        )
    if approved := read_band(d.get("approval_share")):
        figure = share(approved)
        entries.append(
            Entry(
                "It lets pass",
                words(figure.median, link=origin(ids.get("approval_share"))),
                (words(f"{figure.band} of the flow before the control"),),
            )
        )
    return tuple(entries)


def _determination(d: Mapping[str, Any]) -> list[Group]:
    rows = [
        [
            text_cell(m["measure"], m["id"], link=f"/register/{m['id']}"),
            text_cell(m["item"], m["clause"]),
            text_cell(_ANSWERS.get(m["applies"], m["applies"]), m["why"]),
            text_cell(m["effective"], m["state"]),
            text_cell(m["source"], m["confidence"]),
        ]
        for m in d["measures"]
    ]
    groups = [
        Group(
            "measures",
            "Measures looked at",
            (
                table_of(("Measure", "Item", "Applies", "In effect", "Source"), rows)
                if rows
                else note("No measure of the register names these goods."),
            ),
        )
    ]
    if d["questions"]:
        groups.append(Group("questions", "What would settle it", tuple(note(f"– {q}") for q in d["questions"])))
    if d["file"]:
        groups.append(Group("file", "What to hand in", tuple(note(f"– {p}") for p in d["file"])))
    groups.append(
        Group(
            "caution",
            "What this is not",
            (
                note(
                    f"The register as known on {d['as_of']}, read by rules; no legal advice.",
                    tone="muted",
                ),
            ),
        )
    )
    return groups
