"""V5: when a line runs out and when it runs again, against closed forms."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtri

from sluicegate.sim.compile import COVER_CLASSES
from sluicegate.sim.prepare import COVER_SPREAD

GALLIUM, LINE = "gallium, low purity", "radar|USA"
STILL = {"gallium and germanium: leak_share": 0.0, "thrift": 0.0, "overtime": 0.0, "order limit": 1.0}


def _with_transit(toy, weeks):
    """The toy world with the radar maker's only source of gallium some weeks away."""
    flows = toy.flows.copy()
    there = (flows["product"] == GALLIUM) & (flows["destination"] == "USA")
    flows.loc[there, "transit_weeks"] = weeks
    return replace(toy, flows=flows)


def _class_covers(cover):
    return sorted(cover * np.exp(COVER_SPREAD * ndtri(COVER_CLASSES)))


def _first_below(service, share):
    return int(np.argmax(service < share - 1e-6))


@pytest.mark.parametrize("transit", [0, 2, 7])
@pytest.mark.parametrize("cover", [1.3, 4.0, 11.0])
def test_each_cover_class_stops_when_stock_and_pipeline_are_used_up(cover, transit, toy, ask, calm, control, row):
    held = calm | STILL | {"cover: line": cover}
    run = ask(control(GALLIUM, week=10), world=_with_transit(toy, transit), fixed=held, draws=1, weeks=60)
    service = run.record.service[row(run, LINE, GALLIUM), :, 0]
    starts = [_first_below(service, left) for left in (1, 2 / 3, 1 / 3)]
    expected = [10 + transit + c for c in _class_covers(cover)]
    assert np.abs(np.array(starts) - expected).max() <= 1


@pytest.mark.parametrize("cut", [0.3, 0.6, 1.0])
def test_a_constant_cut_stops_a_line_after_pipeline_plus_stock_over_cut(cut, ask, calm, control, row):
    cover, transit = 6.0, 4
    run = ask(control(GALLIUM, week=10, share=cut), fixed=calm | STILL | {"cover: line": cover}, draws=1, weeks=80)
    service = run.record.service[row(run, LINE, GALLIUM), :, 0]
    expected = [10 + transit + c / cut for c in _class_covers(cover)]  # decision formula of days until pain, no thrift
    starts = [_first_below(service, 1), _first_below(service, 1 - cut / 3), _first_below(service, 1 - 2 * cut / 3)]
    assert np.abs(np.array(starts) - expected).max() <= 1


@pytest.mark.parametrize(("transit", "until"), [(0, 40), (3, 40), (7, 52)])
def test_a_line_runs_again_one_transit_after_the_ban_is_lifted(transit, until, toy, ask, calm, control, row):
    run = ask(control(GALLIUM, week=10, until=until), world=_with_transit(toy, transit), fixed=calm | STILL, draws=1)
    service = run.record.service[row(run, LINE, GALLIUM), :, 0]
    assert service[until + transit - 1] < 1e-6
    assert service[until + transit] > 1 - 1e-6


def test_a_stock_that_outlasts_the_halt_keeps_every_line_running(ask, calm, control):
    halt = control("magnet", "cerium oxide", "neodymium oxide", GALLIUM, week=10, until=18)
    run = ask(halt, fixed=calm | {"cover: line": 24, "cover: maker": 24}, draws=1)
    assert run.record.service.min() > 1 - 1e-6
    assert run.record.lost_share.max() < 1e-6
    arrived = run.record.imports.sum(axis=0)[:, 0] / run.record.imports[:, 0, 0].sum()
    assert arrived[15:20].min() < 0.5  # the trough
    assert arrived[20:40].max() > 1.05  # the rebound
