"""`sluicegate ensemble`: a long ensemble in a file, block by block."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sluicegate.cli.door import (
    AsOf,
    Draws,
    Json,
    ScenarioName,
    Schema,
    Seed,
    Settings,
    pairs,
    plainly,
    progress,
    read_day,
    tell,
)
from sluicegate.cli.tables import table


def ensemble(
    scenario: ScenarioName,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE.nc|DIR", help="NetCDF, or a folder of Parquet; none tells the needs."),
    ] = None,
    keep: Annotated[
        list[str] | None, typer.Option("--keep", metavar="VARIABLE", help="Save only this; may be repeated.")
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Save quantiles and mean over the draws, not the draws.")
    ] = False,
    draws: Draws = 1024,
    seed: Seed = 1,
    block: Annotated[int, typer.Option("--block", min=1, help="Draws in memory at once.")] = 128,
    as_of: AsOf = None,
    settings: Settings = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Run a scenario block by block into a file, however large; a stopped run goes on from where it was."""
    with plainly():
        from sluicegate.desk.ensemble import ensemble as ask

        document = ask(scenario, save=save, variables=keep or [], statistics=statistics, draws=draws, seed=seed,
                       block=block, as_of=read_day(as_of, "--as-of"), settings=pairs(settings or [], "--set"),
                       progress=progress("simulating"))  # fmt: skip
        tell(document, _text, json=json)


def _text(document: dict[str, Any]) -> str:
    from sluicegate.sim.budget import size

    needs = document["needs"]
    seconds = "" if needs["seconds"] is None else f", about {needs['seconds']:,.0f} s"
    rows = [[v["name"], v["rows"], v["unit"], v["long_name"]] for v in document["variables"]]
    return "\n".join([
        f"{document['title']}: {document['draws']:,} draws of {document['weeks']} weeks in {document['blocks']} blocks",
        table(["variable", "rows", "unit", "what it is"], rows),
        f"memory {size(needs['memory_bytes'])} (in one piece {size(needs['memory_bytes_in_one_piece'])}), "
        f"disk at most {size(needs['disk_bytes_at_most'])}{seconds}",
        *(f"wrote {file}" for file in document["files"]),
    ])  # fmt: skip
