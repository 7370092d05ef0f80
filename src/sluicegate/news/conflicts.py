"""When several rules fit the same words: which fits stay."""

from __future__ import annotations

import re

from sluicegate.news.lexicon import Hit
from sluicegate.news.passage import Passage
from sluicegate.news.rules import Fit

YIELDS = {
    "production_share": {
        "import_dependence",
        "reserve",
        "trade_share",
        "capacity",
        "tariff",
        "trade_volume",
        "price_move",
        "quota_set",
    },
    "control_imposed": {
        "quota_set",
        "control_lifted",
        "control_eased",
        "control_extended",
        "mine_halt",
    },
    "tariff": {"control_imposed"},
    "control_extended": {"control_eased", "control_lifted", "quota_set"},
    "control_eased": {"control_lifted", "quota_set", "mine_restart"},
    "trade_volume": {
        "import_dependence",
        "quota_set",
        "licence_granted",
        "trade_share",
        "control_eased",
        "stockpiling",
    },
    "production_volume": {
        "capacity",
        "quota_set",
        "production_share",
        "reserve",
        "stockpiling",
    },
    "investment": {"financing", "stockpiling", "lead_time"},
    "financing": {"stockpiling"},
    "project_cost": {"financing", "investment", "price_move"},
    "mine_halt": {"quota_set", "control_lifted"},
    "lead_time": {"supply_disruption"},
    "reserve": {"stockpiling", "depletion"},
    "capacity": {"reserve", "quota_set", "mine_halt"},
    "production_start": {"mine_restart", "lead_time", "financing", "investment", "capacity"},
    "trade_share": {"import_dependence"},
    "licence_granted": {"quota_set", "control_imposed"},
    "deal_statement": {
        "investment",
        "financing",
        "control_eased",
        "control_lifted",
        "licence_granted",
        "control_extended",
    },
    "price_move": {"tariff", "financing", "trade_volume", "production_volume", "project_cost"},
    "import_dependence": {"tariff"},
    "mine_restart": {"lead_time"},
}
"""A type of claim gives way to the types on its right where both fit the same words."""
CLAUSE_WIDE = {
    ("production_start", "lead_time"),
    ("capacity", "lead_time"),
    ("mine_restart", "lead_time"),
    ("control_imposed", "control_extended"),
    ("control_imposed", "control_lifted"),
    ("investment", "financing"),
}
"""Pairs in which the first gives way anywhere in the clause."""
RIVALS = {
    frozenset({"mine_halt", "supply_disruption"}),
    frozenset({"control_imposed", "supply_disruption"}),
    frozenset({"production_volume", "mine_halt"}),
    frozenset({"trade_volume", "control_imposed"}),
    frozenset({"production_volume", "trade_volume"}),
    frozenset({"tariff", "deal_statement"}),
    frozenset({"licence_granted", "control_eased"}),
}
"""Pairs of types of which the more trusted stays."""
_SHARES = {"production_share", "import_dependence", "reserve", "trade_share"}
_AGAIN = re.compile(r"\b(?:the|this|that|these|those|its|such)\s(?:[\w-]+\s)?$", re.IGNORECASE)
_OPINION_REACH = 7
_OTHER_CLAUSE = re.compile(r"\b(?:as|while|because|since|after|but|although)\s", re.IGNORECASE)
_GERUND_LEADS = {"", "either", ",", "that", "noting", "for", "by", "from", "about"}


def settle(fits: list[Fit], passage: Passage) -> list[Fit]:
    """The fits that stay: no opinions, one per place and type, and the stronger type where two overlap."""
    kept = [
        f
        for f in fits
        if not (_is_opinion(f, passage) or _points_back(f, passage) or _too_much(f, passage) or _is_aside(f, passage))
    ]
    kept = _best_of_type(kept)
    kept = [f for f in kept if not _gives_way(f, kept)]
    kept = [f for f in kept if not _is_condition(f, kept, passage)]
    kept += [more for f in kept for more in _coordinated(f, kept, passage)]
    return sorted(kept, key=lambda f: f.start)


def _coordinated(fit: Fit, others: list[Fit], passage: Passage) -> list[Fit]:
    """Further members of a list: '72% of the world's platinum and 37% of its manganese', 'and Peru 5 tonnes'."""
    kind = "PERCENT" if fit.rule.type in _SHARES else "MASS" if fit.rule.type == "production_volume" else None
    if kind is None or not any(h.tag == kind for h in fit.hits):
        return []
    amounts = passage.within((kind,), fit.end, fit.segment[1])
    pairs = [_member(amount, fit, passage) for amount in amounts]
    return [
        Fit(fit.rule, p, fit.segment) for p in pairs if p and not any(o.start <= p[0].start < o.end for o in others)
    ]


