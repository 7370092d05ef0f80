"""The question `downstream SCENARIO`: what a shortage costs beyond the lines it stops, by country and industry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from sluicegate.desk.answer import DRAWS, SEED
from sluicegate.desk.mrio_file import Mapped, read_map
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.scenario import Scenario
from sluicegate.sim import focused
from sluicegate.sim.ario.ensemble import room
from sluicegate.sim.budget import Budget, require_memory
from sluicegate.sim.downstream import READ, Downstream, own_table
from sluicegate.sim.downstream import downstream as carry
from sluicegate.sim.network import Floats
from sluicegate.sim.prepare import Model, checked, prepare, room_of
from sluicegate.sim.result import run_model
from sluicegate.sim.run import Progress
from sluicegate.world import World

UNIT = "million 2024 USD"
OWN = "our own"
FORMULA = ("output of each sector under the lines' losses of capacity, day by day (ARIO, Hallegatte 2014), against its "
           "usual output; times value added over output")  # fmt: skip
ASSUMED = [
    "Who buys what of whom is judgement, and so are stocks by sector; value added is the dataset's, and its share of "
    "output that of US industries where the dataset has one. Other places stand in ROW.",
    "A lack of services stops nobody; prices and imports from further away do not move; output caught up is the "
    "table's overproduction, at most a quarter.",
    "Bands come from the run of the chain alone: one table, not many.",
]


def downstream(name: str, *, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
               settings: Mapping[str, str] | None = None, table: str | None = None, mapping: str | None = None,
               progress: Progress | None = None) -> Document:  # fmt: skip
    """Lost value added by country and industry, in the lines and beyond them.

    Parameters
    ----------
    table : an input-output table of the user's, `KIND:PATH` as `sim.ario.system` reads it; ours by default
    mapping : file that says its unit and, where they are others than `sim.concordance` has, which of its regions and
        sectors our places and industries are; needed with `table`

    Raises
    ------
    InputError, NotFoundError : no such scenario, table or map, or they do not fit.
    """
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    world = focused(whole, scenario)

    def without(run: Model) -> Model:
        return prepare(scenario.without_controls(), world, draws=draws, seed=seed, like=run, needs=checked)

    def needs(run: Model, size: int) -> Budget:
        return room_of(run, READ, draws=size) + room_of(without(run), READ, draws=size, beside=True)

    model = prepare(scenario, world, draws=draws, seed=seed, needs=needs)
    uncontrolled = without(model)
    mapped = _mapped(whole, table, mapping)
    require_memory(room_of(model, READ) + room_of(uncontrolled, READ, beside=True) + room(mapped.table, draws))
    result, free = run_model(model, progress=progress, variables=READ), run_model(uncontrolled, variables=READ)
    found = carry(result, free, mapped.table, mapped.cells, mapped.settings, usd_per_unit=mapped.usd_per_unit)
    document = _document(scenario, found, mapped.usd_per_unit / 1e6)
    document["table"] = _described(table or OWN, mapped, set(world.lines.index))
    if table is None:
        document["assumed"] = ASSUMED
    words = f"downstream {name}" + (f" --table {table} --map {mapping}" if table else "")
    document["provenance"] = provenance(scenario.as_of, draws=draws, seed=seed, command=words)
    key = run_key(downstream=scenario.model_dump(mode="json"), draws=draws, seed=seed, table=table, mapping=mapping)
    document["provenance"]["run"] = key
    keep(key, document, _explained(document))
    return document


def _mapped(world: World, table: str | None, mapping: str | None) -> Mapped:
    if table is None and mapping is None:
        return Mapped(*own_table(world), 1e6)
    return read_map(world, table, mapping)


def _described(name: str, mapped: Mapped, lines: set[str]) -> Document:
    """What the table is, and which of the scenario's lines it does not carry."""
    table = mapped.table
    return {
        "name": name, "unit": table.unit, "year": table.year, "usd_per_unit": mapped.usd_per_unit,
        "regions": len(table.regions), "sectors": len(table.sectors),
        "left_out": sorted(line.replace("|", " in ") for line in lines - set(mapped.cells)),
    }  # fmt: skip


def _document(scenario: Scenario, found: Downstream, musd: float) -> Document:
    """The answer; `musd` million USD in a unit of the table."""
    lost, direct = found.lost() * musd, found.direct * musd
    regions, sectors = found.table.regions, found.table.sectors
    by_region, by_sector = found.of_regions() * musd, found.of_sectors() * musd
    hit = {cell: direct[k] for k, cell in enumerate(found.hit)}
    none = np.zeros(direct.shape[1])
    total, stopped = lost.sum(axis=0), direct.sum(axis=0)
    return {
        "title": f"Beyond the lines: “{scenario.title}”",
        "scenario": scenario.name,
        "weeks": scenario.weeks,
        "total": {
            "id": number_id("downstream", scenario.name, "total"), "unit": UNIT, "lines": band(stopped),
            "economy": band(total), "beyond": band(total - stopped),
            "economy_per_line_value": band((total / stopped)[stopped > 0]) if (stopped > 0).any() else None,
        },
        "countries": _rows(scenario, "country", regions, by_region, [
            sum((v for cell, v in hit.items() if cell[0] == region), none) for region in regions]),
        "industries": _rows(scenario, "industry", sectors, by_sector, [
            sum((v for cell, v in hit.items() if cell[1] == sector), none) for sector in sectors]),
        "capped": [{"place": cell[0], "industry": cell[1]} for cell, over in zip(found.hit, found.capped, strict=True)
                   if over],
        "unit": UNIT,
        "assumed": [],
    }  # fmt: skip


def _rows(scenario: Scenario, kind: str, names: tuple[str, ...], lost: Floats, direct: list[Floats]) -> list[Document]:
    """One row a name, the largest loss first."""
    order = np.argsort(-lost.mean(axis=1))
    return [{"id": number_id("downstream", scenario.name, kind, names[k]), kind: names[k], "lines": band(direct[k]),
             "economy": band(lost[k]), "unit": UNIT} for k in order]  # fmt: skip


def _explained(document: Document) -> dict[str, Document]:
    rows = [document["total"], *document["countries"], *document["industries"]]
    return {row["id"]: {
        "what": "value added lost: in the lines that stop, and in the whole economy with them",
        "value": {"lines": row["lines"], "economy": row["economy"]}, "unit": UNIT, "formula": FORMULA,
        "inputs": ["lines.csv", "places.csv", "regions.csv", "sectors.csv", "inputs.csv"],
    } for row in rows}  # fmt: skip
