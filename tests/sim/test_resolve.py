"""From a control to borders: what the register fills in, which control holds a link, what was known when."""

from datetime import date

import numpy as np
import pytest

from sluicegate.regime import material_group
from sluicegate.scenario import Control, ParameterChange, load_scenario
from sluicegate.sim.control import resolve
from sluicegate.sim.practice import border_parameters
from sluicegate.sim.prepare import prepare
from sluicegate.sim.swing import office_swing


def test_number_18_of_2025_holds_seven_rare_earths_and_their_magnets_from_its_day():
    found = resolve(Control(register="CN-2025-18"))
    whole = {p for p, shares in found.products.items() if shares == (1, 1, 1)}
    assert whole == {
        "samarium oxide", "samarium metal", "gadolinium oxide", "terbium oxide", "terbium metal", "dysprosium oxide",
        "dysprosium metal", "yttrium oxide", "SmCo magnet", "NdFeB magnet, Dy/Tb",
    }  # fmt: skip
    assert found.origin == "CHN"
    assert found.announced_on == found.effective_from == date(2025, 4, 4)
    assert found.destinations == ()
    assert not found.ban


def test_magnets_that_are_not_listed_are_held_up_by_over_compliance(bundled, scenario):
    what = scenario(Control(register="CN-2025-18"), start=date(2025, 1, 6), as_of=date(2026, 11, 23))
    net = (compiled := prepare(what, bundled, draws=2, seed=1).compiled).net
    free = net.products.index("NdFeB magnet, Dy/Tb-free")
    magnets = next(b for b in compiled.knobs.borders if free in net.node_product[net.link_origin[b.links]])
    rows = net.node_product[net.link_origin[magnets.links]] == free
    assert (magnets.covered[rows] == 0).all()
    assert (magnets.overcomplied[rows] > 0).all()
    assert (magnets.overcomplied[~rows] == 0).all()


def test_a_quota_holds_nothing_by_over_compliance(bundled, scenario):
    quota = {"t_per_period": 9, "period": "year"}
    what = scenario(Control(register="CN-2025-18", kind="quota", quota=quota), start=date(2025, 1, 6), weeks=20)
    borders = prepare(what, bundled, draws=1, seed=1).compiled.knobs.borders
    assert borders
    assert not any(b.overcomplied.any() for b in borders)


def test_a_ban_by_reference_holds_what_the_measures_it_names_list():
    found = resolve(Control(register="CN-2024-46"))
    assert found.ban
    assert found.destinations == ("USA",)
    assert {material_group(p) for p in found.products} == {"gallium and germanium", "antimony"}


def test_the_end_of_a_halt_counts_only_once_it_is_known():
    halt = Control(register="CN-JP-HALT-2010")
    assert resolve(halt).ban
    assert resolve(halt, date(2011, 1, 1)).until == date(2010, 11, 25)
    assert resolve(halt, date(2010, 10, 1)).until is None


def test_what_a_control_states_itself_takes_precedence(day):
    found = resolve(Control(register="CN-2025-18", products={"yttrium oxide": 0.5}, effective_from=day(3), kind="ban"))
    assert found.products == {"yttrium oxide": (0.5, 0.5, 0.5)}
    assert found.effective_from == day(3)
    assert found.ban


def test_a_later_text_takes_over_the_links_it_touches_and_leaves_the_others(toy, scenario, control):
    early = control("magnet", week=5, name="early")
    late = control("magnet", week=20, name="late", destinations=("USA",))
    for order in ((early, late), (late, early)):
        net = (compiled := prepare(scenario(*order), toy, draws=1, seed=1).compiled).net
        held = {t: {(b.name, net.places[net.node_place[net.link_destination[e]]])
                    for b in compiled.knobs.borders for e in b.links if b.hold[t].any()} for t in (10, 30)}  # fmt: skip
        rest = {("early", "DEU"), ("early", "JPN")}
        assert held == {10: rest | {("early", "USA")}, 30: rest | {("late", "USA")}}


