"""The commands. Each imports the desk when it runs, so that `--help` is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sluicegate.cli import newsroom
from sluicegate.cli.desk import desk
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
    colours,
    pairs,
    plainly,
    print_json,
    print_page,
    progress,
    read_day,
    tell,
)
from sluicegate.cli.downstream import downstream
from sluicegate.cli.ensemble import ensemble
from sluicegate.cli.exposure import exposure
from sluicegate.cli.forecast import forecast
from sluicegate.cli.history import calibrate, hindcast
from sluicegate.cli.lab import lab
from sluicegate.cli.news import news
from sluicegate.cli.plan import plan
from sluicegate.cli.project import project
from sluicegate.cli.register import register
from sluicegate.cli.reroute import reroute
from sluicegate.cli.scenarios import scenarios
from sluicegate.cli.sensitivity import sensitivity
from sluicegate.cli.tables import table, tree
from sluicegate.cli.talks import negotiate
from sluicegate.cli.world import world
from sluicegate.cli.years import years

newsroom.attach(news)
app = typer.Typer(
    help="Critical-minerals supply risk: from the news to the number.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(world, name="world")
app.add_typer(desk, name="desk")
app.add_typer(forecast, name="forecast")
app.add_typer(lab, name="lab")
app.add_typer(news, name="news")
app.add_typer(register, name="register")
app.add_typer(scenarios, name="scenario")
app.command()(calibrate)
app.command()(downstream)
app.command()(ensemble)
app.command()(hindcast)
app.command()(exposure)
app.command()(negotiate)
app.command()(plan)
app.command()(project)
app.command()(reroute)
app.command()(sensitivity)
app.command()(years)

Network = Annotated[bool, typer.Option("--network", help="Allow the network, to read a URL.")]
SourceName = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE", help="A file, a URL (with --network), news:ID of the library, or - for standard input."
    ),
]


@app.command()
def brief(
    source: SourceName,
    as_of: AsOf = None,
    draws: Draws = 256,
    seed: Seed = 1,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also write the page, in one file.")
    ] = None,
    network: Network = False,
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Read an article and say what it moves: who is short, when, the edge, the best answer."""
    with plainly():
        from sluicegate.desk.brief import brief as ask
        from sluicegate.desk.page import brief_html, brief_text

        day, told = read_day(as_of, "--as-of"), progress("simulating")
        if source.startswith("news:"):
            from sluicegate.desk.library.briefing import article_number, brief_article
            from sluicegate.store.database import open_database

            number = article_number(source)
            document = brief_article(open_database(database), number, as_of=day, draws=draws, seed=seed, progress=told)
        else:
            document = ask(source, as_of=day, draws=draws, seed=seed, network=network, progress=told)
        print_page(document, brief_text, brief_html, html, json=json, page="The page, with charts")


