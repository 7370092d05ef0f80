"""From pymrio's systems (EXIOBASE, OECD ICIO, Eora ...) to a table; pymrio is the extra `mrio`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from sluicegate.sim.ario.table import Table
from sluicegate.terms import InputError, NotFoundError

PARSERS = {"exiobase3": "parse_exiobase3", "oecd": "parse_oecd", "eora26": "parse_eora26", "wiod": "parse_wiod"}


def table_of(system: Any, *, unit: str = "M.EUR") -> Table:
    """A table from a pymrio `IOSystem`, regions and sectors in alphabetical order.

    Final demand below zero (stock changes) is taken out of demand and output; flows between industries below zero are
    no flows and are refused.

    Raises
    ------
    InputError : no flows, an industry missing in a region, negative flows.
    """
    if system.Z is None or system.Y is None:
        raise InputError("a system without Z or Y", where="pymrio", expected="flows and final demand",
                         do="Run `calc_all()` on it first.")  # fmt: skip
    z = system.Z.sort_index(axis=0).sort_index(axis=1)
    y = system.Y.sort_index(axis=0).sort_index(axis=1)
    regions, sectors = (tuple(z.index.get_level_values(k).unique().sort_values()) for k in (0, 1))
    if len(z) != len(regions) * len(sectors):
        raise InputError(f"{len(z)} industries in {len(regions)} regions and {len(sectors)} sectors", where="pymrio",
                         expected="every sector in every region", do="Fill the table up with zeros.")  # fmt: skip
    demand = np.maximum(y.to_numpy(float), 0.0)
    flows = z.to_numpy(float)
    final = tuple((str(r), str(c)) for r, c in y.columns)
    return Table(regions, sectors, flows, demand, flows.sum(axis=1) + demand.sum(axis=1), final, unit)


def read_system(path: Path | None, kind: str = "saved") -> Table:
    """A table from files: `test` is the small one pymrio ships, `saved` a folder it saved; else one of `PARSERS`.

    Raises
    ------
    NotFoundError : no such kind.
    InputError : pymrio is not installed, no path is given, or it cannot read what is there.
    """
    if kind not in (known := ("test", "saved", *PARSERS)):
        raise NotFoundError(kind, kind="kind of table", known=known, where="input-output table")
    try:
        import pymrio
    except ImportError as error:
        raise InputError("pymrio is not installed", where="input-output table", expected="the extra `mrio`",
                         do="Install `sluicegate[mrio]`.") from error  # fmt: skip
    if kind == "test":
        return table_of(pymrio.load_test())
    if path is None or not path.exists():
        raise InputError(f"no such file or folder: {path}", where="input-output table", expected="what pymrio reads",
                         do="Check the path.")  # fmt: skip
    try:
        read = getattr(pymrio, PARSERS[kind]) if kind in PARSERS else pymrio.load_all
        return table_of(read(path))
    except (OSError, ValueError, KeyError, IndexError, AttributeError, pymrio.ParserError) as error:
        raise InputError(f"pymrio cannot read {path} as {kind} ({error})", where="input-output table",
                         expected=f"what pymrio saved, or {', '.join(PARSERS)}", do="Name it.") from error  # fmt: skip
