"""One desk for all tests of a module, and its one person's browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sluicegate.web.app import create_app
from sluicegate.web.settings import Settings


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The browser of a desk of one that no worker runs behind."""
    folder: Path = tmp_path_factory.mktemp("desk")
    app = create_app(Settings(database=f"sqlite:///{folder / 'desk.db'}", token="start-up", workers=0))
    client = TestClient(app, base_url="http://127.0.0.1:8321", raise_server_exceptions=False)
    client.get("/?token=start-up")
    yield client
    app.state.engine.dispose()
