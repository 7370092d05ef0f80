"""Jobs: heavy work waits in a table, a worker claims it, and nothing is lost when either is killed."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select, update

from sluicegate.store.desk_tables import JOB
from sluicegate.store.document import keep_document

QUEUED, RUNNING, DONE, FAILED, CANCELLED = STATES = ("queued", "running", "done", "failed", "cancelled")
ENDED = (DONE, FAILED, CANCELLED)
ATTEMPTS = 3
"""How often a job is begun whose worker dies under it."""
SILENT_AFTER = 30.0
"""Seconds without a sign of life after which a worker is taken for dead."""


@dataclass(frozen=True)
class Job:
    """A job as it stands; times are seconds since 1970, `percent` is 0-100 or None before anything is known."""

    id: str
    person_id: int
    kind: str
    arguments: dict[str, Any]
    private: bool
    key: str
    state: str
    cancel: bool
    percent: float | None
    message: str
    revision: int
    attempts: int
    worker: str | None
    seed: int | None
    model_version: str
    dataset_version: str
    document: str | None
    error: dict[str, Any] | None
    made_at: float
    started_at: float | None
    beat_at: float | None
    ended_at: float | None

    @property
    def ended(self) -> bool:
        """Whether it is done, failed or cancelled."""
        return self.state in ENDED


def add_job(engine: Engine, person_id: int, kind: str, arguments: dict[str, Any], *, key: str, private: bool,
            model_version: str, dataset_version: str, seed: int | None = None) -> Job:  # fmt: skip
    """Queue a job.

    Parameters
    ----------
    key : hash of everything that decides the answer
    private : whether the answer may be shown to this person only
    """
    job_id = secrets.token_hex(8)
    row = {"id": job_id, "person_id": person_id, "kind": kind, "arguments": json.dumps(arguments, default=str),
           "private": private, "key": key, "state": QUEUED, "cancel": False, "message": "waits for a free place",
           "revision": 0, "attempts": 0, "seed": seed, "model_version": model_version,
           "dataset_version": dataset_version, "made_at": time.time()}  # fmt: skip
    with engine.begin() as connection:
        connection.execute(JOB.insert().values(row))
        return _found(connection, job_id)


def job_of(engine: Engine, job_id: str) -> Job | None:
    """A job by its id, None when there is none."""
    with engine.connect() as connection:
        row = connection.execute(select(JOB).where(JOB.c.id == job_id)).one_or_none()
    return None if row is None else _job(row)


def jobs_of(engine: Engine, person_id: int | None = None, *, most: int = 100) -> list[Job]:
    """The newest jobs, of a person or of all."""
    query = select(JOB).order_by(JOB.c.made_at.desc(), JOB.c.id).limit(most)
    if person_id is not None:
        query = query.where(JOB.c.person_id == person_id)
    with engine.connect() as connection:
        return [_job(row) for row in connection.execute(query)]


def same_job(engine: Engine, key: str, person_id: int) -> Job | None:
    """The newest job with the same key that is queued, running or done and whose answer the person may see."""
    seen = (JOB.c.person_id == person_id) | ~JOB.c.private
    open_or_done = JOB.c.state.in_((QUEUED, RUNNING, DONE)) & ~JOB.c.cancel
    query = select(JOB).where(JOB.c.key == key, open_or_done, seen).order_by(JOB.c.made_at.desc()).limit(1)
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else _job(row)


def may_see_document(engine: Engine, digest: str, person_id: int) -> bool:
    """Whether a job made this document that is the person's, or that is nobody's secret."""
    seen = (JOB.c.person_id == person_id) | ~JOB.c.private
    with engine.connect() as connection:
        return connection.execute(select(JOB.c.id).where(JOB.c.document == digest, seen).limit(1)).first() is not None


def claim_job(engine: Engine, worker: str) -> Job | None:
    """Take the oldest queued job of whoever has the fewest running; two workers never take the same one."""
    with engine.connect() as connection:
        counted = select(JOB.c.person_id, func.count()).where(JOB.c.state == RUNNING).group_by(JOB.c.person_id)
        running = {row[0]: row[1] for row in connection.execute(counted)}
        waiting = connection.execute(
            select(JOB.c.id, JOB.c.person_id).where(JOB.c.state == QUEUED).order_by(JOB.c.made_at, JOB.c.id)
        ).all()
    for job_id, _ in sorted(waiting, key=lambda row: running.get(row[1], 0)):
        with engine.begin() as connection:
            now = time.time()
            taken = connection.execute(
                update(JOB).where(JOB.c.id == job_id, JOB.c.state == QUEUED).values(
                    state=RUNNING, worker=worker, started_at=now, beat_at=now, message="begins",
                    attempts=JOB.c.attempts + 1, revision=JOB.c.revision + 1)
            )  # fmt: skip
            if taken.rowcount == 1:
                return _found(connection, job_id)
    return None


def beat(engine: Engine, job_id: str, worker: str, *, percent: float | None = None, message: str | None = None) -> bool:
    """Say that a job's worker lives, and how far it is; False when the job is to be stopped or no longer its own."""
    values: dict[str, Any] = {"beat_at": time.time()}
    if percent is not None:
        values |= {"percent": percent, "revision": JOB.c.revision + 1}
    if message is not None:
        values["message"] = message
    mine = (JOB.c.id == job_id) & (JOB.c.worker == worker) & (JOB.c.state == RUNNING) & ~JOB.c.cancel
    with engine.begin() as connection:
        return connection.execute(update(JOB).where(mine).values(**values)).rowcount == 1


