"""Scenarios: the bundled ones and one's own, changed in a form, run with progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import yaml
from fastapi import APIRouter
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.open_questions import asked
from sluicegate.desk.page.block import Block, Cell, Chart, Entry, Note, words
from sluicegate.desk.page.charts import Dated as Row
from sluicegate.desk.page.charts import timeline
from sluicegate.desk.page.document import named_place
from sluicegate.regime import load_register
from sluicegate.scenario import OfficeChange, Scenario, bundled_names, load_scenario
from sluicegate.scenario.file import parse_scenario
from sluicegate.sim.control import resolve
from sluicegate.store.own_file import OwnFile, file_of, files_of, keep_file, remove_file
from sluicegate.terms import InputError
from sluicegate.terms.slug import slug
from sluicegate.web.form_token import FIELD
from sluicegate.web.pages.asking import ask_form, choices, go_to, read_upload
from sluicegate.web.pages.cells import listed, note, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.scenario_form import (
    LISTS,
    as_yaml,
    event_groups,
    mistakes,
    read_form,
    scenario_fields,
    unknown_in,
)
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.pages.world_now import world_now

router = APIRouter(include_in_schema=False)


@router.get("/scenarios")
def scenarios(request: Request) -> Response:
    """The bundled scenarios and one's own."""
    found = [load_scenario(name, world_now()) for name in bundled_names()]
    rows = [
        [text_cell(s.title, s.name, link=f"/scenarios/{s.name}"), text_cell(s.start), text_cell(s.end),
         text_cell(s.as_of), text_cell(_sides(s))] for s in found
    ]  # fmt: skip
    own = files_of(request.app.state.engine, request.state.person.id, "scenario")
    mine = [[text_cell(f.name, link=f"/scenarios/own/{f.id}")] for f in own]
    data = [s.model_dump(mode="json", include={"name", "title", "start", "weeks", "as_of"}) for s in found]
    upload = Form("/scenarios/own", "Keep it", (
        Field("file", "A scenario's file", "file", accept=".yaml,.yml", required=True,
              help="YAML, as `sluicegate scenario new` writes it."),), upload=True)  # fmt: skip
    return show(request, View("Scenarios", (
        Group("bundled", "That come with the desk", (
            table_of(("Scenario", "From", "To", "As of", "Sides"), rows),)),
        Group("own", "Your own", (table_of(("Scenario",), mine) if mine else note("None yet: open one and change it."),
                                  upload)),
    ), twin="/api/v1/scenario/list", data={"scenarios": data}))  # fmt: skip


def _sides(s: Scenario) -> str:
    return " / ".join(named_place(p) for p in (s.controller, s.target) if p)


@router.get("/scenarios/own/{file_id}")
def own(request: Request, file_id: str) -> Response:
    """One of one's own."""
    file = _file(request, file_id)
    scenario = _read(file)
    return show(request, _view(request, scenario, f"/scenarios/own/{file_id}", (("own", file_id),), file))


@router.post("/scenarios/own")
async def keep(request: Request) -> Response:
    """Keep a scenario's file that was sent."""
    async with request.form(max_files=1) as form:
        sent = form.get("file")
        if sent is None or isinstance(sent, str):
            raise InputError("no file", where="file", expected="a scenario's file", do="Choose one.")
        name, text = sent.filename or "scenario.yaml", (await read_upload(sent))["text"]
    scenario = parse_scenario(text, world_now(), where=name[:80])
    return _kept(request, scenario, text)


def _kept(request: Request, scenario: Scenario, text: str) -> Response:
    person = request.state.person.id
    file = keep_file(request.app.state.engine, person, "scenario", f"{slug(scenario.name)[:60]}.yaml", text.encode())
    return RedirectResponse(f"/scenarios/own/{file.id}", 303)


@router.post("/scenarios/own/{file_id}/remove")
def remove(request: Request, file_id: str) -> Response:
    """Remove one of one's own."""
    remove_file(request.app.state.engine, request.state.person.id, file_id)
    return RedirectResponse("/scenarios", 303)


