"""The questions `run SCENARIO` and `edge SCENARIO`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from shlex import quote

from sluicegate.desk.answer import DRAWS, SEED, Answer, answer
from sluicegate.desk.edge import edge_document
from sluicegate.desk.explanation import explain_answer
from sluicegate.desk.lever import with_levers
from sluicegate.desk.number import Document
from sluicegate.desk.open_questions import asked
from sluicegate.desk.opening import opened
from sluicegate.desk.outcome import chart_document, outcome_document
from sluicegate.desk.public_money import explain_public, public_money_document
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.scenario import Scenario
from sluicegate.sim import focused
from sluicegate.sim.budget import require_whole
from sluicegate.sim.checkpoint import Checkpoint
from sluicegate.sim.disk import blocks_bytes, dataset_bytes, require_disk, tables_bytes
from sluicegate.sim.prepare import checked, prepare
from sluicegate.sim.record import VARIABLES
from sluicegate.sim.result import SHOWN
from sluicegate.sim.run import Progress
from sluicegate.sim.saved import require_target
from sluicegate.terms import InputError
from sluicegate.terms.home import home
from sluicegate.world import World

PAGES = 20_000_000
"""Bytes of the report and its tables."""


def run_scenario(name: str, *, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
                 settings: Mapping[str, str] | None = None,
                 progress: Progress | None = None, save: Path | None = None,
                 levers: str | None = None, out: Path | None = None,
                 resume: bool = False) -> tuple[Document, Answer]:  # fmt: skip
    """Run a scenario: the `run` document of the contract, and the answer it was read from.

    Parameters
    ----------
    settings : how open questions of the register turn out, by the question's id
    levers : levers of the other side to add, as `lever.with_levers` reads them
    save : a `FILE.nc` or a folder for every draw
    out : a folder that `export` will fill; there and with `save` everything of the run under control is recorded
    resume : keep finished blocks, and go on from those of a run that was stopped; always so with `save`

    Raises
    ------
    InputError : no such scenario, or it is not valid; `save` or `out` cannot be written, or there is no room for it.
    NotFoundError : no such open question or setting.
    """
    if save:
        require_target(save)
    scenario, world = opened(name, as_of=as_of, settings=settings)
    if levers:
        scenario = with_levers(scenario, world, levers)
    resume = resume or save is not None
    if save or out:
        _require_disk(scenario, world, draws, seed, save, out)
    ran = answer(scenario, world, draws=draws, seed=seed, progress=progress, resume=resume, places=(),
                 beside=VARIABLES if out or save else ())  # fmt: skip
    saved = ran.result.save(save) if save else []
    if resume:
        _forget_blocks(ran)
    outcome = outcome_document(ran, scenario.as_of)
    key = run_key(scenario=scenario.model_dump(mode="json"), draws=draws, seed=seed)
    document: Document = {
        "title": scenario.title,
        "scenario": scenario.model_dump(mode="json", by_alias=True),
        "open_questions": asked(scenario),
        "outcome": outcome,
        "public_money": public_money_document(ran.result),
        "edge": edge_document(ran.result, ran.edge) if ran.edge else None,
        "chart_data": chart_document(ran),
        "provenance": provenance(scenario.as_of, draws=draws, seed=seed, command=_command(name, settings, levers))
        | {"run": key},
    }
    if save:
        document = document | {"saved": [str(path) for path in saved]}
    keep(key, document, explain_answer(ran, outcome["prices"]) | explain_public(document["public_money"]))
    return document, ran


def _require_disk(scenario: Scenario, world: World, draws: int, seed: int, save: Path | None,
                  out: Path | None) -> None:  # fmt: skip
    """See, before long work, that there is room for what will be saved and for the blocks kept on the way."""
    draws, near = require_whole(draws, "draws", least=1), focused(world, scenario)
    model = prepare(scenario, near, draws=2, seed=seed, needs=checked)
    shown = dataset_bytes(model, SHOWN, draws)
    wanted = [(out, shown + PAGES)] if out else []
    if save:
        wanted.append((save, shown if save.suffix == ".nc" else shown + tables_bytes(model, SHOWN, draws)))
        free = replace(model, scenario=scenario.without_controls())
        wanted += [(home(), blocks_bytes(one, VARIABLES, draws)) for one in (model, free)]
    require_disk(wanted)


def _forget_blocks(ran: Answer) -> None:
    """Remove the blocks of a run that is whole: they are needed no longer."""
    for one in (ran.result, ran.free):
        Checkpoint.of(one.scenario, one.model.world, one.model.draws).remove(one.model.draws.size, one.record.variables)


def _command(name: str, settings: Mapping[str, str] | None, levers: str | None) -> str:
    chosen = [f"--set {quote(f'{question}={setting}')}" for question, setting in (settings or {}).items()]
    return " ".join([f"run {quote(name)}", *chosen, *([f"--levers {quote(levers)}"] if levers else [])])


def run(name: str, *, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
        settings: Mapping[str, str] | None = None) -> Document:  # fmt: skip
    """The `run` document of the contract; parameters and errors as `run_scenario`."""
    return run_scenario(name, draws=draws, seed=seed, as_of=as_of, settings=settings)[0]


def edge_of(name: str, *, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
            settings: Mapping[str, str] | None = None, levers: str | None = None,
            progress: Progress | None = None, resume: bool = False) -> Document:  # fmt: skip
    """The EDGE document of a scenario; `levers` of the other side are added as `lever.with_levers` reads them.

    Raises
    ------
    InputError : no such scenario, or it names no controller whose edge could be asked for.
    """
    document, _ = run_scenario(name, draws=draws, seed=seed, as_of=as_of, settings=settings, levers=levers,
                               progress=progress, resume=resume)  # fmt: skip
    if document["edge"] is None:
        raise InputError(
            "no edge to speak of",
            where=f"scenario {name}",
            expected="a controller and somebody who loses",
            do="Give the scenario a `controller`, and a control.",
        )
    provenance = document["provenance"]
    command = provenance["command"].replace("sluicegate run", "sluicegate edge", 1)
    return {**document["edge"], "title": document["title"], "open_questions": document["open_questions"],
            "provenance": provenance | {"command": command}}  # fmt: skip
