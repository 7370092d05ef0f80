"""V7 for the border: the compiled steps equal the twin's, border by border and week by week."""

import numpy as np
import pytest

from sluicegate.sim.engine import Engine
from sluicegate.sim.gate import held_links
from sluicegate.sim.kernel import office as compiled
from sluicegate.sim.kernel.gate import lay_out, nothing_waits
from sluicegate.sim.kernel.lanes import width
from sluicegate.sim.prepare import prepare
from sluicegate.sim.record import VARIABLES
from sluicegate.sim.run import advance_week, run
from sluicegate.sim.state import base_state

STATED = {"label": "judgement", "reason": "test"}
LANES = width(np.float64)


def _long(control, day, also=(), changes=(), **more):
    rules = [("review_stages", 3, {}), ("review_stages", 1, {"effective_from": day(40)}), ("validity_weeks", 4, {}),
             ("validity_weeks", 9, {"destinations": ("USA",)}), ("returned_share", (0.1, 0.3, 0.6), {}),
             ("refused_share", 1, {"end_use": "military", "effective_from": day(20)}),
             ("preparation_weeks", 0, {"applicants": "trusted"}), *also]  # fmt: skip
    held = {"effective_from": day(30), "validity_weeks": 25, **STATED}
    office = {"capacity": {"per_week": (2, 6, 12), "unit": "applications", "contract_t": 1.5, "changes": changes,
                           **STATED},
              "applicants": {"trusted": {"share": 0.3, **STATED}, "others": {"share": 0.7, **STATED}},
              "military_share": {"radar": {"share": 0.8, **STATED}},
              "open_licences": ({"kind": "general", "share": 0.3, "applicants": "trusted", **held},
                                {"kind": "registration", "share": 0.2, **held})}  # fmt: skip
    return control("magnet", "cerium oxide", kind="licence", form="long", office=office, notice=4,
                   rules=[{"setting": n, "value": v, **STATED, **w} for n, v, w in rules],
                   suspended=((day(60), day(70)),), **more)  # fmt: skip


def _scenarios(control, day):
    quota = {"t_per_period": 25, "period": "month"}
    licence = control(
        "magnet",
        "neodymium oxide",
        kind="licence",
        week=8.4,
        until=70,
        share=0.7,
        rules=(
            {
                "setting": "review_weeks_mean",
                "value": 30,
                "effective_from": day(30),
                "destinations": ("USA",),
                **STATED,
            },
        ),
    )
    parts = control(
        "magnet", "cerium oxide", kind="licence", week=9, notice=5, name="parts of links",
        office={"applicants": {"trusted": {"share": 0.3, **STATED}, "others": {"share": 0.7, **STATED}},
                "military_share": {"radar": {"share": 0.8, **STATED}}},
        rules=[{"setting": n, "value": v, **STATED, **w} for n, v, w in (
            ("eligible_share", 0.02, {"end_use": "military"}), ("review_weeks_mean", 2, {"applicants": "trusted"}),
            ("eligible_share", (0.5, 0.8, 0.9), {"effective_from": day(40), "destinations": ("USA",)}),
            ("leak_share", 0.3, {"destinations": ("USA",)}), ("office_start_weeks", (3, 5, 20), {}),
            ("frontload_weeks_of_use", 6, {"destinations": ("DEU",)}), ("overcompliance_share", 0.9, {}),
            ("leak_share", 0.1, {"effective_from": day(45)}))],
    )  # fmt: skip
    dated = ([("leak_share", 0.2, {"applicants": "others", "effective_from": day(50)})],
             [{"per_week": (1, 2, 3), "effective_from": day(48), **STATED}])  # fmt: skip
    return {
        "short": [licence],
        "parts": [parts],
        "ban": [control("magnet", "gallium, low purity", week=6.3, until=50, rules=[
            {"setting": "leak_share", "value": 0.4, "effective_from": day(20), **STATED}])],
        "long": [_long(control, day, *dated)],
        "quota": [control("magnet", kind="quota", quota=quota), control(
            "cerium oxide", kind="quota", name="parts", quota={**quota, "sharing": "by share"})],
        "all": [licence, parts, _long(control, day, *dated, name="long", week=20),
                control("magnet", kind="quota", name="q", quota=quota),
                control("magnet", week=12, name="abroad", abroad={"threshold": 0.05})],
    }  # fmt: skip


