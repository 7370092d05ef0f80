"""Sources: a line a card, or one card with what hangs on it."""

from __future__ import annotations

from typing import Any

from sluicegate.desk.page.block import Cell, Entry, Page, words
from sluicegate.desk.page.dataset.rows import Row, cells, figure_sections, section, some
from sluicegate.desk.page.marks import Marks

Document = dict[str, Any]


def sources_page(document: Document) -> Page:
    """Every source with what it is of and how many figures hang on it."""
    cards = document["sources"]
    head = ("Id", "Publisher, title", "Year", "Figures", "Licence", "Of")
    sections = section(f"{len(cards)} sources", some(cards, head, _line, len(cards)))
    how = "`sluicegate world sources ID` gives one card with its figures"
    return Page("Sources", "en", "", "", (Entry("One card", words(how)),), sections=sections)


def source_page(document: Document) -> Page:
    """The card, its figures by metric, what has been corrected in it, and who says otherwise."""
    said = {
        "Publisher": document["publisher"],
        "Title": document["title"],
        "Year": str(document["year"]),
        "Address": document["url"] or "none known",
        "Licence": document["licence"],
        "Public by": document["known_on"],
        "Figures": f"{document['figure_count']:,}, {', '.join(document['grades']) or 'events of plants only'}",
        "Of": ", ".join(document["materials"]),
    }
    opening = tuple(Entry(label, words(text)) for label, text in said.items() if text)
    others = some(document["contradicted"], ("Quantity", "Values, preferred first"), _other)
    sections = (
        *figure_sections(document["figures"], Marks({})),
        *section("Events of plants", some(document["milestones"], ("Plant", "Event", "When", "What is said"), _event)),
        *section("Corrected", some(document["corrections"], ("Figure", "Field", "From", "To", "Why"), _correction)),
        *section("Others say otherwise", others),
    )
    return Page(document["source_id"], "en", "source", document["url"] or "", opening, sections=sections)


def _line(card: Row) -> tuple[Cell, ...]:
    title = card["title"] if card["title"].startswith(card["publisher"]) else f"{card['publisher']}, {card['title']}"
    of = ", ".join(card["materials"][:3]) + (", …" if len(card["materials"]) > 3 else "")
    return cells(card["source_id"], title, card["year"], f"{card['figure_count']:,}", card["licence"], of)


def _event(event: Row) -> tuple[Cell, ...]:
    return cells(event["facility"], event["event"], event["date"], event["text"])


def _correction(one: Row) -> tuple[Cell, ...]:
    return cells(one["figure_id"], one["field"], one["from"], one["to"] or "absent", one["reason"])


def _other(one: Row) -> tuple[Cell, ...]:
    first = one["figures"][0]
    what = " ".join(
        t for t in (first["stage"], first["metric"], first["material"], first["place"], first["period"]) if t
    )
    return cells(what, "; ".join(f"{f['amount']} ({f['source_id']})" for f in one["figures"]))