def test_goods_at_home_and_of_others_are_not_held(toy, scenario, control):
    net = (compiled := prepare(scenario(control("magnet")), toy, draws=1, seed=1).compiled).net
    links = compiled.knobs.borders[0].links
    assert {net.places[c] for c in net.node_place[net.link_origin[links]]} == {"CHN"}
    assert "CHN" not in {net.places[c] for c in net.node_place[net.link_destination[links]]}


@pytest.mark.parametrize("as_of", [date(2025, 4, 4), date(2025, 7, 1), date(2026, 11, 23)])
def test_nothing_that_became_known_later_is_used(as_of, bundled):
    what = load_scenario("april-2025", bundled).model_copy(update={"as_of": as_of})
    known = border_parameters(what)
    assert known
    assert all(p.known_on is None or p.known_on <= as_of for p in known.values())


def test_a_changed_practice_towards_one_place_holds_from_the_day_it_became_known_as_before(bundled):
    name = "magnets, JPN: review_weeks_mean"
    changed = {name: ParameterChange(p05=20, p50=30, p95=40, reason="try")}
    what = load_scenario("april-2025", bundled).model_copy(update={"as_of": date(2026, 6, 1), "parameters": changed})
    run = prepare(what, bundled, draws=2, seed=1)
    assert run.draws.parameters[name].known_on == border_parameters(what)[name].known_on == date(2026, 1, 8)


def test_practice_seen_by_july_differs_from_what_april_could_know(bundled):
    what = load_scenario("april-2025", bundled)
    days = date(2025, 4, 4), date(2025, 7, 1)
    april, july = (border_parameters(what.model_copy(update={"as_of": d})) for d in days)
    assert any(april[n] != july[n] for n in april.keys() & july.keys())
    assert any(p.known_on and p.known_on > date(2025, 4, 4) for p in july.values())


def test_a_day_by_which_licences_came_caps_the_start_of_the_office(toy, scenario, control, day):
    late = {"magnets: office_start_weeks": 30.0}
    what = control("magnet", kind="licence", week=10, first_licences_by=day(16))
    b = prepare(scenario(what, fixed=late), toy, draws=2, seed=1).compiled.knobs.borders[0]
    assert b.office_start == pytest.approx(6)


def test_an_easing_raises_what_passes_from_its_day_for_its_destinations(toy, scenario, control, day):
    easing = {"effective_from": day(40), "eligible_factor": 0.0, "eligible_at_least": 0.9, "destinations": ("USA",)}
    plain, eased = (
        prepare(scenario(control("magnet", kind="licence", easings=e)), toy, draws=2, seed=1).compiled
        for e in ((), (easing,))
    )
    (before,), (after,) = plain.knobs.borders, eased.knobs.borders
    net = eased.net
    usa = after.tier[[net.places[c] == "USA" for c in net.node_place[net.link_destination[after.links]]]]
    changed = (after.level != before.level).any(axis=2)
    assert not changed[:40].any()
    assert changed[40:, usa].all()
    assert not np.delete(changed, usa, axis=1).any()


def test_the_swing_of_an_office_has_mean_one_and_belongs_to_its_draw(toy, scenario, control):
    calm = {"CHN office: clampdown_per_year": 1e-9, "CHN office: swing_log_sd": 0.3}
    what = scenario(control("magnet", kind="licence"), weeks=60, fixed=calm)
    drawn = prepare(what, toy, draws=200, seed=1).draws
    swing = office_swing(what, drawn, "CHN")
    assert swing.mean() == pytest.approx(1, abs=0.03)
    assert np.log(swing[-1]).std() == pytest.approx(0.3, abs=0.05)
    assert np.array_equal(swing, office_swing(what, drawn, "CHN"))


def test_goods_of_other_minerals_have_their_own_tables_of_practice() -> None:
    assert material_group("natural graphite") == material_group("graphite anode material") == "graphite"
    assert {material_group(p) for p in ("bismuth metal", "cobalt hydroxide", "cadmium telluride")} == {"other minerals"}
    assert material_group("dysprosium oxide") == "rare earth raw materials"
