"""Scenario files: what is wrong is said at once and with the nearest names; what is right runs."""

import numpy as np
import pytest

from sluicegate.scenario import bundled_names, load_scenario, parse_scenario
from sluicegate.sim import simulate
from sluicegate.terms import InputError, NotFoundError

GOOD = """
name: mine
title: A try
start: 2025-01-06
weeks: 60
as_of: 2025-01-06
controller: China
target: DE
controls:
  - {name: try, origin: CHN, products: {dysprosium oxide: 0.8}, effective_from: 2025-03-01}
"""


def _message(text, world):
    with pytest.raises(InputError) as caught:
        parse_scenario(text, world, where="mine.yaml")
    return str(caught.value)


def test_places_are_read_by_name_or_code(bundled):
    found = parse_scenario(GOOD, bundled, where="mine.yaml")
    assert (found.controller, found.target) == ("CHN", "DEU")
    assert found.controls[0].products == {"dysprosium oxide": 0.8}


def test_several_mistakes_are_named_at_once_with_the_nearest_names(bundled):
    text = (
        GOOD.replace("dysprosium oxide", "dysprosum oxid")
        + """
  - {register: CN-2025-018}
outages: [{process: magnet makeing NdFeB, place: CHN, share: 0.5, effective_from: 2025-03-01}]
stocks: [{place: DEU, products: [terbium oxid], days: 30, effective_from: 2025-01-06, industries: [motor vehicle]}]
"""
    )
    said = _message(text, bundled)
    assert "5 mistakes" in said
    for name in ("'dysprosium oxide'", "'CN-2025-18'", "'terbium oxide'", "'motor vehicles'", "mine.yaml"):
        assert name in said


def test_wrong_values_and_unknown_names_are_named_together(bundled):
    text = GOOD.replace("weeks: 60", "weeks: 0").replace("0.8", "1.8").replace("target: DE", "target: Atlantis")
    said = _message(
        text + "  - {name: b, origin: CHN, products: {terbum metal: 1}, effective_from: 2025-03-01}\n", bundled
    )
    for part in ("weeks", "controls.0.products", "target", "Atlantis", "'terbium metal'"):
        assert part in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("target: DE", "target: CHN"), "controller and target are both CHN"),
        (("effective_from: 2025-03-01", "effective_from: 2025-03-01, until: 2025-02-01"), "is not after"),
        (("effective_from: 2025-03-01", "effective_from: 2025-03-01, announced_on: 2025-04-01"), "is after"),
        (("origin: CHN, ", ""), "missing: origin"),
        (("weeks: 60", "weeks: 60\nwekks: 3"), "wekks"),
        (("title: A try\n", ""), "title"),
        (("2025-01-06", "the sixth"), "start"),
    ],
)
def test_each_mistake_is_said_in_its_own_words(change, said, bundled):
    assert said in _message(GOOD.replace(*change), bundled)


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words", "", "name: [1, 2", "a: b: c"])
def test_what_is_no_mapping_is_refused_with_a_word_on_what_to_do(text, bundled):
    assert "Expected a YAML mapping" in _message(text, bundled)


@pytest.mark.parametrize("controls", ["5", "[1, 2]", "{a: 1}", "text"])
def test_controls_of_the_wrong_shape_are_an_input_error_too(controls, bundled):
    assert "controls" in _message(GOOD.split("controls:")[0] + f"controls: {controls}\n", bundled)


def test_an_unknown_name_suggests_the_bundled_one(bundled):
    with pytest.raises(NotFoundError, match="april-2025"):
        load_scenario("april-2024", bundled)


def test_a_file_that_is_not_text_is_refused(bundled, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(InputError, match="UTF-8"):
        load_scenario(str(path), bundled)


def test_a_file_is_read_from_its_path(bundled, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, "utf-8")
    assert load_scenario(str(path), bundled).name == "mine"


HARMLESS = {"antimony-2024"}
"""As known on its first day a licence on antimony metal stops no line outside China: 2 % of the trioxide is listed."""


@pytest.mark.parametrize("name", bundled_names())
def test_every_bundled_scenario_runs(name, bundled):
    what = load_scenario(name, bundled)
    run = simulate(what, bundled, draws=4, threads=1)
    assert run.model.compiled.knobs.borders
    assert np.abs(run.record.price).max() > 0
    assert name in HARMLESS or run.record.lost_share.max() > 0
    for array in (run.record.service, run.record.price, run.record.stock, run.record.exports):
        assert np.isfinite(array).all()
    assert run.record.service.min() >= 0
    assert run.record.service.max() <= 1


def test_twenty_years_run(bundled):
    what = load_scenario("status-quo", bundled).model_copy(update={"weeks": 1043})
    run = simulate(what, bundled, draws=2, threads=1)
    assert np.isfinite(run.record.price).all()
    assert sum(a.nbytes for a in vars(run.record).values() if isinstance(a, np.ndarray)) < 40e6


def test_a_parameter_no_one_knows_is_refused(bundled):
    text = GOOD + "parameters: {order week: {p05: 1, p50: 2, p95: 3, reason: try}}\n"
    with pytest.raises(NotFoundError, match="order weeks"):
        simulate(parse_scenario(text, bundled, where="mine.yaml"), bundled, draws=2)


def test_quantiles_out_of_order_are_an_input_error(bundled):
    text = GOOD + "parameters: {order weeks: {p05: 3, p50: 2, p95: 1, reason: try}}\n"
    with pytest.raises(InputError, match="order weeks"):
        simulate(parse_scenario(text, bundled, where="mine.yaml"), bundled, draws=2)


def test_a_week_is_found_by_its_day_and_a_day_by_its_week(bundled):
    found = parse_scenario(GOOD, bundled, where="mine.yaml")
    assert found.week_of(found.date_of(7)) == 7
    assert found.week_of(found.start.replace(day=9)) == pytest.approx(3 / 7)
    assert found.end == found.date_of(60)
    assert found.without_controls().controls == ()
