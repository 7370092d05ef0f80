"""The question `lab shock`: a loss of output through an input-output table, in ARIO mode."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sluicegate.desk.number import Document
from sluicegate.sim.ario import ArbitraryLoss, Settings, simulate
from sluicegate.sim.ario.system import read_system
from sluicegate.terms import InputError

SHOWN = 20


def shock(table: str, lost: Sequence[str], *, start: int = 1, last: int = 30, recovery_days: int = 1,
          days: int = 365, inventory_days: float = 30.0) -> Document:  # fmt: skip
    """Lost value added by industry when some lose a share of their capacity for a time.

    Parameters
    ----------
    table : `KIND:PATH` as `sim.ario.system.read_system` reads it; `test` is the small table that pymrio ships
    lost : `REGION/SECTOR=SHARE`, share 0-1 ; start : first day of the loss ; last : days it lasts
    inventory_days : days of inputs in stock, the same in every sector

    Raises
    ------
    InputError : no such table, an entry that cannot be read, days out of range.
    NotFoundError : a region or sector that the table lacks.
    """
    kind, _, path = table.partition(":")
    found = read_system(Path(path) if path else None, kind)
    event = ArbitraryLoss(start=start, days=last, lost=_read(lost), recovery_days=recovery_days)
    run = simulate(found, [event], Settings(inventory_days=inventory_days), days=days)
    by_industry = run.lost_value_added().sum(axis=0)
    hit = [found.place(*name) for name in event.lost]
    rows = [{"region": found.industries[k][0], "sector": found.industries[k][1], "lost": float(by_industry[k]),
             "hit": int(k) in hit} for k in (-by_industry).argsort()[:SHOWN]]  # fmt: skip
    own = float(by_industry[hit].sum())
    total = float(by_industry.sum())
    return {"table": table, "unit": found.unit, "days": days, "lost_by_those_hit": own, "lost_in_all": total,
            "times": total / own if own else None, "industries": rows}  # fmt: skip


def _read(lost: Sequence[str]) -> dict[tuple[str, str], float]:
    told: dict[tuple[str, str], float] = {}
    for entry in lost:
        name, equals, share = entry.rpartition("=")
        region, slash, sector = name.partition("/")
        try:
            value = float(share)
        except ValueError:
            value = float("nan")
        if not (equals and slash and region and sector) or value != value:
            raise InputError(entry, where="--lose", expected="REGION/SECTOR=SHARE, such as DE/Chemicals=0.4",
                             do="Name region, sector and share.")  # fmt: skip
        told[region, sector] = value
    return told
