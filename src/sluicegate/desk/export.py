"""A run as files other tools read: NetCDF, Parquet, HTML."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from sluicegate.desk.answer import Answer
from sluicegate.desk.number import Document
from sluicegate.desk.page import result_html
from sluicegate.sim.saved import DATASET, save_netcdf
from sluicegate.terms.writing import new_folder, staged

TABLES = ("shortages", "days_of_cover", "prices")


def export(folder: Path, document: Document, ran: Answer) -> list[Path]:
    """Write `result.nc`, one Parquet file a table and `report.html`; returns the paths.

    Raises
    ------
    InputError : the folder cannot be made or written; then none of the files is there.
    """
    dataset = ran.result.dataset()
    with new_folder(folder), staged(folder) as staging:
        save_netcdf(staging / DATASET, [dataset], dataset.sizes["draw"])
        (staging / "report.html").write_text(result_html(document), "utf-8")
        for name in TABLES:
            (staging / f"{name}.parquet").write_bytes(_parquet(document["outcome"][name]))
        names = sorted(file.name for file in staging.iterdir())
    return [folder / name for name in names]


def _parquet(rows: list[Document]) -> bytes:
    """A table of flat columns; a band becomes five of them."""
    flat = pd.json_normalize([{k: v for k, v in row.items() if k != "spark"} for row in rows])
    buffer = io.BytesIO()
    flat.to_parquet(buffer)
    return buffer.getvalue()
