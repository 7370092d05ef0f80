"""The main job: one article in, one sourced answer out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from shlex import quote
from typing import Any

import numpy as np

from sluicegate.desk.answer import DRAWS, SEED, Answer, answer
from sluicegate.desk.claims import claims_document, read
from sluicegate.desk.edge import edge_document
from sluicegate.desk.explanation import explain_answer, explain_brief
from sluicegate.desk.futures import future_document, simulated_future
from sluicegate.desk.headline import headline
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.outcome import chart_document, outcome_document
from sluicegate.desk.parallel import each
from sluicegate.desk.past import past_factor, past_sentence
from sluicegate.desk.response import actions, response_document
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.unknown import unknown
from sluicegate.desk.version import provenance
from sluicegate.news import Reading
from sluicegate.news.claim import Claim
from sluicegate.news.consequence import Consequence, consequence
from sluicegate.regime import load_register
from sluicegate.response import rank, try_action
from sluicegate.scenario import Scenario
from sluicegate.sim import variance_shares
from sluicegate.sim.control import resolve
from sluicegate.sim.run import Progress
from sluicegate.terms import InputError, place_in_sentence
from sluicegate.world import World, load_world

BEFORE, AFTER = timedelta(weeks=53), timedelta(weeks=78)
"""How far a brief's run reaches before the first measure and after the as-of date."""
LONGEST_WEEKS = 1043
"""Twenty years, the longest a run is meant for."""


def brief(source: str, *, as_of: date | None = None, draws: int = DRAWS, seed: int = SEED, network: bool = False,
          progress: Progress | None = None) -> Document:  # fmt: skip
    """Read an article and say what it moves: the `brief` document of the contract.

    Parameters
    ----------
    source : a file, a URL (only with `network`), or `-` for standard input
    as_of : nothing known later is used; default the article's date

    Raises
    ------
    InputError : the source cannot be read as an article.
    """
    reading, claims = read(source, network=network)
    return brief_reading(source, reading, claims, as_of=as_of, draws=draws, seed=seed, progress=progress)


def brief_reading(source: str, reading: Reading, claims: list[Claim], *, as_of: date | None = None, draws: int = DRAWS,
                  seed: int = SEED, progress: Progress | None = None) -> Document:  # fmt: skip
    """The `brief` document of an article that was read; `source` is what the user calls it."""
    day = as_of or reading.article.published or date.today()
    world = load_world(day)
    found = consequence(claims, as_of=day, register=load_register(), world=world)
    document = _frame(source, reading, claims, found, day, draws=draws, seed=seed)
    explanations: dict[str, Document] = {}
    if found.controls:
        scenario = _scenario(found, day)
        ran = answer(scenario, world, draws=draws, seed=seed, progress=progress, places=())
        document |= _results(document, ran, scenario, found, day, world)
        explanations = explain_answer(ran, document["outcome"]["prices"])
    elif len(found.futures) > 1:
        document["futures"] = _only_futures(found, day, world, draws=draws, seed=seed)
    document["headline"] = headline(document)
    key = run_key(text=reading.article.text, as_of=day, draws=draws, seed=seed)
    document["provenance"]["run"] = key
    keep(key, document, explanations | explain_brief(document))
    return document


def _frame(source: str, reading: Reading, claims: list[Claim], found: Consequence, day: date, *, draws: int,
           seed: int) -> Document:  # fmt: skip
    """The document of an article that moves nothing; results are added to it when something moves."""
    checked = claims_document(reading, claims, day)
    return checked | {
        "scenario": {
            "base": "the controls the article asserts, on the base year 2024; against the same world without them",
            "events": list(found.events),
            "ignored": list(found.ignored),
            "overrides": list(found.overrides),
        },
        "outcome": {"shortages": [], "days_of_cover": [], "prices": []},
        "futures": [],
        "edge": None,
        "response": [],
        "moved": [],
        "unknown": unknown(reading, claims, found, day),
        "provenance": provenance(day, draws=draws, seed=seed, command=f"brief {quote(source)}")
        | {"sources": _cited(checked["claims"])},
    }


def _scenario(found: Consequence, day: date) -> Scenario:
    """The article's controls on a window from a year before the first of them to a year and a half after the day.

    Raises
    ------
    InputError : the as-of date is more than a generation after the first control.
    """
    first = min(resolve(c).effective_from for c in found.controls)
    start = first - BEFORE
    weeks = (max(day, first) + AFTER - start).days // 7
    if weeks > LONGEST_WEEKS:
        raise InputError(
            f"{day}, {weeks // 52} years after the first control",
            where="--as-of",
            expected=f"a day within {LONGEST_WEEKS // 52} years of it",
            do="Name an earlier day.",
        )
    return Scenario(name="article", title="what the article asserts", start=start, weeks=weeks, as_of=day,
                    controller=found.controller, target=found.target, controls=found.controls)  # fmt: skip


