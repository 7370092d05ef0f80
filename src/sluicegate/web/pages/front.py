"""The front page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from sluicegate.desk.scenarios import scenario_list
from sluicegate.web.render import page

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def front(request: Request) -> HTMLResponse:
    """What there is to look at."""
    return page(request, "front.html", scenarios=scenario_list())
