"""How sound the world is, in one screen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sluicegate.desk.page.block import Cell, Entry, Page, Section, Spans, words
from sluicegate.desk.page.dataset.rows import Row, section, some, text_cell
from sluicegate.desk.page.marks import Marks

Document = dict[str, Any]
SHOWN_YEARS = 6


def soundness_page(document: Document) -> Page:
    """Balance, gaps, figures and their ages, what rests on assumptions, contradictions, corrections."""
    opening = tuple(Entry(label, words(text)) for label, text in said(document).items())
    marks = Marks({f["id"]: f["source"] for q in document["contradictions"]["quantities"] for f in q["figures"]})
    title, byline = "The world", f"dataset {document['dataset_version']}"
    sections = _sections(document, marks)
    return Page(title, "en", byline, "", opening, sections=sections, sources=marks.listing())


def said(document: Document) -> dict[str, str]:
    """What the check found, one sentence a subject."""
    figures, disputed = document["figures"], document["contradictions"]
    moved, conflicts = len(document["adjusted"]), len(document["conflicts"])
    judged = len(document["assumptions"]["rows"])
    total = sum(sum(labels.values()) for labels in document["assumptions"]["counts"].values())
    bare, lost = len(figures["without_source"]), len(document["unresolved_refs"])
    return {
        "Balance": f"largest residual {document['largest_residual']:.1e}; "
        f"moved by more than one standard deviation: {moved}; by more than two: {conflicts}",
        "Gaps": "; ".join(document["gaps"]) or "none: everything wanted is made, used, run and shipped",
        "Figures": f"{figures['count']:,} from {figures['sources']} sources; {figures['used']} carry the chain; "
        f"without a source: {bare}; references that lead nowhere: {lost}",
        "Known as": _counted(figures["by_grade"]),
        "Ages": f"those that carry the chain: {_years(figures['by_year'])}; {len(figures['old'])} from before 2020",
        "Assumptions": f"{judged:,} of {total:,} rows rest on judgement",
        "Contradictions": f"{disputed['count']} quantities are stated with different values, "
        f"{disputed['revisions']} of them by editions of one publication; "
        f"{disputed['over_a_quarter']} differ by more than a quarter; {disputed['carrying']} carry the chain",
        "Corrections": f"{len(document['corrections'])}, every guard holds",
    }


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items() if count)


def _years(counts: Mapping[str, int]) -> str:
    """The most frequent years, newest first."""
    return _counted(dict(sorted(list(counts.items())[:SHOWN_YEARS], reverse=True)))


def _sections(document: Document, marks: Marks) -> tuple[Section, ...]:
    moved = [*document["conflicts"], *document["adjusted"]]
    labels = [{"table": name, "labels": counts} for name, counts in document["assumptions"]["counts"].items()]
    disputed = [q for q in document["contradictions"]["quantities"] if not q["revision"]]
    mended = [{"reason": why, "count": n} for why, n in Counter(c["reason"] for c in document["corrections"]).items()]
    return (
        *section("Moved most by the balance", some(moved, ("Quantity", "Prior", "Balanced", "In sd"), _move, 5)),
        *section("Rows by label", some(labels, ("Table", "Labels"), _label, 20)),
        *section("Widest contradictions, those that carry the chain first",
                 some(disputed, ("Quantity", "Preferred", "Others"), _dispute(marks), 6)),
        *section("Corrected", some(mended, ("Why", "Figures"), _correction, 5)),
    )  # fmt: skip


def _move(row: Row) -> tuple[Cell, ...]:
    tonnage = (f"{row[field]:,.0f} t" for field in ("prior_t_per_yr", "balanced_t_per_yr"))
    return tuple(text_cell(t) for t in (row["quantity"], *tonnage, f"{row['adjustment_in_sd']:+.1f}"))


def _label(row: Row) -> tuple[Cell, ...]:
    return (text_cell(row["table"]), text_cell(_counted(row["labels"])))


def quantity(one: Row) -> str:
    """What a contradiction is about, in words."""
    first = one["figures"][0]
    of = f"of {first['material']}" if first["material"] else ""
    return " ".join(w for w in (first["stage"], first["metric"], of, first["item"], first["place"], first["partner"],
                                first["period"]) if w)  # fmt: skip


def _dispute(marks: Marks) -> Any:
    def amount(figure: Row, end: str = "") -> Spans:
        return words(figure["amount"], mark=marks.of(figure["id"])) + words(end)

    def line(one: Row) -> tuple[Cell, ...]:
        first, *others = one["figures"]
        last = len(others) - 1
        rest = sum((amount(f, "" if k == last else "; ") for k, f in enumerate(others)), ())
        return (text_cell(quantity(one)), Cell(amount(first)), Cell(rest))

    return line


def _correction(row: Row) -> tuple[Cell, ...]:
    return (text_cell(row["reason"]), text_cell(row["count"]))


def spread(value: float | None) -> str:
    """How far apart, in percent of the smallest; words where the smallest is nothing."""
    return "one says none" if value is None or not math.isfinite(value) else f"{value * 100:,.0f} %"
