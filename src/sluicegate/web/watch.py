"""What whoever runs a desk looks at: is it well, how much does it do."""

from __future__ import annotations

import time

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sluicegate.store.job import waiting_jobs
from sluicegate.web.answer import json_answer

router = APIRouter(include_in_schema=False)


class Counts:
    """Counts of one running desk."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("sluicegate_requests", "Requests answered", ["method", "route", "status"],
                                registry=self.registry)  # fmt: skip
        self.seconds = Histogram("sluicegate_request_seconds", "Seconds to an answer's first byte", ["route"],
                                 registry=self.registry)  # fmt: skip
        self.jobs = Gauge("sluicegate_jobs", "Jobs by state", ["state"], registry=self.registry)
        self.workers = Gauge("sluicegate_workers", "Workers alive", registry=self.registry)


class Counted:
    """Counts every request by its route, never by its path: paths have no end."""

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self.app, self.counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def heard(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "other")
                self.counts.seconds.labels(route).observe(time.perf_counter() - begun)
                self.counts.requests.labels(scope["method"], route, str(message["status"])).inc()
            await send(message)

        await self.app(scope, receive, heard)


@router.get("/healthz")
def health(request: Request) -> Response:
    """Whether the database answers and the workers live: 200, else 503."""
    state = request.app.state
    try:
        with state.engine.connect() as connection:
            connection.execute(select(1))
        answers = True
    except SQLAlchemyError:
        answers = False
    wanted, alive = state.settings.workers, state.pool.alive
    well = answers and (alive > 0 or wanted == 0)
    return json_answer({"well": well, "database": answers, "workers": alive, "workers_wanted": wanted},
                       status=200 if well else 503)  # fmt: skip


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Counts in Prometheus' form, for whoever has a token."""
    state = request.app.state
    for name, count in waiting_jobs(state.engine).items():
        state.counts.jobs.labels(name).set(count)
    state.counts.workers.set(state.pool.alive)
    return Response(generate_latest(state.counts.registry), media_type=CONTENT_TYPE_LATEST)
