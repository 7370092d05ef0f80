"""When several rules fit the same words: which fits stay."""

from __future__ import annotations

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
        "tariff",
        "licence_granted",
    },
    "control_extended": {"control_eased", "control_lifted", "quota_set"},
    "control_eased": {"control_lifted", "licence_granted", "quota_set", "mine_restart"},
    "trade_volume": {
        "import_dependence",
        "quota_set",
        "control_imposed",
        "trade_share",
        "control_eased",
        "stockpiling",
    },
    "production_volume": {
        "capacity",
        "quota_set",
        "production_share",
        "price_move",
        "trade_volume",
        "reserve",
        "stockpiling",
    },
    "investment": {"financing"},
    "project_cost": {"financing", "investment", "price_move"},
    "mine_halt": {"supply_disruption", "quota_set", "control_lifted"},
    "lead_time": {"supply_disruption"},
    "reserve": {"stockpiling", "depletion"},
    "capacity": {"reserve", "quota_set"},
    "production_start": {"mine_restart", "lead_time", "financing", "investment", "capacity"},
    "trade_share": {"import_dependence"},
    "licence_granted": {"quota_set"},
    "deal_statement": {"financing", "control_eased", "control_lifted", "licence_granted", "control_extended", "tariff"},
    "price_move": {"tariff", "financing"},
    "stockpiling": {"financing"},
    "import_dependence": {"tariff"},
}
"""A type of claim gives way to the types on its right where both fit the same words."""
_OPINION_REACH = 7
_GERUND_LEADS = {"", ",", "that", "noting", "for", "by", "of", "from", "about"}


def settle(fits: list[Fit], passage: Passage) -> list[Fit]:
    """The fits that stay: no opinions, one per place and type, and the stronger type where two overlap."""
    kept = [f for f in fits if not _is_opinion(f, passage)]
    kept = _best_of_type(kept)
    return sorted((f for f in kept if not _gives_way(f, kept)), key=lambda f: f.start)


def _gives_way(fit: Fit, others: list[Fit]) -> bool:
    stronger = YIELDS.get(fit.rule.type, set())
    return any(o.rule.type in stronger and _overlap(fit, o) for o in others)


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
        if (
            hit.start >= fit.start
            or passage.words_between(hit.end, fit.start) <= _OPINION_REACH
            and hit.end <= fit.start
        ):
            return True
    first = passage.sentence.text[fit.hits[0].start : fit.hits[0].end].split()[0].lower()
    before = passage.sentence.text[fit.segment[0] : fit.start].split()
    return (
        first.endswith("ing")
        and fit.rule.type.startswith("control")
        and (before[-1].strip(" \"'") if before else "") in _GERUND_LEADS
    )
