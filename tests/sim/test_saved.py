"""What is saved is what is read, and a file is there whole or not at all."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sluicegate.scenario import Scenario
from sluicegate.sim.saved import TABLES, read_saved, save_netcdf
from sluicegate.terms import InputError


@pytest.fixture(scope="module")
def result(ask, control):
    return ask(control("magnet", kind="licence"), weeks=30, draws=6)


def test_the_dataset_comes_back_the_same(result, tmp_path: Path):
    result.save(tmp_path / "run.nc")
    with read_saved(tmp_path / "run.nc") as read:
        xr.testing.assert_identical(read.load(), result.dataset())


def test_parts_make_the_same_file_as_the_whole(result, tmp_path: Path):
    whole = result.dataset()
    parts = (whole.isel(draw=slice(a, a + 4)) for a in (0, 4))
    with read_saved(save_netcdf(tmp_path / "parts.nc", parts, 6)) as read:
        xr.testing.assert_identical(read.load(), whole)


def test_every_variable_has_its_unit_and_a_long_name(result, tmp_path: Path):
    result.save(tmp_path / "run.nc")
    with xr.open_dataset(tmp_path / "run.nc") as read:
        assert all({"units", "long_name"} <= read[name].attrs.keys() for name in read.data_vars)
        assert Scenario.model_validate_json(read.attrs["scenario_json"]) == result.scenario
        assert {"seed", "model_version", "dataset_version", "world_digest"} <= read.attrs.keys()


def test_long_tables_hold_the_same_numbers(result, tmp_path: Path):
    result.save(tmp_path / "run")
    uses = pd.read_parquet(tmp_path / "run" / "uses.parquet").set_index(["use", "week", "draw"])
    expected = result.dataset()["used"].to_series()
    assert np.array_equal(uses["used_t_per_week"].loc[expected.index], expected)
    assert sorted(p.stem for p in (tmp_path / "run").glob("*.parquet")) == sorted(TABLES)


def test_a_file_that_cannot_be_finished_leaves_the_old_one(result, tmp_path: Path):
    (tmp_path / "run.nc").write_text("old")
    with pytest.raises(ValueError, match="6 draws"):
        save_netcdf(tmp_path / "run.nc", [result.dataset()], 7)
    assert (tmp_path / "run.nc").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["run.nc"]


@pytest.mark.parametrize("content", [b"", b"not netcdf", None])
def test_a_file_that_is_none_of_ours_is_refused(content, tmp_path: Path):
    path = tmp_path / "x.nc"
    if content is None:
        xr.Dataset({"a": 1}).to_netcdf(path, engine="h5netcdf")
    else:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"x\.nc"):
        read_saved(path)


def test_columns_say_what_a_row_is_and_carry_their_unit(result, tmp_path: Path):
    result.save(tmp_path / "run")
    columns = {name: list(pd.read_parquet(tmp_path / "run" / f"{name}.parquet").columns) for name in TABLES}
    assert {"use", "product", "industry", "place", "week", "draw", "used_t_per_week", "stock_t"} < {*columns["uses"]}
    assert {"origin", "destination", "exports_t_per_week", "imports_t_per_week"} < {*columns["links"]}
    assert columns["prices"] == ["area", "product", "week", "draw", "price", "wanted_stock_t"]
