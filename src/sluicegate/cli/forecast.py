"""`sluicegate forecast`: questions that a published figure will settle, and how they did."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sluicegate.cli.door import (
    AsOf,
    CustomsCode,
    Database,
    Destination,
    Draws,
    Json,
    Origin,
    Product,
    ScenarioName,
    Schema,
    Seed,
    Settings,
    pairs,
    plainly,
    print_json,
    read_day,
    tell,
)
from sluicegate.cli.tables import table

forecast = typer.Typer(help="Forecasts that a published figure will settle, kept with their score.",
                       no_args_is_help=True)  # fmt: skip


@forecast.command("make")
def make(
    scenario: ScenarioName,
    month: Annotated[str, typer.Option("--month", metavar="MONTH", help="The month asked about, such as 2025-06.")],
    product: Product = None,
    hs: CustomsCode = None,
    above: Annotated[
        float | None, typer.Option("--above", help="Threshold in t gross a month; the median, rounded, without it.")
    ] = None,
    measure: Annotated[str, typer.Option("--measure", help="exports or imports.")] = "exports",
    origin: Origin = None,
    destination: Destination = None,
    draws: Draws = 256,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Ask whether a monthly figure will lie above a threshold; the question is kept with its probability."""
    with plainly():
        from sluicegate.desk.forecast import make_forecast

        document = make_forecast(scenario, month=month, above=above, measure=measure, product=product, hs=hs,
                                 origin=origin, destination=destination, draws=draws, seed=seed,
                                 as_of=read_day(as_of, "--as-of"),
                                 settings=pairs(settings or [], "--set"))  # fmt: skip
        tell(document, _one, json=json)


@forecast.command("claim")
def of_claim(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A claim as JSON, or a document of `claims`.")
    ] = None,
    accepted: Annotated[
        int | None, typer.Option("--accepted", metavar="NUMBER", min=1, help="An accepted claim of the library.")
    ] = None,
    database: Database = None,
    claim: Annotated[str | None, typer.Option("--claim", help="Id of one claim of the document.")] = None,
    month: Annotated[str | None, typer.Option("--month", help="The month asked about; three on without it.")] = None,
    above: Annotated[float | None, typer.Option("--above", help="Threshold in t gross a month.")] = None,
    draws: Draws = 256,
    seed: Seed = 1,
    as_of: AsOf = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Ask what customs will print of the goods that a claim says are controlled; the questions are kept."""
    with plainly():
        from sluicegate.desk.claim_forecast import accepted_claim, claim_in, forecast_of_claim
        from sluicegate.store.database import open_database
        from sluicegate.terms.errors import InputError

        if (file is None) == (accepted is None):
            raise InputError("both or neither of a file and --accepted", where="arguments", expected="one of the two",
                             do="Name a file, or the number of an accepted claim.")  # fmt: skip
        told = claim_in(file, claim) if file else accepted_claim(open_database(database), accepted or 0)
        document = forecast_of_claim(told, on=read_day(as_of, "--as-of"), month=month, above=above,
                                     draws=draws, seed=seed)  # fmt: skip
        print_json(document) if json else typer.echo("\n\n".join(_one(q) for q in document["questions"]))


@forecast.command("list")
def listed(
    still_open: Annotated[bool, typer.Option("--open", help="Only those not settled.")] = False,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """The questions kept."""
    with plainly():
        from sluicegate.desk.forecast import list_forecasts

        document = list_forecasts(still_open=still_open)
        rows = [f"{q['id']}\n  {q['text']}\n  {q['probability']:.2f} on what was known on {q['made_for']}; {_came(q)}"
                for q in document["questions"]]  # fmt: skip
        text = "\n".join(rows) or "No question is kept."
        print_json(document) if json else typer.echo(text)


@forecast.command("settle")
def settle(
    question: Annotated[str, typer.Argument(metavar="ID", help="The question's id.")],
    value: Annotated[float, typer.Argument(metavar="FIGURE", help="The published figure, in the question's unit.")],
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where it was read.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; today without it.")] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Settle a question with the figure that came."""
    with plainly():
        from sluicegate.desk.forecast import settle_forecast

        document = settle_forecast(question, value, source=source, on=read_day(on, "--on"))
        tell(document, _one, json=json)


@forecast.command("score")
def score(json: Json = False, _schema: Schema = False) -> None:
    """How the settled questions did."""
    with plainly():
        from sluicegate.desk.forecast import score_forecasts

        found = score_forecasts()
        print_json(found) if json else typer.echo(_score_text(found))


def _one(question: dict[str, Any]) -> str:
    bands = question["forecast"]
    return "\n".join([
        question["text"],
        f"Probability {question['probability']:.2f}; forecast {bands['q50']:.4g} ({bands['q05']:.4g} to "
        f"{bands['q95']:.4g}) {question['unit']}, on what was known on {question['made_for']}.",
        f"Came: {_came(question)}.", question["id"],
    ])  # fmt: skip


def _came(question: dict[str, Any]) -> str:
    settled = question["settled"]
    if settled is None:
        return "not settled"
    return f"{settled['value']:g} {question['unit']} ({settled['source']}), Brier {question['brier']:.3f}"


def _score_text(found: dict[str, Any]) -> str:
    if not found["settled"]:
        return f"{found['asked']} questions kept, none settled."
    rows = [[f"{c['from']:g} to {c['to']:g}", c["n"], f"{c['share_happened']:.2f}"] for c in found["calibration"]]
    return "\n".join([
        f"{found['settled']} of {found['asked']} settled. Brier {found['brier']:.3f} (always one half: 0.25).",
        table(["probability stated", "questions", "share that happened"], rows),
    ])  # fmt: skip
