"""`sluicegate hindcast` and `sluicegate calibrate`: how the model did on recorded episodes, and what they teach."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from sluicegate.cli.door import Draws, Json, Schema, Seed, plainly, tell
from sluicegate.cli.tables import table

Save = Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Also write the document there, as JSON.")]


def hindcast(
    episode: Annotated[
        str | None, typer.Argument(metavar="EPISODE", help="One episode alone; all without a name.")
    ] = None,
    draws: Draws = 1024,
    seed: Seed = 1,
    save: Save = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Replay recorded episodes, each forecast from the others, and score what came against naive forecasts."""
    with plainly():
        from sluicegate.desk.hindcast import hindcasts

        _answer(partial(hindcasts, episode, draws=draws, seed=seed), _hindcast_text, save, json=json)


def calibrate(draws: Draws = 1024, seed: Seed = 1, save: Save = None, json: Json = False,
              _schema: Schema = False) -> None:  # fmt: skip
    """Fit the licence queue on all recorded episodes: prior and posterior of each setting, and how far to trust it."""
    with plainly():
        from sluicegate.desk.hindcast import calibration

        _answer(partial(calibration, draws=draws, seed=seed), _fit_text, save, json=json)


def _answer(ask: Callable[[], dict[str, Any]], text: Callable[[dict[str, Any]], str], save: Path | None, *,
            json: bool) -> None:  # fmt: skip
    """Ask, save where wanted, print. Whether anything can be written there is found out before the work."""
    from json import dumps

    from sluicegate.terms.writing import require_place, write_whole

    if save:
        require_place(save)
    document = ask()
    if save:
        write_whole(save, dumps(document, indent=1, ensure_ascii=False) + "\n")
    tell(document, text, json=json)


def _hindcast_text(document: dict[str, Any]) -> str:
    points = [[s["name"], p["month"][:7], _number(p["observed"]), _number(p["prior"]["q50"]),
               f"{p['prior']['q05']:.2f} to {p['prior']['q95']:.2f}", _number(p["prior"]["crps"]),
               _number(p["fitted"]["crps"]), _number(p["updated"]), _number(p["again"])]
              for e in document["episodes"] for s in e["series"] for p in s["points"]]  # fmt: skip
    scores = document["scores"]
    rows = [["as known on the day", scores["n"], _number(scores["prior"]["crps"]), ""],
            ["fitted on the other episodes", scores["n"], _number(scores["fitted"]["crps"]), ""]]  # fmt: skip
    rows += [[n["name"], n["n"], _number(n["error"]), _number(n["ours"])] for n in scores["naive"]]
    held = ", ".join(f"{level} % band {scores['prior'][f'held_{level}']} of {scores['n']}" for level in (50, 90))
    return "\n".join([
        f"{document['title']}. {document['unit'].capitalize()}; CRPS, small is good.",
        table(["series", "month", "came", "median", "90 % band", "CRPS", "fitted", "updated", "last again"], points),
        table(["forecast", "months", "mean error", "ours on these"], rows),
        f"Held: {held}.",
    ])  # fmt: skip


def _fit_text(document: dict[str, Any]) -> str:
    rows = [[s["name"], s["unit"], *(" / ".join(f"{s[k][q]:.3g}" for q in ("q05", "q50", "q95"))
                                     for k in ("prior", "posterior"))] for s in document["settings"]]  # fmt: skip
    sizes = [[e["name"], e["months"], f"{e['draws_that_count']:.0f}", f"{e['likelihood_power']:.2f}"]
             for e in document["episodes"]]  # fmt: skip
    return "\n".join([
        document["title"],
        table(["setting", "unit", "prior, 5 / 50 / 95 %", "posterior"], rows),
        table(["episode", "months", "draws that count", "power of its likelihood"], sizes),
    ])  # fmt: skip


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.2f}"