@app.command()
def claims(
    source: SourceName,
    as_of: AsOf = None,
    network: Network = False,
    database: Database = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """What an article says, claim by claim, each with its quote. No model is run."""
    with plainly():
        from sluicegate.desk.claims import claims as ask

        day = read_day(as_of, "--as-of")
        if source.startswith("news:"):
            from sluicegate.desk.library.briefing import article_number, claims_of_article
            from sluicegate.store.database import open_database

            document = claims_of_article(open_database(database), article_number(source), as_of=day)
        else:
            document = ask(source, network=network, as_of=day)
        if json:
            print_json(document)
            return
        rows = [
            [c["type"], c["status"], ", ".join(c["materials"]), ", ".join(c["actor"]), c["quote"]]
            for c in document["claims"]
        ]
        typer.echo(table(["type", "status", "materials", "actor", "quote"], rows))


@app.command()
def run(
    scenario: ScenarioName,
    draws: Draws = 256,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write result.nc, tables and report.html.")
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            metavar="FILE.nc|DIR",
            help="Save every draw, as NetCDF or with long Parquet tables; a stopped run goes on.",
        ),
    ] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Run a scenario: who is short of what and when, prices, the edge."""
    with plainly():
        from sluicegate.desk.run import run_scenario

        document, ran = run_scenario(
            scenario, draws=draws, seed=seed, as_of=read_day(as_of, "--as-of"), settings=pairs(settings or [], "--set"),
            progress=progress("simulating"), save=save, out=out,
        )  # fmt: skip
        written = list(map(Path, document.get("saved", [])))
        if out:
            from sluicegate.desk.export import export

            written += export(out, document, ran)
        if json:
            print_json(document)
            return
        from sluicegate.desk.page import result_text  # a tenth of a second that JSON does not need

        typer.echo(result_text(document, colour=colours()))
        for path in written:
            typer.echo(f"wrote {path}")


@app.command()
def edge(
    scenario: ScenarioName,
    draws: Draws = 256,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    levers: Annotated[
        str | None,
        typer.Option("--levers", metavar="NAMES", help="Levers of the other side held too: names, all, or register."),
    ] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Who has the edge over whom, week by week, and when it expires."""
    with plainly():
        from sluicegate.desk.page import result_text
        from sluicegate.desk.run import edge_of

        document = edge_of(scenario, draws=draws, seed=seed, as_of=read_day(as_of, "--as-of"),
                           settings=pairs(settings or [], "--set"), levers=levers)  # fmt: skip
        if json:
            print_json(document)
        else:
            page = {"edge": document} | {k: document[k] for k in ("title", "open_questions", "provenance")}
            typer.echo(result_text(page, colour=colours()))
            typer.echo(_drawn(document))


def _halved(document: dict[str, Any], drawn: dict[str, Any]) -> str:
    """How often the target bears more, and when the edge is half of its height."""
    half, kept = drawn["half_life_weeks"], f"{drawn['half_life_beyond_horizon']:.0%} beyond the horizon"
    halved = f"halved after {half['q50']:.0f} weeks ({half['q05']:.0f} to {half['q95']:.0f}), {kept}" if half else (
        f"not halved within the horizon in {drawn['half_life_beyond_horizon']:.0%}")  # fmt: skip
    return (f"In the week of {drawn['week']} {document['target']} bears more in {drawn['p_target_bears_more']:.0%} of "
            f"draws; the edge is {halved}.")  # fmt: skip


def _drawn(document: dict[str, Any]) -> str:
    """What the draws say beside the path, in two lines."""
    drawn = document["drawn"]
    sides = drawn["days_until_pain"]
    if not document["material"]:
        first = f"{document['target']} loses no material share of its GDP in any week: there is no edge to speak of."
    else:
        first = _halved(document, drawn)
    hurts = ", ".join(f"{document[side]} {_days(sides[side])}" for side in ("target", "controller"))
    could = [f"{lever['lever']} ({lever['in_full']}) would cost {document['controller']} "
             f"{_musd(lever['costs_controller'])}, {document['target']} {_musd(lever['costs_target'])} m USD a week"
             for lever in document["levers"] if not lever["counted"]]  # fmt: skip
    return "\n".join([
        first,
        f"Days until a loss above 0.01 % of GDP: {hurts}.",
        *([f"Not counted, in full from the first day (--levers): {'; '.join(could)}."] if could else []),
        *(f"Absent, not zero: {told}." for told in document["levers_absent"]),
    ])  # fmt: skip


def _musd(found: dict[str, float]) -> str:
    """A band of USD a week in m USD, two digits."""
    median, low, high = (f"{float(f'{found[q] / 1e6:.2g}'):g}" for q in ("q50", "q05", "q95"))
    return f"{median} ({low} to {high})"


def _days(found: dict[str, Any]) -> str:
    days, never = found["days"], found["p_never"]
    told = f"{days['q50']:.0f} ({days['q05']:.0f} to {days['q95']:.0f})" if days else "never"
    return f"{told}, never in {never:.0%}" if days and never else told


