"""Heavy work: asked for here, done by the workers, looked at from anywhere.

submit    queue a question, or find the same one already asked
state     how far it is
document  what came of it
cancel    stop it
listed    a person's jobs
"""

from __future__ import annotations

import hashlib
import json
import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from sluicegate.desk.version import dataset_version, model_version
from sluicegate.store.article import article_row
from sluicegate.store.audit import note
from sluicegate.store.document import document_of
from sluicegate.store.job import DONE, Job, add_job, cancel_job, job_of, jobs_of, jobs_since, open_jobs, same_job
from sluicegate.store.own_file import file_of
from sluicegate.store.person import ROLES, Person
from sluicegate.terms.errors import InputError, NotFoundError
from sluicegate.web.asked import Article, Asked, Written
from sluicegate.web.fault import Refused
from sluicegate.web.question import Question, question_of, require_whole
from sluicegate.web.right import require_network, require_role
from sluicegate.web.settings import Settings

DAY = 86_400.0
_FORMS = {"html": "html", "htm": "html", "csv": "csv", "yaml": "yaml", "yml": "yaml", "txt": "text"}


def submit(engine: Engine, person: Person, kind: str, arguments: dict[str, Any], *, settings: Settings) -> str:
    """Queue a question; the same question of the same data is asked once. Returns the job's id.

    Parameters
    ----------
    kind : a command's words, such as `run` ; arguments : as /api/v1 takes them

    Raises
    ------
    InputError : the arguments are wrong. NotFoundError : no such question or file.
    Refused : the person may not, or has asked for too much.
    """
    question = question_of(kind)
    wanted = complete(engine, person, question.read(arguments), settings)
    _require_right(person, question, wanted, settings)
    require_whole(wanted)
    asked = wanted.model_dump(mode="json", by_alias=True)
    key = _key(question, asked)
    if not question.changes and (same := same_job(engine, key, person.id)) is not None:
        return same.id
    _require_room(engine, person, settings)
    job = add_job(engine, person.id, kind, asked, key=key, private=_private(wanted), seed=asked.get("seed"),
                  model_version=model_version(), dataset_version=dataset_version())  # fmt: skip
    note(engine, f"job: {kind}", person_id=person.id, subject=job.id)
    return job.id


def asked_before(engine: Engine, person: Person, kind: str, arguments: dict[str, Any], *,
                 settings: Settings) -> Job | None:  # fmt: skip
    """The job of a question that was asked already and is not lost; None where nobody asked it. Nothing is queued.

    Raises
    ------
    InputError : the arguments are wrong. NotFoundError : no such question or file.
    """
    question = question_of(kind)
    wanted = complete(engine, person, question.read(arguments), settings)
    return same_job(engine, _key(question, wanted.model_dump(mode="json", by_alias=True)), person.id)


def state(engine: Engine, person: Person, job_id: str) -> dict[str, Any]:
    """How far a job is: id, kind, state, percent 0-100 or None, message, seed, versions, times, links.

    Raises
    ------
    NotFoundError : there is none that this person may see.
    """
    return job_document(visible(engine, person, job_id))


def cancel(engine: Engine, person: Person, job_id: str) -> dict[str, Any]:
    """Stop one of a person's own jobs; returns how it then stands. An ended job stays as it is.

    Raises
    ------
    NotFoundError : there is none of this person's.
    """
    job = visible(engine, person, job_id)
    if job.person_id != person.id and not person.may("admin"):
        raise _no_job(job_id)
    if cancel_job(engine, job_id):
        note(engine, "job: cancel", person_id=person.id, subject=job_id)
    return state(engine, person, job_id)


def listed(engine: Engine, person: Person, *, most: int = 100) -> list[dict[str, Any]]:
    """A person's jobs, the newest first."""
    return [job_document(job) for job in jobs_of(engine, person.id, most=most)]


def document(engine: Engine, person: Person, job_id: str) -> bytes | None:
    """The JSON of a job that is done, None while it is not.

    Raises
    ------
    NotFoundError : there is no such job that this person may see.
    Refused : the job failed or was cancelled.
    """
    job = visible(engine, person, job_id)
    if job.error is not None:
        raise failed(job)
    if job.state == "cancelled":
        raise Refused(409, found="a job that was cancelled", expected="one that is done", do="Ask again.")
    return document_of(engine, job.document) if job.state == DONE and job.document else None


