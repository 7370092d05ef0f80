"""The work of the desk: what is queued, how far it is, and stopping it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.page.block import Entry, words
from sluicegate.web import jobs
from sluicegate.web.pages.cells import note, table_of, text_cell
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View

router = APIRouter(include_in_schema=False)

_LOOK_AGAIN = 2
"""Seconds after which a page without scripts looks again."""


@router.get("/jobs")
def listed(request: Request) -> Response:
    """A person's jobs, the newest first."""
    found = jobs.listed(request.app.state.engine, request.state.person)
    rows = [
        [
            text_cell(job["kind"], _about(job), link=_address(job)),
            text_cell(job["state"], job["message"] if job["state"] in {"running", "failed"} else ""),
            text_cell(str(job["made_at"] or "")[:16].replace("T", " ")),
        ]
        for job in found
    ]
    table = table_of(("Question", "State", "Asked, UTC"), rows) if rows else note("Nothing was asked yet.")
    view = View("Work", (Group("jobs", "Your questions", (table,)),), twin="/api/v1/jobs", data={"jobs": found})
    return show(request, view)


def _address(job: dict[str, Any]) -> str:
    return f"/results/{job['document']}" if job["state"] == "done" and job["document"] else f"/jobs/{job['id']}"


def _about(job: dict[str, Any]) -> str:
    said = job["arguments"]
    named = [str(said[k]) for k in ("scenario", "text", "url", "measure", "episode", "draws") if said.get(k)]
    named += [f"{k} {said[k]}" for k in ("article", "claim") if said.get(k)]
    return ", ".join(named)


@router.get("/jobs/{job_id}")
def progress(request: Request, job_id: str) -> Response:
    """How far a job is; its answer once it is done."""
    job = jobs.state(request.app.state.engine, request.state.person, job_id)
    if job["state"] == "done" and job["document"]:
        return RedirectResponse(f"/results/{job['document']}", 303)
    open_still = job["state"] in {"queued", "running"}
    error = job["error"] or {}
    problem = f"{error['where']}: {error['found']}. Expected {error['expected']}. {error['do']}" if error else ""
    return show(request, View(
        ": ".join(part for part in (job["kind"].capitalize(), _about(job)) if part),
        opening=(Entry("State", words(job["state"], strong=True), (words(job["message"]),)),),
        above=words("Work", link="/jobs"), problem=problem, template="job.html", document=job,
        twin=f"/api/v1/jobs/{job_id}", refresh=_LOOK_AGAIN if open_still else 0,
        more={"job": job, "open_still": open_still},
    ))  # fmt: skip


@router.post("/jobs/{job_id}/cancel")
def cancel(request: Request, job_id: str) -> Response:
    """Stop a job."""
    jobs.cancel(request.app.state.engine, request.state.person, job_id)
    return RedirectResponse(f"/jobs/{job_id}", 303)
