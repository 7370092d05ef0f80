"""V3: the same trajectories as BoARIO's `ARIOPsiModel`, for every event it has, day by day."""

import logging
import warnings

import numpy as np
import pandas as pd
import pytest

from sluicegate.sim.ario import ArbitraryLoss, CapitalLoss, Rebuilding, Settings, simulate

DAYS = 365
pymrio = pytest.importorskip("pymrio", reason="the extra `mrio` is not installed")
pytest.importorskip("boario", reason="BoARIO (GPL, for comparison only) is not installed")
RECOVERIES = ["linear", "convexe", "convexe noscale", "concave"]
SECTORS = tuple(sorted(pymrio.load_test().get_sectors()))
ENDLESS = {s: np.inf if s in SECTORS[1:4:2] else 15.0 for s in SECTORS}
WAYS = {
    "as it comes": ({}, {}),
    "fixed orders": ({"order_type": "noalt"}, {"orders": "fixed"}),
    "little stock": ({"main_inv_dur": 15}, {"inventory_days": 15.0}),
    "endless stocks": ({"main_inv_dur": 15, "infinite_inventories_sect": list(SECTORS[1:4:2])},
                       {"inventory_days": ENDLESS}),
    "little stock, fixed orders, other pace": (
        {"main_inv_dur": 15, "order_type": "noalt", "alpha_max": 1.5, "alpha_tau": 100, "psi_param": 0.9,
         "inventory_restoration_tau": 30},
        {"inventory_days": 15.0, "orders": "fixed", "overproduction_max": 1.5, "overproduction_days": 100.0,
         "psi": 0.9, "restoration_days": 30.0}),
}  # fmt: skip


@pytest.fixture(scope="module")
def system():
    loaded = pymrio.load_test()
    loaded.calc_all()
    return loaded


@pytest.fixture(scope="module")
def boario(system):
    """Run BoARIO, quietly: it warns about every default."""

    def run(how, **event):
        logging.disable(logging.CRITICAL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from boario.event import from_series
            from boario.extended_models import ARIOPsiModel
            from boario.simulation import Simulation

            model = ARIOPsiModel(system, monetary_factor=10**6, **how)
            simulation = Simulation(model, n_temporal_units_to_sim=DAYS)
            lost = event.pop("lost")
            index = pd.MultiIndex.from_tuples(lost, names=["region", "sector"])
            simulation.add_event(from_series(pd.Series(list(lost.values()), index=index), occurrence=5, **event))
            simulation.loop()
        logging.disable(logging.NOTSET)
        assert not simulation.has_crashed
        return simulation

    return run


def _agree(ours, theirs, bound=1e-12):
    made = theirs.production_realised.to_numpy()
    np.testing.assert_allclose(ours.production, made, rtol=bound)
    np.testing.assert_allclose(ours.unmet, theirs.final_demand_undist.to_numpy(), atol=1e-9 * made.max())
    return np.abs(made / made[0] - 1).max(axis=0)


def _capital(table, share):
    return {i: share * 4 * table.value_added[table.place(*i)] for i in table.industries[:4]}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("recovery", RECOVERIES)
def test_a_loss_for_any_reason_runs_as_in_boario(recovery, way, shipped, boario):
    lost, (theirs, ours) = dict.fromkeys(shipped.industries[:3], 0.6), WAYS[way]
    told = boario(theirs, lost=lost, event_type="arbitrary", duration=90, recovery_tau=60, recovery_function=recovery)
    run = simulate(shipped, [ArbitraryLoss(5, 90, lost, 60, recovery)], Settings(compatible=True, **ours), days=DAYS)
    moved = _agree(run, told)
    assert (moved > 1e-6).sum() >= (47 if way == "as it comes" else 48)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("recovery", RECOVERIES)
def test_capital_that_comes_back_runs_as_in_boario(recovery, way, shipped, boario):
    lost, (theirs, ours) = _capital(shipped, 0.5), WAYS[way]
    told = boario(theirs, lost=lost, event_type="recovery", duration=40, recovery_tau=60, recovery_function=recovery,
                  event_monetary_factor=10**6)  # fmt: skip
    run = simulate(shipped, [CapitalLoss(5, 40, lost, 60, recovery)], Settings(compatible=True, **ours), days=DAYS)
    assert (_agree(run, told) > 1e-6).sum() >= 45


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("days", [30, 60])
def test_capital_that_is_built_anew_runs_as_in_boario(days, way, shipped, boario):
    lost, (theirs, ours) = _capital(shipped, 0.3), WAYS[way]
    builders = {SECTORS[2]: 0.7, SECTORS[4]: 0.3}
    told = boario(theirs, lost=lost, event_type="rebuild", duration=20, rebuild_tau=days, rebuilding_sectors=builders,
                  event_monetary_factor=10**6)  # fmt: skip
    run = simulate(shipped, [Rebuilding(5, 20, lost, builders, days)], Settings(compatible=True, **ours), days=DAYS)
    assert (_agree(run, told) > 1e-6).all()


def test_households_that_rebuild_too_run_as_in_boario(shipped, boario):
    lost, builders = _capital(shipped, 0.2), {SECTORS[2]: 1.0}
    houses = {shipped.final[0]: 200_000.0, shipped.final[1]: 90_000.0}
    index = pd.MultiIndex.from_tuples(houses, names=["region", "category"])
    hurt = pd.Series(list(houses.values()), index=index)
    told = boario({}, lost=lost, event_type="rebuild", duration=20, rebuild_tau=60, event_monetary_factor=10**6,
                  rebuilding_sectors=builders, households_impact=hurt)  # fmt: skip
    run = simulate(shipped, [Rebuilding(5, 20, lost, builders, 60, houses)], Settings(compatible=True), days=DAYS)
    _agree(run, told)


@pytest.mark.parametrize("share", [1e-3, 1e-2, 0.95])
def test_from_a_thousandth_to_nearly_all_the_runs_agree(share, shipped, boario):
    lost = dict.fromkeys(shipped.industries[:3], share)
    told = boario({}, lost=lost, event_type="arbitrary", duration=150, recovery_tau=60)
    _agree(simulate(shipped, [ArbitraryLoss(5, 150, lost, 60)], Settings(compatible=True), days=DAYS), told)


def test_the_gates_that_only_boario_has_matter_for_small_losses_alone(shipped, boario):
    lost = dict.fromkeys(shipped.industries[:3], 1e-4)
    told = boario({}, lost=lost, event_type="arbitrary", duration=60, recovery_tau=60)
    run = simulate(shipped, [ArbitraryLoss(5, 60, lost, 60)], Settings(compatible=True), days=DAYS)
    _agree(run, told, bound=1e-9)
