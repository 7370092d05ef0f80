"""One desk for all tests of a module, and its one person's browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sluicegate.web.app import create_app
from sluicegate.web.settings import Settings


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def alone(request: pytest.FixtureRequest, fresh: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The browser of a desk of one that no worker runs behind, on either kind of database."""
    with fresh(request.param, tmp_path_factory.mktemp("desk")) as address:
        app = create_app(Settings(database=address, token="start-up", workers=0))
        client = TestClient(app, base_url="http://127.0.0.1:8321", raise_server_exceptions=False)
        client.get("/?token=start-up")
        yield client
        app.state.engine.dispose()
