"""Room on the disk for what a run will write, looked at before it starts; compression is not counted on."""

from __future__ import annotations

import math
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from sluicegate.sim.budget import SINGLE, size
from sluicegate.sim.checkpoint import Checkpoint
from sluicegate.sim.prepare import Model, room_of
from sluicegate.sim.record import Uses
from sluicegate.sim.result import SHOWN
from sluicegate.sim.saved import QUANTILES, TABLES
from sluicegate.terms import InputError

LONG_ROW = 28
"""Bytes of week, draw and names in a row of a long table."""
HEAD = 2_000_000
"""Bytes of coordinates, names and the scenario, whatever the draws."""


def rows_shown(model: Model) -> dict[str, int]:
    """Rows of each variable of the Dataset, by the name it is recorded by."""
    net = model.compiled.net
    sizes = {"use": len(Uses.of(net).line), "line": len(net.lines), "product": len(net.products), "area": 2,
             "link": len(model.compiled.watched), "producer": len(net.producers)}  # fmt: skip
    return {name: math.prod(sizes[d] for d in dims) for name, (_, dims, *_) in SHOWN.items()}


def dataset_bytes(model: Model, variables: Collection[str], draws: int) -> int:
    """Bytes of a Dataset of so many draws: rows x weeks x draws x 4."""
    rows = rows_shown(model)
    return HEAD + SINGLE * sum(rows[name] for name in variables) * model.compiled.timeline.weeks * draws


def statistics_bytes(model: Model, variables: Collection[str]) -> int:
    """Bytes of quantiles and mean in place of the draws."""
    return dataset_bytes(model, variables, len(QUANTILES) + 1)


def tables_bytes(model: Model, variables: Collection[str], draws: int) -> int:
    """Bytes of the long tables: the values, and week, draw and names of every row."""
    rows = rows_shown(model)
    longest = sum(max((rows[n] for n in variables if dimension in SHOWN[n][1]), default=0)
                  for dimension in TABLES.values())  # fmt: skip
    return dataset_bytes(model, variables, draws) + LONG_ROW * longest * model.compiled.timeline.weeks * draws


def blocks_bytes(model: Model, variables: Iterable[str], draws: int) -> int:
    """Bytes of the finished blocks of an ensemble that are yet to be kept."""
    kept = Checkpoint.of(model.scenario, model.world, model.draws)
    return max(room_of(model, variables, draws=draws, still=False).record - kept.size(), 0)


def require_disk(wanted: Iterable[tuple[Path, int]]) -> None:
    """Refuse to start what would not find room on the disk; places on one file system share it.

    Parameters
    ----------
    wanted : places, each with the bytes that will be written there

    Raises
    ------
    InputError : there is less; says how much is needed, how much is free, where, and what can be done.
    """
    together: dict[int, tuple[Path, int]] = {}
    for path, more in wanted:
        folder = _standing(path)
        device = folder.stat().st_dev
        first, needed = together.get(device, (folder, 0))
        together[device] = (first, needed + more)
    for folder, needed in together.values():
        free = shutil.disk_usage(folder).free
        if needed > free:
            raise InputError(
                f"{size(needed)} of disk are needed and {size(free)} are free", where=str(folder),
                expected=f"room for every draw before compression, {size(needed - free)} more than there is",
                do="Free some space, name another place (finished blocks are kept in SLUICEGATE_HOME) or ask for fewer "
                "draws; `sluicegate ensemble` keeps fewer variables with --keep. Nothing was written.",
            )  # fmt: skip


def _standing(path: Path) -> Path:
    """The nearest folder above that is there."""
    here = path.absolute()
    while not here.is_dir() and here != here.parent:
        here = here.parent
    return here
