"""Splitting the surplus of a deal: Nash, alternating offers, and a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Amount = TypeVar("Amount", float, NDArray[np.float64])


@dataclass(frozen=True)
class Split(Generic[Amount]):
    """What each side ends with, and the share of the surplus that the first side gets."""

    first: Amount
    second: Amount
    share: float


def nash(surplus: Amount, first: float, second: float, *, share: float = 0.5) -> Split[Amount]:
    """Each side gets its threat point and its share of the surplus (Nash 1950; Kalai 1977 for shares other than half).

    Parameters
    ----------
    surplus : what a deal is worth to both over no deal ; first, second : what each has without one
    """
    return Split(first + share * surplus, second + (1 - share) * surplus, share)


def rubinstein(first: float, second: float) -> float:
    """Share of the side that offers first, offers without end; discount factors a round (Rubinstein 1982)."""
    return (1 - second) / (1 - first * second)


def rubinstein_at_once(first: float, second: float) -> float:
    """The same as rounds grow short: the other's rate of impatience over both (Binmore, Rubinstein, Wolinsky 1986)."""
    return second / (first + second)


def impatience_share(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """(D,) the first side's share by alternating offers when each side loses by the week: the other's loss over both.

    Rubinstein (1982) as rounds grow short, with losses a week over the surplus as rates of impatience: the log-odds of
    the share are the log ratio of the losses, which is the edge of the week where both are over GDP. NaN where a side
    gains by waiting, or neither loses.
    """
    total = np.where((first >= 0) & (second >= 0) & (first + second > 0), first + second, np.nan)
    return np.asarray(second / total)


def offers(first: float, second: float, pies: Sequence[float]) -> list[float]:
    """What the first side gets from each round on, by backward induction; it offers in round 0, 2, ...

    The pie of a round is what there is to split if they agree then; after the last round there is nothing. An offer
    gives the other side just what waiting for the next round is worth to it (Stahl 1972).

    Parameters
    ----------
    first, second : discount factors a round ; pies : by round, worth at that round
    """
    mine, theirs, found = 0.0, 0.0, []
    for k in reversed(range(len(pies))):
        if k % 2 == 0:
            theirs = second * theirs
            mine = max(pies[k] - theirs, first * mine)
        else:
            mine = first * mine
            theirs = max(pies[k] - mine, second * theirs)
        found.append(mine)
    return found[::-1]


def patience_needed(temptation: float, reward: float, punishment: float) -> float:
    """Least discount factor at which a grim trigger holds a repeated prisoner's dilemma: (T - R) / (T - P).

    Friedman (1971).
    """
    return (temptation - reward) / (temptation - punishment)
