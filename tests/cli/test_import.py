"""`sluicegate world import` as typed: what it answers, and every way in which it refuses."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HEADER = "metric,material,stage,place,period,value,unit"
GOOD = "production,antimony,mine,CHN,2024,70000,t"
BAD = "production,antimony,mine,Chnia,2024,-1,t"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str, name: str = "own.csv") -> Path:
        (tmp_path / name).write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
        return tmp_path / name

    return write


def imported(home: Path) -> list[str]:
    return [p.name for p in (home / "overlay").iterdir()] if (home / "overlay").exists() else []


def test_an_import_is_listed_asked_about_and_removed(document: Callable[..., Any], file: Callable[..., Path]) -> None:
    taken = document("world", "import", file(GOOD), "--publisher", "Example Survey", "--known-on", "2026-02-01")
    assert (taken["name"], taken["as"], taken["figures"]) == ("own", "tidy", 1)
    assert document("world", "import", "--list")["imports"][0]["sources"][0]["known_on"] == "2026-02-01"
    assert document("why", "own.own.production.antimony.mine.CHN.2024")["value"] == 70_000
    assert document("world", "import", "--remove", "own")["removed"] == "own"
    assert document("world", "import", "--list")["imports"] == []


def test_a_file_with_a_thousand_errors_makes_a_short_message_and_a_whole_document(
    sluicegate: Callable[..., Any], file: Callable[..., Path], own_home: Path
) -> None:
    path = file(*(BAD.replace("2024", str(1950 + n // 12)) for n in range(500)))
    told, whole = sluicegate("world", "import", path), sluicegate("world", "import", path, "--json")
    assert told.exit_code == whole.exit_code == 2
    assert told.stdout == ""
    assert len(told.stderr.splitlines()) < 30
    document = json.loads(whole.stdout)
    assert document["count"] == len(document["problems"]) > 1_000
    assert set(document["problems"][0]) == {"row", "column", "found", "expected", "file"}
    assert imported(own_home) == []


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), "nothing to import"),
        (("no-such.csv",), "no such file"),
        (("--as", "excel", "no-such.csv"), "unknown form"),
        (("--as", "comtrade"), "network is off"),
        (("--year", "24", "no-such.csv"), "--year"),
        (("--code", "2846", "no-such.csv"), "--code"),
        (("--reporter", "Chnia", "no-such.csv"), "China"),
        (("--known-on", "2026-13-01", "no-such.csv"), "--known-on"),
        (("--published", "26", "{file}"), "year"),
        (("--name", "../up", "{file}"), "--name"),
        (("--remove", "no-such"), "unknown import"),
    ],
)
def test_what_cannot_be_is_refused_in_one_message(
    sluicegate: Callable[..., Any], file: Callable[..., Path], own_home: Path, options: tuple[str, ...], found: str
) -> None:
    path = str(file(GOOD))
    result = sluicegate("world", "import", *(o.replace("{file}", path) for o in options))
    assert result.exit_code == 2
    assert found in result.stderr
    assert "Traceback" not in result.stderr
    assert imported(own_home) == []


def test_the_key_is_in_no_output_and_no_file(
    sluicegate: Callable[..., Any], file: Callable[..., Path], own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMTRADE_KEY", "a-secret-key")
    results = [sluicegate("world", "import", file(GOOD)), sluicegate("world", "import", "--help"),
               sluicegate("world", "import", "--as", "comtrade", "--network", "--year", "2024")]  # fmt: skip
    assert "a-secret-key" not in "".join(r.output for r in results)
    assert not any(b"a-secret-key" in p.read_bytes() for p in own_home.rglob("*") if p.is_file())


def test_the_schema_file_is_json_for_other_tools(document: Callable[..., Any]) -> None:
    assert {"metric", "value", "unit"} <= {f["name"] for f in document("world", "import", "--schema-file")["fields"]}


def small_files() -> None:
    """No file may grow beyond 2 kB: as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_a_full_disk_leaves_nothing_half_imported(file: Callable[..., Path], own_home: Path) -> None:
    start = [sys.executable, "-c", "from sluicegate.cli import main; main()", "world", "import", str(file(GOOD))]
    done = subprocess.run(start, capture_output=True, text=True, timeout=600, env=os.environ | {"COLUMNS": "100"},
                          preexec_fn=small_files)  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert imported(own_home) == []
