"""The user's overlay: what `sluicegate world import` has taken in, one folder an import, each with a manifest.

    SLUICEGATE_HOME/overlay/NAME/manifest.json    file, sha256, when, how many rows, source card
    SLUICEGATE_HOME/overlay/NAME/figures.parquet  figures, columns as in `figures.csv`
    SLUICEGATE_HOME/overlay/NAME/producers.csv    rows of any table of the chain, columns as in ours
    SLUICEGATE_HOME/overlay/NAME/balanced.csv     the balance struck with them, so that loading is quick

Without such a folder nothing here changes anything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sluicegate.terms import InputError
from sluicegate.terms.home import home

MANIFEST, FIGURES, BALANCED = "manifest.json", "figures.parquet", "balanced.csv"

OWN = "own."
"""What the id of every figure of a user begins with."""

SAME = ("metric", "material", "item", "stage", "place", "partner", "period", "unit", "status")
"""Figures that agree in these columns state the same quantity."""

Stamp = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Import:
    """One import.

    Parameters
    ----------
    folder : where it lies; the folder's name is the import's name
    manifest : as it was written, see `sluicegate.desk.intake`
    """

    folder: Path
    manifest: dict[str, Any]

    @property
    def name(self) -> str:
        """The name the user knows it by."""
        return self.folder.name

    @property
    def tables(self) -> dict[str, int]:
        """Rows by table of the chain."""
        return dict(self.manifest.get("tables", {}))


def overlay_folder() -> Path:
    """Where the imports lie, whether or not there is one."""
    return home() / "overlay"


def stamp(folder: Path | None = None) -> Stamp:
    """Name and time of every import, empty without any: what a cache of anything read through the overlay hangs on."""
    root = overlay_folder() if folder is None else folder
    if not root.is_dir():
        return ()
    found = ((p.parent, p) for p in root.glob(f"*/{MANIFEST}") if not p.parent.name.startswith("."))
    return tuple(sorted((str(at), p.stat().st_mtime_ns) for at, p in found))


def imports(folder: Path | None = None) -> tuple[Import, ...]:
    """The imports, the oldest first.

    Raises
    ------
    InputError : a manifest that is not as we wrote it.
    """
    return _imports(stamp(folder))


@lru_cache(maxsize=8)
def _imports(found: Stamp) -> tuple[Import, ...]:
    read = [Import(Path(at), _manifest(Path(at) / MANIFEST)) for at, _ in found]
    return tuple(sorted(read, key=lambda i: (str(i.manifest["imported_on"]), i.name)))


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = dict(json.loads(path.read_text("utf-8")))
        _ = manifest["imported_on"], manifest["files"], manifest["sources"]
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise InputError(
            f"not a manifest of ours ({type(error).__name__}: {error})",
            where=str(path),
            expected="JSON as `sluicegate world import` wrote it",
            do=f"`sluicegate world import --remove {path.parent.name}`, and import the file again.",
        ) from error
    return manifest


def digest() -> str:
    """One hash over the contents of all imports in their order, empty without any."""
    files = [(one.name, sorted(one.manifest["files"].items())) for one in imports()]
    return hashlib.sha256(json.dumps(files).encode()).hexdigest() if files else ""


def tables_digest(folder: Path | None = None) -> str:
    """One hash over all imported rows of the chain and the shipped balance: what a balance struck anew belongs to."""
    rows = [sorted((f, h) for f, h in one.manifest["files"].items() if f != FIGURES)
            for one in imports(folder) if one.tables]  # fmt: skip
    shipped = hashlib.sha256((Path(__file__).parent / "data" / BALANCED).read_bytes()).hexdigest()
    return hashlib.sha256(json.dumps([shipped, rows]).encode()).hexdigest()


def kept_balance(folder: Path) -> Path | None:
    """The balance struck when the last rows of the chain were imported; None once the imports are others."""
    with_tables = [one for one in imports(folder) if one.tables]
    if not with_tables or not (with_tables[-1].folder / BALANCED).is_file():
        return None
    belongs = with_tables[-1].manifest.get("balance_of") == tables_digest(folder)
    return with_tables[-1].folder / BALANCED if belongs else None


def overlay_of_tables() -> Path | None:
    """The folder of the imports when one of them has rows of the chain, else None."""
    return overlay_folder() if any(one.tables for one in imports()) else None


def tables_named(name: str, overlay: Path | None) -> list[Path]:
    """The files of a table in an overlay: the folder's own first, then those of its imports, the oldest first."""
    if overlay is None:
        return []
    folders = [overlay, *(one.folder for one in imports(overlay))]
    return [folder / f"{name}.csv" for folder in folders if (folder / f"{name}.csv").is_file()]


def own_sources() -> list[dict[str, Any]]:
    """The source cards of every import, with the columns of `sources.csv`."""
    return [dict(card) for one in imports() for card in one.manifest["sources"]]


def with_own_figures(table: pd.DataFrame, mended: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """Figures with the user's own among them.

    The user's are preferred where they state the same quantity as one of ours, a later import before an earlier one;
    both stay and share a key in `contradicts`.

    Parameters
    ----------
    table : indexed by `figure_id`, columns as in `figures.csv`
    mended : corrects a user's figures as ours are
    """
    for one in imports():
        if (one.folder / FIGURES).is_file():
            own = _own_figures(one).reindex(columns=table.columns, fill_value="")
            table = _laid_over(table, mended(own.astype(table.dtypes.to_dict())))
    return table


def _own_figures(one: Import) -> pd.DataFrame:
    try:
        return pd.read_parquet(one.folder / FIGURES).set_index("figure_id")
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            f"cannot be read ({error})",
            where=str(one.folder / FIGURES),
            expected="the figures `sluicegate world import` wrote",
            do=f"`sluicegate world import --remove {one.name}`, and import the file again.",
        ) from error


def _laid_over(table: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Two tables of figures, the second preferred where both state the same quantity."""
    whole = pd.concat([table, own])
    quantity = pd.Series(pd.MultiIndex.from_frame(whole[list(SAME)]).factorize()[0])
    shared = set(quantity[: len(table)]) & set(quantity[len(table) :])
    rival = quantity.isin(shared).to_numpy()
    if not rival.any():
        return whole
    whole.loc[rival & (np.arange(len(whole)) < len(table)), "preferred"] = False
    keys = ["|".join(row) for row in whole.loc[rival, list(SAME)].itertuples(index=False)]
    said = whole.loc[rival, "contradicts"]
    known = said.where(said != "", [_key(k) for k in keys])
    whole.loc[rival, "contradicts"] = known.groupby(quantity[rival].to_numpy()).transform("first")
    return whole


def _key(quantity: str) -> str:
    """The key of figures that state the same quantity, in the form of ours."""
    words = "".join(c if c.isalnum() else " " for c in quantity.casefold()).split()
    return "-".join(words)[:110]
