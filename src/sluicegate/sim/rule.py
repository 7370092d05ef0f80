"""Which rule holds for a setting: the one with more conditions, then the later one; else the table of practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from sluicegate.scenario import Rule, Scenario
from sluicegate.scenario.office import WHOLE_BORDER
from sluicegate.sim.control import Resolved
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.practice import ruled_names, tier_name
from sluicegate.sim.row import Tier, members


@dataclass(frozen=True)
class Ruled:
    """The inputs that set something, by name, and which of them holds by week and tier; -1 where none does."""

    names: tuple[str, ...]
    at: Ints

    def values(self, drawn: Draws) -> Floats:
        """(V, D) samples of each input."""
        return np.array([drawn[name] for name in self.names]).reshape(len(self.names), drawn.size)

    def medians(self, drawn: Draws) -> Ints:
        """(V,) medians as whole numbers, for what shapes the office and is the same in all draws."""
        return np.array([round(drawn.parameters[name].p50) for name in self.names], dtype=np.intp)

    def spread(self, drawn: Draws) -> Floats:
        """(W, T, D) the value that holds."""
        return np.asarray(self.values(drawn)[self.at])

    def over(self, base: Floats, drawn: Draws) -> Floats:
        """(W, T, D) the value that holds, or `base` where no rule does."""
        if not self.names:
            return base
        return np.where((self.at >= 0)[:, :, None], self.spread(drawn), base)


def of_border(control: Resolved, group: str, place: str) -> tuple[tuple[str, str], ...]:
    """Names of the inputs that hold for all of a border to a destination, by setting: a rule's, or the group's own."""
    found = {setting: f"{group}: {setting}" for setting in WHOLE_BORDER}
    here = [(bool(rule.destinations), rule.setting, name) for rule, name in ruled_names(control)
            if rule.setting in found and (not rule.destinations or place in members(rule.destinations))]  # fmt: skip
    for _, setting, name in sorted(here, key=lambda x: x[0]):
        found[setting] = name
    return tuple(found.items())


def ruled(scenario: Scenario, control: Resolved, tiers: tuple[Tier, ...], setting: str,
          drawn: Draws | None = None, group: str = "") -> Ruled:  # fmt: skip
    """The inputs behind a setting by week and tier; those of a group of practice too, where one is given."""
    names: list[str] = []
    at = np.full((scenario.weeks, len(tiers)), -1, dtype=np.intp)
    for i, tier in enumerate(tiers):
        for from_week, name in _in_order(scenario, control, tier, setting, drawn, group):
            if name not in names:
                names.append(name)
            at[np.arange(scenario.weeks) + 1 > from_week, i] = names.index(name)
    return Ruled(tuple(names), at)


def _in_order(scenario: Scenario, control: Resolved, tier: Tier, setting: str, drawn: Draws | None,
              group: str) -> list[tuple[float, str]]:  # fmt: skip
    """Week from which each input holds, and its name, the ones that go before others last."""
    found: list[tuple[tuple[int, date], float, str]] = []
    if drawn is not None:
        found.append(((-1, date.min), -np.inf, f"{group}: {setting}"))
        own = drawn.parameters.get(tier_name(group, tier.record, setting))
        if own is not None:
            since = -np.inf if own.known_on is None else scenario.week_of(own.known_on)
            found.append(((0, date.min), since, own.name))
    for rule, name in ruled_names(control):
        if rule.setting == setting and _applies(rule, tier):
            start = rule.effective_from or control.effective_from
            since = -np.inf if rule.effective_from is None else scenario.week_of(start)
            found.append(((1 + _conditions(rule), start), since, name))
    return [(since, name) for _, since, name in sorted(found, key=lambda x: x[0])]


def _applies(rule: Rule, tier: Tier) -> bool:
    place = not rule.destinations or tier.place in members(rule.destinations)
    return place and rule.end_use in (None, tier.end_use) and rule.applicants in (None, tier.applicants)


def _conditions(rule: Rule) -> int:
    return bool(rule.destinations) + (rule.end_use is not None) + (rule.applicants is not None)
