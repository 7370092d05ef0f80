"""Plants: one with its events and numbers, or a list."""

from __future__ import annotations

from typing import Any

from sluicegate.desk.page.block import Cell, Entry, Page, words
from sluicegate.desk.page.dataset.rows import Row, cells, figure_cells, section, some, starts, text_cell, tonnes, weeks
from sluicegate.desk.page.marks import Marks

Document = dict[str, Any]


def plant_page(document: Document) -> Page:
    """What it is, when it started or should, its numbers, the model's project it is."""
    told = {f"{k}": m["source"] for k, m in enumerate(document["milestones"])}
    marks = Marks(told | {n["id"]: n["source"] for n in document["numbers"]})
    events = [dict(m) | {"key": str(k)} for k, m in enumerate(document["milestones"])]
    sections = (
        *section("Milestones", some(events, ("Event", "When", "What is said", "Known as"), _event(marks), 20)),
        *section(
            "Numbers", some(document["numbers"], ("What", "When", "Number", "Known as", "Note"), _number(marks), 40)
        ),
        *section(
            "In the model", some(document["projects"], ("Project", "Capacity, t", "Starts", "Full after"), _project)
        ),
    )
    said = {
        "Owner": document["owner"],
        "Place": f"{document['english']} ({document['place']})" if document["place"] else "",
        "Of": "; ".join(document["materials"]),
        "Stages": ", ".join(document["stages"]),
        "Makes": document["products"],
        "Status": document["status"] or "",
    }
    opening = tuple(Entry(label, words(text)) for label, text in said.items() if text)
    return Page(document["name"], "en", document["id"], "", opening, sections=sections, sources=marks.listing())


def plants_page(document: Document) -> Page:
    """A line a plant."""
    plants = document["facilities"]
    marks = Marks({p["capacity"]["id"]: p["capacity"]["source"] for p in plants if p["capacity"]})
    head = ("Id, owner, of", "Where", "Capacity", "Status")
    table = some(plants, head, _line(marks), len(plants))
    how = "`sluicegate world facility ID` gives one plant with all its numbers"
    sections = section(f"{len(plants)} plants and projects", table)
    return Page(
        "Facilities", "en", "", "", (Entry("One plant", words(how)),), sections=sections, sources=marks.listing()
    )


def _line(marks: Marks) -> Any:
    def line(plant: Row) -> tuple[Cell, ...]:
        capacity = plant["capacity"]
        number = Cell(words(capacity["amount"], mark=marks.of(capacity["id"]))) if capacity else text_cell("")
        owner = plant["owner"].partition(" (")[0].partition(",")[0]
        of = ", ".join([*plant["materials"][:1], *plant["stages"]])
        first = Cell(words(plant["facility"]), words(f"{owner}: {of}", tone="muted"))
        status = (plant["status"] or "").partition(";")[0]
        return (first, text_cell(plant["place"]), number, text_cell(status))

    return line


def _event(marks: Marks) -> Any:
    def line(event: Row) -> tuple[Cell, ...]:
        when = Cell(words(event["date"], mark=marks.of(event["key"])))
        return (text_cell(event["event"]), when, text_cell(event["text"]), text_cell(event["grade"]))

    return line


def _number(marks: Marks) -> Any:
    def line(figure: Row) -> tuple[Cell, ...]:
        _, _, period, number, known = figure_cells(figure, marks)
        detail = figure["item"].rpartition("): ")[2]
        what = figure["metric"] if detail in figure["metric"] else f"{figure['metric']}, {detail}"
        return (text_cell(what), period, number, known, text_cell(figure["note"]))

    return line


def _project(row: Row) -> tuple[Cell, ...]:
    return cells(row["project"], tonnes(row["capacity_t_per_yr"]), starts(row), weeks(row["ramp_weeks"]))
