"""Series sum as customs do, start early enough, and stand still where nothing happens."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

import sluicegate
from sluicegate.scenario import bundled_names, load_scenario
from sluicegate.sim.border import resolve
from sluicegate.terms import InputError
from sluicegate.world import World

Document = dict[str, Any]
MAGNETS = ("NdFeB magnet, Dy/Tb-free", "NdFeB magnet, Dy/Tb", "SmCo magnet")


@cache
def asked(measure: str = "exports", **more: Any) -> Document:
    given = {"origin": "CN", "destination": "US", "draws": 2} | more
    return sluicegate.series("april-2025", measure=measure, **given)


def samples(document: Document) -> np.ndarray:
    return np.array([row["samples"] for row in document["series"]])


def test_a_code_sums_its_products_samarium_cobalt_included() -> None:
    parts = [samples(asked(product=p, samples=2)) for p in MAGNETS]
    np.testing.assert_allclose(samples(asked(hs="850511", samples=2)), sum(parts), rtol=1e-9)


def test_a_name_without_its_grade_is_the_sum_of_its_grades() -> None:
    parts = [samples(asked(product=p, samples=2)) for p in MAGNETS[:2]]
    np.testing.assert_allclose(samples(asked(product="NdFeB magnet", samples=2)), sum(parts), rtol=1e-9)


def test_places_are_summed_as_groups_are_named() -> None:
    members = [samples(asked(hs="850511", destination=p, samples=2)) for p in ("DE", "FR", "EUO")]
    np.testing.assert_allclose(samples(asked(hs="850511", destination="EUU", samples=2)), sum(members), rtol=1e-9)


def test_before_the_measure_weeks_are_those_of_the_base_year(bundled: World) -> None:
    flows = bundled.flows
    row = flows[(flows["product"] == MAGNETS[1]) & (flows["origin"] == "CHN") & (flows["destination"] == "USA")]
    first = asked(product=MAGNETS[1])["series"][0]
    assert first["q50"] == pytest.approx(float(row["flow_t_per_yr"].iloc[0]) * 7 / 365.25, rel=0.01)


def test_whole_months_only() -> None:
    dates = [date.fromisoformat(r["date"]) for r in asked(hs="850511", every="month")["series"]]
    assert all(d.day == 1 for d in dates)
    assert len(dates) == len(set(dates))


@pytest.mark.parametrize("measure", ["stock", "price_paid"])
def test_levels_are_not_summed_over_a_month(measure: str) -> None:
    more = {"product": MAGNETS[1], "origin": None, "destination": None, "place": "DE"}
    week, month = (asked(measure, every=e, **more)["series"][0]["q50"] for e in ("week", "month"))
    assert month == pytest.approx(week, rel=0.05)


def test_a_chain_the_scenario_does_not_touch_stands_still_until_the_measure() -> None:
    document = sluicegate.series("april-2025", measure="output", product="tungsten concentrate", place="CN", draws=2)
    middle = [row["q50"] for row in document["series"] if row["date"] < "2025-04-04"]
    assert max(middle) == pytest.approx(min(middle), rel=1e-6)


def test_as_many_samples_as_asked_for() -> None:
    assert samples(asked(hs="850511", samples=3)).shape[1] == 3


@pytest.mark.parametrize("name", bundled_names())
def test_a_series_begins_a_year_before_the_first_measure(name: str, bundled: World) -> None:
    scenario = load_scenario(name, bundled)
    first = min(resolve(c, scenario.as_of).effective_from for c in scenario.controls)
    assert (first - scenario.start).days >= 365


@pytest.mark.parametrize(("measure", "more", "says"), [
    ("exports", {"hs": "850511", "origin": "PT"}, "no such flow"),
    ("stock", {"product": MAGNETS[1], "place": "PT"}, "nobody there uses it"),
    ("output", {"product": MAGNETS[1], "place": "PT"}, "nobody there makes it"),
    ("exports", {"hs": "8505"}, "6 to 10 digits"),
    ("exports", {}, "neither a product nor a code"),
])  # fmt: skip
def test_a_question_without_an_answer_is_refused(measure: str, more: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        asked(measure, **more)
