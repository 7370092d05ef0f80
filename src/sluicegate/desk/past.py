"""One sentence on how the model did on recorded episodes, for whoever asks how sure an answer is."""

from __future__ import annotations

from datetime import date

from sluicegate.history.past import past


def past_sentence(day: date) -> str:
    """What was known on a day of the model's forecasts of monthly shipments after earlier controls."""
    found = past(day)
    if found is None:
        return "no episode that was over by then has been replayed"
    episodes = f"{found.episodes} earlier episode" + "s" * (found.episodes > 1)
    return (
        f"{found.months} months of {episodes}, each forecast as of its announcement: shipments missed by "
        f"{100 * found.crps:.0f} % of a normal month (“as before control” by {100 * found.base_error:.0f} %); the 90 % "
        f"band held {found.held} of {found.months}{_widened(found.factor)}. Losses and prices have no such score. "
        "`sluicegate hindcast`"
    )


def past_factor(day: date) -> float:
    """By how much bands are stretched about their median for what past bands held, by what was known on a day."""
    found = past(day)
    return 1.0 if found is None else found.factor


def _widened(factor: float) -> str:
    return "" if factor == 1.0 else f", so bands are stretched by {factor:.2g} about their median"
