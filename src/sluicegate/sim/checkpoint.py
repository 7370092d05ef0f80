"""Finished blocks of a long run, kept on disk: what a stopped run goes on from, to the same bits."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from sluicegate.scenario import Scenario
from sluicegate.sim.draws import Draws
from sluicegate.sim.record import VARIABLES, Recorder, stored
from sluicegate.terms.home import home
from sluicegate.terms.writing import made_folder, staged
from sluicegate.world import World
from sluicegate.world.version import dataset_version, model_version, world_digest

LIBRARIES = ("numpy", "scipy", "numba")
"""What may change the last bit of a result."""
WORTH = "worth"
STILL_THERE = ("Free some space and give the same command again, it goes on from the blocks that are finished; or set "
               "SLUICEGATE_HOME to another folder.")  # fmt: skip


def ensemble_key(scenario: Scenario, world: World, draws: Draws) -> str:
    """Hash of all that decides a draw: scenario, world, data, model, libraries, seed, uncertain inputs.

    Their number is not in it: draw d is the same whatever the number, so a larger ensemble goes on from a smaller one.
    """
    inputs = [repr(draws.parameters[name]) for name in sorted(draws.parameters)]
    made = [scenario.model_dump(mode="json"), world_digest(world), dataset_version(), model_version(),
            [version(name) for name in LIBRARIES], draws.seed, inputs]  # fmt: skip
    return hashlib.sha256(json.dumps(made, sort_keys=True, default=str).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Checkpoint:
    """The finished blocks of one ensemble, a file each; a file that is not whole does not count.

    Parameters
    ----------
    folder : `SLUICEGATE_HOME/ensembles/KEY`
    """

    folder: Path

    @classmethod
    def of(cls, scenario: Scenario, world: World, draws: Draws) -> Checkpoint:
        """The place of an ensemble's blocks, whether or not there are any."""
        return cls(home() / "ensembles" / ensemble_key(scenario, world, draws))

    def keep(self, block: slice, record: Recorder) -> None:
        """Keep a finished block.

        Raises
        ------
        InputError : it cannot be written.
        """
        arrays = {name: getattr(record, name) for name in sorted(record.stored)} | {WORTH: record.worth}
        made_folder(self.folder, do="Set SLUICEGATE_HOME to another folder.")
        with staged(self.folder, do=STILL_THERE) as staging:
            np.savez(staging / self._name(block, record), allow_pickle=False, **arrays)

    def fill(self, block: slice, record: Recorder) -> bool:
        """Fill a block's record with what is kept; whether there is anything whole to fill it with."""
        try:
            with (self.folder / self._name(block, record)).open("rb") as file:
                kept = np.load(file, allow_pickle=False)
                arrays = {name: kept[name] for name in (*record.stored, WORTH)}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
            return False
        if any(getattr(record, name).shape != array.shape for name, array in arrays.items()):
            return False
        for name, array in arrays.items():
            getattr(record, name)[...] = array
        return True

    def finished(self) -> int:
        """How many blocks are kept."""
        return len(list(self.folder.glob("*.npz")))

    def size(self) -> int:
        """Bytes of what is kept."""
        return sum(file.stat().st_size for file in self.folder.glob("*.npz"))

    def remove(self, draws: int, variables: Iterable[str] = VARIABLES) -> None:
        """Forget the blocks of an ensemble that is saved.

        Blocks with other variables, and all where some reach beyond `draws`, are of another that was stopped, and stay.
        """
        mine = list(self.folder.glob(f"*-{_hash_of(stored(variables))}.npz"))
        if any(int(file.name.partition("-")[0]) >= draws for file in mine):
            return
        for file in mine:
            file.unlink(missing_ok=True)
        if not self.finished():
            shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _name(block: slice, record: Recorder) -> str:
        return f"{block.start:08d}-{block.stop:08d}-{_hash_of(record.stored)}.npz"


def _hash_of(names: Iterable[str]) -> str:
    """A short hash of what a block holds."""
    return hashlib.sha256(" ".join(sorted(names)).encode()).hexdigest()[:6]
