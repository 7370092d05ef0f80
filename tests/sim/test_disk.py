"""What will be written is known before a run starts; a disk that fills all the same leaves nothing half-written."""

import errno
import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import sluicegate
from sluicegate.desk.run import run_scenario
from sluicegate.sim import saved, simulate
from sluicegate.sim.checkpoint import Checkpoint
from sluicegate.sim.disk import HEAD, blocks_bytes, dataset_bytes, require_disk, rows_shown, tables_bytes
from sluicegate.sim.ensemble import ensemble
from sluicegate.sim.result import SHOWN
from sluicegate.sim.saved import read_saved, save, save_netcdf, save_tables
from sluicegate.terms import InputError

NAME = "gallium-germanium-2023"


@pytest.fixture(scope="module")
def run(toy, scenario, control):
    return simulate(scenario(control("magnet"), weeks=60), toy, draws=600, seed=2, threads=1)


@pytest.fixture
def disk(monkeypatch):
    """A disk with so many bytes free, wherever one looks."""

    def free(number):
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(total=10**15, used=0, free=number))

    return free


def test_a_dataset_takes_four_bytes_a_row_week_and_draw(run):
    data = run.dataset()
    assert dataset_bytes(run.model, SHOWN, 600) - HEAD == sum(v.nbytes for v in data.data_vars.values())
    assert {shown: data[shown].size for shown, *_ in SHOWN.values()} == {
        SHOWN[name][0]: rows * 60 * 600 for name, rows in rows_shown(run.model).items()
    }


def test_files_are_no_larger_than_was_told(run, tmp_path):
    save(tmp_path / "all", run.dataset())
    tables = sum((tmp_path / "all" / f"{name}.parquet").stat().st_size for name in saved.TABLES)
    assert (tmp_path / "all" / "result.nc").stat().st_size < dataset_bytes(run.model, SHOWN, 600)
    assert tables < tables_bytes(run.model, SHOWN, 600)


@pytest.fixture
def own_home(tmp_path_factory, monkeypatch):
    """Runs are kept in a folder of the test."""
    folder = tmp_path_factory.mktemp("own-home")
    monkeypatch.setenv("SLUICEGATE_HOME", str(folder))
    return folder


def test_blocks_take_what_was_told_and_those_that_are_kept_no_more(run, toy, own_home):
    told = blocks_bytes(run.model, ("price", "exports"), 600)
    ensemble(run.scenario, toy, draws=600, seed=2, block=32, variables=("price", "exports"))
    kept = sum(file.stat().st_size for file in (own_home / "ensembles").rglob("*.npz"))
    assert kept < 1.01 * told  # blocks are not filled up to whole ones, as in memory
    assert kept > 0.9 * told
    assert blocks_bytes(run.model, ("price", "exports"), 600) < 0.1 * told


def test_places_on_one_disk_share_its_room(disk, tmp_path):
    disk(1000)
    require_disk([(tmp_path / "a.nc", 500), (tmp_path / "new" / "folder", 500)])
    with pytest.raises(InputError, match="1 kB of disk are needed and 1 kB are free") as refused:
        require_disk([(tmp_path / "a.nc", 500), (tmp_path / "new" / "folder", 501)])
    assert str(tmp_path) in str(refused.value)
    assert "Free some space" in str(refused.value)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("ask", [
    lambda to: sluicegate.ensemble(NAME, save=to / "x.nc", draws=64),
    lambda to: sluicegate.ensemble(NAME, save=to / "x.nc", draws=64, statistics=True),
    lambda to: sluicegate.ensemble(NAME, save=to / "folder", draws=64),
    lambda to: run_scenario(NAME, save=to / "x.nc", draws=64),
    lambda to: run_scenario(NAME, save=to / "folder", draws=64),
    lambda to: run_scenario(NAME, out=to / "folder", draws=64),
])  # fmt: skip
def test_what_the_disk_has_no_room_for_is_refused_before_anything_runs(ask, disk, tmp_path, own_home, monkeypatch):
    monkeypatch.setattr("sluicegate.sim.run.run_block", None)
    monkeypatch.setattr("sluicegate.sim.run._kernel", None)  # nothing is run
    disk(3_000_000)
    with pytest.raises(InputError, match="of disk are needed and 3 MB are free"):
        ask(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert not list(own_home.rglob("*.npz"))


@pytest.fixture(params=["real", "patched"])
def full(request, tmp_path, monkeypatch):
    """A folder on a disk of 3 MB; where none can be mounted, or to be sure, one whose writes fail from 3 MB on."""
    if request.param == "real":
        mounted = shutil.which("mount") and os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", tmp_path], capture_output=True, check=False)  # fmt: skip
        if not mounted or mounted.returncode:
            pytest.skip("no disk can be mounted here")
        yield tmp_path
        subprocess.run(["umount", "-l", tmp_path], check=True)
        return
    left = SimpleNamespace(total=3_000_000, used=0, free=3_000_000)

    def usage(_):
        return SimpleNamespace(free=left.free - sum(f.stat().st_size for f in tmp_path.rglob("*") if f.is_file()))

    def fails(*_given, **_how):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    real = np.savez
    monkeypatch.setattr(shutil, "disk_usage", usage)
    monkeypatch.setattr(np, "savez", lambda *a, **k: real(*a, **k) if usage(0).free > 2_000_000 else fails())
    monkeypatch.setattr(saved, "_frames", fails)
    yield tmp_path


def test_a_disk_that_fills_leaves_what_was_saved_and_nothing_half_written(full, run, ask):
    small = ask(draws=3, weeks=30).dataset()
    save_netcdf(full / "x.nc", [small], 3)
    large = run.dataset()
    for name, write in (("x.nc", lambda: save_netcdf(full / "x.nc", [large], 600)),
                        ("new.nc", lambda: save_netcdf(full / "new.nc", [large], 600)),
                        ("tables", lambda: save_tables(full / "tables", [large])),
                        ("all", lambda: save(full / "all", large))):  # fmt: skip
        with pytest.raises(InputError) as told:
            write()
        assert f"{full / name}: cannot write (No space left on device)" in str(told.value)
        assert "\n" not in str(told.value)
        assert [p.name for p in full.iterdir()] == ["x.nc"]
    with read_saved(full / "x.nc") as read:
        assert read.load().identical(small)


def test_a_disk_that_fills_on_the_way_leaves_the_blocks_that_are_finished(full, run, toy):
    kept = Checkpoint(full / "kept")
    with pytest.raises(InputError, match=r"No space left on device.*goes on from the blocks that are finished"):
        ensemble(run.scenario, toy, draws=600, seed=2, block=16, checkpoint=kept)
    files = sorted(path.name for path in (full / "kept").iterdir())
    assert files
    assert all(name.endswith(".npz") for name in files)
    again = ensemble(run.scenario, toy, draws=16, seed=2, block=16, checkpoint=kept)  # from the first of them
    assert np.array_equal(again.record.exports, run.record.exports[..., :16])
    assert Path(full / "kept" / files[0]).stat().st_size > 0
