"""The interface keeps to its own description, whatever it is asked (schemathesis)."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sluicegate.store.job import add_job
from sluicegate.store.own_file import keep_file
from sluicegate.store.person import one_person
from sluicegate.web import jobs
from sluicegate.web.app import create_app
from sluicegate.web.question import QUESTIONS
from sluicegate.web.settings import Settings

HEADERS = {"authorization": "Bearer start-up", "host": "127.0.0.1:8321"}
HEAVY = {question.path for question in QUESTIONS.values() if question.heavy}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def described(request: pytest.FixtureRequest, fresh: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The description of a desk that holds a job and a file; nobody computes, so heavy questions end as jobs."""
    with fresh(request.param, tmp_path_factory.mktemp("desk")) as address:
        app = create_app(Settings(database=address, token="start-up", workers=0, jobs_open=10**6,
                                  jobs_per_day=10**6))  # fmt: skip
        you = one_person(app.state.engine)
        keep_file(app.state.engine, you.id, "company", "mine", b"name: x")
        add_job(app.state.engine, you.id, "run", {}, key="k", private=False, model_version="1", dataset_version="2")
        assert jobs.listed(app.state.engine, you)
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HEADERS)
        app.state.engine.dispose()


def test_the_interface_keeps_to_its_description(described: Any) -> None:
    wrong: list[str] = []
    for found in described.get_all_operations():
        operation = found.ok()

        @settings(max_examples=2, deadline=None, phases=[Phase.explicit, Phase.generate], derandomize=True,
                  database=None, suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def keeps(case: schemathesis.Case) -> None:
            if case.path.removeprefix("/api/v1") in HEAVY:
                case.query = dict(case.query or {}) | {"wait": 0}
            case.call_and_validate(headers=dict(HEADERS), checks=CHECKS)

        try:
            keeps()
        except schemathesis.errors.SchemathesisError as error:
            raise AssertionError(operation.label) from error
        except Exception as error:
            wrong.append(f"{operation.label}: {error}")
    assert not wrong, "\n\n".join(wrong)
