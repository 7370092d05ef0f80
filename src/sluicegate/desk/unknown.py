"""What an article and the data do not settle, written by rules."""

from __future__ import annotations

from datetime import date

from sluicegate.news import Claim, Reading
from sluicegate.news.consequence import Consequence
from sluicegate.world.year import BASE_YEAR


def unknown(reading: Reading, claims: list[Claim], found: Consequence, day: date) -> list[str]:
    """One sentence for each thing that is open."""
    said = [f"How the article was read: {note}." for note in reading.notes]
    said += [_open_claim(c) for c in claims if c.type in ("deal_statement", "control_eased") and c.status != "asserted"]
    if any(c.type == "licence_granted" for c in claims):
        said.append("How many licences were granted, to whom and for what tonnage: the article gives no count.")
    if reading.article.published is None:
        said.append(f"The article's date: none is stated, so it is read as of {day}.")
    if found.controls and day <= date(BASE_YEAR, 12, 31):
        said.append(f"Levels of the time: the world is that of {BASE_YEAR} and may hold part of what the controls did.")
    if found.controls:
        said.append("Stocks of firms: bands by industry stand in for them; a firm's own stock decides its own date.")
        said.append(f"Anything after {day}: measures, practice and outcomes that became known later are not used.")
        said.append("Military users: they are refused more often; the run treats every buyer of an industry as civil.")
    if found.controls and found.target is None:
        said.append("Who the other side is: the article names none; the place that loses most is shown.")
    missing = sorted({m for c in claims for m in c.materials if _outside(c, found)})
    if missing:
        said.append(f"What it means for {', '.join(missing)}: not in the model's world, so nothing is computed.")
    return list(dict.fromkeys(said))


def _open_claim(claim: Claim) -> str:
    who = f" ({claim.attribution.rstrip('.')})" if claim.attribution else ""
    state = {"negated": "denied or unconfirmed", "claimed": "only claimed", "planned": "only planned"}.get(
        claim.status, claim.status
    )
    return f"“{claim.quote}”{who}: {state}."


def _outside(claim: Claim, found: Consequence) -> bool:
    return any(i["claim"] == claim.id and "not in the model's world" in i["why"] for i in found.ignored)
