"""The questions `run SCENARIO` and `edge SCENARIO`."""

from __future__ import annotations

from datetime import date
from shlex import quote

from sluicegate.desk.answer import DRAWS, SEED, Answer, answer
from sluicegate.desk.edge import edge_document
from sluicegate.desk.explanation import explain_answer
from sluicegate.desk.number import Document
from sluicegate.desk.outcome import chart_document, outcome_document
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.scenario import Scenario, load_scenario
from sluicegate.sim.run import Progress
from sluicegate.terms import InputError
from sluicegate.world import load_world


def open_scenario(name: str, as_of: date | None) -> Scenario:
    """A scenario by name or file, on another as-of date where one is given.

    Raises
    ------
    InputError : no such scenario, or it is not valid.
    """
    scenario = load_scenario(name, load_world())
    return scenario.model_copy(update={"as_of": as_of}) if as_of else scenario


def run_scenario(name: str, *, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
                 progress: Progress | None = None) -> tuple[Document, Answer]:  # fmt: skip
    """Run a scenario: the `run` document of the contract, and the answer it was read from.

    Raises
    ------
    InputError : no such scenario, or it is not valid.
    """
    scenario = open_scenario(name, as_of)
    ran = answer(scenario, load_world(scenario.as_of), draws=draws, seed=seed, progress=progress)
    outcome = outcome_document(ran, scenario.as_of)
    key = run_key(scenario=scenario.model_dump(mode="json"), draws=draws, seed=seed)
    document = {
        "title": scenario.title,
        "scenario": scenario.model_dump(mode="json", by_alias=True),
        "outcome": outcome,
        "edge": edge_document(ran.result, ran.edge) if ran.edge else None,
        "chart_data": chart_document(ran.result, ran.shortages),
        "provenance": provenance(scenario.as_of, draws=draws, seed=seed, command=f"run {quote(name)}") | {"run": key},
    }
    keep(key, document, explain_answer(ran, outcome["prices"]))
    return document, ran


def run(name: str, *, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None) -> Document:
    """The `run` document of the contract.

    Raises
    ------
    InputError : no such scenario, or it is not valid.
    """
    return run_scenario(name, draws=draws, seed=seed, as_of=as_of)[0]


def edge_of(name: str, *, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None) -> Document:
    """The EDGE document of a scenario.

    Raises
    ------
    InputError : no such scenario, or it names no controller whose edge could be asked for.
    """
    document, _ = run_scenario(name, draws=draws, seed=seed, as_of=as_of)
    if document["edge"] is None:
        raise InputError(
            "no edge to speak of",
            where=f"scenario {name}",
            expected="a controller and somebody who loses",
            do="Give the scenario a `controller`, and a control.",
        )
    provenance = document["provenance"]
    command = provenance["command"].replace("sluicegate run", "sluicegate edge", 1)
    return {**document["edge"], "title": document["title"], "provenance": provenance | {"command": command}}
