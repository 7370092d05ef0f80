"""The question `ensemble SCENARIO`: every draw of a long ensemble in a file, block by block, and what that needs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from shlex import quote

import xarray as xr

from sluicegate.desk.answer import SEED
from sluicegate.desk.number import Document
from sluicegate.desk.opening import opened
from sluicegate.desk.version import provenance
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, focused, simulate
from sluicegate.sim.budget import Budget, require_memory, require_whole
from sluicegate.sim.checkpoint import Checkpoint
from sluicegate.sim.disk import blocks_bytes, dataset_bytes, require_disk, rows_shown, statistics_bytes, tables_bytes
from sluicegate.sim.draws import Draws
from sluicegate.sim.ensemble import BLOCK, blocks_of, run_blocks, stoppable
from sluicegate.sim.prepare import Model, checked, drawn, prepare, room_of
from sluicegate.sim.result import SHOWN
from sluicegate.sim.room import copied
from sluicegate.sim.run import Progress
from sluicegate.sim.saved import SPARE, read_saved, require_target, save_netcdf, save_tables, summarised
from sluicegate.terms import InputError, NotFoundError
from sluicegate.terms.writing import require_left, staged
from sluicegate.world import World

DRAWS = 1024
PROBE = 32
"""Draws by which the time is estimated."""
PROBED, THREADS = 2, 2
"""Draws by which the room is told, and threads that run a block."""
WRITERS, FRAMES = 60_000_000, 100_000_000
"""Bytes of the libraries that write files, and of the long tables that are put together at a time."""
NAMES = {shown: name for name, (shown, *_) in SHOWN.items()}


def ensemble(name: str, *, save: Path | str | None = None, variables: Sequence[str] = (), statistics: bool = False,
             draws: int = DRAWS, seed: int = SEED, block: int = BLOCK, as_of: date | None = None,
             settings: Mapping[str, str] | None = None, progress: Progress | None = None) -> Document:  # fmt: skip
    """Run a scenario block by block and save what was asked for; only one block is in memory at a time.

    Finished blocks are kept until the file is whole, so a stopped or killed run goes on with the same call.

    Parameters
    ----------
    save : a `FILE.nc`, or a folder for long Parquet tables; None to be told only what the run needs
    variables : names as in the Dataset; all when empty
    statistics : save quantiles and mean over the draws instead of the draws, in a `FILE.nc`

    Raises
    ------
    InputError : `save` cannot be written; draws, seed or block are no such numbers; a block does not fit in memory.
    NotFoundError : no such scenario or variable.
    """
    path = Path(save) if save is not None else None
    wanted = _recorded(variables)
    block = require_whole(block, "block", least=1)
    if path is not None:
        require_target(path)
    if statistics and (path is None or path.suffix != ".nc"):
        raise InputError(f"{path}", where="--save", expected="a FILE.nc for statistics", do="Name one.")
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    world = focused(whole, scenario)
    sample = drawn(scenario, world, draws=draws, seed=seed)
    some = min(block, sample.size)
    model = prepare(scenario, world, draws=PROBED, seed=seed, like=sample.part(slice(PROBED)), needs=checked)
    reading = copied(model.compiled, wanted)
    needs = room_of(model, wanted, draws=some, still=False, block=-(-some // THREADS), reading=reading)
    long = path is not None and path.suffix != ".nc"
    needs += Budget(0, 0, 0, WRITERS + FRAMES * long, some)
    require_memory(needs)
    kept = Checkpoint.of(scenario, world, sample)
    disk = _on_disk(model, path, wanted, sample.size, statistics)
    if path is not None:
        require_disk([(path, disk), (kept.folder, blocks_bytes(model, wanted, sample.size))])
    document = _document(model, sample, wanted, block) | {"files": []}
    document["needs"] = {
        "memory_bytes": needs.memory,
        "memory_bytes_in_one_piece": room_of(model, wanted, draws=sample.size, still=False, reading=reading).memory,
        "disk_bytes_at_most": disk + blocks_bytes(model, wanted, sample.size),
        "seconds": _seconds(scenario, world, sample, wanted) if path is None else None,
    }
    document["provenance"] = provenance(scenario.as_of, draws=sample.size, seed=seed) | {
        "command": _command(name, path, variables, statistics, draws, seed, block, scenario, settings)}  # fmt: skip
    if path is None:
        return document
    results = run_blocks(scenario, world, sample, block=block, threads=THREADS, variables=wanted, progress=progress,
                         checkpoint=kept)  # fmt: skip
    with stoppable(kept, document["blocks"]):
        files = _written(path, _datasets(results), sample.size, statistics)
    kept.remove(sample.size, wanted)
    return document | {"files": [str(file) for file in files]}


def _datasets(results: Iterator[Result]) -> Iterator[xr.Dataset]:
    """One after another, each let go before the next is run."""
    for result in results:
        yield result.dataset()
        del result


def _written(path: Path, parts: Iterator[xr.Dataset], draws: int, statistics: bool) -> list[Path]:
    if path.suffix != ".nc":
        return save_tables(path, parts)
    if not statistics:
        return [save_netcdf(path, parts, draws)]
    with staged(path.parent, at=path) as staging:
        whole = save_netcdf(staging / f".whole-{path.name}", parts, draws)
        with read_saved(whole) as dataset:
            short = summarised(dataset)
            require_left(staging, short.nbytes + SPARE)
            short.to_netcdf(staging / path.name, engine="h5netcdf")
        whole.unlink()
    return [path]


def _recorded(variables: Sequence[str]) -> tuple[str, ...]:
    """Names of the record's arrays for names of the Dataset."""
    for name in variables:
        if name not in NAMES:
            raise NotFoundError(name, kind="variable", known=NAMES, where="--keep")
    return tuple(NAMES[name] for name in variables) or tuple(NAMES.values())


