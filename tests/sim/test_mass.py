"""V2: nothing appears and nothing vanishes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sluicegate.sim.engine import Engine
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import advance_week
from sluicegate.sim.state import base_state

PRODUCTS = ("ore", "cerium oxide", "neodymium oxide", "magnet", "gallium, low purity")
MAKERS = (("mining", "CHN"), ("separation", "CHN"), ("making", "JPN"), ("extraction", "CHN"))
WEEK = st.floats(0, 60)
SHARE = st.floats(0.01, 1)
GOODS = st.lists(st.sampled_from(PRODUCTS), min_size=1, max_size=3, unique=True).map(tuple)
PLACE = st.sampled_from(("USA", "JPN", "DEU", "CHN"))
CONTROL = st.fixed_dictionaries({
    "goods": GOODS, "week": WEEK, "kind": st.sampled_from(("ban", "licence")), "share": SHARE,
    "until": st.one_of(st.none(), st.floats(2, 40)), "notice": st.one_of(st.none(), st.floats(0, 20)),
    "destinations": st.lists(PLACE, max_size=2).map(tuple),
})  # fmt: skip
OUTAGE = st.tuples(st.sampled_from(MAKERS), SHARE, WEEK, st.floats(1, 30))
PLANT = st.tuples(st.sampled_from(MAKERS), st.floats(10, 2000), WEEK, st.integers(0, 40))
STOCK = st.tuples(PLACE, GOODS, st.floats(1, 200), WEEK)
OFFTAKE = st.tuples(st.sampled_from((("magnet", "DEU"), ("ore", "USA"), ("gallium, low purity", "CHN"))),
                    st.floats(1, 3000), WEEK)  # fmt: skip
PROJECT = st.tuples(st.sampled_from(MAKERS), st.floats(10, 2000), WEEK, st.floats(0.5, 1.5))
SECOND = st.tuples(PLACE, GOODS, SHARE, WEEK, st.integers(0, 30))

FIRST = st.tuples(st.sampled_from((("USA", "magnet", "radar"), ("USA", "magnet", "cars"), ("JPN", "magnet", "cars"),
                                   ("CHN", "ore", "separation"))), SHARE, WEEK)  # fmt: skip


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(CONTROL, max_size=3), st.lists(OUTAGE, max_size=2), st.lists(PLANT, max_size=1),
       st.lists(STOCK, max_size=2), st.lists(SECOND, max_size=2),
       st.lists(OFFTAKE, max_size=2), st.lists(PROJECT, max_size=1),
       st.lists(FIRST, max_size=2, unique_by=lambda x: x[0][:2]), st.booleans(),
       st.integers(12, 104), st.integers(0, 99))  # fmt: skip
def test_mass_is_kept_in_any_scenario(
    toy,
    day,
    control,
    scenario,
    controls,
    outages,
    plants,
    stocks,
    seconds,
    offtakes,
    projects,
    firsts,
    depletion,
    weeks,
    seed,
):
    made = [control(*c["goods"], week=c["week"], kind=c["kind"], share=c["share"], notice=c["notice"],
                    until=c["until"] and c["week"] + c["until"], destinations=c["destinations"])
            for c in controls]  # fmt: skip
    what = scenario(
        *made, weeks=weeks,
        outages=[{"process": m[0], "place": m[1], "share": s, "effective_from": day(w), "until": day(w + n)}
                 for m, s, w, n in outages],
        plants=[{"process": m[0], "place": m[1], "capacity_t_per_yr": k, "start": day(w), "ramp_weeks": r}
                for m, k, w, r in plants],
        stocks=[{"place": p, "products": g, "days": n, "effective_from": day(w)} for p, g, n, w in stocks],
        second_sources=[{"place": p, "products": g, "share_of_use": s, "start": day(w), "ramp_weeks": r}
                        for p, g, s, w, r in seconds],
        offtakes=[{"payer": "USA", "product": g[0], "place": g[1], "t_per_yr": t, "effective_from": day(w)}
                  for g, t, w in offtakes],
        projects=[{"name": "new", "process": m[0], "place": m[1], "capacity_t_per_yr": k, "earliest": day(w),
                   "incentive_share_of_base_price": x, "cost_share_of_base_price": 0.8, "lead_weeks": 5}
                  for m, k, w, x in projects],
        priorities=[{"place": who[0], "products": (who[1],), "first": (who[2],), "share": x, "effective_from": day(w),
                     "reason": "test"} for who, x, w in firsts],
        depletion=depletion,
        deposits=[{"process": "mining", "place": "USA", "reserves_t": 800}] if depletion else [],
    )  # fmt: skip
    compiled = prepare(what, toy, draws=2, seed=seed).compiled
    engine = Engine(compiled.net, compiled.knobs, compiled.timeline, compiled.controller)
    state = base_state(compiled.net, engine.sums, engine.knobs)
    initial = _held(engine, state)
    for t in range(weeks):
        advance_week(engine, state, t)
        left = initial + state.made - state.used - state.dumped - state.taken - _held(engine, state)
        assert np.abs(left / (initial + state.made)).max() < 1e-9
    for name in ("stock", "pool", "backlog", "on_order", "pipe"):
        assert getattr(state, name).min() > -1e-9, name


def _held(engine, state):
    """(P, D) goods with buyers, with makers and under way; orders that wait at a border are not goods yet."""
    net = engine.net
    under_way = np.zeros((len(net.products), state.pool.shape[1]))
    np.add.at(under_way, net.link_product(), state.pipe.sum(axis=0))
    return engine.slots_to_product @ state.stock + engine.nodes_to_product @ state.pool + under_way


RULES = st.fixed_dictionaries({}, optional={
    "preparation_weeks": st.floats(0, 10), "review_weeks_mean": st.floats(0, 20), "review_stages": st.integers(1, 5),
    "returned_share": st.floats(0, 0.8), "refile_weeks": st.floats(1, 9), "approved_share": st.floats(0, 1),
    "refused_share": st.floats(0, 1), "validity_weeks": st.integers(1, 30),
})  # fmt: skip
LONG = st.fixed_dictionaries({
    "goods": GOODS, "week": WEEK, "share": SHARE, "notice": st.one_of(st.none(), st.floats(0, 20)),
    "until": st.one_of(st.none(), st.floats(2, 40)), "rules": RULES, "military": st.floats(0, 1),
    "trusted": st.floats(0, 1), "capacity": st.one_of(st.none(), st.floats(0.1, 50)), "general": st.floats(0, 1),
    "hole": st.integers(1, 60),
})  # fmt: skip
QUOTA = st.tuples(GOODS, WEEK, SHARE, st.floats(0, 300), st.sampled_from(("month", "quarter", "half", "year")),
                  st.sampled_from(("first come", "by share")))  # fmt: skip
ABROAD = st.tuples(GOODS, WEEK, st.floats(0, 1), st.sampled_from(("ban", "licence")))
STATED = {"label": "judgement", "reason": "test"}


def _long(control, day, c):
    office = {"military_share": {"radar": {"share": c["military"], **STATED}},
              "applicants": {"trusted": {"share": c["trusted"], **STATED},
                             "others": {"share": 1 - c["trusted"], **STATED}},
              "open_licences": ({"kind": "general", "share": c["general"], "effective_from": day(c["week"] + 5),
                                 "validity_weeks": 9, "applicants": "trusted", **STATED},)}  # fmt: skip
    if c["capacity"]:
        office["capacity"] = {"per_week": c["capacity"], "unit": "t", **STATED}
    rules = [{"setting": n, "value": v, **STATED} for n, v in c["rules"].items()]
    rules.append({"setting": "refused_share", "value": 1, "end_use": "military", "effective_from": day(30), **STATED})
    return control(*c["goods"], week=c["week"], kind="licence", form="long", share=c["share"], notice=c["notice"],
                   until=c["until"] and c["week"] + c["until"], rules=tuple(rules), office=office,
                   suspended=((day(c["hole"]), day(c["hole"] + 6)),))  # fmt: skip


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(LONG, min_size=1, max_size=1), st.lists(QUOTA, max_size=2), st.lists(ABROAD, max_size=1),
       st.lists(CONTROL, max_size=1), st.integers(12, 80), st.integers(0, 99))  # fmt: skip
def test_mass_is_kept_at_any_office_under_any_quota_and_by_several_measures_in_turn(
    toy, day, control, scenario, longs, quotas, abroad, others, weeks, seed
):
    made = [_long(control, day, c) for c in longs]
    made += [
        control(*g, week=w, share=s, kind="quota", name="quota", quota={"t_per_period": t, "period": p, "sharing": how})
        for g, w, s, t, p, how in quotas
    ]
    made += [control(*g, week=w, kind=k, name="abroad", abroad={"threshold": t}) for g, w, t, k in abroad]
    made += [control(*c["goods"], week=c["week"], kind=c["kind"], share=c["share"], name="other") for c in others]
    compiled = prepare(scenario(*made, weeks=weeks), toy, draws=2, seed=seed).compiled
    engine = Engine(compiled.net, compiled.knobs, compiled.timeline, compiled.controller)
    state = base_state(compiled.net, engine.sums, engine.knobs)
    initial = _held(engine, state)
    for t in range(weeks):
        advance_week(engine, state, t)
        left = initial + state.made - state.used - state.dumped - _held(engine, state)
        assert np.abs(left / (initial + state.made)).max() < 1e-9
    for name in ("stock", "pool", "backlog", "on_order", "pipe"):
        assert getattr(state, name).min() > -1e-9, name
    for queue in state.queues:
        assert min(part.min() for part in (queue.review, queue.waiting, queue.leaking, queue.pending())) > -1e-9
