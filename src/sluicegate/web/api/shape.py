"""The shapes of what only the interface has: errors, jobs, files, tokens."""

from __future__ import annotations

from typing import Any, Literal

from sluicegate.desk.shapes.people import NewTokenShape, PersonShape
from sluicegate.desk.shapes.shape import Shape


class FaultShape(Shape):
    """An error: what was found, where, what was expected, what to do."""

    found: str
    where: str
    expected: str
    do: str


class JobShape(Shape):
    """A job; `percent` is 0-100, null before anything is known; `document` is the hash of the answer."""

    id: str
    kind: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    percent: float | None
    message: str
    arguments: dict[str, Any]
    seed: int | None
    model_version: str
    dataset_version: str
    revision: int
    document: str | None
    error: FaultShape | None
    made_at: str
    started_at: str | None
    ended_at: str | None
    links: dict[str, str]


class JobsShape(Shape):
    """A person's jobs, the newest first."""

    jobs: list[JobShape]


class FileRow(Shape):
    """A kept file."""

    id: str
    kind: str
    name: str
    bytes: int
    changed_at: str


class FilesShape(Shape):
    """A person's own files."""

    files: list[FileRow]


class TokenRow(Shape):
    """A program's token, without the token itself."""

    id: int
    name: str
    made_at: str
    ends_at: str | None


class TokensShape(Shape):
    """A person's tokens."""

    tokens: list[TokenRow]


__all__ = ["FAULTS", "FaultShape", "FileRow", "FilesShape", "JobShape", "JobsShape", "NewTokenShape", "PersonShape",
           "TokenRow", "TokensShape"]  # fmt: skip
FAULTS: dict[int | str, dict[str, Any]] = {
    status: {"model": FaultShape, "description": says}
    for status, says in {
        400: "The request cannot be read.", 401: "Nobody is signed in.", 403: "This person may not.",
        404: "There is no such thing.", 409: "It is not in that state.", 413: "Too many bytes.",
        422: "The input is wrong.", 429: "Too much was asked for.", 500: "No answer.",
        503: "The database does not answer.",
    }.items()
}  # fmt: skip
"""What every address may answer beside its document."""