def _events(day, which):
    """An office that changes its swings and clampdowns by date, for the cases whose settings do."""
    factors = {15.5: {"swing_factor": (0.5, 2, 4), "clampdown_rate_factor": 6}, 25: {"swing_memory_factor": 0.3},
               50.3: {"clampdown_depth_factor": 0.5, "clampdown_length_factor": 2, "swing_factor": 0}}  # fmt: skip
    changes = [{"effective_from": day(week), **stated, **STATED} for week, stated in factors.items()]
    return {"offices": ({"place": "CHN", "changes": changes},)} if which in ("parts", "long", "all") else {}


@pytest.mark.parametrize("which", ["short", "parts", "ban", "long", "quota", "all"])
def test_the_compiled_border_is_the_twin_s(which, toy, scenario, control, day):
    what = scenario(*_scenarios(control, day)[which], weeks=104, **_events(day, which))
    model = prepare(what, toy, draws=LANES, seed=3).compiled
    engine = Engine(model.net, model.knobs, model.timeline, model.controller)
    state = base_state(model.net, engine.sums, engine.knobs)
    held = held_links(model.knobs.borders)
    gates = lay_out(model.knobs, model.net.link_flow, 104, LANES)
    waiting = nothing_waits(gates, len(held), LANES)
    moved = 0.0
    for t in range(104):
        waiting.orders[:], waiting.backlog[:] = state.orders[held], state.backlog[held]
        week = advance_week(engine, state, t)
        compiled.cover(gates, waiting, t)
        compiled.let_pass(gates, waiting, t)
        for name, twin in (("granted", week.granted), ("withdrawn", week.withdrawn), ("covered", week.covered)):
            assert getattr(waiting, name) == pytest.approx(np.concatenate(twin), rel=1e-12, abs=1e-12), (t, name)
        for b, queue in enumerate(state.queues):
            own = slice(gates.row_first[b], gates.row_first[b + 1])
            assert waiting.pending[own] == pytest.approx(queue.pending(), rel=1e-12, abs=1e-11), t
            if model.knobs.borders[b].office:  # where licences lapse
                assert waiting.offered[own] == pytest.approx(queue.offered, rel=1e-12, abs=1e-12), t
            waiting.leaking[own] = queue.leaking  # what rationing ships of it is another step's
        moved += waiting.granted.sum() + waiting.withdrawn.sum()
    assert moved > 0 or which == "ban"


@pytest.mark.parametrize("which", ["short", "parts", "long", "quota", "all"])
def test_a_whole_run_under_any_border_is_the_twin_s(which, toy, scenario, control, day):
    what = scenario(*_scenarios(control, day)[which], weeks=104, **_events(day, which))
    model = prepare(what, toy, draws=19, seed=3).compiled
    one, other = (run(model, engine=engine, threads=1) for engine in ("twin", "kernel"))
    for name in VARIABLES:
        twin, kernel = getattr(one, name), getattr(other, name)
        np.testing.assert_allclose(
            kernel, twin, rtol=3e-6, atol=1e-6 * max(float(np.abs(twin).max(initial=0)), 1e-6), err_msg=name
        )


def test_a_block_with_fewer_draws_than_lanes_repeats_the_last(toy, scenario, control, day):
    knobs = (model := prepare(scenario(*_scenarios(control, day)["all"]), toy, draws=3, seed=3).compiled).knobs
    flow = model.net.link_flow
    full, part = (lay_out(knobs.block(slice(0, n)), flow, 80, LANES) for n in (3, 1))
    assert full.level.shape == part.level.shape
    assert np.array_equal(full.level[..., :1], part.level[..., :1])
    assert (full.level[..., 3:] == full.level[..., 2:3]).all()
