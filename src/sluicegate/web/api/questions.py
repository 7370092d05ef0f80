"""Every question of the command line under /api/v1, with the same document.

A light one is answered at once. A heavy one is a job: when it ends within `wait` seconds its document is the answer,
else the answer is 202 and the job, to be looked at until it is done.
"""

from __future__ import annotations

import inspect
import json
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Body, Request
from fastapi.params import Query
from pydantic import Field, create_model
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sluicegate.store.audit import note
from sluicegate.store.person import Person
from sluicegate.web import jobs
from sluicegate.web.answer import JSON, json_answer
from sluicegate.web.api.shape import FAULTS, JobShape
from sluicegate.web.asked import Asked
from sluicegate.web.question import QUESTIONS, Question, ask_here, ask_library
from sluicegate.web.rate import Rate
from sluicegate.web.remembered import remembered_text
from sluicegate.web.right import require_role

router = APIRouter(prefix="/api/v1", tags=["questions"])
LOOK = 0.15
"""Seconds between two looks at a job that is waited for."""
WAIT = 30.0
_PATIENCE: dict[str, Any] = {"ge": 0, "le": 120, "description": "Seconds to wait for the answer before a job is given."}
_light = Rate(600, 60.0)


def _light_door(question: Question) -> Callable[[Request, Any], Response]:
    def answered(request: Request, wanted: Asked) -> Response:
        person: Person = request.state.person
        _light.require(str(person.id))
        require_role(person, question.least_role, question.name)
        if question.changes:
            note(request.app.state.engine, question.name, person_id=person.id)
        if question.library:
            return json_answer(_of_library(request, question, wanted))
        if question.settled:
            asked = json.dumps(wanted.model_dump(mode="json", by_alias=True), sort_keys=True)
            text, following = remembered_text(question.name, asked)
            return Response(text, media_type=JSON, headers=_next_link(request, following))
        whole = jobs.complete(request.app.state.engine, person, wanted, request.app.state.settings)
        if question.of_library(whole):
            return json_answer(_of_library(request, question, whole))
        return json_answer(ask_here(question, whole))

    return answered


def _of_library(request: Request, question: Question, wanted: Asked) -> Any:
    found = ask_library(question, wanted, request.app.state.engine, request.state.person.name)
    if question.name.startswith("desk people"):
        request.app.state.guard.forget()
    return found


def _next_link(request: Request, offset: int | None) -> dict[str, str]:
    """Where the next page of a long document is (RFC 8288)."""
    if offset is None or request.method != "GET":
        return {}
    return {"link": f'<{request.url.path}?{request.url.include_query_params(offset=offset).query}>; rel="next"'}


def _heavy_door(question: Question) -> Callable[[Request, Any, float], Awaitable[Response]]:
    async def answered(request: Request, wanted: Asked, wait: float | None = None) -> Response:
        engine, person, settings = request.app.state.engine, request.state.person, request.app.state.settings
        given = wanted.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"wait"})
        patience = getattr(wanted, "wait", WAIT) if wait is None else wait

        def submitted() -> str:
            return jobs.submit(engine, person, question.name, given, settings=settings)

        job_id = await run_in_threadpool(submitted)
        until = time.monotonic() + patience
        while (found := await run_in_threadpool(jobs.document, engine, person, job_id)) is None:
            if time.monotonic() >= until:
                job = await run_in_threadpool(jobs.state, engine, person, job_id)
                return json_answer(job, status=202, headers={"location": job["links"]["state"], "retry-after": "1"})
            await anyio.sleep(LOOK)
        return Response(found, media_type=JSON, headers={"x-job": job_id})

    return answered


def _signed(door: Callable[..., Any], question: Question, how: Any) -> Callable[..., Any]:
    """The door with the signature FastAPI reads: the question's own fields, in the query or in the body."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    takes: Any = question.takes
    parameters = []
    if question.heavy and isinstance(how, Query):
        takes = create_model(f"{takes.__name__}Waited", __base__=takes, wait=(float, Field(WAIT, **_PATIENCE)))
    elif question.heavy:
        parameters.append(
            inspect.Parameter("wait", kind, annotation=Annotated[float, Query(**_PATIENCE)], default=WAIT)
        )
    parameters = [inspect.Parameter("request", kind, annotation=Request),
                  inspect.Parameter("wanted", kind, annotation=Annotated[takes, how]), *parameters]  # fmt: skip
    door.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return door


def _add(question: Question) -> None:
    responses = FAULTS | {200: {"model": question.shape, "description": "The document."}}
    if question.heavy:
        responses |= {202: {"model": JobShape, "description": "The job, not finished within `wait`."}}
    make: Callable[[Question], Callable[..., Any]] = _heavy_door if question.heavy else _light_door
    name = question.name.replace(" ", "-")
    ways: list[tuple[str, Any]] = [("POST", Body())] if question.changes else [("GET", Query()), ("POST", Body())]
    for method, how in ways:
        router.add_api_route(question.path, _signed(make(question), question, how), methods=[method],
                             summary=question.says, operation_id=f"{method.lower()}-{name}", responses=responses,
                             response_class=Response, response_model=None)  # fmt: skip


for _question in QUESTIONS.values():
    _add(_question)
