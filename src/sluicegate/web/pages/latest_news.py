"""The latest news, as far as the desk keeps any."""

from __future__ import annotations

from starlette.requests import Request

from sluicegate.desk.page.block import Block
from sluicegate.web.pages.cells import note


def latest(request: Request) -> tuple[Block, ...]:
    """What came lately and moved a number."""
    return (note("No articles read yet.", link="/news"),) if request.app.state.engine else ()
