"""Made-up input-output tables in the layouts in which EXIOBASE 3 and OECD's ICIO are published.

The layouts are those of the archives' own documentation and of pymrio's readers; the numbers are drawn at random.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

_EXIOBASE_REGIONS = """
AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK GB US JP CN CA KR BR IN MX RU
AU CH TR TW NO ID ZA WA WL WE WF WM
"""
EXIOBASE_REGIONS = tuple(_EXIOBASE_REGIONS.split())
EXIOBASE_DEMAND = (
    "Final consumption expenditure by households",
    "Final consumption expenditure by non-profit organisations serving households (NPISH)",
    "Final consumption expenditure by government", "Gross fixed capital formation", "Changes in inventories",
    "Changes in valuables", "Exports: Total (fob)",
)  # fmt: skip
_ICIO_REGIONS = """
ARG AUS AUT BEL BGD BGR BLR BRA BRN CAN CHE CHL CHN CIV CMR COL CRI CYP CZE DEU DNK EGY ESP EST FIN FRA GBR
GRC HKG HRV HUN IDN IND IRL ISL ISR ITA JOR JPN KAZ KHM KOR LAO LTU LUX LVA MAR MEX MLT MMR MYS NGA NLD NOR
NZL PAK PER PHL POL PRT ROU ROW RUS SAU SEN SGP SVK SVN SWE THA TUN TUR TWN UKR USA VNM ZAF
"""
ICIO_REGIONS = tuple(_ICIO_REGIONS.split())
ABOUT = {"description": "made up", "name": "EXIOBASE", "system": "ixi", "version": "3.8.2", "history": []}
ICIO_DEMAND = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR")
_ICIO_2023 = """
A01_02 A03 B05_06 B07_08 B09 C10T12 C13T15 C16 C17_18 C19 C20 C21 C22 C23 C24 C25 C26 C27 C28 C29 C30 C31T33 D
E F G H49 H50 H51 H52 H53 I J58T60 J61 J62_63 K L M N O P Q R S T
"""
ICIO_2023 = tuple(_ICIO_2023.split())


@dataclass(frozen=True)
class Flows:
    """Flows that add up: z (N, N), y (N, C) with stock changes below zero, x (N,); a region's sectors together."""

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    z: np.ndarray
    y: np.ndarray
    categories: tuple[str, ...]

    @property
    def x(self) -> np.ndarray:
        """(N,) output, as published: what rows add up to."""
        return self.z.sum(axis=1) + self.y.sum(axis=1)

    @property
    def industries(self) -> list[tuple[str, str]]:
        """(N,) region and sector."""
        return [(r, s) for r in self.regions for s in self.sectors]

    @property
    def demand(self) -> list[tuple[str, str]]:
        """(C,) region and category."""
        return [(r, c) for r in self.regions for c in self.categories]


def drawn(regions: Sequence[str], sectors: Sequence[str], categories: Sequence[str], *, scale: float = 1e4,
          seed: int = 0) -> Flows:  # fmt: skip
    """Flows at random with a lean to home, a tenth of stock changes below zero, and one industry without output."""
    rng = np.random.default_rng(seed)
    nr, ns = len(regions), len(sectors)
    n = nr * ns
    a = rng.lognormal(0, 1.5, (n, n))
    for r in range(nr):
        a[r * ns : (r + 1) * ns, r * ns : (r + 1) * ns] *= 20.0
    a *= rng.uniform(0.3, 0.6, n) / a.sum(axis=0)
    y = scale * rng.lognormal(0, 1, (n, nr * len(categories))) / nr
    stocks = np.arange(y.shape[1]) % len(categories) == 4
    y[:, stocks] *= rng.choice([-0.1, 0.2], (n, stocks.sum()), p=[0.1, 0.9])
    a[n - 1], a[:, n - 1], y[n - 1] = 0.0, 0.0, 0.0
    x = y.sum(axis=1)
    for _ in range(60):  # Leontief's series; shares of output bought are 0.6 at most
        x = y.sum(axis=1) + a @ x
    a *= x
    left = x - a.sum(axis=1) - y.sum(axis=1)
    y[:, 0] += np.where(x > 0, left, 0.0)
    return Flows(tuple(regions), tuple(sectors), a, y, tuple(categories))


