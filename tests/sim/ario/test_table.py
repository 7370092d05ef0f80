"""Tables, settings and events that cannot be are refused in words."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.sim.ario import ArbitraryLoss, CapitalLoss, Rebuilding, Settings, Table, simulate
from sluicegate.sim.ario.iosystem import table_of
from sluicegate.sim.ario.system import read_system
from sluicegate.terms import InputError, NotFoundError


def _with(table, name, at, value):
    array = getattr(table, name).copy()
    array[at] = value
    return replace(table, **{name: array})


@pytest.mark.parametrize(
    ("name", "at", "value", "said"),
    [
        ("z", (0, 1), np.nan, "not numbers"),
        ("y", (0, 0), -1.0, "negative cells, first r0 / s0"),
        ("x", 2, 1e9, "is not their output, first r0 / s2"),
    ],
)
def test_a_table_that_cannot_be_is_refused(small, name, at, value, said):
    with pytest.raises(InputError, match=said):
        _with(small(), name, at, value)


def test_a_table_of_the_wrong_shape_is_refused(small):
    with pytest.raises(InputError, match="has shape"):
        replace(small(), regions=("r0",))


def test_a_table_without_output_is_refused():
    nothing = np.zeros((1, 1))
    with pytest.raises(InputError, match="no industry has any output"):
        Table(("a",), ("b",), nothing, nothing, np.zeros(1), (("a", "c"),))


def test_an_industry_without_output_is_let_be(small):
    table = small(2, 2)
    z, y, x = table.z.copy(), table.y.copy(), table.x.copy()
    z[3], y[3], z[:, 3] = 0, 0, 0
    x = z.sum(axis=1) + y.sum(axis=1)
    run = simulate(replace(table, z=z, y=y, x=x), [ArbitraryLoss(2, 5, {table.industries[0]: 0.5})], days=30)
    assert np.isfinite(run.production).all()
    assert (run.production[:, 3] == 0).all()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda i: ArbitraryLoss(5, 10, {i: 1.5}), "r0/s0 loses 1.5"),
        (lambda i: ArbitraryLoss(0, 10, {i: 0.5}), "start 0"),
        (lambda _: ArbitraryLoss(5, 10, {}), "nobody loses"),
        (lambda i: CapitalLoss(5, 10, {i: 1.0}, recovery_days=0), "takes 0 days"),
        (lambda i: CapitalLoss(5, 10, {i: 1.0}, 2, "concave"), "concave recovery of 2 days"),
        (lambda i: ArbitraryLoss(5, 10, {i: 0.5}, 9, "cubic"), "recovery 'cubic'"),
        (lambda i: ArbitraryLoss(5, 10, {i: np.nan}), "loses nan"),
        (lambda i: Rebuilding(5, 10, {i: 1.0}, {"s1": 0.5}), "add up to 0.5"),
        (lambda i: Rebuilding(5, 10, {i: 1.0}, {"s1": np.nan}), "add up to nan"),
        (lambda i: Rebuilding(5, 10, {i: 1.0}, {"s1": 1.0}, factor=-1.0), "factor -1.0"),
        (lambda i: Rebuilding(5, 10, {i: 1.0}, {"s1": 1.0}, 60, {("r0", "final"): -5.0}), "loses -5.0"),
    ],
)
def test_an_event_that_cannot_be_is_refused(small, make, said):
    with pytest.raises(InputError, match=said):
        make(small().industries[0])


def test_an_event_beyond_the_run_or_of_nobody_or_too_large_is_refused(small):
    table = small()
    with pytest.raises(InputError, match="in a run of 20"):
        simulate(table, [ArbitraryLoss(15, 10, {table.industries[0]: 0.5})], days=20)
    with pytest.raises(NotFoundError, match="nowhere"):
        simulate(table, [ArbitraryLoss(1, 1, {("nowhere", "s0"): 0.5})], days=20)
    with pytest.raises(InputError, match="of a capital of"):
        simulate(table, [CapitalLoss(1, 1, {table.industries[0]: 1e12})], days=20)


@pytest.mark.parametrize("days", [0, -3, 10**6])
def test_a_horizon_out_of_range_is_refused(small, days):
    with pytest.raises(InputError, match="days"):
        simulate(small(), days=days)


@pytest.mark.parametrize(
    "wrong", [{"psi": 0}, {"psi": 1.2}, {"orders": "x"}, {"overproduction_max": 0.5}, {"overproduction_days": 0}]
)
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        Settings(**wrong)


def test_days_by_sector_must_name_every_sector(small):
    with pytest.raises(InputError, match="unknown sectors"):
        simulate(small(), settings=Settings(inventory_days={"s0": 10.0, "s9": 10.0}), days=5)


def test_a_folder_pymrio_cannot_read_is_refused(tmp_path):
    pytest.importorskip("pymrio", reason="the extra `mrio` is not installed")
    with pytest.raises(InputError, match="no such file"):
        read_system(tmp_path / "none", "saved")
    (tmp_path / "x").mkdir()
    with pytest.raises(InputError, match="cannot read"):
        read_system(tmp_path / "x", "saved")


def test_a_system_saved_by_pymrio_is_read(tmp_path, shipped):
    pymrio = pytest.importorskip("pymrio", reason="the extra `mrio` is not installed")
    pymrio.load_test().save_all(tmp_path / "kept")
    again = read_system(tmp_path / "kept", "saved")
    np.testing.assert_array_equal(again.z, shipped.z)


def test_a_kind_that_nobody_knows_is_refused_and_a_missing_path_is_named(tmp_path):
    pytest.importorskip("pymrio")
    with pytest.raises(NotFoundError, match="exiobase3"):
        read_system(tmp_path, "exiobase")
    with pytest.raises(InputError, match="no such file"):
        read_system(None)


def test_negative_flows_between_industries_are_refused_not_clipped():
    pymrio = pytest.importorskip("pymrio")
    system = pymrio.load_test()
    system.Z.iloc[0, 1] = -5.0
    with pytest.raises(InputError, match="negative"):
        table_of(system)


def test_value_added_by_share_is_value_added(small):
    table = small()
    assert table.value_added_share * table.x == pytest.approx(table.value_added)
