"""Examples marked `<!-- run -->` in the documents work as they stand; `<!-- file: NAME -->` blocks are written first.

`exit=2` names the exit code, `same` says that the output shown is the output. Runs take few draws.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sluicegate.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"<!-- (run|file:)\s*(.*?) ?-->\n```(\w+)\n(.*?)```", re.DOTALL)
TAKES_DRAWS = {"brief", "downstream", "run", "edge", "exposure", "series"}


def blocks(page: Path) -> list[tuple[str, str, str, str]]:
    """Kind, options, language and text of each marked block."""
    return [match.groups() for match in BLOCK.finditer(page.read_text("utf-8"))]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with the bundled article, and a place for runs of its own."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=lambda p: p.stem)
def test_the_examples_of_a_page_work_in_order(page, desk):
    for kind, options, language, text in blocks(page):
        if kind == "file:":
            (desk / options).parent.mkdir(parents=True, exist_ok=True)
            (desk / options).write_text(text, "utf-8")
        elif language == "python":
            exec(compile(text, page.name, "exec"), {"__name__": page.stem})
        else:
            run_console(text, options)


def run_console(text: str, options: str) -> None:
    """Run each `$ ` line; compare what follows when the block says that it is the output."""
    code = int((re.search(r"exit=(\d)", options) or [0, 0])[1])
    for command, shown in re.findall(r"^\$ sluicegate (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
        arguments = shlex.split(command)
        few = ["--draws", "16"] if arguments[0] in TAKES_DRAWS else []
        done = CliRunner().invoke(app, arguments + few)
        assert done.exit_code == code, f"{command}: {done.output}"
        assert done.output.strip(), command
        if "same" in options:
            assert done.output == shown, command


def test_the_command_is_installed_beside_python():
    script = Path(sys.executable).parent / "sluicegate"
    done = subprocess.run([script, "--help"], capture_output=True, text=True, check=True)
    assert "from the news to the number" in done.stdout
