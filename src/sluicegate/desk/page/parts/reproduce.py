"""How to get the same page again, and how old its figures are."""

from __future__ import annotations

import shlex

from sluicegate.desk.page.block import Entry, Listing, Section, words
from sluicegate.desk.page.document import Record, record, records, said
from sluicegate.desk.page.figure import NOT_KNOWN, day, finite


def reproduce(document: Record) -> Section:
    """Command, seed and draws, versions of data and model, age of the figures. The sources follow it on the page."""
    provenance = record(document, "provenance")
    named = (("data", "dataset_version"), ("model", "model_version"), ("seed", "seed"), ("draws", "draws"))
    versions = ", ".join(f"{name} {said(provenance, key) or NOT_KNOWN}" for name, key in named)
    entries: tuple[Entry, ...] = (
        Entry("Command", words(said(provenance, "command") or _command(document, provenance))),
        Entry("Versions", words(versions)),
        Entry("As of", words(f"{day(provenance.get('as_of'))}. {_age(document, provenance)}")),
    )
    own = records(provenance, "overlay")
    if own:
        entries += (Entry("Own figures", words(_own(own))),)
    return Section("reproduce", "Reproduce", (Listing(entries),))


def _own(imports: list[Record]) -> str:
    """What of the user's own lay over the dataset."""
    named = ", ".join(f"{said(one, 'name')} ({said(one, 'file')})" for one in imports)
    return f"The reader's own figures or rows lay over the dataset: {named}. Without them the numbers may differ."


def _command(document: Record, provenance: Record) -> str:
    """The command line that makes this page."""
    source = said(record(document, "article"), "url") or "ARTICLE"
    parts = ["sluicegate", "brief", shlex.quote(source)]
    for option, key in (("--as-of", "as_of"), ("--seed", "seed")):
        if said(provenance, key):
            parts += [option, shlex.quote(said(provenance, key))]
    return " ".join(parts)


def _age(document: Record, provenance: Record) -> str:
    """The years of the published figures on the page."""
    if said(provenance, "figures"):
        return said(provenance, "figures")
    figures = [f for claim in records(document, "claims") for f in records(claim, "check", "figures")]
    years = sorted(int(y) for f in figures if (y := finite(f.get("year"))) is not None)
    if not years:
        return "The age of its figures is not recorded."
    span = f"are of {years[0]}" if years[0] == years[-1] else f"are of {years[0]} to {years[-1]}"
    return f"The published figures it checks against {span}."
