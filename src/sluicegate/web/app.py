"""The application: what is mounted where, and what every request passes through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from sluicegate.desk.version import model_version
from sluicegate.store.database import open_database
from sluicegate.web import api, login, watch
from sluicegate.web.fault import handle_faults
from sluicegate.web.guard import Guard
from sluicegate.web.headers import StrictHeaders
from sluicegate.web.log import AccessLog
from sluicegate.web.page_memory import PageMemory
from sluicegate.web.pages import ROUTERS
from sluicegate.web.pool import Pool
from sluicegate.web.rate import Rate
from sluicegate.web.settings import Settings
from sluicegate.web.static_file import serve_static


def create_app(settings: Settings) -> FastAPI:
    """The desk as an ASGI application, its database in its present form.

    Raises
    ------
    InputError : the database does not answer.
    """
    engine = open_database(settings.database)
    pool = Pool(engine, settings.database, settings.workers)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if settings.workers:
            pool.start()
        yield
        pool.stop()
        engine.dispose()

    app = FastAPI(title="Sluicegate", version=model_version(), docs_url=None, redoc_url=None, openapi_url=None,
                  lifespan=lifespan)  # fmt: skip
    app.state.settings, app.state.engine, app.state.pool = settings, engine, pool
    app.router.routes.append(Route("/static/{path:path}", serve_static, methods=["GET", "HEAD"]))
    for router in (login.router, watch.router, *ROUTERS, *api.ROUTERS):
        app.router.routes.extend(router.routes)  # one flat list: a router within a router costs each request a match
    handle_faults(app)
    _wrap(app, settings)
    return app


def _wrap(app: FastAPI, settings: Settings) -> None:
    """What a request passes, from the inside out: the guard, compression, the headers of every answer."""
    pages = GZipMiddleware(app.build_middleware_stack(), minimum_size=500, compresslevel=5)
    guard = Guard(PageMemory(pages, app.state.engine), settings=settings, engine=app.state.engine)
    app.state.guard, app.state.tries = guard, Rate(*login.TRIES)
    app.state.counts = watch.Counts()
    dressed = StrictHeaders(guard, tls=settings.tls)
    app.middleware_stack = AccessLog(watch.Counted(dressed, app.state.counts))
