"""A run as files other tools read: NetCDF, Parquet, HTML."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from sluicegate.desk.answer import Answer
from sluicegate.desk.number import Document
from sluicegate.desk.page import result_html
from sluicegate.desk.writing import write_together
from sluicegate.terms import InputError


def export(folder: Path, document: Document, ran: Answer) -> list[Path]:
    """Write `result.nc`, one Parquet file a table and `report.html`; returns the paths.

    Raises
    ------
    InputError : the folder cannot be made or written; then none of the files is there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make it ({error.strerror})", where=str(folder), expected="a folder we may write",
                         do="Name another folder.") from error  # fmt: skip
    contents: dict[str, bytes | str] = {
        "result.nc": bytes(ran.result.dataset().to_netcdf(engine="scipy")),
        "report.html": result_html(document),
    }
    for name in ("shortages", "days_of_cover", "prices"):
        contents[f"{name}.parquet"] = _parquet(document["outcome"][name])
    return write_together(folder, contents)


def _parquet(rows: list[Document]) -> bytes:
    """A table of flat columns; a band becomes five of them."""
    flat = pd.json_normalize([{k: v for k, v in row.items() if k != "spark"} for row in rows])
    buffer = io.BytesIO()
    flat.to_parquet(buffer)
    return buffer.getvalue()
