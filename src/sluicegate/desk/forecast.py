"""The questions `forecast make|list|settle|score`: forecasts that a published figure will settle, and their score."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shlex import quote
from typing import Any

import numpy as np

from sluicegate.desk.answer import DRAWS, SEED
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.series import series
from sluicegate.desk.store import keep, run_key
from sluicegate.history.question import (
    Question,
    Settled,
    ask,
    calibration_of,
    keep_scenario,
    load_questions,
    probability_above,
    settle,
)
from sluicegate.history.record import month_of
from sluicegate.scenario import Scenario
from sluicegate.sim.budget import require_whole
from sluicegate.terms import InputError


def make_forecast(scenario: str | Scenario, *, month: str, above: float | None = None, measure: str = "exports",
                  draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
                  settings: Mapping[str, str] | None = None, **asked: Any) -> Document:  # fmt: skip
    """Ask whether a monthly figure will lie above a threshold, and keep the question with its probability.

    Parameters
    ----------
    month : such as 2025-06 ; above : in the series' unit; the forecast's median, rounded, when None
    scenario : a name, a file, or a scenario made of a claim, which is kept as a file beside the questions
    asked : product, hs, origin, destination, place, as `series` takes them

    Raises
    ------
    InputError : not a month, or one that the run does not reach; a price or stock; no number; one draw; as `series`.
    """
    if measure not in ("exports", "imports"):
        raise InputError(f"--measure {measure}", where="forecast", expected="exports or imports, which customs print",
                         do="Name one of them.")  # fmt: skip
    try:
        when = month_of(month)
    except ValueError as error:
        raise InputError(str(error), where="--month", expected="a month such as 2025-06", do="Mend it.") from error
    draws = require_whole(draws, "draws", least=2)
    if above is not None and not math.isfinite(above):
        raise InputError(f"{above}", where="--above", expected="a number", do="Mend it, or leave it out.")
    found = series(scenario, measure=measure, every="month", samples=draws, draws=draws, seed=seed, as_of=as_of,
                   settings=settings, **asked)  # fmt: skip
    row = next((r for r in found["series"] if r["date"] == str(when)), None)
    made_for = date.fromisoformat(found["provenance"]["as_of"])
    if row is None or when < made_for.replace(day=1):
        months = [r["date"][:7] for r in found["series"] if r["date"] >= str(made_for.replace(day=1))]
        raise InputError(f"{month} is not in the forecast", where="--month", do="Name one of these months.",
                         expected=f"{months[0]} to {months[-1]}" if months else "a longer run")  # fmt: skip
    threshold = _round(row["q50"]) if above is None else above
    name = scenario if isinstance(scenario, str) else str(keep_scenario(scenario))
    question = _question(found, row["samples"], when, threshold, made_for,
                         _Words(name, measure, asked, settings or {}))  # fmt: skip
    ask(question)
    document = _shown(question)
    keep(run_key(question=question.id), document, {question.id: _explained(document, found["id"])})
    return document


@dataclass(frozen=True)
class _Words:
    """What was asked, as it was asked."""

    scenario: str
    measure: str
    asked: Mapping[str, Any]
    settings: Mapping[str, str]

    @property
    def parts(self) -> list[str]:
        """What of it tells one question from another."""
        chosen = [f"{question}-{setting}" for question, setting in self.settings.items()]
        return [Path(self.scenario).stem, *chosen, self.measure, *(str(v) for v in self.asked.values() if v)]

    @property
    def options(self) -> str:
        """It as options of the command line."""
        given = [(_OPTION.get(name, name), str(value)) for name, value in self.asked.items() if value]
        given += [("set", f"{question}={setting}") for question, setting in self.settings.items()]
        return " ".join([quote(self.scenario), f"--measure {self.measure}", *(f"--{o} {quote(v)}" for o, v in given)])


_OPTION = {"origin": "from", "destination": "to"}


def _question(found: Document, samples: list[float], when: date, threshold: float, made_for: date,
              words: _Words) -> Question:  # fmt: skip
    made = found["provenance"]
    command = (f"sluicegate forecast make {words.options} --month {when:%Y-%m} --above {threshold:g} "
               f"--as-of {made_for} --draws {made['draws']} --seed {made['seed']}")  # fmt: skip
    return Question(
        id=number_id("forecast", *words.parts, f"{when:%Y-%m}", f"above-{threshold:g}", f"as-of-{made_for}"),
        text=f"Will {found['title'].split(', ')[0]} in {when:%B %Y} lie above {threshold:g} {found['unit']}?",
        scenario=words.scenario, made_for=made_for, made_on=date.today(), month=when, threshold=threshold,
        unit=found["unit"], probability=probability_above(samples, threshold), samples=tuple(samples),
        command=command, version={k: made[k] for k in ("dataset_version", "model_version", "seed", "draws")},
    )  # fmt: skip


def _explained(document: Document, series_id: str) -> Document:
    return {
        "what": document["text"], "value": document["probability"], "unit": "probability",
        "formula": "(draws above the threshold + 1) / (draws + 2), the rule of succession",
        "inputs": [series_id], "note": document["command"],
    }  # fmt: skip


def _round(value: float) -> float:
    """Two significant figures, as people ask."""
    return float(f"{value:.2g}")


def _shown(question: Question) -> Document:
    whole = question.model_dump(mode="json", exclude={"samples"})
    return whole | {"forecast": band(np.array(question.samples)), "happened": question.happened,
                    "brier": question.brier, "crps": question.crps}  # fmt: skip


def list_forecasts(*, still_open: bool = False) -> Document:
    """The questions kept, in the order they were made; only those not settled where asked.

    Raises
    ------
    InputError : the file of questions is spoilt.
    """
    kept = [q for q in load_questions() if not (still_open and q.settled)]
    return {"questions": [_shown(q) for q in kept]}


def settle_forecast(name: str, value: float, *, source: str, on: date | None = None) -> Document:
    """Settle a question with the published figure.

    Parameters
    ----------
    value : in the question's unit ; source : where it was read ; on : the day, today when None

    Raises
    ------
    NotFoundError : no such question.
    InputError : settled otherwise already, before its month was over, no number or no source.
    """
    if not source.strip() or not 0 <= value < math.inf:
        raise InputError(f"{value} from {source!r}", where="forecast",
                         expected="a number, not below 0, and where it was read", do="Name both.")  # fmt: skip
    return _shown(settle(name, Settled(value=value, source=source, on=on or date.today())))


def score_forecasts() -> Document:
    """How the settled questions did: Brier score beside always one half, CRPS over the figures, calibration.

    Raises
    ------
    InputError : the file of questions is spoilt.
    """
    kept = load_questions()
    settled = [q for q in kept if q.settled]
    briers = [q.brier for q in settled if q.brier is not None]
    sizes = [q.crps / abs(q.settled.value) for q in settled if q.settled and q.settled.value and q.crps is not None]
    return {
        "asked": len(kept), "settled": len(settled),
        "brier": float(np.mean(briers)) if briers else None, "brier_of_one_half": 0.25,
        "crps_over_figure": float(np.mean(sizes)) if sizes else None,
        "calibration": [{"from": low, "to": high, "n": n, "share_happened": share}
                        for low, high, n, share in calibration_of(kept)],
    }  # fmt: skip
