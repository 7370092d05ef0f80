"""The futures an article opens beside the base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sluicegate.news.draft import Draft
from sluicegate.scenario import Control, Easing
from sluicegate.terms import place_in_sentence


@dataclass(frozen=True)
class Future:
    """A future beside the base: what happens to the base's controls, for which claims.

    Parameters
    ----------
    easing : applied to every base control; None when `lifted_on` or `added` says it all
    lifted_on : the day the base's controls end
    added : controls that only this future has
    """

    name: str
    what: str
    from_claims: tuple[str, ...] = ()
    easing: Easing | None = None
    lifted_on: date | None = None
    added: tuple[Control, ...] = ()

    def controls(self, base: Iterable[Control]) -> tuple[Control, ...]:
        """The base's controls as they are in this future."""
        changed = []
        for control in base:
            update: dict[str, object] = {}
            if self.lifted_on:
                update["until"] = self.lifted_on
            if self.easing:
                update["easings"] = (*control.easings, self.easing)
            changed.append(control.model_copy(update=update))
        return (*changed, *self.added)


def futures(draft: Draft, controls: tuple[Control, ...], target: str | None) -> tuple[Future, ...]:
    """The base and what the article makes possible beside it."""
    found = [Future("as it stands", "the controls of the base, offices as practice has them")]
    soon, later = draft.as_of + timedelta(days=14), draft.as_of + timedelta(days=91)
    only = (target,) if target else ()
    to = place_in_sentence(target) if target else "all destinations"
    if controls and draft.hoped:
        found.append(Future("the claimed deal holds", f"licences to {to} pass nearly in full from {soon}",
                              tuple(c.id for c in draft.hoped),
                              Easing(effective_from=soon, eligible_at_least=0.95, destinations=only)))  # fmt: skip
    if controls and draft.conditions:
        found.append(Future("the named condition is met", f"the condition is met and the controls end on {later}",
                              tuple(c.id for c in draft.conditions), lifted_on=later))  # fmt: skip
    if controls and (draft.hoped or draft.conditions):
        ids = tuple(c.id for c in (*draft.hoped, *draft.conditions))
        found.append(Future("talks collapse", f"from {soon} a tenth of what passed still passes to {to}", ids,
                              Easing(effective_from=soon, eligible_factor=0.1, destinations=only)))  # fmt: skip
    for number, (claims, control) in enumerate(draft.announced, start=1):
        name = "the announced control comes" + (f", {number}" if len(draft.announced) > 1 else "")
        what = f"{control.name} from {control.effective_from}"
        found.append(Future(name, what, tuple(c.id for c in claims), added=(control,)))
    return tuple(found)
