"""Jobs: how far they are, live or by asking again, what came of them, and stopping them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Body, Header, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from sluicegate.store.document import document_of
from sluicegate.store.job import ENDED, may_see_document
from sluicegate.terms.errors import NotFoundError
from sluicegate.terms.wire import as_json
from sluicegate.web import jobs
from sluicegate.web.answer import JSON, json_answer
from sluicegate.web.api.shape import FAULTS, JobShape, JobsShape
from sluicegate.web.fault import Refused

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"], responses=FAULTS)
JobId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
LOOK = 0.3
"""Seconds between two looks at a job whose progress is shown."""
QUIET = 15.0
"""Seconds after which a silent stream says that it lives."""
LONGEST = 1800.0
"""Seconds a stream lasts; a browser comes back by itself and goes on where it was."""


class Wish(BaseModel):
    """A heavy question."""

    model_config = ConfigDict(extra="forbid")
    kind: str = Field(max_length=80, description="A command's words, such as `run`.")
    arguments: dict[str, Any] = Field({}, description="As the question's own address takes them.")


def _answer(model: Any, status: int = 200) -> dict[str, Any]:
    return {"responses": FAULTS | {status: {"model": model}}, "response_class": Response, "response_model": None,
            "status_code": status}  # fmt: skip


@router.post("", **_answer(JobShape, 202))
def submit(request: Request, wish: Annotated[Wish, Body()]) -> Response:
    """Ask a heavy question without waiting."""
    engine, person, settings = request.app.state.engine, request.state.person, request.app.state.settings
    job_id = jobs.submit(engine, person, wish.kind, wish.arguments, settings=settings)
    job = jobs.state(engine, person, job_id)
    return json_answer(job, status=202, headers={"location": job["links"]["state"]})


@router.get("", **_answer(JobsShape))
def listed(request: Request, most: Annotated[int, Query(ge=1, le=500)] = 100) -> Response:
    """Your jobs, the newest first."""
    return json_answer({"jobs": jobs.listed(request.app.state.engine, request.state.person, most=most)})


@router.get("/{job_id}", **_answer(JobShape))
def state(request: Request, job_id: JobId) -> Response:
    """How far a job is."""
    return json_answer(jobs.state(request.app.state.engine, request.state.person, job_id))


@router.get("/{job_id}/document", **_answer(dict[str, Any]))
def document(request: Request, job_id: JobId) -> Response:
    """What came of a job."""
    found = jobs.document(request.app.state.engine, request.state.person, job_id)
    if found is None:
        raise Refused(409, found="a job that is not finished", expected="one that is done", do="Look again later.")
    return Response(found, media_type=JSON)


@router.post("/{job_id}/cancel", **_answer(JobShape))
def cancel(request: Request, job_id: JobId) -> Response:
    """Stop a job of yours."""
    return json_answer(jobs.cancel(request.app.state.engine, request.state.person, job_id))


@router.get("/{job_id}/events", responses={200: {"content": {"text/event-stream": {}}}}, response_class=Response)
async def events(request: Request, job_id: JobId,
                 last_event_id: Annotated[int | None, Header(ge=-1)] = None) -> Response:  # fmt: skip
    """Progress as server-sent events: `id` is the job's revision, `data` the job; ends when the job does."""
    await run_in_threadpool(jobs.state, request.app.state.engine, request.state.person, job_id)
    seen = -1 if last_event_id is None else last_event_id
    return StreamingResponse(_told(request, job_id, seen), media_type="text/event-stream",
                             headers={"cache-control": "no-store", "x-accel-buffering": "no"})  # fmt: skip


async def _told(request: Request, job_id: str, seen: int) -> AsyncIterator[str]:
    engine, person = request.app.state.engine, request.state.person
    begun = spoken = time.monotonic()
    yield "retry: 2000\n\n"
    while time.monotonic() - begun < LONGEST and not await request.is_disconnected():
        job = await run_in_threadpool(jobs.state, engine, person, job_id)
        if job["revision"] > seen:
            seen, spoken = job["revision"], time.monotonic()
            data = " ".join(as_json(job).split("\n"))
            yield f"id: {seen}\nevent: {job['state']}\ndata: {data}\n\n"
        if job["state"] in ENDED:
            return
        if time.monotonic() - spoken > QUIET:
            spoken = time.monotonic()
            yield ": still here\n\n"
        await anyio.sleep(LOOK)


documents = APIRouter(prefix="/api/v1/documents", tags=["jobs"], responses=FAULTS)


@documents.get("/{digest}", **_answer(dict[str, Any]))
def by_hash(request: Request, digest: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]) -> Response:
    """An answer by its hash; it never changes."""
    engine = request.app.state.engine
    seen = may_see_document(engine, digest, request.state.person.id)
    content = document_of(engine, digest) if seen else None
    if content is None:
        raise NotFoundError(digest, kind="document", known=[], where="documents")
    return Response(content, media_type=JSON, headers={"cache-control": "private, max-age=31536000, immutable"})
