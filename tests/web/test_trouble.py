"""What goes wrong below: no room, no database, others who write. A clear answer, and nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

from sluicegate.store.job import claim_job, fail_job, job_of, jobs_of
from sluicegate.store.person import one_person
from sluicegate.web import jobs
from sluicegate.web.app import create_app
from sluicegate.web.settings import Settings
from sluicegate.web.worker import do_job

from .conftest import browser


@pytest.fixture
def program(address: str) -> TestClient:
    """A program with a desk on either kind of database."""
    client = browser(create_app(Settings(database=address, token="start-up", workers=0)))
    client.headers["authorization"] = "Bearer start-up"
    yield client
    client.app.state.engine.dispose()


def pragma(engine: Engine, said: str) -> None:
    """Have every new connection of a SQLite database begin with a pragma."""
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA {said}"))
    engine.dispose()


def full(engine: Engine) -> None:
    """Leave a database no page more than it has, and fill those."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE filler (content BLOB)"))
        pages = connection.execute(text("PRAGMA page_count")).scalar()
    pragma(engine, f"max_page_count={pages}")
    room = True
    while room:
        try:
            with engine.begin() as connection:
                connection.execute(text("INSERT INTO filler VALUES (zeroblob(2000))"))
        except OperationalError:
            room = False


def test_a_full_disk_is_said_and_what_was_kept_stays(on_sqlite: Engine) -> None:
    client = browser(create_app(Settings(database=str(on_sqlite.url), token="start-up", workers=0)))
    client.headers["authorization"] = "Bearer start-up"
    kept = client.put("/api/v1/files/company/small", content=b"kept").json()
    full(client.app.state.engine)
    refused = client.put("/api/v1/files/company/large", content=b"x" * 900_000)
    assert refused.status_code == 503
    assert refused.json()["found"] == "a disk without room"
    assert client.get(f"/api/v1/files/{kept['id']}").content == b"kept"
    client.app.state.engine.dispose()


def test_a_job_whose_answer_finds_no_room_is_found_again(on_sqlite: Engine) -> None:
    you = one_person(on_sqlite)
    job_id = jobs.submit(on_sqlite, you, "world facility", {}, settings=Settings())
    job = claim_job(on_sqlite, "w")
    full(on_sqlite)
    do_job(on_sqlite, job, "w")
    assert job_of(on_sqlite, job_id).state in ("failed", "running")
    assert job_of(on_sqlite, job_id).document is None


def test_a_database_that_drops_its_connections_is_reached_again(program: TestClient, database: Engine) -> None:
    assert program.get("/api/v1/me").status_code == 200
    if database.dialect.name == "postgresql":
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        with database.connect() as connection:
            connection.execute(text(ended + "AND pid <> pg_backend_pid()"))
    else:
        program.app.state.engine.dispose()
    assert program.get("/api/v1/me").status_code == 200


def test_a_database_that_is_away_is_said_on_a_clear_page(program: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("select", {}, ConnectionRefusedError("connection refused"))

    monkeypatch.setattr(program.app.state.engine, "connect", away)
    monkeypatch.setattr(program.app.state.engine, "begin", away)
    answered = program.get("/api/v1/jobs")
    assert (answered.status_code, answered.json()["found"]) == (503, "a database that does not answer")
    assert program.get("/healthz").status_code == 503


def test_a_database_that_another_holds_is_said_and_reached_again(on_sqlite: Engine) -> None:
    address = on_sqlite.url.render_as_string()
    client = browser(create_app(Settings(database=address, token="start-up", workers=0)))
    client.headers["authorization"] = "Bearer start-up"
    assert client.get("/api/v1/me").status_code == 200
    pragma(client.app.state.engine, "busy_timeout=50")
    with on_sqlite.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        refused = client.put("/api/v1/files/company/a", content=b"x")
        other.rollback()
    assert (refused.status_code, refused.json()["found"]) == (503, "a database that is busy")
    assert client.put("/api/v1/files/company/a", content=b"x").status_code == 200
    client.app.state.engine.dispose()


def test_writers_at_once_lose_nothing(database: Engine) -> None:
    you = one_person(database)
    many = Settings(jobs_open=100)

    def ask(seed: int) -> str:
        return jobs.submit(database, you, "run", {"scenario": "april-2025", "seed": seed}, settings=many)

    with ThreadPoolExecutor(4) as pool:
        asked = set(pool.map(ask, range(24)))
    assert {job.id for job in jobs_of(database, you.id)} == asked
    with ThreadPoolExecutor(4) as pool:
        taken = [job.id for job in pool.map(lambda k: claim_job(database, f"w{k}"), range(24)) if job]
    assert len(set(taken)) == len(taken)
    for job_id in taken:
        worker = job_of(database, job_id).worker
        fail_job(database, job_id, worker, {"found": "x", "where": "x", "expected": "x", "do": "x"})
    assert {job_of(database, i).state for i in taken} == {"failed"}
