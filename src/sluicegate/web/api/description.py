"""The interface's own description, OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from sluicegate.web.answer import json_answer

router = APIRouter(include_in_schema=False)
_SAYS = """The desk's answers for programs: the same documents as `sluicegate COMMAND --json` prints.

Send `Authorization: Bearer TOKEN`; make a token with POST /api/v1/me/tokens or on the page of your account. In a
desk of one, the start-up token holds as a bearer too. A browser that is signed in may also use GET.
Shares are 0-1, money is 2024 USD, dates are ISO; every number's `id` is explained by /api/v1/why.
"""


@router.get("/api/v1/openapi.json")
def openapi(request: Request) -> Response:
    """The description."""
    return json_answer(described(request.app))


def described(app: FastAPI) -> dict[str, Any]:
    """The description of an application, made once."""
    if app.openapi_schema is None:
        found = get_openapi(title="Sluicegate", version=app.version, description=_SAYS, routes=app.routes)
        found["paths"] = {path: item for path, item in found["paths"].items() if path.startswith("/api/v1")}
        schemes = {"bearer": {"type": "http", "scheme": "bearer"}}
        found.setdefault("components", {})["securitySchemes"] = schemes
        found["security"] = [{"bearer": []}]
        app.openapi_schema = found
    return app.openapi_schema
