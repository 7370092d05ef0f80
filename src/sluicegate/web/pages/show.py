"""A view as an answer: HTML in the reader's language, CSV, SVG or JSON, as the address asks."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.version import dataset_version, model_version
from sluicegate.terms.slug import slug
from sluicegate.web.answer import json_answer
from sluicegate.web.pages.download import csv_of, svg_of
from sluicegate.web.pages.view import View
from sluicegate.web.render import page


def show(request: Request, view: View, *, status: int = 200) -> Response:
    """The answer to a request for a page."""
    asked, part = request.query_params.get("format"), request.query_params.get("part", "")
    name = slug(f"{view.title} {part}")[:80] or "sluicegate"
    if asked == "csv":
        return _file("\ufeff" + csv_of(view, part), "text/csv; charset=utf-8", f"{name}.csv")
    if asked == "svg":
        return _file(svg_of(view, part), "image/svg+xml", f"{name}.svg")
    if asked == "json":
        return json_answer(_plain(view), status=status)

    def why(number_id: str) -> str:
        return f"/why/{quote(number_id, safe=':,.')}" + (f"?run={view.run}" if view.run else "")

    return page(request, view.template, status=status, view=view, why=why, refresh=view.refresh, **view.more)


def _plain(view: View) -> Any:
    """The document behind a page, else its raw rows with the versions they were made with."""
    if view.document is not None:
        return view.document
    rows = {name: [dict(row) for row in found] for name, found in view.data.items()}
    return {"title": view.title, **rows, "dataset_version": dataset_version(), "model_version": model_version()}


def _file(text: str, kind: str, name: str) -> Response:
    return Response(text, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
