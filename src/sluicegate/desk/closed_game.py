"""Games of offers, of waiting and of repeated trust: a few numbers in, the published closed form out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sluicegate.desk.number import Document
from sluicegate.talks.attrition import concession, standoff, worth_of_stopping
from sluicegate.talks.bargain import offers, patience_needed, rubinstein, rubinstein_at_once
from sluicegate.terms import InputError

MOST_ROUNDS = 10_000
SHARES = (0.0, 0.5, 1.0, 2.0)
"""Times at which a war of attrition is told, over prize / cost."""


def _offers(told: Mapping[str, float]) -> Document:
    """Alternating offers: the side that offers first, without end, with a last round, and as rounds grow short."""
    first, second, rounds = told["first"], told["second"], told["rounds"]
    if not (0 < first < 1 and 0 < second < 1 and rounds == int(rounds) and 1 <= rounds <= MOST_ROUNDS):
        raise _refused(f"offers of {dict(told)}", f"discount factors between 0 and 1, 1 to {MOST_ROUNDS} rounds")
    return {"first_gets_without_end": rubinstein(first, second),
            "first_gets_with_a_last_round": offers(first, second, [1.0] * int(rounds))[0], "rounds": int(rounds),
            "first_gets_as_rounds_grow_short": rubinstein_at_once(-np.log(first), -np.log(second)),
            "source": "Rubinstein (1982); Stahl (1972); Binmore, Rubinstein and Wolinsky (1986)"}  # fmt: skip


def _attrition(told: Mapping[str, float]) -> Document:
    """A symmetric war of attrition: how likely each has given in by a time, and what giving in then is worth."""
    prize, cost = told["prize"], told["cost"]
    if not (prize > 0 and cost > 0):
        raise _refused(f"a prize of {prize:g}, a cost of {cost:g}", "both above 0")
    times = [share * prize / cost for share in SHARES]
    return {"by_time": [{"time": t, "given_in": concession(t, prize, cost),
                         "worth_of_giving_in_then": worth_of_stopping(t, prize, cost)} for t in times],
            "source": "Maynard Smith (1974)"}  # fmt: skip


def _standoff(told: Mapping[str, float]) -> Document:
    """Two sides that may be stubborn: who gives in at once, and by when each would have."""
    gains, costs = (told["first_gains"], told["second_gains"]), (told["first_costs"], told["second_costs"])
    stubborn = told["first_stubborn"], told["second_stubborn"]
    if min(*gains, *costs) <= 0 or not all(0 < z < 1 for z in stubborn):
        raise _refused(f"a standoff of {dict(told)}", "gains and costs above 0, chances between 0 and 1")
    found = standoff(gains, costs, stubborn)
    return {"gives_in_at_once": dict(zip(("first", "second"), found.at_once, strict=True)),
            "hazard": dict(zip(("first", "second"), found.hazard, strict=True)),
            "known_as_stubborn_by": dict(zip(("first", "second"), found.lasts, strict=True)),
            "source": "Abreu and Gul (2000)"}  # fmt: skip


def _repeated(told: Mapping[str, float]) -> Document:
    """A repeated prisoner's dilemma: the least weight of the next period at which a grim trigger holds it."""
    temptation, reward, punishment = told["temptation"], told["reward"], told["punishment"]
    if not temptation > reward > punishment:
        raise _refused(f"payoffs {temptation:g}, {reward:g}, {punishment:g}", "temptation > reward > punishment")
    return {"patience_needed": patience_needed(temptation, reward, punishment), "source": "Friedman (1971)"}


Told = Mapping[str, float]
CLOSED: dict[str, tuple[tuple[str, ...], Callable[[Told], Document]]] = {
    "offers": (("first", "second", "rounds"), _offers),
    "attrition": (("prize", "cost"), _attrition),
    "standoff": (("first_gains", "second_gains", "first_costs", "second_costs", "first_stubborn", "second_stubborn"),
                 _standoff),
    "repeated": (("temptation", "reward", "punishment"), _repeated),
}  # fmt: skip
"""Games by name: the numbers each takes, and its answer."""


def closed_game(name: str, told: object) -> Document:
    """The answer of one of `CLOSED`.

    Raises
    ------
    InputError : numbers missing, unknown or out of range.
    """
    wanted, answer = CLOSED[name]
    if not isinstance(told, dict) or set(told) != set(wanted):
        raise _refused(f"{name}: {told}", f"{name} with {', '.join(wanted)}")
    numbers = {k: v for k, v in told.items() if isinstance(v, int | float) and not isinstance(v, bool)}
    if len(numbers) < len(wanted) or not np.isfinite(list(numbers.values())).all():
        raise _refused(f"{name}: {told}", "finite numbers")
    return answer({k: float(v) for k, v in numbers.items()})


def _refused(found: str, expected: str) -> InputError:
    return InputError(found, where="game", expected=expected, do="Mend the numbers.")
