"""What a run needs before it starts: memory, room on the disk; and what the machine has."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sluicegate.sim.network import Ints, Network
from sluicegate.sim.record import ROOM, VARIABLES, Rows, Uses, kept_of, recorded_rows, stored
from sluicegate.terms import InputError

SINGLE, DOUBLE = 4, 8
SLOT_ARRAYS = 6
"""Arrays of a number a slot and draw that a compiled model holds (`Knobs`, shares of value), with room for copies."""
READING = 0.55
"""Memory that reading a result takes beside the record, as a share of it: 64 to 1,024 draws of `april-2025` take 0.62
MB a draw where this says 0.70."""
LEAST_FREE = 200_000_000
"""Bytes left to everything else."""


@dataclass(frozen=True)
class Budget:
    """Bytes a run needs, or some together.

    Parameters
    ----------
    record : of memory for what is recorded
    model : of memory for the sampled inputs
    reading : of memory for reading the result
    draw : of all of it for one draw more
    """

    record: int
    model: int
    reading: int
    draw: int

    @property
    def memory(self) -> int:
        """Bytes of memory in all."""
        return self.record + self.model + self.reading

    def __add__(self, other: Budget) -> Budget:
        """What two runs need together."""
        return Budget(self.record + other.record, self.model + other.model, self.reading + other.reading,
                      self.draw + other.draw)  # fmt: skip


NOTHING = Budget(0, 0, 0, 0)


def budget(net: Network, watched: int, *, weeks: int, draws: int, variables: Iterable[str] = VARIABLES,
           held: Ints | None = None, stock_weeks: int | None = None, rows: Rows | None = None) -> Budget:  # fmt: skip
    """What a run of a network needs.

    Parameters
    ----------
    watched : number of links recorded ; held : which of them are under a border, all where that is not known
    stock_weeks : weeks of which stock is recorded, all where None ; rows : as in `Recorder`
    """
    held = np.arange(watched) if held is None else held
    counts = recorded_rows(net, Uses.of(net), watched, len(held))
    kept = kept_of(counts, stored(variables), rows or {}, held)
    wide = -(-draws // ROOM) * ROOM
    spans = {"stock": weeks if stock_weeks is None else min(stock_weeks, weeks)}
    per_draw = sum((len(k.rows) * SINGLE + len(k.summed) * DOUBLE // ROOM) * spans.get(name, weeks)
                   for name, k in kept.items())  # fmt: skip
    model = SLOT_ARRAYS * len(net.slot_use) * DOUBLE
    return Budget(
        record=per_draw * wide,
        model=model * draws,
        reading=int(READING * per_draw * wide),
        draw=int((1 + READING) * per_draw + model),
    )


def require_memory(needs: Budget, draws: int) -> None:
    """Refuse a run that does not fit, before it starts.

    Raises
    ------
    InputError : it needs more memory than there is; says how much, how many draws fit and what else can be done.
    """
    free = available_bytes()
    if free is None or needs.memory <= free - LEAST_FREE:
        return
    fit = max((free - LEAST_FREE) // needs.draw, 0) // ROOM * ROOM
    raise InputError(
        f"{draws:,} draws need {size(needs.memory)} of memory and {size(free)} are free",
        where="draws",
        expected=f"at most about {fit:,} draws" if fit else "more memory",
        do="Ask for fewer draws or weeks, or run `sluicegate ensemble`, which takes block by block and keeps in memory "
        "only one.",
    )


def require_sample(inputs: int, draws: int) -> None:
    """Refuse a sample of the inputs that does not fit; it is drawn in one piece, in points of the next power of two.

    Raises
    ------
    InputError : it needs more memory than there is.
    """
    free = available_bytes()
    points = 2 ** max(int(draws) - 1, 0).bit_length()
    needs = DOUBLE * inputs * (points + 2 * draws)
    if free is None or needs <= free - LEAST_FREE:
        return
    raise InputError(
        f"the inputs of {draws:,} draws alone need {size(needs)} of memory and {size(free)} are free",
        where="draws",
        expected=f"at most about {max((free - LEAST_FREE) // (4 * DOUBLE * max(inputs, 1)), 0):,} draws",
        do="Ask for fewer draws.",
    )


def require_whole(value: object, name: str, *, least: int, most: int | None = None) -> int:
    """A whole number within bounds.

    Raises
    ------
    InputError : it is none.
    """
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if whole and least <= int(value) and (most is None or int(value) <= most):  # type: ignore[call-overload]
        return int(value)  # type: ignore[call-overload, no-any-return]
    span = f"a whole number from {least:,}" + (f" to {most:,}" if most is not None else " up")
    raise InputError(f"{value!r}", where=name, expected=span, do="Mend the number.")


def available_bytes() -> int | None:
    """Memory that can still be had: free of the machine, within the limit of its group; None where nobody says."""
    found = [n for n in (_of_machine(), _of_group()) if n is not None]
    return min(found, default=None)


def _of_machine() -> int | None:
    info = Path("/proc/meminfo")
    if info.is_file():
        rows = dict(line.split(":", 1) for line in info.read_text("ascii").splitlines() if ":" in line)
        if "MemAvailable" in rows:
            return int(rows["MemAvailable"].split()[0]) * 1024
    try:
        return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (ValueError, OSError, AttributeError):
        return None


def _of_group(folder: Path = Path("/sys/fs/cgroup")) -> int | None:
    """What a control group (version 2) leaves of its limit."""
    try:
        most = (folder / "memory.max").read_text("ascii").strip()
        used = int((folder / "memory.current").read_text("ascii"))
    except (OSError, ValueError):
        return None
    return None if most == "max" else int(most) - used


def size(number: float) -> str:
    """Bytes as people say them."""
    for unit in ("bytes", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}"
        number /= 1000
    return f"{number:,.1f} GB"
