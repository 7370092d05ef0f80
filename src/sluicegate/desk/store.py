"""Runs kept by content hash: the document of an answer and the explanation of each of its numbers."""

from __future__ import annotations

import copy
import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from sluicegate.desk.number import Document
from sluicegate.desk.version import dataset_version, model_version
from sluicegate.terms import InputError
from sluicegate.terms.home import home, private
from sluicegate.terms.writing import made_folder, write_together

DOCUMENT, EXPLANATIONS = "document.json", "explanations.json"


def run_key(**inputs: object) -> str:
    """Hash of everything that decides an answer: its inputs, the data and the model."""
    text = json.dumps([inputs, dataset_version(), model_version()], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def keep(key: str, document: Document, explanations: dict[str, Document]) -> Path:
    """Keep a run; returns its folder.

    Raises
    ------
    InputError : the folder cannot be written.
    """
    folder = made_folder(private() / "runs" / key, do="Set SLUICEGATE_HOME to another folder.")
    write_together(folder, {EXPLANATIONS: json.dumps(explanations, indent=1), DOCUMENT: json.dumps(document, indent=1)})
    return folder


def explanations_of(run: str | None) -> dict[str, Document]:
    """Explanations of one run (a key or a folder), or of all kept runs, the newest taking precedence.

    Raises
    ------
    InputError : no such run.
    """
    found: dict[str, Document] = {}
    for folder in reversed(_folders(run)):
        found |= _read(folder)
    return found


def explanation_of(number_id: str, run: str | None) -> Document | None:
    """Explanation of one number in one run (a key or a folder), or in the newest kept run that has it; None without.

    Raises
    ------
    InputError : no such run.
    """
    named = json.dumps(number_id).encode()  # to look for it is quicker than to read every run that is kept
    for folder in _folders(run):
        if run is None and named not in (folder / EXPLANATIONS).read_bytes():
            continue
        if number_id in (found := _read(folder)):
            return copy.deepcopy(found[number_id])
    return None


def _folders(run: str | None) -> list[Path]:
    """The folder of one run, or those of all kept runs, the newest first."""
    if run is not None:
        return [_folder(run)]
    places = [place / "runs" for place in dict.fromkeys((home(), private()))]
    folders = [p for runs in places if runs.is_dir() for p in runs.iterdir() if (p / EXPLANATIONS).is_file()]
    return sorted(folders, key=_age)[::-1]


def _folder(run: str) -> Path:
    for folder in (Path(run), private() / "runs" / run, home() / "runs" / run):
        if (folder / EXPLANATIONS).is_file():
            return folder
    raise InputError(f"no run {run!r}", where="--run", expected="a run's key or folder",
                     do=f"Runs are kept in {home() / 'runs'}.")  # fmt: skip


def _age(folder: Path) -> float:
    return (folder / EXPLANATIONS).stat().st_mtime


def _read(folder: Path) -> dict[str, Document]:
    written = (folder / EXPLANATIONS).stat()
    return dict(_parsed(folder, written.st_mtime_ns, written.st_ino))


@lru_cache(maxsize=4)
def _parsed(folder: Path, _written_ns: int, _file: int) -> dict[str, Document]:
    """The explanations of a run, once for all numbers that are asked of it; a file written anew is read anew."""
    try:
        data: Any = json.loads((folder / EXPLANATIONS).read_text("utf-8"))
    except ValueError as error:
        raise InputError(f"not a kept run ({error})", where=str(folder / EXPLANATIONS), expected="JSON as we wrote it",
                         do="Remove the folder and run again.") from error  # fmt: skip
    return dict(data)
