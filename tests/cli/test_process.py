"""The installed command as a process: pipes that close, disks that fill."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

START = [sys.executable, "-c", "from sluicegate.cli import main; main()"]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and pipes of Linux")


def run(*arguments: object, before: Callable[[], None] | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"COLUMNS": "100"} | more
    return subprocess.run([*START, *map(str, arguments)], capture_output=True, text=True, timeout=600,
                          env=environment, preexec_fn=before)  # fmt: skip


def small_files() -> None:
    """No file may grow beyond 20 kB: as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_a_reader_that_leaves_ends_it_quietly() -> None:
    with subprocess.Popen([*START, "world", "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    done = run("run", "gallium-germanium-2023", "--draws", 1, "--out", tmp_path / "out", before=small_files,
               SLUICEGATE_HOME=str(tmp_path / "home"))  # fmt: skip
    assert done.returncode == 2
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_out_writes_what_other_tools_read_and_prints_plain_text(tmp_path: Path) -> None:
    import pandas as pd
    import xarray as xr

    done = run("run", "april-2025", "--draws", 2, "--out", tmp_path / "out", SLUICEGATE_HOME=str(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
    with xr.open_dataset(tmp_path / "out" / "result.nc", engine="h5netcdf") as result:
        assert result.sizes["draw"] == 2
    assert "share_short.q50" in pd.read_parquet(tmp_path / "out" / "shortages.parquet").columns
    assert "<html" in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert len(list((tmp_path / "out").iterdir())) == 5
    page = done.stdout.partition("wrote ")[0]
    assert page.startswith("China licenses seven rare earths")
    assert "\x1b" not in page
    assert max(map(len, page.splitlines())) <= 100
