"""`sluicegate downstream`: what a shortage costs beyond the lines it stops."""

from __future__ import annotations

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
from sluicegate.cli.tables import banded
from sluicegate.cli.tables import table as rows_of

SHOWN = 12


def downstream(
    scenario: ScenarioName,
    draws: Draws = 256,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    table: Annotated[
        str | None,
        typer.Option(
            "--table",
            metavar="KIND:PATH",
            help="Your own input-output table: exiobase3, oecd, eora26, wiod or saved; ours if absent.",
        ),
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option("--map", metavar="FILE", help="Its unit, and which of its regions and sectors our lines are in."),
    ] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Lost value added by country and industry: in the lines that stop, and in the economy around them."""
    with plainly():
        from sluicegate.desk.downstream import downstream as ask

        document = ask(scenario, draws=draws, seed=seed, as_of=read_day(as_of, "--as-of"),
                       settings=pairs(settings or [], "--set"), table=table, mapping=mapping,
                       progress=progress("simulating"))  # fmt: skip
        tell(document, _text, json=json)


def _text(document: dict[str, Any]) -> str:
    total = document["total"]
    several = total["economy_per_line_value"]
    times = f", {banded(several, 2)} times that of the lines" if several else ""
    parts = [
        f"{document['title']}, {document['weeks']} weeks",
        f"In the lines {banded(total['lines'])}, in the whole economy {banded(total['economy'])}"
        f" {document['unit']}{times}.",
    ]
    for kind in ("country", "industry"):
        rows = document["countries" if kind == "country" else "industries"][:SHOWN]
        parts.append(rows_of([kind, "in its lines", f"in all, {document['unit']}"],
                             [[r[kind], banded(r["lines"]), banded(r["economy"])] for r in rows]))  # fmt: skip
    if left := document["table"]["left_out"]:
        parts.append(f"Left out, for the table has no region or sector for them: {', '.join(left)}.")
    if document["capped"]:
        where = ", ".join(f"{row['industry']} in {row['place']}" for row in document["capped"])
        parts.append(f"More stopped than the table has of: {where}; taken as all of it.")
    return "\n".join([*parts, *document["assumed"]])
