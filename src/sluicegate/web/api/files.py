"""A person's own files: companies, projects, scenarios, articles. Nobody else can read them, whatever their role."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from sluicegate.store.audit import note
from sluicegate.store.own_file import LARGEST, OwnFile, file_of, files_of, keep_file, remove_file
from sluicegate.terms.errors import NotFoundError
from sluicegate.web.answer import json_answer
from sluicegate.web.api.shape import FAULTS, FileRow, FilesShape
from sluicegate.web.fault import Refused

router = APIRouter(prefix="/api/v1/files", tags=["files"], responses=FAULTS)
FileId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
Kind = Literal["company", "project", "scenario", "article"]
_TEXT = {"requestBody": {"required": True, "content": {"application/octet-stream": {
    "schema": {"type": "string", "format": "binary"}}}}}  # fmt: skip


def _answer(model: Any) -> dict[str, Any]:
    return {"responses": FAULTS | {200: {"model": model}}, "response_class": Response, "response_model": None}


@router.get("", **_answer(FilesShape))
def listed(request: Request, kind: Kind | None = None) -> Response:
    """Your files, the last changed first."""
    return json_answer({"files": [_row(f) for f in files_of(request.app.state.engine, request.state.person.id, kind)]})


@router.put("/{kind}/{name}", openapi_extra=_TEXT, **_answer(FileRow))
async def keep(request: Request, kind: Kind, name: Annotated[str, Path(max_length=80)]) -> Response:
    """Keep a file; one of the same kind and name gives way. The body is its content."""
    content = await request.body()
    if len(content) > LARGEST:
        raise Refused(413, found=f"{len(content):,} bytes", expected=f"at most {LARGEST:,}")
    kept = keep_file(request.app.state.engine, request.state.person.id, kind, name, content)
    note(request.app.state.engine, f"file: {kind}", person_id=request.state.person.id, subject=kept.id)
    return json_answer(_row(kept))


@router.get("/{file_id}", responses={200: {"content": {"application/octet-stream": {}}}}, response_class=Response)
def content(request: Request, file_id: FileId) -> Response:
    """One of your files, to be saved rather than shown."""
    file = file_of(request.app.state.engine, request.state.person.id, file_id)
    return Response(file.content, media_type="application/octet-stream",
                    headers={"content-disposition": "attachment"})  # fmt: skip


@router.delete("/{file_id}", status_code=204, response_class=Response, response_model=None)
def remove(request: Request, file_id: FileId, confirm: Annotated[bool, Query()] = True) -> Response:
    """Remove one of your files."""
    if not confirm or not remove_file(request.app.state.engine, request.state.person.id, file_id):
        raise NotFoundError(file_id, kind="file", known=[], where="your files")
    note(request.app.state.engine, "file: remove", person_id=request.state.person.id, subject=file_id)
    return Response(status_code=204)


def _row(file: OwnFile) -> dict[str, Any]:
    changed = datetime.fromtimestamp(file.changed_at, UTC).isoformat(timespec="seconds")
    return {"id": file.id, "kind": file.kind, "name": file.name, "bytes": len(file.content), "changed_at": changed}
