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


CONTROL = "products: {dysprosium oxide: 0.8}, effective_from: 2025-03-01"
MADE = "process: gallium extraction, place"
DAY = "effective_from: 2025-03-01"
RULE = "rules: [{setting: %s, value: %s, label: practice, reason: x}]"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("0.8", "[0.9, 0.5, 0.2]"), "do not rise"),
        (("0.8", "[0.2, 0.5]"), "one number, or three"),
        (("0.8", ".nan"), "a finite number"),
        (("weeks: 60", "weeks: yes"), "a yes or no where a number belongs"),
        (("start: 2025-01-06", "start: 0001-01-01"), "1990"),
        (("as_of: 2025-01-06", "as_of: 9999-12-31"), "2100"),
        (("weeks: 60", "weeks: 60\nweeks: 30"), "'weeks' is given twice"),
        (("start: 2025-01-06", "start: 2025-02-30"), "not YAML"),
        (("title: A try", "title: " + "[" * 3000 + "]" * 3000), "not YAML"),
        (("2025-03-01", "2035-03-01"), "begins on 2035-03-01"),
        (("target: DE", "target: Fiji"), "no GDP"),
        ((CONTROL, f"kind: ban, {RULE % ('review_weeks_mean', '5')}, {CONTROL}"), "of an office"),
        ((CONTROL, f"{RULE % ('review_stages', '2.5')}, {CONTROL}"), "whole"),
        ((CONTROL, f"form: long, {RULE % ('validity_weeks', '1.0e+12')}, {CONTROL}"), "above 2100"),
        ((CONTROL, f"destinations: [Fiji], {CONTROL}"), "FJI buys none of these goods"),
        (("origin: CHN", "origin: FJI"), "FJI exports no dysprosium oxide"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)  # fmt: skip
def test_what_would_give_a_wrong_number_or_none_is_refused(change, said, bundled):
    assert change[0] in GOOD
    assert said in _message(GOOD.replace(*change), bundled)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (f"outages: [{{{MADE}: FJI, share: 1, {DAY}}}]", "nobody in FJI does gallium extraction"),
        (f"outages: [{{{MADE}: CHN, share: 1, {DAY}, until: 2025-02-01}}]", "is not after"),
        (f"production_quotas: [{{{MADE}: CHN, t_per_yr: 1, {DAY}, until: 2025-03-01}}]", "is not after"),
        (f"plants: [{{{MADE}: FJI, capacity_t_per_yr: 1, start: 2025-03-01}}]", "nobody in FJI"),
        (f"stocks: [{{place: FJI, products: [terbium oxide], days: 9, {DAY}}}]", "nobody in FJI uses"),
        (f"stocks: [{{place: DEU, products: [], days: 9, {DAY}}}]", "at least 1 item"),
        ("second_sources: [{place: FJI, products: [terbium oxide], share_of_use: 1, start: 2025-03-01}]", "in FJI"),
        ("thrift: [{place: FJI, products: [terbium oxide], share_of_ceiling: 1, start: 2025-03-01}]", "nobody in FJI"),
        (f"tariffs: [{{by: DEU, on_goods_of: FJI, added_rate: 1, {DAY}}}]", "buys no such goods of FJI"),
        (f"export_levies: [{{place: FJI, rate: 1, {DAY}}}]", "FJI exports no such goods"),
        (f"export_levies: [{{place: CHN, levy: tax refund, rate: 5, {DAY}}}]", "0.13 is 13 %"),
        (f"floors: [{{payer: USA, product: terbium oxide, place: FJI, usd_per_kg: 1, {DAY}}}]",
         "nobody in FJI makes"),
        (f"depletion: true\ndeposits: [{{{MADE}: CHN, reserves_t: 1}}, {{{MADE}: CHN, reserves_t: 2}}]", "deposits of"),
        ("parameters: {order weeks: {p05: 3, p50: 9, p95: 3, reason: try}}", "do not rise"),
        ("parameters: {order weeks: {p05: 3, p50: 9, p95: .inf, reason: try}}", "a finite number"),
        ("parameters: {order weeks: {p05: 3, p50: 9, p95: 12, reason: ''}}", "at least 1 character"),
    ],
    ids=lambda x: x[:30],
)  # fmt: skip
def test_an_event_that_touches_nobody_or_contradicts_itself_is_a_mistake(event, said, bundled):
    assert said in _message(GOOD + event + "\n", bundled)


@pytest.mark.parametrize("quantiles", [(2, 2, 2), (-0.1, 0.5, 0.9)])
def test_a_share_outside_its_range_is_an_input_error(quantiles, bundled):
    change = dict(zip(("p05", "p50", "p95"), quantiles, strict=True)) | {"reason": "try"}
    what = parse_scenario(GOOD + f"parameters: {{home preference: {change}}}\n", bundled, where="mine.yaml")
    with pytest.raises(InputError, match=r"home preference.*at most 1"):
        simulate(what, bundled, draws=2)


@pytest.mark.parametrize("value", [0, -2])
def test_a_time_that_something_is_divided_by_must_be_above_nought(value, bundled):
    text = GOOD + f"parameters: {{order weeks: {{p05: {value}, p50: {value}, p95: {value}, reason: try}}}}\n"
    with pytest.raises(InputError, match="above 0"):
        simulate(parse_scenario(text, bundled, where="mine.yaml"), bundled, draws=2)


def test_a_changed_input_keeps_the_label_it_is_given(bundled):
    text = GOOD + "parameters: {order weeks: {p05: 1, p50: 2, p95: 3, label: fitted, reason: try}}\n"
    run = simulate(parse_scenario(text, bundled, where="mine.yaml"), bundled, draws=2)
    assert run.model.draws.parameters["order weeks"].label == "fitted"


def test_an_input_stated_as_one_number_takes_the_spread_it_is_given(bundled):
    name = "CHN office: swing_factor from 2025-06-02"
    changes = "[{effective_from: 2025-06-02, swing_factor: 0.5, label: judgement, reason: try}]"
    text = f"{GOOD}offices: [{{place: CHN, changes: {changes}}}]\nparameters: {{'{name}': {{%s, reason: try}}}}\n"
    run = simulate(parse_scenario(text % "p05: 0.4, p50: 0.6, p95: 1", bundled, where="mine.yaml"), bundled, draws=256)
    np.testing.assert_allclose(np.quantile(run.model.draws[name], [0.05, 0.5, 0.95]), [0.4, 0.6, 1], rtol=0.02)


def test_two_controls_of_one_name_that_differ_are_refused(bundled):
    other = "  - {name: try, origin: CHN, products: {terbium oxide: %s}, effective_from: 2025-03-01}\n"
    text = GOOD.replace("0.8", "[0.2, 0.5, 0.9]")
    rules = "  - {name: try, origin: CHN, products: {terbium oxide: 1}, effective_from: 2025-03-01, rules: [%s]}\n"
    first = rules % "{setting: review_weeks_mean, value: 5, label: practice, reason: x}"
    second = rules % "{setting: review_weeks_mean, value: 9, label: practice, reason: x}"
    simulate(parse_scenario(text + other % "[0.1, 0.5, 0.9]", bundled, where="mine.yaml"), bundled, draws=2)
    with pytest.raises(InputError, match="a name for each control"):
        simulate(parse_scenario(text + first + second, bundled, where="mine.yaml"), bundled, draws=2)


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