def _on_disk(model: Model, path: Path | None, wanted: Sequence[str], draws: int, statistics: bool) -> int:
    """Bytes of the files that are asked for; of a FILE.nc where none is."""
    if path is not None and path.suffix != ".nc":
        return tables_bytes(model, wanted, draws)
    return dataset_bytes(model, wanted, draws) + (statistics_bytes(model, wanted) if statistics else 0)


def _document(model: Model, sample: Draws, wanted: Sequence[str], block: int) -> Document:
    rows = rows_shown(model)
    return {
        "title": model.scenario.title, "draws": sample.size, "weeks": model.scenario.weeks, "block": block,
        "blocks": len(blocks_of(sample.size, block)),
        "variables": [{"name": SHOWN[n][0], "unit": SHOWN[n][2], "long_name": SHOWN[n][3], "rows": rows[n]}
                      for n in wanted],
    }  # fmt: skip


def _seconds(scenario: Scenario, world: World, sample: Draws, wanted: Sequence[str]) -> float:
    """Seconds of all draws, by running a few twice: the first time compiled code is loaded."""
    few = sample.part(slice(0, PROBE))
    simulate(scenario, world, like=few, variables=wanted)
    start = time.perf_counter()
    simulate(scenario, world, like=few, variables=wanted)
    return (time.perf_counter() - start) / few.size * sample.size


def _command(name: str, path: Path | None, variables: Sequence[str], statistics: bool, draws: int, seed: int,
             block: int, scenario: Scenario, settings: Mapping[str, str] | None) -> str:  # fmt: skip
    words = ["sluicegate ensemble", quote(name)] + ([f"--save {quote(str(path))}"] if path else [])
    words += [f"--keep {variable}" for variable in variables] + ["--statistics"] * statistics
    words += [f"--set {quote(f'{question}={setting}')}" for question, setting in (settings or {}).items()]
    return " ".join([*words, f"--draws {draws} --seed {seed} --block {block} --as-of {scenario.as_of}"])