def finish_job(engine: Engine, job_id: str, worker: str, document: bytes) -> str | None:
    """Keep a job's document and mark it done, both or neither; None when the job is no longer this worker's."""
    with engine.connect() as connection, connection.begin() as change:
        digest = keep_document(connection, document)
        done = _ends(connection, job_id, worker, state=DONE, percent=100.0, message="done", document=digest)
        if not done:
            change.rollback()
    return digest if done else None


def fail_job(engine: Engine, job_id: str, worker: str, error: dict[str, Any]) -> None:
    """Mark a job failed, with what to do about it."""
    with engine.begin() as connection:
        _ends(connection, job_id, worker, state=FAILED, message=str(error["found"])[:500], error=json.dumps(error))


def stop_job(engine: Engine, job_id: str, worker: str) -> None:
    """Mark a job cancelled that its worker has left."""
    with engine.begin() as connection:
        _ends(connection, job_id, worker, state=CANCELLED, message="cancelled")


def cancel_job(engine: Engine, job_id: str) -> bool:
    """Ask for a job to be stopped: at once where nobody has begun it, else between two blocks; whether it was open."""
    now = time.time()
    with engine.begin() as connection:
        at_once = connection.execute(
            update(JOB).where(JOB.c.id == job_id, JOB.c.state == QUEUED).values(
                state=CANCELLED, cancel=True, message="cancelled", ended_at=now, revision=JOB.c.revision + 1)
        ).rowcount  # fmt: skip
        later = connection.execute(
            update(JOB).where(JOB.c.id == job_id, JOB.c.state == RUNNING).values(
                cancel=True, message="stops after this block", revision=JOB.c.revision + 1)
        ).rowcount  # fmt: skip
    return bool(at_once or later)


def requeue_silent(engine: Engine, *, silent: float = SILENT_AFTER, workers: tuple[str, ...] | None = None) -> int:
    """Queue again what dead workers held; fail what has been begun too often. How many jobs were found.

    Parameters
    ----------
    silent : seconds without a beat ; workers : those known to be dead, whatever their last beat
    """
    lost = (JOB.c.beat_at < time.time() - silent) if workers is None else JOB.c.worker.in_(workers)
    query = select(JOB.c.id, JOB.c.worker, JOB.c.attempts, JOB.c.cancel).where(JOB.c.state == RUNNING, lost)
    with engine.begin() as connection:
        found = connection.execute(query).all()
        for job_id, worker, attempts, cancelled in found:
            if cancelled:
                _ends(connection, job_id, worker, state=CANCELLED, message="cancelled")
            elif attempts >= ATTEMPTS:
                error = _died(attempts)
                _ends(connection, job_id, worker, state=FAILED, message=error["found"], error=json.dumps(error))
            else:
                _queue_again(connection, job_id, worker)
    return len(found)


def waiting_jobs(engine: Engine) -> dict[str, int]:
    """How many jobs are in each state."""
    with engine.connect() as connection:
        counted = connection.execute(select(JOB.c.state, func.count()).group_by(JOB.c.state)).all()
    return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in counted}


def open_jobs(engine: Engine, person_id: int) -> int:
    """How many of a person's jobs are queued or running."""
    query = (
        select(func.count()).select_from(JOB).where(JOB.c.person_id == person_id, JOB.c.state.in_((QUEUED, RUNNING)))
    )
    with engine.connect() as connection:
        return int(connection.execute(query).scalar_one())


def jobs_since(engine: Engine, person_id: int, since: float) -> int:
    """How many jobs a person has asked for since a time."""
    query = select(func.count()).select_from(JOB).where(JOB.c.person_id == person_id, JOB.c.made_at >= since)
    with engine.connect() as connection:
        return int(connection.execute(query).scalar_one())


def _ends(connection: Connection, job_id: str, worker: str, **values: Any) -> bool:
    mine = (JOB.c.id == job_id) & (JOB.c.worker == worker) & (JOB.c.state == RUNNING)
    change = update(JOB).where(mine).values(**values, ended_at=time.time(), revision=JOB.c.revision + 1)
    return connection.execute(change).rowcount == 1


def _queue_again(connection: Connection, job_id: str, worker: str) -> None:
    mine = (JOB.c.id == job_id) & (JOB.c.worker == worker) & (JOB.c.state == RUNNING)
    connection.execute(update(JOB).where(mine).values(
        state=QUEUED, worker=None, beat_at=None, message="its process ended early; it goes on from there",
        revision=JOB.c.revision + 1))  # fmt: skip


def _died(attempts: int) -> dict[str, str]:
    return {
        "found": f"its process ended early {attempts} times",
        "where": "the job",
        "expected": "a process that lives to the end",
        "do": "Ask with fewer draws, or give the desk more memory.",
    }


def _found(connection: Connection, job_id: str) -> Job:
    return _job(connection.execute(select(JOB).where(JOB.c.id == job_id)).one())


def _job(row: Row[Any]) -> Job:
    values = row._asdict()
    error = values["error"]
    return Job(**values | {"arguments": json.loads(values["arguments"]), "error": json.loads(error) if error else None})
