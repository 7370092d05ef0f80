"""Long ensembles: blocks of draws are the unit of work; finished ones are kept, so that a stopped run goes on.

run_blocks   one result a block, in order; only one of them is in memory
ensemble     all draws in one result, as `simulate`, to the same bits
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sluicegate.scenario import Scenario
from sluicegate.sim.checkpoint import Checkpoint
from sluicegate.sim.draws import Draws
from sluicegate.sim.prepare import Model, checked, prepare
from sluicegate.sim.prepare import recorded as told
from sluicegate.sim.record import VARIABLES
from sluicegate.sim.result import Result
from sluicegate.sim.run import Progress, recorder, run
from sluicegate.terms import SluicegateError
from sluicegate.world import World

BLOCK = 128
"""Draws in a block: some seconds of work, so that little is lost."""


class StoppedError(SluicegateError):
    """The user stopped a long run; finished blocks are kept. Exit code 130, as shells have it for an interrupt."""

    exit_code = 130

    def __init__(self, done: int, blocks: int) -> None:
        super().__init__(f"stopped with {done} of {blocks} blocks of draws finished and kept. "
                         "The same command goes on from there.")  # fmt: skip


def ensemble(scenario: Scenario, world: World, *, draws: int = 256, seed: int = 1, like: Draws | Model | None = None,
             threads: int = 2, progress: Progress | None = None, block: int = BLOCK,
             variables: Iterable[str] = VARIABLES, checkpoint: Checkpoint | None = None) -> Result:  # fmt: skip
    """Run a scenario block by block into one result, the same bit for bit as `simulate` gives.

    Parameters
    ----------
    block : draws a block; another size gives the same result ; variables : what to record
    checkpoint : where finished blocks are kept and looked for; their usual place when None

    Raises
    ------
    InputError : as `prepare`; a block cannot be kept.
    StoppedError : the user stopped it.
    """
    recorded = frozenset(variables)
    needs = checked if isinstance(like, Model) else told(recorded)
    model = prepare(scenario, world, draws=draws, seed=seed, like=like, needs=needs)
    whole = recorder(model.compiled, recorded)
    results = run_blocks(scenario, world, model.draws, block=block, threads=threads, progress=progress,
                         variables=recorded, checkpoint=checkpoint)  # fmt: skip
    for part, result in zip(blocks_of(model.draws.size, block), results, strict=True):
        for name in whole.stored:
            getattr(whole, name)[..., part] = getattr(result.record, name)
        whole.worth[:, part] = result.record.worth
    return Result(model, whole)


@contextmanager
def stoppable(kept: Checkpoint, blocks: int) -> Iterator[None]:
    """Long work that a user may stop: what is finished stays, and the message says so.

    Raises
    ------
    StoppedError : the user stopped it.
    """
    try:
        yield
    except KeyboardInterrupt:
        raise StoppedError(kept.finished(), blocks) from None


def run_blocks(scenario: Scenario, world: World, draws: Draws, *, block: int = BLOCK, threads: int = 2,
               variables: Iterable[str] = VARIABLES, progress: Progress | None = None,
               checkpoint: Checkpoint | None = None) -> Iterator[Result]:  # fmt: skip
    """The result of each block of draws in order, run or read from the checkpoint.

    Parameters
    ----------
    variables : what to record, of `record.VARIABLES`

    Raises
    ------
    InputError : as `prepare`, but whether there is the memory for a block is not looked at; a block cannot be kept.
    StoppedError : the user stopped it.
    """
    kept = checkpoint or Checkpoint.of(scenario, world, draws)
    parts, wanted = blocks_of(draws.size, block), frozenset(variables)
    for done, part in enumerate(parts, 1):
        with stoppable(kept, len(parts)):
            result = _block(scenario, world, draws, part, wanted, kept, threads)
        yield result
        del result  # before the next is run: only one is in memory
        if progress:
            progress(done, len(parts))


def blocks_of(draws: int, block: int) -> list[slice]:
    """The draws in blocks; the last may be shorter."""
    return [slice(a, min(a + block, draws)) for a in range(0, draws, block)]


def _block(scenario: Scenario, world: World, draws: Draws, part: slice, variables: frozenset[str],
           kept: Checkpoint, threads: int) -> Result:  # fmt: skip
    model = prepare(scenario, world, draws=draws.size, seed=draws.seed, like=draws.part(part), needs=checked)
    record = recorder(model.compiled, variables)
    if kept.fill(part, record):
        return Result(model, record)
    per_thread = -(-(part.stop - part.start) // threads)
    record = run(model.compiled, block=per_thread, threads=threads, variables=variables)
    kept.keep(part, record)
    return Result(model, record)