@app.command()
def series(
    scenario: ScenarioName,
    measure: Annotated[
        str, typer.Option("--measure", help="exports, imports, price, price_paid, stock, output or cover.")
    ],
    product: Product = None,
    hs: CustomsCode = None,
    origin: Origin = None,
    destination: Destination = None,
    place: Annotated[
        str | None,
        typer.Option("--place", metavar="PLACE", help="Code or name of the place of a stock, cover or output."),
    ] = None,
    area: Annotated[str, typer.Option("--area", help="inside or outside the controller's border.")] = "outside",
    every: Annotated[str, typer.Option("--every", help="week or month.")] = "week",
    samples: Annotated[int, typer.Option("--samples", min=0, help="How many samples to give besides the band.")] = 0,
    draws: Draws = 256,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """One quantity of a scenario over time, with its band."""
    with plainly():
        from sluicegate.desk.series import series as ask

        document = ask(scenario, measure=measure, product=product, hs=hs, origin=origin, destination=destination,
                       place=place, area=area, every=every, samples=samples, draws=draws, seed=seed,
                       as_of=read_day(as_of, "--as-of"), settings=pairs(settings or [], "--set"))  # fmt: skip
        if json:
            print_json(document)
            return
        rows = [[r["date"], *(f"{r[q]:.4g}" for q in ("q05", "q25", "q50", "q75", "q95"))] for r in document["series"]]
        typer.echo(f"{document['title']}; {document['unit']}")
        typer.echo(table(["date", "5 %", "25 %", "50 %", "75 %", "95 %"], rows))


@app.command()
def check(
    origin: Annotated[str, typer.Option("--from", metavar="PLACE", help="Where the goods are sent from.")],
    destination: Annotated[str, typer.Option("--to", metavar="PLACE", help="Where they go.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Day of export; default today.")] = None,
    hs: Annotated[str | None, typer.Option("--hs", help="Customs code, 6 to 10 digits.")] = None,
    material: Annotated[str | None, typer.Option("--material", help="What it is, where no code is given.")] = None,
    purity: Annotated[str | None, typer.Option("--purity", help="Share, as 0.9999 or 99.99%.")] = None,
    content: Annotated[
        list[str] | None, typer.Option("--content", metavar="ELEMENT=SHARE", help="As Dy=2.5%; may be repeated.")
    ] = None,
    properties: Annotated[
        list[str] | None,
        typer.Option("--property", metavar="NAME=VALUE", help='As "density=1.72 g/cm3"; may be repeated.'),
    ] = None,
    end_use: Annotated[str | None, typer.Option("--end-use", help="civil, military, or words.")] = None,
    end_user: Annotated[str | None, typer.Option("--end-user", help="Name of the user.")] = None,
    made_in: Annotated[
        str | None, typer.Option("--made-in", metavar="PLACE", help="Where the goods were made.")
    ] = None,
    chinese_content: Annotated[
        str | None, typer.Option("--chinese-content", metavar="SHARE", help="Share of value, as 0.1% or 0.001.")
    ] = None,
    licence: Annotated[str | None, typer.Option("--licence", help="A licence held: single or general.")] = None,
    licence_issued: Annotated[
        str | None, typer.Option("--licence-issued", metavar="DATE", help="Day it was issued.")
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Does this shipment need a licence on this day? With the clauses, the papers and the wait."""
    with plainly():
        from datetime import date

        from sluicegate.desk.check import check as ask

        document = ask(
            origin=origin, destination=destination, on=read_day(on, "--on") or date.today(), hs=hs, material=material,
            purity=purity, content=pairs(content or [], "--content"), properties=pairs(properties or [], "--property"),
            end_use=end_use, end_user=end_user, made_in=made_in,
            chinese_content=chinese_content, licence=licence,
            licence_issued=read_day(licence_issued, "--licence-issued"), as_of=read_day(as_of, "--as-of"),
        )  # fmt: skip
        if json:
            print_json(document)
            return
        from sluicegate.desk.page.verdict import check_text

        typer.echo(check_text(document))


@app.command()
def why(
    number_id: Annotated[str, typer.Argument(metavar="ID", help="The id of any number, figure, measure or input.")],
    run: Annotated[str | None, typer.Option("--run", metavar="DIR", help="A kept run: its key or folder.")] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Where a number comes from: its source, its formula and inputs, or the shares of its causes."""
    with plainly():
        from sluicegate.desk.why import why as ask

        document: dict[str, Any] = ask(number_id, run=run)
        tell(document, tree, json=json)


def main() -> None:
    """Run the command line."""
    app()
