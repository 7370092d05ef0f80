"""Indices of world output: how concentrated it is, plainly and weighted by governance."""

from __future__ import annotations

from sluicegate.terms import place_name
from sluicegate.world.governance import WGI, risk_by_place
from sluicegate.world.indices.entry import Entry
from sluicegate.world.indices.subject import Subject
from sluicegate.world.output import RISK_UNKNOWN, Output


def concentration(subject: Subject, output: Output | None, method: str, verb: str) -> Entry | None:
    """Plain concentration of world output, 0-10,000."""
    if output is None:
        return None
    place, share = output.largest
    because = f"{place_name(place)} {verb} {share:.0%} of the world's {subject.material}"
    year, source = output.year, output.source_id
    return Entry(method, output.hhi(), None, None, "0-10,000", year, source, because, output.figure_ids)


def governed(output: Output | None, method: str, verb: str) -> Entry | None:
    """Concentration of world output weighted by governance, 0-10; bounds from suppliers without an estimate."""
    risk = risk_by_place(output.year) if output else {}
    if output is None or not risk:
        return None
    low, value, high = (output.governed(risk, unknown=unknown) for unknown in RISK_UNKNOWN)
    place, share = output.largest
    rated = f"{risk[place]:.1f} of 10 for risk" if place in risk else "by nobody"
    because = f"{place_name(place)}, its government rated {rated}, {verb} {share:.0%}"
    source, inputs = f"{output.source_id} with {WGI}", (*output.figure_ids, WGI)
    return Entry(method, value, low, high, "0-10", output.year, source, because, inputs)