@router.get("/scenarios/new")
def edit(request: Request, base: str = "april-2025", own: str = "") -> Response:
    """The form, filled with a scenario to start from."""
    text = as_yaml(_read(_file(request, own))) if own else ""
    values: dict[str, Any] = yaml.safe_load(text) if own else _raw(base)
    if not own:
        values |= {"name": f"{values['name']}-changed"}
    return show(request, _form_view(values, {}))


def _raw(base: str) -> dict[str, Any]:
    scenario = load_scenario(base, world_now())
    bare = scenario.model_copy(update={"controls": ()}) if scenario.in_force else scenario
    found: dict[str, Any] = yaml.safe_load(as_yaml(bare))
    return found


@router.post("/scenarios/new")
async def save(request: Request) -> Response:
    """Check what the form holds; keep it, and run it where that was asked."""
    async with request.form(max_fields=900) as form:
        sent = {k: v for k, v in form.multi_items() if isinstance(v, str) and k != FIELD}
    try:
        data = read_form(sent)
        scenario = Scenario.model_validate(data)
        errors = unknown_in(scenario, world_now())
    except ValidationError as error:
        errors = mistakes(error, list(sent))
    except InputError as error:
        errors = {error.where: str(error)}
    if errors:
        values = data if "data" in locals() else {}
        return show(request, _form_view(values, errors, sent), status=422)
    text = as_yaml(scenario)
    if sent.get("then") == "run":
        keep_file(request.app.state.engine, request.state.person.id, "scenario", f"{slug(scenario.name)[:60]}.yaml",
                  text.encode())  # fmt: skip
        return go_to(request, "run", {"text": text, "form": "yaml", "draws": sent.get("draws") or 256})
    return _kept(request, scenario, text)


def _form_view(values: Mapping[str, Any], errors: Mapping[str, str],
               sent: Mapping[str, str] | None = None) -> View:  # fmt: skip
    fields, groups = scenario_fields(values, errors), event_groups(values, errors)
    if sent:
        fields = tuple(replace(f, value=sent.get(f.name, f.value)) for f in fields)
        groups = tuple((title, tuple(replace(f, value=sent.get(f.name, f.value)) for f in group))
                       for title, group in groups)  # fmt: skip
    then = Field("then", "Then", "select", "keep", options=(("keep", "keep it"), ("run", "keep it and run it")))
    draws = Field("draws", "Draws", "number", "256", low=8, step="1")
    loose = "; ".join(m for name, m in errors.items() if name not in {f.name for f in (*fields, *_flat(groups))})
    form = Form("/scenarios/new", "Save", (*fields, then, draws), groups, error=loose)
    return View("A scenario of your own", (Group("form", "What happens when", (
        note("Every field says what it means; empty events are left out. All mistakes are shown at once."), form)),),
        above=words("Scenarios", link="/scenarios"),
        problem=f"{len(errors)} mistakes: see the fields below." if errors else "")  # fmt: skip


def _flat(groups: tuple[tuple[str, tuple[Field, ...]], ...]) -> list[Field]:
    return [f for _, group in groups for f in group]


@router.get("/scenarios/{name}")
def scenario(request: Request, name: str) -> Response:
    """One bundled scenario."""
    found = load_scenario(name, world_now(), as_of=request.state.as_of)
    return show(request, _view(request, found, f"/scenarios/{name}", (("scenario", name),), None))


def _view(
    request: Request, s: Scenario, address: str, hidden: tuple[tuple[str, str], ...], file: OwnFile | None
) -> View:
    questions = asked(s)
    form = ask_form(request, "run", "Run it", choices(questions), hidden=hidden)
    key, value = hidden[0]
    change = f"/scenarios/new?{'own' if key == 'own' else 'base'}={quote(value)}"
    opening = (
        Entry("From, to", words(f"{s.start} to {s.end}, {s.weeks} weeks")),
        Entry("Knows", words(f"nothing that became known after {s.as_of}")),
        Entry("Sides", words(_sides(s) or "none")),
    )  # fmt: skip
    leads: list[Block | Form] = [Note(listed([("Change it in a form", change), *_uses(s, file)]))]
    if file:
        leads.append(Form(f"{address}/remove", "Remove it", compact=True))
    sections = (
        Group("run", "Run it", (form,)),
        Group("events", "What happens when", _events(s)),
        Group("more", "From here", tuple(leads)),
    )
    twin = "/api/v1/scenario/validate?" + (f"own={value}" if key == "own" else f"scenario={quote(value)}")
    return View(s.title, sections, opening=opening, above=words("Scenarios", link="/scenarios"), twin=twin,
                byline=words(s.name, tone="muted"), document=s.model_dump(mode="json", by_alias=True))  # fmt: skip


