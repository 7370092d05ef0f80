"""Contradictions: every disagreement is visible, both values and the preferred."""

import pandas as pd
import pytest

from sluicegate.world.contradiction import Contradiction, contradictions
from sluicegate.world.figures import Figures, load_figures


@pytest.fixture(scope="module")
def found() -> list[Contradiction]:
    return contradictions(load_figures())


def test_all_that_share_a_key_and_differ_are_told(found: list[Contradiction]) -> None:
    table = load_figures().table
    groups = table[table["contradicts"] != ""].groupby("contradicts")["value"].agg(["min", "max"])
    apart = groups[(groups["max"] - groups["min"]) > 1e-3 * groups.abs().max(axis=1)]
    assert {c.key for c in found} == set(apart.index)


def test_the_preferred_comes_first_and_only_one_is(found: list[Contradiction]) -> None:
    assert all(sum(f.preferred for f in c.figures) <= 1 for c in found)
    assert all(c.figures[0] == c.preferred for c in found if c.preferred)


def test_the_widest_comes_first(found: list[Contradiction]) -> None:
    spreads = [c.spread for c in found]
    assert spreads == sorted(spreads, reverse=True)
    assert min(spreads) > 0


def test_gallium_2024_stands_at_839_against_974(found: list[Contradiction]) -> None:
    gallium = next(c for c in found if c.key.startswith("production-gallium-refining-chn-2024"))
    assert gallium.preferred is not None
    assert gallium.preferred.value == 839
    assert 974 in {round(f.value or 0) for f in gallium.figures}


def test_figures_that_agree_are_no_contradiction() -> None:
    table = load_figures().table.iloc[:2].assign(contradicts="same", value=5.0)
    assert contradictions(Figures(table, None)) == []
    apart = table.assign(value=pd.Series([5.0, 6.0], index=table.index))
    assert contradictions(Figures(apart, None))[0].spread == pytest.approx(0.2)
