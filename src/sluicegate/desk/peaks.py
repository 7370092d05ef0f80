"""What stands behind the peaks of a run's charts, and the days on which something happens, as documents."""

from __future__ import annotations

from sluicegate.desk.number import Document
from sluicegate.sim import Result, Shortage
from sluicegate.sim.cause import Cause
from sluicegate.sim.happening import happenings
from sluicegate.sim.network import Floats
from sluicegate.sim.peak import Namer, Peak


def peaks_document(namer: Namer, shortage: Shortage, short: Floats) -> list[Document]:
    """Peaks of a shortage; `short` (W,) is the median of one minus use over use without control."""
    return [peak_document(namer, peak) for peak in namer.use(shortage.product, shortage.place, short)]


def peak_document(namer: Namer, peak: Peak) -> Document:
    """One peak: its day, its value, its causes with shares that sum to one, what else there is, and a sentence."""
    return {"at": str(peak.on), "value": peak.value, "causes": cause_rows(peak.causes), "also": list(peak.also),
            "says": peak.sentence(namer.days)}  # fmt: skip


def cause_rows(found: list[Cause]) -> list[Document]:
    """Causes as rows: what, where, how and the share."""
    return [{"what": c.what, "where": c.where, "how": c.how, "share": round(c.share, 4)} for c in found]


def happenings_document(result: Result, first: int) -> list[Document]:
    """What happens on which day, from week `first` of the run on."""
    since = result.scenario.date_of(first)
    return [{"on": str(h.on), "what": h.what, "name": h.name} for h in happenings(result.scenario) if h.on >= since]
