"""A company in the toy world: it sees what passes there, and the world does not see it."""

from datetime import timedelta

import numpy as np
import pytest

from sluicegate.company import expose, parse_company, world_run
from sluicegate.company.action import actions, chances, turns
from sluicegate.company.reason import LEAD_TIME, reasons
from sluicegate.terms import InputError

GALLIUM = "gallium, low purity"
QUIET = {"gallium and germanium: leak_share": 0.0, "thrift": 0.0, "overtime": 0.0}


def company(week, day, *, applications=(), **of_input):
    """A maker of radars in the United States, all of whose gallium comes from China."""
    asked = {"name": "gallium", "product": GALLIUM, "stock": 6, "unit": "t",
             "suppliers": [{"origin": "CHN", "share": 1}]} | of_input  # fmt: skip
    line = {"name": "radar", "value_per_week": 100, "uses": [{"input": "gallium", "per_week": 1, "unit": "t"}]}
    data = {"name": "toy", "place": "USA", "counted_on": str(day(week)), "industry": "radar"}
    return parse_company(data | {"inputs": [asked], "lines": [line], "applications": list(applications)}, where="toy")


@pytest.fixture(scope="module")
def banned(ask, control, calm):
    """A run in which China's gallium is banned from week 10 on."""
    return ask(control(GALLIUM, week=10), fixed=calm | QUIET, draws=8, weeks=60)


@pytest.fixture(scope="module")
def licensed(ask, control, calm):
    """A run in which it needs a licence from week 10 on."""
    return ask(control(GALLIUM, week=10, kind="licence"), fixed=calm | QUIET, draws=64, weeks=60)


def test_without_events_no_line_stops(ask, day):
    found = expose(company(10, day), ask(draws=4, weeks=40), day(10))
    assert np.isinf(found.operation.stops).all()
    assert actions(found) == []
    assert np.abs(found.operation.running - 1).max() < 1e-9


def test_under_a_ban_the_stop_is_stock_and_pipeline_over_use(banned, day):
    found = expose(company(10, day), banned, day(10))
    transit = 4
    clearing = banned.model.draws["gallium and germanium: customs_clearing_weeks"] / 2
    assert np.abs(found.operation.stops[0] - (6 + transit + clearing)).max() < 0.5


def test_stated_orders_take_the_place_of_the_usual_pipeline(banned, day):
    coming = [{"amount": 2, "unit": "t", "arrives": str(day(12))}]
    found = expose(company(20, day, on_order=[{**coming[0], "arrives": str(day(22))}]), banned, day(20))
    assert found.operation.stops[0] == pytest.approx(6 + 2)


def test_the_reason_is_the_input_its_origin_and_the_measure(banned, day):
    (why,) = reasons(expose(company(10, day), banned, day(10)), 0)
    assert (why.input, why.origin, why.measure, why.share) == ("gallium", "CHN", "the measure", 1.0)


def test_an_order_placed_too_late_is_not_blamed_on_a_measure(ask, day):
    asked = company(10, day, stock=2, on_order=[], suppliers=[{"origin": "JPN", "share": 1, "lead_weeks": 5}],
                    product="magnet")  # fmt: skip
    (why,) = reasons(expose(asked, ask(draws=4, weeks=40), day(10)), 0)
    assert why.measure == LEAD_TIME


def test_the_world_does_not_see_the_company(toy, scenario, control, day):
    asked = scenario(control(GALLIUM, week=10), weeks=60)
    whole = world_run(asked, toy, day(10), weeks=50, draws=4, seed=1)
    part = world_run(asked, toy, day(10), weeks=20, draws=4, seed=1)
    before = part.record.imports.copy()
    expose(company(10, day), part, day(10))
    assert np.array_equal(part.record.imports, before)
    assert np.array_equal(part.record.imports, whole.record.imports[:, : part.weeks])


def test_a_run_kept_for_one_company_alone_tells_it_the_same(toy, scenario, control, day):
    asked = company(10, day, stock=None, unit=None, alternatives=[{"origin": "JPN", "share": 1,
                    "qualification_weeks": 3, "lead_weeks": 2}])  # fmt: skip
    how = {"weeks": 30, "draws": 5, "seed": 1}
    held = scenario(control(GALLIUM, week=10, kind="licence"), weeks=60)
    whole, own = (world_run(held, toy, day(10), company=mine, **how) for mine in (None, asked))
    assert sum(a.nbytes for a in own.record.whole.values()) < 0.5 * sum(a.nbytes for a in whole.record.whole.values())
    told, same = (expose(asked, result, day(10)) for result in (own, whole))
    assert np.array_equal(told.operation.running, same.operation.running)
    assert reasons(told, 0) == reasons(same, 0)
    assert np.array_equal([a.last for a in actions(told)], [a.last for a in actions(same)])


def test_the_last_day_is_the_stop_less_the_lead_time(banned, day):
    asked = company(20, day, alternatives=[{"origin": "JPN", "share": 1, "qualification_weeks": 3, "lead_weeks": 2}])
    (found,) = actions(expose(asked, banned, day(20)))
    assert (found.kind, found.origin) == ("qualify", "JPN")
    assert found.last == pytest.approx(6 - 5)
    assert found.p_too_late == 0


def test_an_alternative_begun_in_time_saves_what_it_brings(banned, day):
    asked = company(20, day, alternatives=[{"origin": "JPN", "share": 0.5, "qualification_weeks": 2, "lead_weeks": 2}])
    found = expose(asked, banned, day(20))
    now = found.lost(found.operation).sum(axis=(0, 1))
    begun = next(t for t in turns(found) if t.what.startswith("qualification"))
    assert (begun.lost < now).all()


