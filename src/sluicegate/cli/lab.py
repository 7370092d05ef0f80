"""`sluicegate lab`: games, drivers and static measures, for those who ask."""

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
from sluicegate.cli.tables import banded, mixed, table

lab = typer.Typer(help="Games, drivers and static measures, for those who ask.", no_args_is_help=True)


@lab.command()
def game(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="YAML: payoffs `row` and `column`, or a known game.")],
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """All equilibria of a game of two, with regret; what dominance leaves; the best commitment of each side."""
    with plainly():
        from sluicegate.desk.game import game as ask

        document = ask(file)
        tell(document, _game_text, json=json)


@lab.command()
def shock(
    table_of: Annotated[str, typer.Argument(metavar="KIND:PATH", help="A table pymrio reads; `test` is its own.")],
    lose: Annotated[list[str], typer.Option("--lose", metavar="REGION/SECTOR=SHARE", help="Capacity lost, 0-1.")],
    start: Annotated[int, typer.Option("--start", help="First day of the loss.")] = 1,
    last: Annotated[int, typer.Option("--last", help="Days it lasts.")] = 30,
    recovery_days: Annotated[int, typer.Option("--recovery", help="Days in which it comes back.")] = 1,
    days: Annotated[int, typer.Option("--days", help="Days run in all.")] = 365,
    inventory_days: Annotated[float, typer.Option("--inventory", help="Days of inputs in stock.")] = 30.0,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Lost value added by industry when some industries of an input-output table lose capacity for a time (ARIO)."""
    with plainly():
        from sluicegate.desk.shock import shock as ask

        document = ask(table_of, lose, start=start, last=last, recovery_days=recovery_days, days=days,
                       inventory_days=inventory_days)  # fmt: skip
        tell(document, _shock_text, json=json)


def _shock_text(document: dict[str, Any]) -> str:
    own, whole, unit = document["lost_by_those_hit"], document["lost_in_all"], document["unit"]
    rows = [[r["region"], r["sector"], f"{r['lost']:,.1f}", "hit" if r["hit"] else ""] for r in document["industries"]]
    return "\n".join([f"Value added lost over {document['days']} days: {own:,.1f} {unit} where capacity is lost, "
                      f"{whole:,.1f} in all.", table(["region", "sector", f"lost, {unit}", ""], rows)])  # fmt: skip


@lab.command()
def shapley(
    scenario: ScenarioName,
    draws: Draws = 64,
    seed: Seed = 1,
    as_of: AsOf = None,
    settings: Settings = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """What drives the edge: concentration, stock, substitution time and retaliation, sixteen coalitions simulated."""
    with plainly():
        from sluicegate.desk.shapley import drivers as ask

        document = ask(scenario, draws=draws, seed=seed, as_of=read_day(as_of, "--as-of"),
                       settings=pairs(settings or [], "--set"),
                       progress=progress("simulating", "coalitions"))  # fmt: skip
        tell(document, _drivers_text, json=json)


def _drivers_text(d: dict[str, Any]) -> str:
    rows = [[r["driver"], f"{r['E_mean']:+.2f}", banded(r["E"], 2), f"{r['loss_target_mean']:+,.0f}"]
            for r in d["drivers"]]  # fmt: skip
    ends = [[label, f"{d[key]['E_mean']:.2f}", banded(d[key]["E"], 2), f"{d[key]['loss_target_mean']:,.0f}"]
            for key, label in (("reference", "reference: all four put back"), ("as_it_is", "as it is"))]  # fmt: skip
    return "\n".join([
        f"{d['title']}; {d['controller']} over {d['target']}",
        table(["driver", "E, mean", "E, median (90 %)", f"loss of {d['target']}, m USD"],
              [ends[0], *rows, ends[1]]),
        *(f"{r['driver'].capitalize()} put back: {r['reference']}." for r in d["drivers"]),
        *d["limits"],
    ])  # fmt: skip


@lab.command()
def static(
    scenario: ScenarioName, as_of: AsOf = None, settings: Settings = None, json: Json = False, _schema: Schema = False
) -> None:
    """Hirschman's asymmetry by trade and by chain, and what a cut-off could extract, without simulation."""
    with plainly():
        from sluicegate.desk.static import static as ask

        document = ask(scenario, as_of=read_day(as_of, "--as-of"), settings=pairs(settings or [], "--set"))
        tell(document, _static_text, json=json)


def _static_text(d: dict[str, Any]) -> str:
    kinds = [(side, kind) for side in ("target", "controller") for kind in ("direct", "chain")]
    rows = [[p["product"], *(_share(p[side][kind]) for side, kind in kinds)] for p in d["chain"]["products"]]
    trade, chain, c, t = d["trade"], d["chain"], d["controller"], d["target"]
    years = [[r["years"], f"{r['sigma']:.1f}", f"{r['rho']:.2f}", f"{r['log_cost_rise']:.2%}",
              f"{r['musd_per_yr']:,.0f}"] for r in d["power"]["by_years"]]  # fmt: skip
    return "\n".join([
        d["title"],
        f"Trade in these goods: {_share(trade['target_on_controller'])} of {t}'s is with {c}, "
        f"{_share(trade['controller_on_target'])} of {c}'s with {t}; asymmetry {_log(trade['asymmetry'])}. "
        f"Concentration of {t}'s imports {trade['concentration_of_imports']:.0f} of 100.",
        f"By chain: {_share(chain['target_on_controller'])} of what {t} uses passes {c}, "
        f"{_share(chain['controller_on_target'])} of {c}'s passes {t}; asymmetry {_log(chain['asymmetry'])}.",
        table(["product", f"{t} from {c}", "by chain", f"{c} from {t}", "by chain"], rows),
        f"What a cut-off could extract from {t}'s lines by a nested CES, m USD a year "
        f"(these goods are {d['power']['share_of_cost']:.2%} of their cost):",
        table(["years", "between sources", "between inputs", "rise of cost", "m USD a year"], years),
        *d["limits"].values(),
    ])  # fmt: skip


def _share(found: float | None) -> str:
    return "-" if found is None else f"{found:.0%}"


def _log(found: float | None) -> str:
    return "without bound" if found is None else f"{found:+.1f}"


def _game_text(d: dict[str, Any]) -> str:
    closed = [f"{name}: {_told(answer)}" for name, answer in d["closed"].items()]
    return "\n".join([*([_table_text(d)] if d["equilibria"] or not closed else []), *closed])


def _told(answer: object) -> str:
    """A closed answer in a line."""
    if isinstance(answer, dict):
        return ", ".join(f"{k.replace('_', ' ')} {_told(v)}" for k, v in answer.items())
    if isinstance(answer, list):
        return "; ".join(_told(x) for x in answer)
    return f"{answer:.6g}" if isinstance(answer, float) else str(answer)


def _table_text(d: dict[str, Any]) -> str:
    rows = [[mixed(e["row"]), mixed(e["column"]), f"{e['row_value']:.6g}", f"{e['column_value']:.6g}",
             f"{e['regret']:.1g}"] for e in d["equilibria"]]  # fmt: skip
    return "\n".join([
        f"Left by dominance: {', '.join(d['undominated']['row'])} against {', '.join(d['undominated']['column'])}.",
        table(["row", "column", "row earns", "column earns", "regret"], rows),
        *([d["note"]] if d["note"] else []),
        f"Committing first, row earns {d['leaders']['row']:.6g}, column {d['leaders']['column']:.6g}; "
        f"safe for row {d['safe']['row']:.6g}, for column {d['safe']['column']:.6g}.",
    ])  # fmt: skip
