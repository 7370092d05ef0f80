"""The front page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from sluicegate.web.remembered import remembered
from sluicegate.web.render import page

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def front(request: Request) -> HTMLResponse:
    """What there is to look at."""
    return page(request, "front.html", scenarios=remembered("scenario list"))
