"""What each measure says of a shipment: item by item, with the clause and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sluicegate.regime.limit import Limit, Verdict, all_of, any_of
from sluicegate.regime.measure import Effect, Item, Measure, Suspended
from sluicegate.regime.naming import (
    Candidate,
    another_kind,
    candidates,
    fit,
    named_items,
    names,
    names_goods,
    wholly_listed,
)
from sluicegate.regime.register import EU_MEMBERS, Register, State, reaches
from sluicegate.regime.shipment import Shipment


@dataclass(frozen=True)
class Finding:
    """One item held against a shipment.

    Parameters
    ----------
    listed : whether the goods are what the item lists, whatever the day and the route
    applies : whether the item bites on this shipment; None where that is open
    why : the reason in words
    questions : what would settle an open answer
    unnamed : whether it is open that the goods are this item at all
    """

    measure: Measure
    item: Item
    effect: Effect
    state: State
    listed: Verdict
    applies: Verdict
    why: str
    questions: tuple[str, ...] = ()
    unnamed: bool = False


def findings(shipment: Shipment, register: Register, as_of: date) -> list[Finding]:
    """Every item of every measure known by then that the shipment may be, and every rule that refers to those."""
    measures = [m for m in register.known(as_of) if m.jurisdiction in _jurisdictions(shipment)]
    named = any(
        named_items([i for i in measure.items if not _for_other_routes(i, measure, shipment)], shipment.material or "")
        for measure in measures
    )
    direct = [
        _direct(candidate, measure, shipment, register, as_of)
        for measure in measures
        for candidate in candidates(measure, shipment, named_somewhere=named)
        if candidate.item.effect != "none" and not _for_other_routes(candidate.item, measure, shipment)
    ]
    referring = [
        _referring(item, measure, direct, shipment, register, as_of)
        for measure in measures
        for item in measure.items
        if item.items_of
        and reaches(item.destinations or measure.destinations, shipment.destination)
        and not _for_other_routes(item, measure, shipment)
    ]
    relevant = direct + [finding for finding in referring if finding.listed is not False]
    return [finding for finding in relevant if finding.state != "ended"]


def _for_other_routes(item: Item, measure: Measure, shipment: Shipment) -> bool:
    """Whether an item on goods moving between third countries is held against an export from its own country."""
    return item.made is not None and shipment.origin == measure.jurisdiction


def _jurisdictions(shipment: Shipment) -> set[str]:
    """Whose measures can reach the shipment: the origin's, the maker's, and China's for goods with its content."""
    found = {shipment.origin, shipment.made_in or shipment.origin}
    if shipment.chinese_content is not None or "chinese technology" in shipment.properties:
        found.add("CHN")
    return found | ({"EUU"} if shipment.origin in EU_MEMBERS else set())


def _direct(candidate: Candidate, measure: Measure, shipment: Shipment, register: Register, as_of: date) -> Finding:
    """An item with its own description, codes and limits."""
    item = candidate.item
    limits, why, questions = _technical(item, shipment)
    unnamed = not shipment.material or not (item.names and named_items([item], shipment.material))
    is_it = True if limits and unnamed and _by_composition(item, shipment) else candidate.is_it
    listed = False if item.effect == "outside" else all_of([is_it, limits])
    if item.effect == "outside":
        why = item.note or f"outside {measure.id}"
    route = _on_route(item, measure, shipment)
    state = register.state(measure, shipment.on, as_of, item)
    applies = _in_state(all_of([listed, route, None if not item.list_read else True]), state, measure)
    if listed is not False and applies is not listed:
        why = _why_not(state, route, item, measure, register, as_of) or why
        questions = questions + _open_state(state, measure) + _unread(item, measure)
    if listed is not False and shipment.hs and item.hs and fit(shipment.hs, item) is None:
        questions = (*questions, f"Is {shipment.hs} the right code? It is not among those named for {item.name}.")
    return Finding(measure, item, item.effect, state, listed, applies, why, questions, is_it is None)


def _by_composition(item: Item, shipment: Shipment) -> bool:
    """Whether goods known by code alone are settled by an analysis that meets the item's limits on content."""
    return any(
        all(shipment.meets(limit) for limit in line) and any(n.startswith("content ") for li in line for n in li.names)
        for line in item.alternatives
    )


def _referring(
    item: Item, measure: Measure, direct: list[Finding], shipment: Shipment, register: Register, as_of: date
) -> Finding:
    """An item that means what other measures list: refusals by end use, stricter review, goods sent on."""
    meant = [f for f in direct if f.effect == "licence" and _meant(item, f)]
    listed = any_of(f.listed for f in meant)
    use = shipment.is_military if item.end_use == "military" else True
    state = register.state(measure, shipment.on, as_of, item)
    applies = _in_state(all_of([listed, use, _on_route(item, measure, shipment)]), state, measure)
    questions = ("Is the end user or the end use military?",) if use is None and listed is not False else ()
    why = _why_not(state, True, item, measure, register, as_of) or (
        f"meant: {item.name}" if applies is not False else ""
    )
    if use is False:
        why = "the end use given is not military; the end-user and end-use certificate must show it"
    return Finding(measure, item, item.effect, state, listed, applies, why, questions + _open_state(state, measure))


