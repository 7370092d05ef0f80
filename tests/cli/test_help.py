"""Every command and option says what it is for; the command line starts without the heavy libraries."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer.main

from sluicegate.cli.app import app


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with the words that call it."""
    if not hasattr(command, "commands"):
        yield path, command
        return
    if command.invoke_without_command:
        yield path, command
    for name, inner in command.commands.items():
        yield from commands(inner, (*path, name))


ALL = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_documents_every_option(sluicegate: Callable[..., Any], path: tuple[str, ...]) -> None:
    result = sluicegate(*path, "--help")
    assert result.exit_code == 0
    assert ALL[path].help
    for parameter in ALL[path].params:
        assert parameter.help, f"{' '.join(path)}: {parameter.name} has no help"
        assert parameter.opts[0] in result.stdout or parameter.metavar in result.stdout


@pytest.mark.parametrize("path", [p for p in ALL if p not in [("scenario", "new"), ("desk",)]], ids=" ".join)
def test_every_command_takes_json(path: tuple[str, ...]) -> None:
    assert "--json" in {o for p in ALL[path].params for o in p.opts}


HEAVY = ("numpy", "pandas", "scipy", "xarray", "trafilatura", "pydantic", "sluicegate.world", "sluicegate.sim")


@pytest.mark.parametrize("module", ["sluicegate", "sluicegate.cli"])
def test_importing_is_light(module: str) -> None:
    code = f"import sys, {module}; print(*[m for m in {HEAVY} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""
