"""The wheel carries the whole package, and answers without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
START = "from sluicegate.cli import main; main()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True,
                   capture_output=True, timeout=600)  # fmt: skip
    return next(folder.glob("sluicegate-*.whl"))


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    ours = {str(p.relative_to(SOURCE)) for p in (SOURCE / "sluicegate").rglob("*")
            if p.is_file() and "__pycache__" not in p.parts}  # fmt: skip
    assert ours - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_the_wheel_carries_no_test_and_no_working_material(wheel: Path) -> None:
    top = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"sluicegate"}


@pytest.mark.parametrize(
    "question",
    [
        ("check", "--hs", "850511", "--from", "CN", "--to", "DE", "--on", "2025-06-01"),
        ("world", "show", "dysprosium oxide"),
        ("world", "import", "--schema-file"),
        ("claims", "article.txt"),
        ("desk", "backup", "copy.zip"),
    ],
    ids=" ".join,
)
def test_the_unpacked_wheel_answers_elsewhere(wheel: Path, tmp_path: Path, question: tuple[str, ...]) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "article.txt").write_bytes((ROOT / "examples" / "april-2025.txt").read_bytes())
    where = {"PYTHONPATH": str(tmp_path / "site"), "SLUICEGATE_HOME": str(tmp_path / "home")}
    told = "import sluicegate, sys; print(sluicegate.__file__, file=sys.stderr); "
    done = subprocess.run([sys.executable, "-c", told + START, *question], capture_output=True, text=True, timeout=600,
                          cwd=tmp_path, env=os.environ | where)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "site") in done.stderr
    assert done.stdout.strip()
