"""What moves an office by itself: a slow swing of mean one, and spells in which it closes without a text."""

import numpy as np
import pytest

from sluicegate.sim.prepare import prepare
from sluicegate.sim.sensitivity import variance_shares
from sluicegate.sim.swing import clampdowns, office_swing
from sluicegate.terms import InputError

DRAWS, WEEKS = 600, 80
STATED = {"label": "judgement", "reason": "test"}
OFFICE = {"swing_log_sd": 0.4, "swing_memory_weeks": 13.0, "clampdown_per_year": 0.0, "clampdown_weeks": 4.0,
          "clampdown_depth": 0.75}  # fmt: skip


@pytest.fixture
def model(toy, scenario, control):
    """A model whose magnets and gallium wait at one office that lets half of each pass, but for what moves it."""

    def make(draws=DRAWS, changes=(), **office):
        rules = ({"setting": "eligible_share", "value": 0.5, **STATED},)
        controls = [control(p, kind="licence", week=2, name=p, rules=rules) for p in ("magnet", "gallium, low purity")]
        fixed = {f"CHN office: {n}": v for n, v in (OFFICE | office).items()}
        offices = ({"place": "CHN", "changes": changes},) if changes else ()
        return prepare(scenario(*controls, weeks=WEEKS, fixed=fixed, offices=offices), toy, draws=draws, seed=5)

    return make


@pytest.fixture
def change(day):
    """Factors from a week on."""
    return lambda week, **factors: {"effective_from": day(week), **factors, **STATED}


def swing_of(made):
    return office_swing(made.scenario, made.draws, "CHN")


def working_of(made):
    return clampdowns(made.scenario, made.draws, "CHN")


def test_the_swing_has_mean_one_its_spread_and_its_memory(model):
    swing = swing_of(model())
    log = np.log(swing)
    assert swing.mean() == pytest.approx(1, abs=0.03)
    assert log.std(axis=1).mean() == pytest.approx(0.4, abs=0.03)
    kept = [np.corrcoef(log[t], log[t + 1])[0, 1] for t in range(WEEKS - 1)]
    assert np.mean(kept) == pytest.approx(np.exp(-1 / 13), abs=0.02)


def test_clampdowns_come_at_their_rate_last_their_weeks_and_stop_their_share(model):
    working = working_of(model(clampdown_per_year=2.0))
    assert set(np.unique(working)) == {0.25, 1.0}
    closed = (working[10:] < 1).mean()
    assert closed == pytest.approx(1 - (1 - 2 / 52.18) ** 4, abs=0.015)  # no start in any of the last four weeks


def test_all_items_of_an_office_swing_together(model):
    made = model(draws=8, clampdown_per_year=2.0)
    swing = swing_of(made)
    levels = [b.level for b in made.compiled.knobs.borders]
    assert len(levels) == 2
    for level in levels:
        assert np.allclose(level, 0.5 * swing[:, None, :])


def test_an_office_that_swings_no_more_is_at_its_level_at_once_and_was_as_it_was_before(model, change):
    still = swing_of(model(changes=[change(30, swing_factor=0)]))
    as_it_was = swing_of(model(changes=[change(30, swing_factor=1)]))
    assert np.array_equal(still[:30], as_it_was[:30])
    assert (still[30:] == 1).all()
    assert (as_it_was[30:] != 1).all()


def test_a_factor_on_the_swing_is_one_on_its_spread_in_its_own_week_and_leaves_the_mean(model, change):
    """A week is weighted by its days, also one with two changes: three days as usual, two at 3, two at 0.5."""
    changes = [change(20 + 3 / 7, swing_factor=3), change(20 + 5 / 7, swing_factor=0.5)]
    spread = [np.log(swing_of(model(changes=c))) for c in ([change(20, swing_factor=1)], changes)]
    usual = spread[0] + 0.4**2 / 2
    for weeks, factor in ((slice(0, 20), 1), (slice(20, 21), (3 + 2 * 3 + 2 * 0.5) / 7), (slice(21, None), 0.5)):
        assert spread[1][weeks] + (factor * 0.4) ** 2 / 2 == pytest.approx(factor * usual[weeks], abs=1e-12)
    assert np.exp(spread[1][30:]).mean() == pytest.approx(1, abs=0.02)


def test_a_factor_on_the_memory_slows_the_swing_and_keeps_its_spread(model, change):
    log = np.log(swing_of(model(changes=[change(30, swing_memory_factor=0.1)])))
    kept = [np.corrcoef(log[t], log[t + 1])[0, 1] for t in range(WEEKS - 1)]
    assert np.mean(kept[:29]) == pytest.approx(np.exp(-1 / 13), abs=0.02)
    assert np.mean(kept[29:]) == pytest.approx(np.exp(-1 / 1.3), abs=0.02)
    assert log[40:].std(axis=1).mean() == pytest.approx(0.4, abs=0.03)


def test_an_office_that_clamps_down_no_more_ends_what_it_has_begun(model, change):
    """No start from the day on, so in the fourth week after it all is open; until then only what was closed is."""
    usual, calm = (
        working_of(model(clampdown_per_year=5.0, changes=[change(30, clampdown_rate_factor=x)])) for x in (1, 0)
    )
    assert np.array_equal(calm[:30], usual[:30])
    assert (calm[30:33] < 1).any()
    assert (calm[33:] == 1).all()
    assert (usual[33:] < 1).any(axis=0).mean() > 0.9
    for t in range(30, 33):
        assert (calm[t - 1][calm[t] < 1] < 1).all()


