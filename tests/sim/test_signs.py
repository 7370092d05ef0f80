"""V6: each input turned up moves its outcome the right way, draw by draw."""

import numpy as np
import pytest

from sluicegate.sim import shortages

OFFICE = {"magnets: office_start_weeks": 8.0, "magnets: leak_share": 0.05, "magnets, USA: eligible share": -1.0,
          "magnets: review_weeks_mean": 8.0, "pending limit": 12.0, "CHN office: clampdown_per_year": 1e-9}  # fmt: skip
DRAWS = 6


def _loss(run, place="USA"):
    """(D,) value added lost by a place's lines, USD."""
    own = (run.lines["place"] == place).to_numpy()
    return run.lost_value_added()[own].sum(axis=(0, 1))


@pytest.mark.parametrize(
    ("name", "low", "high", "sign"),
    [
        ("theta", 0.2, 0.9, 1),
        ("magnets: office_start_weeks", 2.0, 26.0, 1),
        ("magnets, USA: eligible share", -2.0, 1.0, -1),
        ("magnets: leak_share", 0.0, 0.4, -1),
        ("cover: line", 2.0, 12.0, -1),
        ("thrift", 0.0, 0.4, -1),
        ("overtime", 0.0, 0.2, -1),
    ],
)
def test_an_input_moves_the_loss_the_right_way(name, low, high, sign, ask, control):
    what = control("magnet", kind="licence")
    less, more = (
        _loss(ask(what, fixed=OFFICE | {name: value}, draws=DRAWS, weeks=104)) for value in (low, high)
    )  # fmt: skip
    assert (sign * (more - less) >= -1e-3 * np.maximum(less, more)).all()
    assert sign * (more - less).mean() > 0


def test_more_cover_starts_a_shortage_later(ask, control):
    free = ask()
    starts = [
        next(s for s in shortages(ask(control("magnet"), fixed={"cover: line": c}), free) if s.place == "USA").starts
        for c in (3.0, 6.0, 12.0)
    ]
    assert starts[0].q50 < starts[1].q50 < starts[2].q50


def test_makers_that_serve_home_first_leave_others_with_more_of_the_loss(ask, day):
    outage = {"process": "making", "place": "CHN", "share": 0.6, "effective_from": day(10)}
    even, home = (ask(outages=[outage], fixed={"home preference": p}, draws=DRAWS) for p in (0.0, 0.95))
    assert (_loss(home, "DEU") + _loss(home, "USA") > _loss(even, "DEU") + _loss(even, "USA")).all()
    assert (_loss(home, "CHN") < _loss(even, "CHN")).all()


def test_a_second_source_lowers_the_loss_and_a_larger_one_lowers_it_more(ask, control, day):
    losses = [
        _loss(ask(control("magnet"), draws=DRAWS, second_sources=[
            {"place": "USA", "products": ("magnet",), "share_of_use": s, "start": day(12), "ramp_weeks": 8}]))
        for s in (0.0, 0.3, 0.9)
    ]  # fmt: skip
    assert (losses[0] > losses[1]).all()
    assert (losses[1] + 0.05 * losses[0] > losses[2]).all()  # buyers order less from others while it ramps up
    assert losses[1].mean() > losses[2].mean()


def test_a_ban_costs_at_least_as_much_as_a_licence(ask, control):
    how = {"draws": DRAWS, "weeks": 104}
    ban, licence = (_loss(ask(control("magnet", kind=k), **how)) for k in ("ban", "licence"))
    assert (ban >= licence * 0.999).all()
    assert ban.mean() > licence.mean()


def test_a_plant_abroad_lowers_the_loss_there(ask, control, day):
    plant = {"process": "making", "place": "DEU", "capacity_t_per_yr": 600, "start": day(5), "ramp_weeks": 10}
    without, built = (_loss(ask(control("magnet"), draws=DRAWS, plants=p), "DEU") for p in ([], [plant]))
    assert (built <= without).all()
    assert built.sum() < without.sum()
