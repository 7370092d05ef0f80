"""What a run needs before it starts: memory, room on the disk; and what the machine has."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sluicegate.sim.record import ROOM
from sluicegate.terms import InputError

SINGLE, DOUBLE = 4, 8
"""Bytes of a number in the record, and of one in the model."""
LEAST_FREE = 200_000_000
"""Bytes left to everything else."""


@dataclass(frozen=True)
class Budget:
    """Bytes of memory that a run of some draws needs, or some runs together.

    Parameters
    ----------
    record : for what is recorded ; model : for the sampled inputs ; reading : for reading the result
    once : whatever the draws: code, and what the threads work in
    """

    record: int
    model: int
    reading: int
    once: int
    draws: int

    @property
    def memory(self) -> int:
        """Bytes in all."""
        return self.record + self.model + self.reading + self.once

    @property
    def draw(self) -> float:
        """Bytes of a draw more."""
        return (self.memory - self.once) / max(self.draws, 1)

    def __add__(self, other: Budget) -> Budget:
        """What two need together."""
        return Budget(self.record + other.record, self.model + other.model, self.reading + other.reading,
                      self.once + other.once, max(self.draws, other.draws))  # fmt: skip


NOTHING = Budget(0, 0, 0, 0, 0)


def fits(needs: float) -> bool:
    """Whether there are so many bytes of memory, with room left for everything else; yes where nobody says."""
    free = available_bytes()
    return free is None or needs <= free - LEAST_FREE


def require_memory(needs: Budget) -> None:
    """Refuse a run that does not fit, before it starts.

    Raises
    ------
    InputError : it needs more memory than there is; says how much, how many draws fit and what else can be done.
    """
    free = available_bytes()
    if free is None or fits(needs.memory):
        return
    fit = int(max((free - LEAST_FREE - needs.once) / max(needs.draw, 1), 0)) // ROOM * ROOM
    raise InputError(
        f"{needs.draws:,} draws need {size(needs.memory)} of memory and {size(free)} are free",
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
