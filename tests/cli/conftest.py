"""The command line in this process: arguments in, exit code and both outputs out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from sluicegate.cli.app import app
from sluicegate.sim.kernel.cache import COMPILING

Document = dict[str, Any]
ARTICLE = """Minerals and trade

Harbour Courier 2025-05-28

China imposed export controls on rare earths and magnets on April 4, 2025. China mines 80% of the world's antimony.
President Trump said China had agreed to resume shipments of rare earths to the United States.
"""


@pytest.fixture(scope="session")
def sluicegate() -> Callable[..., Result]:
    """`sluicegate("claims", path)` as typed, with what standard input holds."""

    def run(*arguments: object, standard_input: bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], input=standard_input, prog_name="sluicegate")

    return run


@pytest.fixture(scope="session")
def document(sluicegate: Callable[..., Result]) -> Callable[..., Any]:
    """The one JSON document a command prints."""

    def never(constant: str) -> None:
        raise AssertionError(f"{constant} in a JSON document")

    def ask(*arguments: object) -> Any:
        result = sluicegate(*arguments, "--json")
        assert result.exit_code == 0, result.output
        assert result.stderr.strip() in ("", COMPILING), "only the one note of a first run"
        return json.loads(result.stdout, parse_constant=never)

    return ask


@pytest.fixture(scope="session")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("article") / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def brief(document: Callable[..., Any], article: Path) -> Document:
    """The `brief` document of a short article."""
    return dict(document("brief", article, "--draws", 16))


@pytest.fixture(scope="session")
def ran(document: Callable[..., Any]) -> Document:
    """The `run` document of a bundled scenario."""
    return dict(document("run", "april-2025", "--draws", 16))
