"""The question `world sources`: one card per source, and what hangs on it."""

from __future__ import annotations

from sluicegate.desk.number import Document
from sluicegate.terms import NotFoundError
from sluicegate.world.contradiction import contradiction_row, contradictions
from sluicegate.world.correction import correction_row, load_corrections
from sluicegate.world.facility import load_facilities
from sluicegate.world.figure_group import grouped
from sluicegate.world.figures import load_figures, printed_figures
from sluicegate.world.source import Source, load_source, load_sources

LIMIT = 1_000
"""Rows of one page of a long list: 30 kB of figures as they are sent."""


def sources(material: str | None = None, *, limit: int = LIMIT, offset: int = 0) -> Document:
    """Every source, or those with a figure of a material, the one with most figures first.

    Parameters
    ----------
    limit, offset : how many cards, from which on; `next_offset` of the document goes on, None at the end

    Raises
    ------
    NotFoundError : a material of which there is no figure; the message names the nearest.
    """
    known = load_figures()
    table = known.table
    if material is not None:
        if material not in known.materials():
            raise NotFoundError(material, kind="material", known=known.materials(), where="world sources --material")
        table = table[table["material"] == material]
    counts = table["source_id"].value_counts()
    materials = table[table["material"] != ""].groupby("source_id")["material"].agg(lambda m: sorted(set(m)))
    cards = [
        _card(s) | {"figure_count": int(counts.get(i, 0)), "materials": list(materials.get(i, []))}
        for i, s in load_sources().items()
        if material is None or i in counts.index
    ]
    ordered = sorted(cards, key=lambda c: (-c["figure_count"], c["source_id"]))
    return {"count": len(cards), "offset": offset, "next_offset": _next(limit, offset, len(cards)),
            "sources": ordered[offset : offset + limit]}  # fmt: skip


def source(source_id: str, *, limit: int = LIMIT, offset: int = 0) -> Document:
    """One card: its figures by metric, what it tells of plants, its corrections, and who says otherwise.

    Parameters
    ----------
    limit, offset : how many figures, from which on, counted through all metrics; `next_offset` goes on, None at the
        end. A metric's `count` is of all its figures.

    Raises
    ------
    NotFoundError : no such source; the message names the nearest.
    """
    card = load_source(source_id)
    known = load_figures()
    figures = known.find(source_id=source_id)
    printed = printed_figures()
    mine = set(printed.index[printed["source_id"] == source_id])
    events = [(f.name, m) for f in load_facilities().values() for m in f.milestones if m.source_id == source_id]
    return {
        **_card(card),
        "figure_count": len(figures),
        "materials": sorted({f.material for f in figures if f.material}),
        "grades": sorted({f.grade for f in figures}),
        "offset": offset,
        "next_offset": _next(limit, offset, len(figures)),
        "figures": _part(grouped(figures), limit, offset),
        "milestones": [{"facility": name, "event": m.event, "date": m.when, "text": m.text} for name, m in events],
        "corrections": [correction_row(c) for c in load_corrections() if c.figure_id in mine],
        "contradicted": [contradiction_row(c) for c in contradictions(known) if source_id in c.sources],
    }


def _part(groups: list[Document], limit: int, offset: int) -> list[Document]:
    """The groups with those figures alone that lie on the page; a group without any is left out."""
    found, before = [], 0
    for group in groups:
        rows = group["figures"][max(0, offset - before) : max(0, offset + limit - before)]
        before += group["count"]
        if rows:
            found.append(group | {"figures": rows})
    return found


def _next(limit: int, offset: int, count: int) -> int | None:
    return offset + limit if offset + limit < count else None


def _card(source: Source) -> Document:
    return {
        "id": source.source_id,
        "source_id": source.source_id,
        "publisher": source.publisher,
        "title": source.title,
        "year": source.year,
        "url": source.url or None,
        "licence": source.licence,
        "known_on": source.known_on.isoformat(),
    }
