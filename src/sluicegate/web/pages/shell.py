"""What makes the desk an app: manifest, service worker, and the page shown when nothing is kept."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import words
from sluicegate.web.pages.cells import note
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.static_file import static_files

router = APIRouter(include_in_schema=False)


@router.get("/sw.js")
def worker() -> Response:
    """The service worker, at the root so that it sees every page."""
    return _root("sw.js")


@router.get("/manifest.webmanifest")
def manifest() -> Response:
    """Name and picture of the app."""
    return _root("manifest.webmanifest")


@router.get("/favicon.ico")
def picture() -> Response:
    """The picture, where a browser asks for it by its old name."""
    return _root("icon.svg")


def _root(name: str) -> Response:
    file = static_files()[name]
    return Response(
        file.content, media_type=file.kind, headers={"cache-control": "no-cache", "etag": f'"{file.digest}"'}
    )


@router.get("/offline")
def offline(request: Request) -> Response:
    """Shown where there is no network and the page was never read."""
    text = note(
        "The desk cannot be reached, and this page was not read before. Pages read earlier can still be opened."
    )
    return show(request, View("No connection", (Group("offline", "What still works", (text,)),),
                              above=words("Today", link="/")))  # fmt: skip
