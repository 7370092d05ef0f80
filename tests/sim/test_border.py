"""The border alone: what passes, what waits and for how long, what notice and lifting do."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.regime import material_group
from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import advance_week, run
from sluicegate.sim.state import base_state
from sluicegate.sim.twin.border import border
from sluicegate.sim.twin.dated import covered_share, dated_changes

DRAWS = 3


def _compiled(toy, scenario, *controls, weeks=80, **changes):
    """A compiled scenario with fields of its borders replaced; numbers become (D,) arrays where the field is one."""
    at_once = {f"{material_group(p)}: customs_clearing_weeks": 0.0 for c in controls for p in c.products}
    compiled = prepare(scenario(*controls, weeks=weeks, fixed=at_once), toy, draws=DRAWS, seed=4).compiled
    borders = []
    for b in compiled.knobs.borders:
        given = {n: np.full_like(getattr(b, n), v) if isinstance(getattr(b, n), np.ndarray) else v
                 for n, v in changes.items()}  # fmt: skip
        borders.append(replace(b, **given))
    return replace(compiled, knobs=replace(compiled.knobs, borders=tuple(borders)))


def _engine(compiled):
    engine = Engine(compiled.net, compiled.knobs, compiled.timeline, compiled.controller)
    return engine, base_state(compiled.net, engine.sums, engine.knobs)


OPEN = {"office_start": 0.0, "pass_rate": 1.0, "stages": 1, "level": 1.0, "leak": 0.0, "review_weeks": 0.0,
        "frontload_weeks": 0.0, "overcomplied": 0.0}  # fmt: skip


@pytest.mark.parametrize("share", [0.37, 1.0])
def test_an_office_that_lets_all_pass_at_once_changes_nothing(share, toy, scenario, control):
    what = control("magnet", "cerium oxide", "neodymium oxide", kind="licence", week=6, share=share, notice=3)
    engine, state = _engine(_compiled(toy, scenario, what, **OPEN))
    base = base_state(engine.net, engine.sums, engine.knobs)
    for t in range(80):
        week = advance_week(engine, state, t)
        assert np.abs(week.exports / engine.net.link_flow[:, None] - 1).max() < 1e-12
    for name in ("stock", "on_order"):
        assert np.abs(getattr(state, name) / getattr(base, name) - 1).max() < 1e-12


@pytest.mark.parametrize(("stages", "rate"), [(1, 0.25), (2, 0.4), (4, 0.7), (3, 1.0)])
def test_the_mean_wait_from_order_to_licence_is_the_stages_over_the_rate(stages, rate, toy, scenario, control):
    what = control("magnet", kind="licence", week=0)
    office = OPEN | {"stages": stages, "pass_rate": rate, "level": 1e9, "pending_limit": 1e9}
    engine, state = _engine(_compiled(toy, scenario, what, weeks=400, **office))
    state.orders[:] = 0.0
    state.queues[0].review[0] = 1.0  # filed in week 0, ordered the week before
    waits = np.zeros(DRAWS)
    variance = np.zeros(DRAWS)
    for t in range(400):
        week = Week(t, covered=[np.ones_like(engine.knobs.borders[0].covered)])
        border(engine, state, week)
        waits += (t + 1) * week.granted[0][0]
        variance += (t + 1) ** 2 * week.granted[0][0]
    assert waits == pytest.approx(stages / rate, rel=0.01)
    assert variance - waits**2 == pytest.approx(stages * (1 - rate) / rate**2, rel=0.01, abs=1e-9)


def test_what_is_filed_is_granted_or_waits_or_leaks_or_is_withdrawn(toy, scenario, control):
    what = control("magnet", kind="licence", week=0)
    engine, state = _engine(_compiled(toy, scenario, what))
    state.orders[:] = 0.0
    for t in range(80):
        before = _waiting(state)
        leaking = state.queues[0].leaking.sum(axis=0)
        backlog = state.backlog[engine.knobs.borders[0].links].sum(axis=0)
        state.queues[0].review[0] += 5.0
        filed = 5.0 * len(engine.knobs.borders[0].links)
        week = Week(t, covered=[np.ones_like(engine.knobs.borders[0].covered)])
        border(engine, state, week)
        gone = state.backlog[engine.knobs.borders[0].links].sum(axis=0) - backlog
        gone += state.queues[0].leaking.sum(axis=0) - leaking + week.withdrawn[0].sum(axis=0)
        assert before + filed == pytest.approx(_waiting(state) + gone, rel=1e-12)


def _waiting(state):
    return state.queues[0].review.sum(axis=(0, 1)) + state.queues[0].waiting.sum(axis=0)


def test_nothing_passes_before_the_office_starts_and_no_more_than_the_level_after(toy, scenario, control):
    what = control("magnet", kind="licence", week=10)
    closed = _compiled(toy, scenario, what, **OPEN | {"office_start": 15.0, "level": 0.4})
    record = run(closed, threads=1)
    held = np.isin(record.watched, closed.knobs.borders[0].links)
    flow = closed.net.link_flow[record.watched[held]][:, None, None]
    assert (record.exports[held][:, 10:25] == 0).all()
    assert (record.exports[held][:, 25:] <= 0.4 * flow * (1 + 1e-5)).all()
    assert record.exports[held][:, 25:].sum() > 0


def test_lifting_releases_what_waits(toy, scenario, control):
    what = control("magnet", kind="licence", week=10, until=30)
    compiled = _compiled(toy, scenario, what, **OPEN | {"office_start": 99.0, "pending_limit": 1e9})
    engine, state = _engine(compiled)
    links = engine.knobs.borders[0].links
    for t in range(30):
        advance_week(engine, state, t)
    waiting = state.queues[0].review.sum(axis=0) + state.queues[0].waiting
    assert (waiting > 5 * engine.net.link_flow[links][:, None]).all()
    dated_changes(engine, state, week := Week(30))
    assert week.released[links] == pytest.approx(waiting)
    assert _waiting(state).max() == 0
    state.queues[0].waiting[:] = waiting
    assert advance_week(engine, state, 30).exports[links].sum() > engine.net.link_flow[links].sum()


def test_only_a_measure_with_notice_is_front_loaded(toy, scenario, control):
    shipped = []
    for notice in (None, 4):
        what = control("magnet", kind="licence", week=10, notice=notice)
        compiled = _compiled(toy, scenario, what, frontload_weeks=10.0, surge_limit=2.0)
        record = run(compiled, threads=1)
        held = np.isin(record.watched, compiled.knobs.borders[0].links)
        flow = compiled.net.link_flow[record.watched[held]][:, None, None]
        shipped.append(record.exports[held][:, :10] / flow)
    assert shipped[0] == pytest.approx(1, rel=1e-6)
    assert shipped[1][:, :7] == pytest.approx(1, rel=1e-6)  # announced in week 6, ordered then, shipped a week later
    assert shipped[1][:, 7:].sum(axis=1).min() > 3.05


@pytest.mark.parametrize("days", [0, 1, 3, 6])
def test_the_week_of_effect_and_of_lifting_count_by_their_days(days, toy, scenario, control):
    what = control("magnet", kind="licence", week=10 + days / 7, until=20 + days / 7)
    b = _compiled(toy, scenario, what, covered=0.5, overcomplied=0.0).knobs.borders[0]
    assert covered_share(b, 9).max() == 0
    assert covered_share(b, 10) == pytest.approx(0.5 * (7 - days) / 7)
    assert covered_share(b, 11) == pytest.approx(0.5)
    assert covered_share(b, 20) == pytest.approx(0.5 * days / 7)
    assert covered_share(b, 21).max() == 0


def test_over_compliance_holds_up_the_unlisted_part_and_fades(toy, scenario, control):
    what = control("magnet", kind="licence", week=10)
    b = _compiled(toy, scenario, what, covered=0.2, overcomplied=0.5, fade_weeks=8.0).knobs.borders[0]
    assert covered_share(b, 10) == pytest.approx(0.2 + 0.8 * 0.5)
    assert covered_share(b, 18) == pytest.approx(0.2 + 0.8 * 0.5 * np.exp(-1))


def test_a_leak_comes_later_by_another_way(toy, scenario, control):
    what = control("gallium, low purity", week=10)
    compiled = _compiled(toy, scenario, what, leak=0.5)
    record, b = run(compiled, threads=1), compiled.knobs.borders[0]
    i = next(i for i, e in enumerate(record.watched) if e in b.links and compiled.net.link_transit[e] == 4)
    came = record.imports[i, :, 0]
    assert (came[14 : 14 + b.leak_weeks] == 0).all()
    assert came[14 + b.leak_weeks] == pytest.approx(0.5 * compiled.net.link_flow[record.watched[i]], rel=1e-5)


def test_what_a_ban_stops_leaks_by_the_share_of_the_day(toy, scenario, control, day):
    leaks = {"setting": "leak_share", "label": "judgement", "reason": "test"}
    rules = (leaks | {"value": 0.25}, leaks | {"value": 0.5, "effective_from": day(14)})
    compiled = _compiled(toy, scenario, control("gallium, low purity", week=10, rules=rules))
    record, b = run(compiled, threads=1), compiled.knobs.borders[0]
    held = np.isin(record.watched, b.links)
    left = record.exports[held] / compiled.net.link_flow[record.watched[held]][:, None, None]
    assert left[:, 10:14] == pytest.approx(0.25, rel=1e-5)
    assert left[:, 14:18] == pytest.approx(0.5, rel=1e-5)


def test_two_spells_of_a_ban_hold_the_same_link_in_turn(toy, scenario, control):
    first, second = control("magnet", week=10, until=20), control("magnet", week=30)
    compiled = _compiled(toy, scenario, first, second, weeks=40, leak=0.0, overcomplied=0.0)
    held = [sum(covered_share(b, t).max() for b in compiled.knobs.borders) for t in (5, 15, 25, 35)]
    assert held == [0, 1, 0, 1]


def test_of_two_texts_of_one_office_the_later_one_holds_the_link_from_its_day(toy, scenario, control):
    first, second = control("magnet", week=10), control("magnet", week=30, name="the later one")
    borders = _compiled(toy, scenario, first, second, overcomplied=0.0).knobs.borders
    held = {b.name: [float(covered_share(b, t).max()) for t in (9, 20, 29, 30, 60)] for b in borders}
    assert held == {"the measure": [0, 1, 1, 0, 0], "the later one": [0, 0, 0, 1, 1]}


def test_a_ban_goes_before_a_later_licence_of_the_same_office(toy, scenario, control):
    ban, licence = control("magnet", week=10, until=40), control("magnet", week=20, kind="licence", name="licence")
    borders = _compiled(toy, scenario, ban, licence, overcomplied=0.0).knobs.borders
    held = {b.name: [float(covered_share(b, t).max()) for t in (20, 39, 40)] for b in borders}
    assert held == {"the measure": [1, 1, 0], "licence": [0, 0, 1]}
