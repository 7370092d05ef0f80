"""A file is there in full, or as it was before."""

import errno
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sluicegate.terms import InputError
from sluicegate.terms.writing import write_together, write_whole


def full(_: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(first=st.binary(), second=st.text())
def test_what_is_written_is_what_is_read(tmp_path: Path, first: bytes, second: str) -> None:
    paths = write_together(tmp_path, {"a": first, "b": second})
    assert (paths[0].read_bytes(), paths[1].read_bytes()) == (first, second.encode())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "a", "old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        write_whole(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_files_that_belong_together_appear_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = iter([None, full])
    monkeypatch.setattr(os, "fsync", lambda n: (next(calls) or (lambda _: None))(n))
    with pytest.raises(InputError):
        write_together(tmp_path, {"a": "1", "b": "2"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        write_whole(tmp_path / "nowhere" / "a", "x")


def test_others_may_read_what_we_write(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "x")
    (tmp_path / "plain").write_text("x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_what_a_killed_process_left_is_swept_and_what_a_live_one_writes_is_not(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    start = f".writing-{platform.node() or 'here'}"
    left = [tmp_path / f"{start}-{n}-abc" for n in (dead.pid, os.getpid())]
    for folder in left:
        folder.mkdir()
    write_whole(tmp_path / "a", "x")
    assert [folder.is_dir() for folder in left] == [False, True]