@pytest.mark.parametrize("week", [10, 20])
def test_a_closed_route_offers_nothing(banned, day, week):
    assert actions(expose(company(week, day), banned, day(week))) == []


def test_what_share_of_its_country_a_company_uses(banned, day):
    assert expose(company(20, day), banned, day(20)).share_of_country(0) == pytest.approx(1 / 3)


def test_of_a_ban_and_a_licence_on_one_route_the_ban_decides(ask, control, day, calm):
    both = ask(control(GALLIUM, week=10, kind="licence", name="paper"), control(GALLIUM, week=12, name="ban"),
               fixed=calm | QUIET, draws=2, weeks=40)  # fmt: skip
    assert expose(company(20, day), both, day(20)).sources[0].route.office(both, 20).name == "ban"


def test_a_quota_holds_goods_and_decides_on_no_file(ask, control, day, calm):
    quota = {"t_per_period": 1, "period": "quarter"}
    run = ask(control(GALLIUM, week=10, kind="quota", quota=quota), fixed=calm | QUIET, draws=2, weeks=40)
    found = expose(company(20, day, applications=[FILED | {"filed_on": str(day(16))}]), run, day(20))
    assert found.files == {"file": None}
    assert found.sources[0].route.borders(run, 20)


def test_two_alternatives_are_told_apart(banned, day):
    two = [{"origin": "JPN", "share": 0.5, "qualification_weeks": w, "lead_weeks": 1} for w in (1, 3)]
    found = actions(expose(company(20, day, alternatives=two), banned, day(20)))
    assert sorted(a.last[0] for a in found) == pytest.approx([2, 4])


FILED = {"name": "file", "input": "gallium", "origin": "CHN", "amount": 50, "unit": "t"}


def test_a_file_under_a_ban_has_no_chance(banned, day):
    asked = company(20, day, applications=[FILED | {"filed_on": str(day(12))}])
    (found,) = chances(expose(asked, banned, day(20)))
    assert found.decided == found.ever == 0


def test_chances_are_in_order_and_more_stock_is_more_time(licensed, day):
    def chance(stock):
        asked = company(20, day, stock=stock, applications=[FILED | {"filed_on": str(day(16))}])
        return chances(expose(asked, licensed, day(20)))[0]

    short, long = chance(3), chance(12)
    assert 0 <= short.arrived <= short.decided <= short.ever <= 1
    assert long.decided > short.decided


def test_goods_of_an_application_arrive_after_the_decision_and_the_way(licensed, day):
    found = expose(company(20, day, applications=[FILED | {"filed_on": str(day(16))}]), licensed, day(20))
    first = np.array([d.argmax() if d.any() else 10**6 for d in found.plant.due[0].T])
    came = first < 10**6
    assert came.any()
    assert (first[came] >= found.decided["file"][came] + 4 - 1e-9).all()


def test_goods_that_nothing_holds_need_no_decision(licensed, day):
    asked = company(20, day, product="magnet", applications=[FILED | {"filed_on": str(day(16))}])
    found = expose(asked, licensed, day(20))
    assert found.files == {"file": None}
    assert chances(found) == []


def test_stock_that_is_not_stated_is_what_the_industry_holds(ask, day, calm):
    run = ask(draws=256, weeks=40, fixed=calm)
    found = expose(company(10, day, stock=None, unit=None), run, day(10))
    uses = run.uses
    row = uses.index[(uses["industry"] == "radar") & (uses["product"] == GALLIUM)][0]
    weeks = run.record.stock[row, 10].mean() / run.record.uses.use[row]
    assert np.median(found.plant.stock[0]) == pytest.approx(weeks, rel=0.15)
    assert found.stock_from["gallium"].startswith("practice")


def test_suppliers_that_are_not_stated_are_the_country_s(ask, day):
    asked = company(10, day, product="magnet", suppliers=None)
    shares = {s.origin: s.share for s in expose(asked, ask(draws=2, weeks=40), day(10)).sources}
    assert shares == pytest.approx({"CHN": 11 / 12, "JPN": 1 / 12})


@pytest.mark.parametrize(("change", "says"), [
    ({"product": "galium, low purity"}, "'gallium, low purity'"),
    ({"suppliers": [{"origin": "DEU", "share": 1}]}, "CHN, JPN"),
    ({"on_order": [{"amount": 1, "unit": "t", "arrives": "2024-01-02"}]}, "arrives 2024-01-02, before"),
    ({"on_order": [{"amount": 1, "unit": "pieces", "arrives": "2025-01-02"}]}, "piece_kg"),
    ({"product": "cerium oxide", "stock": None, "unit": None}, "radar does not use cerium oxide"),
    ({"alternatives": [{"origin": "JPN", "share": 1, "qualification_weeks": 1, "begun_on": "2025-06-01"}]}, "begun on"),
    ({"applications": [FILED | {"filed_on": "2025-06-01"}]}, "filed on 2025-06-01, after"),
])  # fmt: skip
def test_what_does_not_fit_the_world_is_refused_in_words(ask, day, change, says):
    with pytest.raises(InputError, match=says):
        expose(company(20, day, **change), ask(draws=1, weeks=40), day(20))


def test_a_day_outside_the_scenario_is_refused(toy, scenario, day):
    with pytest.raises(InputError, match="2023"):
        world_run(scenario(weeks=30), toy, day(0) - timedelta(days=9), weeks=10, draws=1, seed=1)