def visible(engine: Engine, person: Person, job_id: str) -> Job:
    """A job that is the person's own, or nobody's secret.

    Raises
    ------
    NotFoundError : there is none.
    """
    job = job_of(engine, job_id)
    if job is None or (job.private and job.person_id != person.id):
        raise _no_job(job_id)
    return job


def failed(job: Job) -> InputError:
    """The error a job ended with, as an error again."""
    error = job.error or {}
    found, where, expected, do = (str(error.get(word, "")) for word in ("found", "where", "expected", "do"))
    return InputError(found, where=where, expected=expected, do=do)


def complete(engine: Engine, person: Person, wanted: Asked, settings: Settings) -> Asked:
    """A question that needs nothing more: a kept file's content in place of its id.

    Raises
    ------
    NotFoundError : the person has no such file, the library no such article.
    Refused : an address, and the desk may not use the network.
    """
    if isinstance(wanted, Article) and wanted.url is not None and not settings.network:
        raise InputError("a web address, and the network is off", where="url", expected="the article's text",
                         do="Send `text`, or start the desk with --network.")  # fmt: skip
    if isinstance(wanted, Article) and wanted.article is not None:
        with engine.connect() as connection:
            return wanted.model_copy(update={"revision": article_row(connection, wanted.article).revision})
    if not isinstance(wanted, Written) or wanted.own is None:
        return wanted
    file = file_of(engine, person.id, wanted.own)
    form = wanted.form or _FORMS.get(file.name.rpartition(".")[2].casefold())
    return wanted.model_copy(update={"text": file.content.decode("utf-8", "replace"), "own": None, "form": form})


def job_document(job: Job) -> dict[str, Any]:
    """A job as the interface shows it."""
    return {
        "id": job.id, "kind": job.kind, "state": job.state, "percent": job.percent, "message": job.message,
        "arguments": _shortened(job.arguments), "private": job.private, "seed": job.seed,
        "model_version": job.model_version, "dataset_version": job.dataset_version, "revision": job.revision,
        "document": job.document, "error": job.error, "cancel_asked": job.cancel,
        "made_at": _time(job.made_at), "started_at": _time(job.started_at), "ended_at": _time(job.ended_at),
        "links": {"state": f"/api/v1/jobs/{job.id}", "document": f"/api/v1/jobs/{job.id}/document",
                  "events": f"/api/v1/jobs/{job.id}/events"},
    }  # fmt: skip


def _key(question: Question, asked: dict[str, Any]) -> str:
    made = [question.name, asked, model_version(), dataset_version()]
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:32]


def _private(wanted: Asked) -> bool:
    return isinstance(wanted, Written) and wanted.text is not None


def _require_right(person: Person, question: Question, wanted: Asked, settings: Settings) -> None:
    if question.library and not question.heavy:
        raise InputError(f"{question.name!r}", where="kind", expected="a question that is no quick look at the library",
                         do=f"Ask /api/v1{question.path}.")  # fmt: skip
    require_role(person, max(question.least_role, "analyst", key=ROLES.index), question.name)
    if question.network:
        require_network(settings, question.name)
    draws = getattr(wanted, "draws", 0)
    if draws > settings.draws:
        raise InputError(f"{draws:,} draws", where="draws", expected=f"at most {settings.draws:,} on this desk",
                         do="Ask for fewer.")  # fmt: skip


def _require_room(engine: Engine, person: Person, settings: Settings) -> None:
    if open_jobs(engine, person.id) >= settings.jobs_open:
        raise Refused(429, found=f"{settings.jobs_open} jobs not finished", expected="fewer at once",
                      do="Wait for one to end, or cancel one.", retry_after=10)  # fmt: skip
    if jobs_since(engine, person.id, time.time() - DAY) >= settings.jobs_per_day:
        raise Refused(429, found=f"{settings.jobs_per_day} jobs within a day", expected="fewer", do="Go on tomorrow.",
                      retry_after=3600)  # fmt: skip


def _no_job(job_id: str) -> NotFoundError:
    return NotFoundError(job_id[:40], kind="job", known=[], where="jobs")


def _shortened(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments as they are shown, without what stands at its default."""
    text = arguments.get("text")
    shown = {k: v for k, v in arguments.items() if v not in (None, [])}
    return shown | {"text": f"{len(text):,} characters"} if text else shown


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