def write_exiobase3(folder: Path, flows: Flows, *, unit: str = "M.EUR", without: str = "") -> Path:
    """The folder of an archive `IOT_2022_ixi`: tabs, two rows and two columns of names, a satellite account beside.

    Parameters
    ----------
    without : a file that is left out, as some releases leave out Z
    """
    folder.mkdir(parents=True)
    index = pd.MultiIndex.from_tuples(flows.industries, names=["region", "sector"])
    demand = pd.MultiIndex.from_tuples(flows.demand, names=["region", "category"])
    shares = np.divide(flows.z, flows.x, out=np.zeros_like(flows.z), where=flows.x != 0)
    frames = {
        "A": pd.DataFrame(shares, index, index), "Z": pd.DataFrame(flows.z, index, index),
        "Y": pd.DataFrame(flows.y, index, demand), "x": pd.DataFrame({"indout": flows.x}, index),
        "unit": pd.DataFrame({"unit": unit}, index),
    }  # fmt: skip
    frames.pop(without, None)
    for name, frame in frames.items():
        _write(folder / f"{name}.txt", frame)
    _parameters(folder, {name: frame.columns.nlevels for name, frame in frames.items()}, 2, "IOSystem")
    (folder / "metadata.json").write_text(json.dumps(ABOUT), "utf-8")
    satellite = folder / "satellite"
    satellite.mkdir()
    (satellite / "F.txt").write_text("not read\n", "utf-8")
    _parameters(satellite, {"F": 2}, 1, "Extension", name="satellite")
    return folder


def _write(path: Path, frame: pd.DataFrame) -> None:
    """As pandas writes it with tabs; numbers by arrow, ten times as fast on half a gigabyte."""
    if frame.columns.nlevels == 1:
        frame.to_csv(path, sep="\t")
        return
    frame.iloc[:0].to_csv(path, sep="\t")
    columns = [frame.index.get_level_values(k).to_numpy() for k in (0, 1)] + list(frame.to_numpy().T)
    rows = pa.table(list(map(pa.array, columns)), names=list(map(str, range(len(columns)))))
    with path.open("ab") as handle:
        csv.write_csv(rows, handle, csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="needed"))


def _parameters(folder: Path, headers: dict[str, int], columns: int, kind: str, **more: str) -> None:
    files = {n: {"name": f"{n}.txt", "nr_index_col": str(columns), "nr_header": str(h)} for n, h in headers.items()}
    told = {"files": files, "systemtype": kind, **more}
    (folder / "file_parameters.json").write_text(json.dumps(told, indent=4), "utf-8")


def icio_frame(flows: Flows) -> pd.DataFrame:
    """A table as the CSV of an edition since 2021 has it: `AUS_C29`, `AUS_HFCE`, OUT; below, TLS, VA and OUT."""
    names = [f"{r}_{s}" for r, s in flows.industries]
    body = pd.DataFrame(np.hstack([flows.z, flows.y, flows.x[:, None]]), names,
                        [*names, *(f"{r}_{c}" for r, c in flows.demand), "OUT"])  # fmt: skip
    bought = body.sum(axis=0)
    taxes = 0.02 * bought
    taxes["OUT"] = np.nan
    value = pd.Series(flows.x - flows.z.sum(axis=0), names) - taxes[names]
    output = pd.Series(flows.x, names)
    below = pd.DataFrame([taxes, value, output], ["TLS", "VA", "OUT"]).reindex(columns=body.columns)
    frame = pd.concat([body, below])
    frame.index.name = "V1"
    return frame
