"""The page of the register."""

from __future__ import annotations

from pages.markdown import table, title
from sluicegate.regime import Item, LicenceRecord, Measure, load_licences, load_register


def register() -> str:
    """The measures of the register, each with its items and clauses, and the licences known of."""
    found = sorted(load_register().measures.values(), key=lambda m: (m.announced_on, m.id))
    rows = [
        [f"`{m.id}`", m.title, m.kind, str(m.announced_on), str(m.effective_from or ""), _spells(m),
         str(m.ends_on or ""), m.status, m.confidence]
        for m in found
    ]  # fmt: skip
    parts = [
        title("Register of controls"),
        "`sluicegate register show ID` gives an entry in full, `sluicegate why ID` its source. A suspension runs from\n"
        "its first to its last day; where the record does not say what followed, a question mark stands behind it.\n"
        "An empty limit means that the item is listed whatever its properties. Not legal advice.\n",
        table(["id", "title", "kind", "announced", "in effect", "suspended", "ends", "status", "confidence"], rows),
        "## Items and clauses\n", *(part for m in found for part in _measure(m)),
        "## Licences known of\n",
        "An empty cell is not known, never zero.\n",
        table(["id", "known on", "goods", "to", "who", "kind", "outcome", "approved of", "share", "reported by"],
               [_licence(r) for r in load_licences()]),
    ]  # fmt: skip
    return "\n".join(parts)


def _spells(measure: Measure) -> str:
    """The suspensions of a measure, by whom."""
    said = [f"{s.first} to {s.last}{' ?' if s.afterwards == 'not known' else ''} (`{s.by}`)" for s in measure.suspended]
    return "; ".join(said)


def _measure(measure: Measure) -> list[str]:
    """The items and the clauses of one measure; nothing for one that has neither."""
    items = [
        [item.clause, item.name, item.effect, item.control_list_code, _limits(item), ", ".join(item.hs), item.hs_basis,
         item.confidence]
        for item in measure.items
    ]  # fmt: skip
    clauses = [[c.id, c.topic, c.text, c.confidence] for c in measure.clauses]
    if not items and not clauses:
        return []
    cited = f"{measure.source.publisher}: [{measure.source.title}]({measure.source.url})"
    parts = [f"### {measure.id}\n", f"{measure.title}. {cited}. Last verified {measure.last_verified}.\n"]
    if items:
        head = ["clause", "item", "effect", "control list", "limit", "codes", "codes are", "confidence"]
        parts.append(table(head, items))
    return parts + ([table(["clause", "on", "what it rules", "confidence"], clauses)] if clauses else [])


def _limits(item: Item) -> str:
    """The limits of an item: alternatives parted by `or`, each a list that must hold whole."""
    return " or ".join(" and ".join(line) for line in item.caught_when)


def _licence(record: LicenceRecord) -> list[str]:
    """One record of the tracker."""
    counts = (record.approved, record.applications)
    of = " of ".join("?" if n is None else str(n) for n in counts) if any(n is not None for n in counts) else ""
    share = "" if record.share is None else f"{'under ' if record.upper_bound else ''}{record.share:.0%}"
    told = f"{record.reported_by} ([{record.publisher}]({record.url}))"
    return [f"`{record.id}`", str(record.known_on), record.what, record.destination or "", record.who,
            record.kind or "", record.outcome, of, share, told]  # fmt: skip
