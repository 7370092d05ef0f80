"""The card of a product, material, place, industry, process or parameter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sluicegate.desk.page.block import Cell, Entry, Page, Section, words
from sluicegate.desk.page.dataset.rows import (
    Row,
    cells,
    citations,
    figure_sections,
    percent,
    section,
    some,
    starts,
    tonnes,
    weeks,
)
from sluicegate.desk.page.marks import Marks

Document = dict[str, Any]


def shown_page(document: Document) -> Page:
    """The page of a `world show` document: what it is, the chain's numbers, then the sourced figures by metric."""
    groups = document.get("figures", [])
    marks = Marks(citations(groups))
    sections = (*_chain(document), *figure_sections(groups, marks))
    opening = _opening(document, sum(g["count"] for g in groups))
    title = document["name"] if document["kind"] != "place" else f"{document['english']} ({document['name']})"
    return Page(title, "en", document["kind"], "", opening, sections=sections, sources=marks.listing())


def names_page(document: Document) -> Page:
    """Every name the dataset knows, by kind."""
    kinds = {kind: names for kind, names in document.items() if isinstance(names, list)}
    opening = tuple(Entry(kind.capitalize(), words("; ".join(names))) for kind, names in kinds.items())
    return Page("What there is", "en", f"dataset {document['dataset_version']}", "", opening)


def _opening(document: Document, count: int) -> tuple[Entry, ...]:
    said = {
        "Is": document.get("description") or _product_words(document.get("product")),
        "Prices": _prices(document.get("product")),
        "What it is made of": _price_parts(document.get("price_parts")),
        "Concentration": _concentration(document.get("dependence")),
        "Plants": ", ".join(document.get("facilities", [])[:8]),
        "Figures": f"{count:,} sourced; `sluicegate why ID` gives each, `--json` their ids" if count else "",
    }
    return tuple(Entry(label, words(text)) for label, text in said.items() if text)


def _product_words(product: Row | None) -> str:
    if product is None:
        return ""
    codes = "; ".join(c.replace(":", " × ") for c in str(product["hs"]).split(";"))
    return f"{product['material']}, {product['stage']}, counted in {product['unit']}; customs codes {codes}"


def _prices(product: Row | None) -> str:
    if product is None:
        return ""
    sides = (("inside China", "price_inside_usd_per_kg"), ("outside", "price_outside_usd_per_kg"))
    known = [f"{product[field]:,.4g} USD/kg {side}" for side, field in sides if product[field] is not None]
    return "; ".join(known)


def _price_parts(parts: Row | None) -> str:
    """The price outside from the price inside, in words; what is not known is said."""
    if parts is None or parts["rest"] is None:
        return ""
    freight = "freight not known" if parts["freight"] is None else f"freight {parts['freight']:,.3g}"
    inside, tax, rest, outside = (f"{parts[key]:,.3g}" for key in ("inside", "tax", "rest", "outside"))
    return (f"{inside} inside without tax + {tax} tax kept and export duty + {freight} + {rest} rent, stocks and what "
            f"prices do not agree on = {outside} USD/kg outside")  # fmt: skip


def _concentration(dependence: Row | None) -> str:
    if dependence is None or dependence["hhi"] is None:
        return ""
    return f"HHI {dependence['hhi']:,.0f} of 10,000, by place of making"


def _chain(document: Document) -> tuple[Section, ...]:
    """What the reconciled base year has, most of it first."""
    return (
        *section("Made and used, base year 2024, t a year", some((document.get("dependence") or {}).get("places", []),
            ("Place", "Made", "Imported", "Exported", "Used", "Net import reliance"), _balance_line)),
        *section("Products", some(document.get("products", []),
            ("Product", "Stage", "Inside, USD/kg", "Outside, USD/kg", "Known as"), _product_line, 20)),
        *section("Makers, t a year of activity", some(document.get("producers", []),
            ("Process", "Place", "Activity", "Capacity", "Known as", "Why"), _maker_line)),
        *section("Bought by processes", some(document.get("users", []),
            ("Process", "Place", "Activity", "Capacity", "Known as", "Why"), _maker_line)),
        *section("Industries, value added a year", some(document.get("lines", []),
            ("Industry", "Place", "m USD", "Known as", "Why"), _industry_line)),
        *section("Uses by industry, t a year", some(document.get("uses", []),
            ("Industry", "Place", "Product", "Use", "Known as", "Why"), _use_line)),
        *_flows("Flows, t a year", document.get("flows", [])),
        *_flows("Imports, t a year", document.get("imports", [])),
        *_flows("Exports, t a year", document.get("exports", [])),
        *section("Projects", some(document.get("projects", []),
            ("Project", "Place", "Capacity, t", "Starts", "Full after", "Known as"), _project_line)),
        *_beside(document),
        *section("Uncertain inputs", some(document.get("parameters", []),
            ("Input", "5 %", "50 %", "95 %", "Unit", "Known as"), _parameter_line)),
    )  # fmt: skip


