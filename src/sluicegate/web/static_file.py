"""Scripts, styles and pictures: read once, compressed once, kept by browsers for as long as their content stays."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response

from sluicegate.web.style import style_sheet

FOREVER = "public, max-age=31536000, immutable"
_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".mjs": "text/javascript",
          ".svg": "image/svg+xml", ".woff2": "font/woff2"}  # fmt: skip


@dataclass(frozen=True)
class StaticFile:
    """A file as it is sent."""

    content: bytes
    zipped: bytes
    kind: str
    digest: str


@cache
def static_files() -> dict[str, StaticFile]:
    """All of them by their path under `web/static`; nothing else can be asked for, whatever a path says."""
    found: dict[str, StaticFile] = {}
    _collect(files("sluicegate.web") / "static", "", found)
    found["style.css"] = _file("style.css", style_sheet().encode())
    return found


def _collect(folder: Traversable, prefix: str, found: dict[str, StaticFile]) -> None:
    for item in folder.iterdir():
        name = prefix + item.name
        if item.is_dir():
            _collect(item, f"{name}/", found)
        elif not item.name.endswith((".py", ".pyc")):
            found[name] = _file(name, item.read_bytes())


def _file(name: str, content: bytes) -> StaticFile:
    kind = _TYPES.get(f".{name.rpartition('.')[2]}") or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return StaticFile(content, gzip.compress(content, 9, mtime=0), kind, hashlib.sha256(content).hexdigest()[:12])


def static_address(name: str) -> str:
    """The address of a static file, with its content's hash.

    Raises
    ------
    KeyError : there is no such file.
    """
    return f"/static/{static_files()[name].digest}/{name}"


async def serve_static(request: Request) -> Response:
    """A static file, under its hash for ever or under its plain name for now."""
    path = request.path_params["path"]
    file = static_files().get(path)
    by_hash = False
    if file is None:
        digest, _, name = path.partition("/")
        file = static_files().get(name)
        by_hash = file is not None and file.digest == digest
    if file is None:
        return Response("no such file", 404, media_type="text/plain")
    headers = {
        "cache-control": FOREVER if by_hash else "no-cache",
        "etag": f'"{file.digest}"',
        "vary": "accept-encoding",
    }
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    zipped = "gzip" in request.headers.get("accept-encoding", "") and len(file.zipped) < len(file.content)
    if zipped:
        headers["content-encoding"] = "gzip"
    return Response(file.zipped if zipped else file.content, media_type=file.kind, headers=headers)