def _uses(s: Scenario, file: OwnFile | None) -> list[tuple[str, str]]:
    if file or not s.controller:
        return []
    asks = (
        ("The talks", "/talks"),
        ("The best answer", "/answers"),
        ("The years between", "/years"),
        ("Re-routing", "/reroute"),
        ("Beyond the lines", "/downstream"),
        ("One quantity over time", "/series"),
    )
    return [(says, f"{path}?scenario={s.name}") for says, path in asks]


def _events(s: Scenario) -> tuple[Block, ...]:
    """Controls on a timeline; every event in a table."""
    held = [resolve(c, s.as_of) for c in s.controls]
    register = load_register().measures
    rows = [Row(_title(c.name, register), c.announced_on, [(c.effective_from, c.until)], list(c.control.suspended))
            for c in held]  # fmt: skip
    events = [[text_cell(_title(c.name, register), c.name, link=f"/register/{c.name}" if c.name in register else ""),
               text_cell("control"), text_cell(c.effective_from, str(c.until or "")),
               text_cell(", ".join(map(named_place, c.destinations)) or "everybody")] for c in held]  # fmt: skip
    for kind in LISTS:
        if kind not in ("controls", "offices"):
            events += [_event(kind, e) for e in getattr(s, kind)]
    events += [[text_cell(_factors(change), change.reason), text_cell("office"), text_cell(change.effective_from),
                text_cell(named_place(office.place))] for office in s.offices for change in office.changes]  # fmt: skip
    table = table_of(("What", "Kind", "From, to", "Where"), events, "Events as a table")
    if not rows:
        return (table,) if events else (note("Nothing: the world without any event."),)
    last = s.end + timedelta(days=1)

    def draw(ident: str, width: float) -> str:
        return timeline(ident, "When each control holds", f"{len(rows)} controls", rows, today=min(s.as_of, date.max),
                        last=last, width=width)  # fmt: skip

    return Chart("When each control holds", lambda: draw("held", 820), lambda: draw("held-narrow", 350), table), table


def _event(kind: str, e: Any) -> list[Cell]:
    """A row of the table: what it is about, its kind, its days, and whose it is."""
    told = [getattr(e, name, None) for name in ("name", "lever", "process", "product")]
    what = next((t for t in told if t), None) or ", ".join(getattr(e, "products", ())) or "all goods"
    first = next((d for n in ("effective_from", "start", "earliest") if (d := getattr(e, n, None))), "")
    where = [getattr(e, name, "") for name in ("place", "by", "origin")]
    return [
        text_cell(what, getattr(e, "reason", "")),
        text_cell(_one_of(kind)),
        text_cell(first, str(getattr(e, "until", None) or "")),
        text_cell(named_place(next(filter(None, where), ""))),
    ]


def _one_of(kind: str) -> str:
    """The name of one event of a list: `export levy` of `export_levies`."""
    plain = kind.replace("_", " ")
    return f"{plain.removesuffix('ies')}y" if plain.endswith("ies") else plain.removesuffix("s")


def _factors(change: OfficeChange) -> str:
    """The medians of what a change of an office states."""
    stated = {name.removesuffix("_factor").replace("_", " "): middle for name, (_, middle, _) in change.stated.items()}
    return ", ".join(f"{name} × {middle:g}" for name, middle in stated.items())


def _title(name: str | None, register: Mapping[str, Any]) -> str:
    found = register.get(name or "")
    return found.title if found else str(name)


def _file(request: Request, file_id: str) -> OwnFile:
    return file_of(request.app.state.engine, request.state.person.id, file_id)


def _read(file: OwnFile) -> Scenario:
    return parse_scenario(file.content.decode("utf-8", "replace"), world_now(), where=file.name)