def _member(amount: Hit, fit: Fit, passage: Passage) -> tuple[Hit, ...] | None:
    """An amount with the material after it ('37% of its manganese'), or with the place or verb right before it."""
    if amount.tag == "PERCENT":
        named = passage.within(("MATERIAL", "THEM"), amount.end, fit.segment[1])
        near = named and passage.words_between(amount.end, named[0].start) <= 4
        return (amount, named[0]) if near else None
    before = passage.within(("PLACE",), fit.end, amount.start)
    near = before and passage.words_between(before[-1].end, amount.start) == 0
    return (before[-1], amount) if near else None


def _gives_way(fit: Fit, others: list[Fit]) -> bool:
    stronger = YIELDS.get(fit.rule.type, set())
    if any(frozenset({fit.rule.type, o.rule.type}) in RIVALS and _overlap(fit, o) and _beats(o, fit) for o in others):
        return True
    if fit.rule.type == "production_volume" and any(h.tag == "MASS" for h in fit.hits):
        stronger = stronger - {"production_share"}  # '97 million tonnes, 24% of the world's' says both
    return any(
        o.rule.type in stronger
        and (_overlap(fit, o) or (o.segment == fit.segment and (fit.rule.type, o.rule.type) in CLAUSE_WIDE))
        for o in others
    )


def _beats(a: Fit, b: Fit) -> bool:
    return (a.rule.trust, a.rule.type) > (b.rule.trust, b.rule.type)


def _overlap(a: Fit, b: Fit) -> bool:
    return a.segment == b.segment and a.start < b.end and b.start < a.end


def _best_of_type(fits: list[Fit]) -> list[Fit]:
    """Of overlapping fits of one type the most trusted, then the shorter."""
    kept: list[Fit] = []
    for fit in sorted(fits, key=lambda f: (-f.rule.trust, f.end - f.start, f.start)):
        if not any(k.rule.type == fit.rule.type and _overlap(k, fit) for k in kept):
            kept.append(fit)
    return kept


def _is_opinion(fit: Fit, passage: Passage) -> bool:
    """Whether the words only weigh, fear or wish what they name."""
    for hit in passage.within(("OPINION",), 0, fit.end):
        if hit.start >= fit.start:
            return True
        between = passage.sentence.text[hit.end : fit.start]
        if passage.words_between(hit.end, fit.start) <= _OPINION_REACH and not _OTHER_CLAUSE.search(between):
            return True
    first = passage.sentence.text[fit.hits[0].start : fit.hits[0].end].split()[0].lower()
    before = passage.sentence.text[fit.segment[0] : fit.start].split()
    return (
        first.endswith("ing")
        and fit.rule.type.startswith("control")
        and (before[-1].strip(" \"'") if before else "") in _GERUND_LEADS
    )


def _too_much(fit: Fit, passage: Passage) -> bool:
    """Whether a share is more than everything."""
    shares = [passage.quantities[int(h.value)].value for h in fit.hits if h.tag == "PERCENT"]
    return fit.rule.type in _SHARES and any(share > 100 for share in shares)


def _is_aside(fit: Fit, passage: Passage) -> bool:
    """Whether an event is only named to date or explain another: 'before the ban was imposed', 'amid a price slump'."""
    before = passage.sentence.text[: fit.start]
    control = fit.rule.type.startswith("control")
    if control and _BEFORE.search(before):
        return True
    if control and _SINCE.search(before) and not passage.within(("MATERIAL",), *fit.segment) and not passage.dates:
        return True
    measured = any(h.tag in _MEASURES for h in fit.hits)
    return fit.rule.type == "price_move" and not measured and _AMID.search(before) is not None


_BEFORE = re.compile(r"\bbefore\s(?:[\w'’-]+\s){0,6}$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|until)\s(?:[\w'’-]+\s){0,3}$", re.IGNORECASE)
_AMID = re.compile(
    r"\b(?:amid|despite|due to|because of|following|after|blam\w+|ahead of|since|from|in response to)"
    r"\s(?:[\w'’-]+\s){0,3}$",
    re.IGNORECASE,
)
_MEASURES = {"UNIT_PRICE", "MONEY", "PERCENT", "PRICE_UP"}


def _points_back(fit: Fit, passage: Passage) -> bool:
    """Whether a sum of money is only mentioned again ('to receive the loan')."""
    if fit.rule.type != "financing" or any(h.tag == "MONEY" for h in fit.hits):
        return False
    text = passage.sentence.text
    return any(h.tag == "FUNDING" and _AGAIN.search(text[: h.start]) for h in fit.hits)


def _is_condition(fit: Fit, others: list[Fit], passage: Passage) -> bool:
    """Whether the words only state the condition of another claim ('... only if tariffs are removed')."""
    for hit in passage.within(("IF",), 0, fit.start):
        if any(o is not fit and o.segment == fit.segment and o.end <= hit.start for o in others):
            return True
    return False