def _meant(item: Item, finding: Finding) -> bool:
    """Whether an item that refers to other measures means this finding's measure."""
    if "all" in item.items_of:
        return finding.state in ("in force", "doubtful")
    return bool({finding.measure.id, f"{finding.measure.id} {finding.item.clause}"} & set(item.items_of))


def _technical(item: Item, shipment: Shipment) -> tuple[Verdict, str, tuple[str, ...]]:
    """Whether the goods meet the item's limits, why, and what is lacking."""
    word = _word_against(item, shipment.material) if shipment.material else None
    if word:
        return False, f"named {word!r}, which this item does not hold", ()
    excluded = next((limit for limit in item.exclusions if shipment.meets(limit)), None)
    if excluded:
        return False, f"{excluded.text}: {item.note}", ()
    if not item.alternatives or (shipment.material and wholly_listed(item, shipment.material)):
        return True, f"{item.name}, no limit" if not item.alternatives else item.name, ()
    verdicts = [[shipment.meets(limit) for limit in line] for line in item.alternatives]
    verdict = any_of(all_of(line) for line in verdicts)
    pairs = [(limit, v) for line, vs in zip(item.alternatives, verdicts, strict=True) if all_of(vs) is not False
             for limit, v in zip(line, vs, strict=True)]  # fmt: skip
    lacking = [limit for limit, v in pairs if v is None]
    if verdict is False:
        missed = [li.text for line, vs in zip(item.alternatives, verdicts, strict=True)
                  for li, v in zip(line, vs, strict=True) if v is False]  # fmt: skip
        return False, "not met: " + "; ".join(missed), ()
    if verdict:
        return True, "met: " + "; ".join(limit.text for limit, v in pairs if v), ()
    return None, "open: " + "; ".join(limit.text for limit in lacking), tuple(map(_question, lacking))


def _word_against(item: Item, text: str) -> str | None:
    """A word in a description that rules the item out."""
    word = next((w for w in item.not_named if names_goods(text, w)), None)
    return word or (another_kind(item, text) if item.names else None)


def _question(limit: Limit) -> str:
    """What to ask for an open limit."""
    if limit.names == ("use",):
        return f"Is it for {limit.word}? The end-user and end-use certificate must show that it is not."
    if limit.names == ("machinable size",):
        return (
            "Which size has the solid? Listed: what yields a cylinder of 120 x 50 mm, a tube of 65 mm bore, 25 mm "
            "wall and 50 mm length, or a block of 120 x 120 x 50 mm."
        )
    return f"What is the {' or '.join(limit.names)}? The entry says {limit.text}."


def _on_route(item: Item, measure: Measure, shipment: Shipment) -> Verdict:
    """Whether the item reaches goods that go this way, for this use."""
    if any(names(shipment.end_use or "", use) for use in item.exempt_uses):
        return False
    if not reaches(item.destinations or measure.destinations, shipment.destination):
        return False
    leaves = shipment.origin == measure.jurisdiction or (
        measure.jurisdiction == "EUU" and shipment.origin in EU_MEMBERS
    )
    home_made = shipment.made_in == measure.jurisdiction
    if item.made:
        third_country = not leaves and shipment.destination != measure.jurisdiction
        return third_country and home_made == (item.made == "home")
    return (leaves or (item.re_exports and home_made)) and shipment.destination != measure.jurisdiction


def _in_state(verdict: Verdict, state: State, measure: Measure) -> Verdict:
    """A verdict on a day: nothing bites out of force; a doubtful or unverified measure settles nothing."""
    if state not in ("in force", "doubtful", "no date"):
        return False
    doubtful = state in ("doubtful", "no date") or measure.confidence == "unverified"
    return all_of([verdict, None if doubtful else True])


def _why_not(state: State, route: Verdict, item: Item, measure: Measure, register: Register, as_of: date) -> str:
    """Why a listed good is not, or not surely, caught."""
    if route is False:
        return "does not reach goods on this route or for this use"
    if state == "suspended":
        return f"suspended by {', '.join(sorted({s.by for s in known_spells(measure, register, as_of)}))}"
    reasons = {"not yet": f"not in force before {item.effective_from or measure.effective_from}",
               "ended": f"ended on {item.ends_on or measure.ends_on}",
               "no date": "announced without a date of effect", "doubtful": measure.status}  # fmt: skip
    return reasons.get(state, "")


def _unread(item: Item, measure: Measure) -> tuple[str, ...]:
    """The question an entry leaves that was not seen."""
    return () if item.list_read else (f"What does the list of {measure.id} say? It was not read: {item.note}.",)


def known_spells(measure: Measure, register: Register, as_of: date) -> list[Suspended]:
    """The spells of suspension of a measure that were known by then."""
    return [s for s in measure.suspended if register.measure(s.by).announced_on <= as_of]


def _open_state(state: State, measure: Measure) -> tuple[str, ...]:
    """The question a doubtful state leaves."""
    if state == "no date":
        return (f"Has {measure.id} begun? It was announced on {measure.announced_on} without a day of effect.",)
    if state != "doubtful":
        return ()
    return (f"Was the suspension of {measure.id} prolonged? The record does not say; look for a newer notice.",)
