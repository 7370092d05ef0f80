"""The interface keeps to its own description, whatever it is asked (schemathesis)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from sluicegate.store.job import add_job
from sluicegate.store.own_file import keep_file
from sluicegate.store.person import one_person
from sluicegate.web import jobs
from sluicegate.web.app import create_app
from sluicegate.web.settings import Settings

BEARER = {"Authorization": "Bearer start-up"}
MODEL = {"brief", "calibrate", "downstream", "edge", "ensemble", "exposure", "hindcast", "negotiate", "plan", "project"}
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.specs.openapi.checks.status_code_conformance,
    schemathesis.specs.openapi.checks.content_type_conformance,
    schemathesis.specs.openapi.checks.response_schema_conformance,
    schemathesis.specs.openapi.checks.ignored_auth,
]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The description of a desk that holds a job and a file; nobody computes, so heavy questions end as jobs."""
    path: Path = tmp_path_factory.mktemp("desk") / "desk.db"
    app = create_app(Settings(database=f"sqlite:///{path}", token="start-up", workers=0, jobs_open=10**6,
                              jobs_per_day=10**6))  # fmt: skip
    you = one_person(app.state.engine)
    keep_file(app.state.engine, you.id, "company", "mine", b"name: x")
    add_job(app.state.engine, you.id, "run", {}, key="k", private=False, model_version="1", dataset_version="2")
    assert jobs.listed(app.state.engine, you)
    yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=BEARER | {"host": "127.0.0.1:8321"})
    app.state.engine.dispose()


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
def test_the_interface_keeps_to_its_description(case: schemathesis.Case) -> None:
    if isinstance(case.query, dict) and "wait" in case.query:
        case.query["wait"] = 0
    case.call_and_validate(headers=BEARER | {"host": "127.0.0.1:8321"}, checks=CHECKS)
