"""What an accepted claim becomes in the overlay: a register entry or amendment, a figure, a facility, or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import yaml
from sqlalchemy import Row

from sluicegate.desk.intake import keep_import, remove_import
from sluicegate.desk.library.amending import amended_by, amended_entry, amendment, as_told
from sluicegate.desk.number import Document
from sluicegate.news import Claim
from sluicegate.news.consequence import consequence
from sluicegate.news.eased import EASING
from sluicegate.regime import load_register
from sluicegate.scenario import Control
from sluicegate.terms import InputError
from sluicegate.terms.slug import slug
from sluicegate.world import load_world
from sluicegate.world.claim_amount import ClaimAmount, read_amount
from sluicegate.world.facility import load_facilities
from sluicegate.world.intake.card import Card
from sluicegate.world.intake.schema import FIELDS, check_row, known_materials
from sluicegate.world.intake.taken import Taken
from sluicegate.world.overlay import stamp

KIND = "claim"
_IMPOSING = ("control_imposed", "control_extended")
_METRICS = {
    "production_share": ("share of world output", "share"), "import_dependence": ("import share", "share"),
    "trade_share": ("import share", "share"), "production_volume": ("production", "t"),
    "capacity": ("capacity", "t/yr"), "reserve": ("reserves", "t"), "quota_set": ("quota", "t"),
    "stockpiling": ("stock", "t"),
    "financing": ("financing", "musd"), "investment": ("financing", "musd"), "project_cost": ("project cost", "musd"),
    "lead_time": ("lead time", "years"), "price_move": ("price change", "ratio"),
}  # fmt: skip
_MILESTONES = {"production_start": "start", "mine_halt": "halt", "mine_restart": "restart", "capacity": "capacity"}
_WIDE = "the article names the material, not the goods"
_IN_YEARS = {"years": 1.0, "weeks": 1 / 52.18, "days": 1 / 365.25}
_WHOLE_UNIT = {"t/yr": "t", "ratio": "share"}


@dataclass(frozen=True)
class Entry:
    """What is laid over the world for a claim.

    Parameters
    ----------
    form : `measure`, `amendment`, `figure`, `facility`, or `none`
    name : what it is called there; for `none` the reason
    taken : to be imported; None for `none`
    """

    form: str
    name: str
    taken: Taken | None = None


def lay(claim: Claim, article: Row[Any], *, number: int, measure: str | None = None) -> Document:
    """Lay an accepted claim over the world; the form it took, or why it took none.

    Parameters
    ----------
    measure : the entry that an easing or lifting amends, as the user names it; None to take the one that fits

    Raises
    ------
    InputError : the overlay's folder cannot be written; no entry or several fit an easing or lifting.
    NotFoundError : no entry of the name.
    """
    entry = entry_of(claim, article, measure)
    if entry.taken is None:
        return {"form": "none", "why": entry.name, "import": None}
    name = f"{KIND}-{number}"
    text = claim.quote.encode()
    kept = keep_import(entry.taken, name, file=f"claim {number} of article {article.id}",
                       sha256=hashlib.sha256(text).hexdigest(), replace=True)  # fmt: skip
    return {"form": entry.form, "name": entry.name, "import": name, "dataset_version": kept["dataset_version"]}


def lift(entry: Document | None) -> None:
    """Take what an acceptance laid over the world away again; nothing where it laid nothing, or it is gone.

    Raises
    ------
    InputError : another acceptance amends the entry that this one laid.
    """
    name = (entry or {}).get("import")
    laid = str((entry or {}).get("name"))
    if name and (later := amended_by(load_register(), laid)):
        raise InputError(f"{laid} is amended by {', '.join(later)}", where="undo", expected="an entry nothing amends",
                         do="Undo the later acceptance first: `sluicegate news decisions` lists them.")  # fmt: skip
    if name and name in {folder.rpartition("/")[2] for folder, _ in stamp()}:
        remove_import(name)


def entry_of(claim: Claim, article: Row[Any], measure: str | None = None) -> Entry:
    """The form a claim takes.

    A control is a measure, its easing an amendment, a number a figure, a plant's start or halt a facility.
    """
    day = _day_of(article)
    if claim.status in ("negated", "conditional"):
        return Entry("none", f"{claim.status}: there is nothing to enter")
    if claim.type in _IMPOSING:
        return _measure(claim, article, day)
    if claim.type in EASING:
        return _amendment(claim, article, day, measure)
    amount = next((a for a in (read_amount(x.as_json()) for x in claim.amounts) if a is not None), None)
    if claim.type in _METRICS and amount is not None:
        return _figure(claim, article, amount, day)
    if claim.type in _MILESTONES and claim.organisations:
        return _facility(claim, article, day)
    return Entry("none", "no number, measure or named plant in it: it stays on record and changes no table")


def _measure(claim: Claim, article: Row[Any], day: date) -> Entry:
    """A register entry of a control that the register does not hold."""
    found = consequence([claim], as_of=day, register=load_register(), world=load_world(day))
    control = next(iter(found.controls), None)
    if control is None:
        why = next((str(i["why"]) for i in found.ignored), "it moves no goods of the world")
        return Entry("none", why)
    if control.register_id:
        return Entry("none", f"the register holds it as {control.register_id}")
    measure = _measure_of(control, claim, article, day)
    text = yaml.safe_dump(measure, allow_unicode=True, sort_keys=False)
    taken = Taken(KIND, _card(article, day), 1, files={"measure.yaml": text.encode()})
    return Entry("measure", str(measure["id"]), taken)


def _amendment(claim: Claim, article: Row[Any], day: date, named: str | None) -> Entry:
    """An entry that eases, suspends or ends another."""
    if claim.status == "planned":
        return Entry("none", "planned: nothing is eased yet")
    entry = amended_entry(claim, day, register=load_register(), world=load_world(day), named=named)
    act = entry if isinstance(entry, str) else amendment(claim, entry, article, day)
    if isinstance(act, str):
        return Entry("none", act)
    text = yaml.safe_dump(act, allow_unicode=True, sort_keys=False)
    taken = Taken(KIND, _card(article, day), 1, files={"measure.yaml": text.encode()})
    return Entry("amendment", str(act["id"]), taken)


def _measure_of(control: Control, claim: Claim, article: Row[Any], day: date) -> Document:
    effective = control.effective_from or day
    hashed = hashlib.sha256(f"{article.id} {claim.quote}".encode()).hexdigest()[:8].upper()
    effect = "refused" if control.kind == "ban" else "licence"
    return {
        "id": f"OWN-{control.origin}-{hashed}",
        "title": f"{control.name} (from an article)",
        "jurisdiction": control.origin,
        "kind": control.kind,
        "announced_on": min(day, effective),
        "effective_from": effective,
        "destinations": list(control.destinations) or "all",
        "items": [{
            "name": ", ".join(claim.materials), "clause": "as told", "effect": effect,
            "names": list(claim.materials), "materials": list(claim.materials),
            "products": [{"name": p, "reason": _WIDE} for p in control.products],
            "list_read": False,
        }],
        **as_told(claim, article, day),
    }  # fmt: skip


def _figure(claim: Claim, article: Row[Any], amount: ClaimAmount, day: date) -> Entry:
    """A figure for each material, where the claim says all that a figure needs."""
    metric, unit = _METRICS[claim.type]
    value = amount.value * _IN_YEARS[amount.unit] if unit == "years" and amount.unit in _IN_YEARS else amount.value
    plain = "years" if unit == "years" and amount.unit in _IN_YEARS else amount.unit
    if plain != _WHOLE_UNIT.get(unit, unit):
        return Entry("none", f"a {metric} in {amount.unit}: figures of it are in {unit}")
    if len(claim.actor) != 1 and metric != "lead time":
        return Entry("none", f"a {metric} needs one place; the claim names {len(claim.actor)}")
    rows = [_figure_row(claim, article, metric, m, unit, value, amount.side, day) for m in claim.materials]
    known = known_materials()
    wrong = [f"{p.column} {p.found}, where {p.expected} is expected"
             for k, row in enumerate(rows) for p in check_row(row, k + 1, known, str(day))]  # fmt: skip
    if wrong or not rows:
        said = "; ".join(dict.fromkeys(wrong)) or "no material"
        return Entry("none", f"not a figure of the dataset: {said}")
    table = pd.DataFrame(rows, columns=list(FIELDS))
    for column in ("value", "low", "high"):
        table[column] = [float(x) if x else float("nan") for x in table[column]]
    return Entry("figure", f"{metric} of {', '.join(claim.materials)}", Taken(KIND, _card(article, day), 1, table))


def _figure_row(claim: Claim, article: Row[Any], metric: str, material: str, unit: str, value: float, side: str,
                day: date) -> dict[str, str]:  # fmt: skip
    plant = claim.organisations[0] if claim.organisations else ""
    bounds = {"at least": {"low": repr(value)}, "at most": {"high": repr(value)}}.get(side, {})
    return dict.fromkeys(FIELDS, "") | {
        "metric": metric,
        "material": material,
        "item": plant if metric in {"capacity", "financing", "project cost", "lead time"} else "",
        "place": claim.actor[0] if claim.actor else "",
        "partner": claim.target[0] if metric == "import share" and len(claim.target) == 1 else "",
        "period": claim.dates[0] if claim.dates else "undated",
        "value": repr(value),
        "unit": unit,
        "status": "planned" if claim.status == "planned" else "observed",
        "known_on": str(day),
        "grade": "official" if article.source_class == "official" else "secondary",
        "note": f"“{claim.quote}”",
    } | bounds  # fmt: skip


def _facility(claim: Claim, article: Row[Any], day: date) -> Entry:
    """A plant or project with the event told of it: one of the dataset's where it names one, else its firm's."""
    known = {plant.name: name for name, plant in load_facilities().items()}
    firm = next((name for name in claim.organisations if name in known), claim.organisations[0])
    facility = known.get(firm, slug(firm))
    row = {"facility": facility, "name": firm, "owner": firm, "place": claim.actor[0] if claim.actor else "",
           "materials": "; ".join(claim.materials), "stages": "", "products": "",
           "status": f"{claim.type.replace('_', ' ')}, {claim.status} ({day})", "refs": "", "project": ""}  # fmt: skip
    event = {"facility": facility, "event": _MILESTONES[claim.type],
             "date": claim.dates[0] if claim.dates else str(day), "text": claim.quote, "source_id": "",
             "known_on": str(day), "grade": "secondary"}  # fmt: skip
    files = {"facilities.csv": pd.DataFrame([row]), "milestones.csv": pd.DataFrame([event])}
    written = {name: table.to_csv(index=False, lineterminator="\n").encode() for name, table in files.items()}
    return Entry("facility", f"facility:{facility}", Taken(KIND, _card(article, day), 1, files=written))


def _card(article: Row[Any], day: date) -> Card:
    return Card(article.publisher or "publisher not named", article.title or "article without a title", day.year,
                article.url or f"news:{article.id}", "a short quotation, with its source", str(day))  # fmt: skip


def _day_of(article: Row[Any]) -> date:
    """The day an article became known: its own, else the one it was taken in."""
    return date.fromisoformat(article.published or article.added_at[:10])