def _results(document: Document, ran: Answer, scenario: Scenario, found: Consequence, day: date,
             world: World) -> Document:  # fmt: skip
    outcome = outcome_document(ran, day)
    edge = edge_document(ran.result, ran.edge) if ran.edge else None
    held = [p["product"] for p in outcome["prices"] if p["at_ceiling"] > 0.05]
    ceiling = (
        [f"How far quotes of {', '.join(held[:3])} would go: they near the price at which use ends, our judgement."]
        if held
        else []
    )
    moved = _moved(ran, outcome, found)
    beside = each(lambda run: run(), [*_futures(ran, scenario, found, day, world), *_actions(ran, day)])
    computed = {n["id"] for n in (*outcome["shortages"], *outcome["days_of_cover"], *outcome["prices"])}
    computed |= {edge["id"]} if edge else set()
    sources = document["provenance"]["sources"] | {
        i: f"simulated, {ran.result.model.draws.size} draws; `sluicegate why {i}`" for i in sorted(computed)
    }
    return {
        "outcome": outcome,
        "edge": edge,
        "futures": beside[: len(found.futures)],
        "response": [response_document(r) for r in rank(beside[len(found.futures) :])],
        "moved": moved,
        "unknown": [*document["unknown"], *ceiling],
        "chart_data": chart_document(ran),
        "how_sure": _how_sure(ran),
        "provenance": document["provenance"] | {"sources": sources},
    }


def _only_futures(found: Consequence, day: date, world: World, *, draws: int, seed: int) -> list[Document]:
    """Futures of an article whose base moves nothing: each announced control alone, from the day it would come."""
    rows = []
    for future in found.futures[1:]:
        scenario = _scenario(replace(found, controls=future.added), day)
        controller = resolve(future.added[0]).origin
        ran = answer(scenario.model_copy(update={"controller": controller}), world, draws=draws, seed=seed,
                     places=())  # fmt: skip
        rows.append(future_document(ran, future, day, as_it_stands=False))
    return rows


def _futures(ran: Answer, scenario: Scenario, found: Consequence, day: date,
             world: World) -> list[Callable[[], Any]]:  # fmt: skip
    """The runs of the futures, not yet made."""
    as_it_stands, *others = found.futures
    return [
        partial(future_document, ran, as_it_stands, day, as_it_stands=True),
        *(partial(simulated_future, ran, scenario, future, day, world) for future in others),
    ]


def _actions(ran: Answer, day: date) -> list[Callable[[], Any]]:
    """The runs of the target's actions, not yet made."""
    if ran.edge is None:
        return []
    return [partial(try_action, a, ran.result, ran.free, ran.edge.target, threads=1) for a in actions(ran, day)]


def _moved(ran: Answer, outcome: Document, found: Consequence) -> list[Document]:
    """Which numbers the article moved: before is the run without control, on the same draws."""
    by = sorted({e["claim"] for e in found.events})
    nothing = band(np.zeros(2))
    rows = [
        {"id": s["id"], "number": f"share of use missing: {s['label']}", "before": nothing, "after": s["share_short"],
         "unit": "share", "by": by}
        for s in outcome["shortages"][:5]
    ]  # fmt: skip
    if ran.edge:
        lost = ran.edge.loss_target.total.sum(axis=0) / 1e6
        rows.append({"id": number_id("edge", ran.edge.controller, ran.edge.target),
                     "number": f"loss of {place_in_sentence(ran.edge.target)} to the horizon", "before": nothing,
                     "after": band(lost), "unit": "m USD", "by": by})  # fmt: skip
    rows += [
        {"id": p["id"], "number": f"quote of {p['product']} {p['area']} the border", "before": nothing,
         "after": p["change"], "unit": "change as a share", "by": by}
        for p in outcome["prices"][:3]
    ]  # fmt: skip
    return rows


def _how_sure(ran: Answer) -> Document:
    """Which inputs decide the target's loss, and what is known of the model's past."""
    lost = ran.edge.loss_target.total.sum(axis=0) if ran.edge else np.zeros(1)
    draws = ran.result.model.draws
    shares = variance_shares(lost, draws) if lost.size > 1 else {}
    decides = [
        {"id": f"parameter:{n}", "parameter": n, "share": s, "label": draws.parameters[n].label}
        for n, s in list(shares.items())[:3]
    ]
    day = ran.result.scenario.as_of
    return {"decides": decides, "past": past_sentence(day), "bands_stretched_by": past_factor(day)}


def _cited(claims: list[Document]) -> dict[str, str]:
    """Citation by id of every dataset figure the checks show."""
    return {f["id"]: f["source"] for c in claims for f in c.get("check", {}).get("figures", [])}
