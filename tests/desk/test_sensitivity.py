"""What decides an outcome, through the door."""

from typing import Any

import numpy as np
import pytest

import sluicegate
from sluicegate.desk.opening import opened
from sluicegate.desk.outcome_scalar import scalar
from sluicegate.desk.sensitivity import OTHERS
from sluicegate.sim import focused, simulate
from sluicegate.sim.prepare import prepare
from sluicegate.sim.sobol import NOISE
from sluicegate.terms import InputError, NotFoundError

Document = dict[str, Any]
NAME = "gallium-germanium-2023"


@pytest.fixture(scope="module")
def document() -> Document:
    return sluicegate.sensitivity(NAME, place="USA", base=32, top=3)


def test_every_input_that_varies_is_in_one_factor(document: Document) -> None:
    factors = {row["factor"] for row in document["indices"]}
    inputs = [name for row in document["indices"] for name in row["inputs"]]
    assert {OTHERS, NOISE} < factors
    assert len(factors) <= 5
    assert len(inputs) == len(set(inputs)) > document["screening"]["grouped"] > 50


def test_intervals_hold_their_estimates(document: Document) -> None:
    for row in document["indices"]:
        for order in ("first", "total"):
            assert row[order]["low"] <= row[order]["value"] <= row[order]["high"]


def test_every_index_can_be_asked_why(document: Document) -> None:
    row = document["indices"][0]
    found = sluicegate.why(row["id"], run=document["provenance"]["run"])
    assert "decides" in found["what"]


@pytest.mark.parametrize(("of", "more"), [
    ("first-short-week", {"place": "USA"}), ("peak-price", {"product": "gallium, low purity"}), ("edge", {}),
])  # fmt: skip
def test_other_outcomes_are_asked_alike(of: str, more: dict[str, str]) -> None:
    assert sluicegate.sensitivity(NAME, of=of, base=16, top=1, **more)["of"]["kind"] == of  # type: ignore[arg-type]


@pytest.mark.parametrize(("how", "error"), [
    ({"of": "lost"}, NotFoundError), ({"base": 100}, InputError), ({"top": 0}, InputError),
    ({"of": "peak-price"}, InputError), ({"of": "peak-price", "product": "unobtainium"}, NotFoundError),
    ({"place": "Atlantis"}, InputError), ({"seed": -1}, InputError),
])  # fmt: skip
def test_what_makes_no_sense_is_refused(how: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        sluicegate.sensitivity(NAME, **how)


@pytest.mark.parametrize(("of", "product"), [
    ("loss", None), ("first-short-week", None), ("peak-price", "dysprosium oxide"), ("edge", None),
])  # fmt: skip
def test_an_outcome_read_of_what_is_recorded_for_it_is_that_of_a_record_of_all(of: str, product: str | None) -> None:
    scenario, whole = opened("april-2025")
    model = prepare(scenario, focused(whole, scenario), draws=20, seed=3)
    asked = scalar(of, model, product=product)
    every = [simulate(s, model.world, like=model) for s in (scenario, scenario.without_controls())]
    found = asked.of(model)
    assert np.array_equal(found, asked.read(*every))
    assert np.ptp(found) > 0
