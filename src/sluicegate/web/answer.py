"""JSON answers, by the same text as the command line prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from sluicegate.terms.wire import as_json

JSON = "application/json"


def json_answer(document: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A document as JSON."""
    return Response(as_json(document), status, headers=dict(headers or {}), media_type=JSON)