def test_clampdowns_come_at_the_rate_of_the_day(model, change):
    often = working_of(model(changes=[change(20, clampdown_rate_factor=6)], clampdown_per_year=0.5))
    assert (often[4:20] < 1).mean() == pytest.approx(1 - (1 - 0.5 / 52.18) ** 4, abs=0.01)
    assert (often[24:] < 1).mean() == pytest.approx(1 - (1 - 3 / 52.18) ** 4, abs=0.015)


def test_a_clampdown_stops_the_share_of_the_week_and_never_more_than_all(model, change):
    changes = [change(20, clampdown_depth_factor=0.5), change(40.0, clampdown_depth_factor=4)]
    working = working_of(model(clampdown_per_year=4.0, changes=changes))
    for weeks, share in ((slice(0, 20), 0.75), (slice(20, 40), 0.375), (slice(40, None), 1.0)):
        assert set(np.unique(working[weeks])) == {1 - share, 1.0}


@pytest.mark.parametrize("factor", [0, 0.25, 3])
def test_a_clampdown_lasts_as_long_as_those_of_the_week_in_which_it_began(factor, model, change):
    """The weeks closed are all those that some start reaches, whichever other starts lie between."""
    made = model(clampdown_per_year=4.0, changes=[change(40, clampdown_length_factor=factor)])
    starts = made.draws.chance("clampdown CHN", WEEKS) < 4 / 52.18
    closed = np.zeros(starts.shape, dtype=bool)
    for week, draw in np.argwhere(starts):
        closed[week : week + int(np.ceil(4 * (factor if week >= 40 else 1))), draw] = True
    assert np.array_equal(working_of(made) < 1, closed)


def test_what_a_change_leaves_out_stays_and_a_factor_of_one_is_the_usual_way_again(model, change):
    last = change(60, swing_factor=1)
    again = swing_of(
        model(clampdown_per_year=2.0, changes=[last, change(20, swing_factor=0), change(40, clampdown_rate_factor=0)])
    )
    usual = swing_of(model(clampdown_per_year=2.0, changes=[change(20, swing_factor=1, clampdown_rate_factor=1)]))
    working = working_of(model(clampdown_per_year=2.0))
    assert np.array_equal(again[:20], usual[:20])
    assert np.array_equal(again[20:40], working[20:40])
    assert (again[44:60] == 1).all()
    assert np.array_equal(again[60:], (usual / working)[60:])


def test_each_office_has_its_own_changes(toy, scenario, control, change):
    theirs = control("magnet", kind="licence", origin="JPN", name="theirs")
    offices = [{"place": "JPN", "changes": [change(0, swing_factor=0, clampdown_rate_factor=0)]}]
    made = prepare(scenario(control("magnet", kind="licence"), theirs, offices=offices), toy, draws=4, seed=5)
    assert (office_swing(made.scenario, made.draws, "JPN") == 1).all()
    assert (swing_of(made) != 1).all()


def test_the_long_form_has_them_in_its_capacity_and_its_working_weeks(toy, scenario, control, change):
    capacity = {"per_week": 5, "unit": "t", **STATED}
    held = control("magnet", kind="licence", form="long", week=0, office={"capacity": capacity})
    changes = [change(30, swing_factor=2, clampdown_depth_factor=0.5), change(50, swing_factor=0)]
    fixed = {f"CHN office: {n}": v for n, v in (OFFICE | {"clampdown_per_year": 3.0}).items()}
    fixed |= {"magnets: office_start_weeks": 0.0}
    made = prepare(scenario(held, fixed=fixed, offices=[{"place": "CHN", "changes": changes}]), toy, draws=8, seed=5)
    days = made.compiled.knobs.borders[0].office.working / working_of(made)
    assert (days == days[:, :1]).all()
    assert days.max() == 1
    assert made.compiled.knobs.pools[0].per_week == pytest.approx(5 * swing_of(made) * days)
    assert set(np.unique(swing_of(made)[50:])) == {1, 1 - 0.375}


def test_a_factor_is_an_input_with_its_label_that_may_decide_an_outcome(toy, scenario, control, change):
    changes = [change(10, clampdown_rate_factor=(0.05, 1, 20)) | {"label": "practice", "reason": "talks"}]
    fixed = {f"CHN office: {n}": v for n, v in (OFFICE | {"clampdown_per_year": 1.0}).items()}
    what = scenario(control("magnet", kind="licence"), fixed=fixed, offices=[{"place": "CHN", "changes": changes}])
    made = prepare(what, toy, draws=256, seed=5)
    name = "CHN office: clampdown_rate_factor from 2024-03-11"
    found = made.draws.parameters[name]
    assert (found.p05, found.p50, found.p95, found.unit) == (0.05, 1, 20, "multiple of the usual")
    assert (found.label, found.reason) == ("practice", "talks")
    assert next(iter(variance_shares(working_of(made)[10:].mean(axis=0), made.draws))) == name


def test_a_memory_that_is_set_to_nought_by_name_is_refused(model, toy, change):
    what = model(draws=1, changes=[change(10, swing_memory_factor=2)]).scenario
    name = "CHN office: swing_memory_factor from 2024-03-11"
    wrong = {**what.parameters, name: what.parameters["CHN office: clampdown_per_year"]}
    with pytest.raises(InputError, match="above 0"):
        prepare(what.model_copy(update={"parameters": wrong}), toy, draws=1, seed=1)


def test_the_counterfactual_has_no_office(model, change):
    assert model(draws=1, changes=[change(10, swing_factor=2)]).scenario.without_controls().offices == ()
