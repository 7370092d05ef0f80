"""Long ensembles through the door: what is saved equals a plain run, whatever was asked for."""

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import sluicegate
from sluicegate.scenario import load_scenario
from sluicegate.sim import focused, simulate
from sluicegate.sim.saved import read_saved
from sluicegate.terms import InputError, NotFoundError
from sluicegate.world import load_world

NAME = "gallium-germanium-2023"


@pytest.fixture(scope="module")
def plain() -> xr.Dataset:
    scenario = load_scenario(NAME, load_world())
    world = focused(load_world(scenario.as_of), scenario)
    return simulate(scenario, world, draws=20, seed=1).dataset()


def test_a_file_written_block_by_block_is_that_of_one_run(plain: xr.Dataset, tmp_path: Path, home: Path) -> None:
    document = sluicegate.ensemble(NAME, save=tmp_path / "x.nc", draws=20, block=8)
    with read_saved(tmp_path / "x.nc") as read:
        xr.testing.assert_identical(read.load(), plain)
    assert (document["blocks"], document["files"]) == (3, [str(tmp_path / "x.nc")])
    assert list((home / "ensembles").iterdir()) == []  # nothing is left once the file is whole


def test_statistics_are_those_of_all_draws(plain: xr.Dataset, tmp_path: Path) -> None:
    sluicegate.ensemble(NAME, save=tmp_path / "x.nc", variables=["price"], statistics=True, draws=20, block=8)
    with xr.open_dataset(tmp_path / "x.nc") as read:
        assert list(read.data_vars) == ["price"]
        np.testing.assert_allclose(read["price"].sel(statistic="q50"), plain["price"].median("draw"), rtol=1e-6)
    assert [p.name for p in tmp_path.iterdir()] == ["x.nc"]


def test_needs_are_told_without_a_file_and_grow_with_the_draws() -> None:
    few, more, many = (sluicegate.ensemble(NAME, draws=n)["needs"] for n in (256, 512, 1024))
    assert many["memory_bytes"] == few["memory_bytes"]  # a block
    for need in ("memory_bytes_in_one_piece", "disk_bytes_at_most"):
        assert many[need] - more[need] == pytest.approx(2 * (more[need] - few[need]), rel=0.001)
        assert more[need] > few[need] > 0
    assert few["seconds"] > 0


@pytest.mark.parametrize(("how", "error"), [
    ({"variables": ["prise"]}, NotFoundError), ({"block": 0}, InputError), ({"draws": 0}, InputError),
    ({"seed": 1.5}, InputError), ({"statistics": True}, InputError), ({"save": "nowhere/x.nc"}, InputError),
    ({"save": "folder", "statistics": True}, InputError), ({"block": 10**8, "draws": 10**8}, InputError),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_before_anything_runs(how: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        sluicegate.ensemble(NAME, **how)  # type: ignore[arg-type]


def test_a_saved_run_holds_the_draws_its_answer_was_read_from(tmp_path: Path) -> None:
    from sluicegate.desk.run import run_scenario

    document, ran = run_scenario(NAME, draws=16, save=tmp_path / "x.nc")
    with read_saved(Path(document["saved"][0])) as read:
        xr.testing.assert_identical(read.load(), ran.result.dataset())