_BESIDE = {
    "output": ("Output of the element, t a year", ("process", "place", "t_per_yr")),
    "shares": ("Shares", ("process", "province", "ore", "period", "share", "low", "high", "label", "reason")),
    "plants": ("Single plants", ("plant", "producer", "capacity_t_per_yr", "share", "label", "reason")),
    "provinces": ("Provinces", ("process", "province", "period", "share", "label", "reason")),
    "elements": ("Elements in the lump", ("ore", "element", "share", "low", "high", "label", "reason")),
    "grades": ("Grades", ("product", "grade", "element", "content", "low", "high", "label", "reason")),
    "burdens": ("What processing takes and leaves", ("process", "burden", "amount", "low", "high", "unit", "label")),
}
"""Tables beside the chain: title, and the columns shown, those of them that a row has."""


def _beside(document: Document) -> tuple[Section, ...]:
    """The tables beside the chain that the document holds."""
    found: tuple[Section, ...] = ()
    for name, (title, columns) in _BESIDE.items():
        rows = document.get(name, [])
        shown = [c for c in columns if any(row.get(c) not in (None, "") for row in rows)]
        head = tuple(c.removesuffix("_t_per_yr").replace("t_per_yr", "t a year").capitalize() for c in shown)
        found += section(title, some(rows, head, partial(_beside_line, shown)))
    return found


def _beside_line(shown: Sequence[str], row: Row) -> tuple[Cell, ...]:
    return cells(*(_said(row, c) for c in shown))


def _said(row: Row, column: str) -> str:
    """A cell: shares and contents as percent, tonnes rounded, what is absent blank."""
    value = row.get(column)
    if value is None or isinstance(value, str):
        return value or ""
    if column in ("share", "content") or (column in ("low", "high") and ("share" in row or "content" in row)):
        return f"{100 * value:.3g} %"
    return f"{value:,.4g}"


def _flows(title: str, rows: Sequence[Row]) -> tuple[Section, ...]:
    head = ("Product", "From", "To", "Flow", "Under way", "Known as")
    return section(title, some(rows, head, _flow_line))


def _balance_line(row: Row) -> tuple[Cell, ...]:
    fields = ("made_t_per_yr", "imports_t_per_yr", "exports_t_per_yr", "apparent_consumption_t_per_yr")
    return cells(row["place"], *(tonnes(row[f]) for f in fields), percent(row["net_import_reliance"]))


def _product_line(row: Row) -> tuple[Cell, ...]:
    prices = (row["price_inside_usd_per_kg"], row["price_outside_usd_per_kg"])
    return cells(row["product"], row["stage"], *("" if p is None else f"{p:,.4g}" for p in prices), row["label"])


def _maker_line(row: Row) -> tuple[Cell, ...]:
    numbers = (tonnes(row["activity_t_per_yr"]), tonnes(row["capacity_t_per_yr"]))
    return cells(row["process"], row["place"], *numbers, row["label"], row["reason"])


def _industry_line(row: Row) -> tuple[Cell, ...]:
    return cells(row["industry"], row["place"], tonnes(row["value_added_musd_per_yr"]), row["label"], row["reason"])


def _use_line(row: Row) -> tuple[Cell, ...]:
    use = tonnes(row["use_t_per_yr"])
    return cells(row["industry"], row["place"], row["product"], use, row["label"], row["reason"])


def _flow_line(row: Row) -> tuple[Cell, ...]:
    numbers = (tonnes(row["flow_t_per_yr"]), weeks(row["transit_weeks"]))
    return cells(row["product"], row["origin"], row["destination"], *numbers, row["label"])


def _project_line(row: Row) -> tuple[Cell, ...]:
    capacity = tonnes(row["capacity_t_per_yr"])
    return cells(row["project"], row["place"], capacity, starts(row), weeks(row["ramp_weeks"]), row["label"])


def _parameter_line(row: Row) -> tuple[Cell, ...]:
    return cells(row["name"], *(f"{row[q]:.4g}" for q in ("p05", "p50", "p95")), row["unit"], row["label"])
