"""Figures computed from figures: those that a reader or a check of a claim needs and nobody prints."""

from __future__ import annotations

import pandas as pd

SB_IN_TRIOXIDE = 0.835
"""Antimony in its trioxide by mass: 2 x 121.76 / 291.52."""

_TRIOXIDE = "oxide-output.antimony.trioxide.CHN.2024-01-to-2024-11.reportify-2024-citing-citic-securities"
_INGOT = "smelting-output.antimony.ingot.CHN.2024-01-to-2024-11.reportify-2024-citing-citic-securities"
_WORLD = "mine-output.antimony.WLD.2024.usgs-mcs-2025"


def antimony_smelting(rows: pd.DataFrame) -> pd.DataFrame:
    """China's smelters against the world's mines, 2024, in antimony.

    share = antimony in the trioxide made in eleven months x 12/11 / world mine output as then known. The low bound
    takes ingot alone, which also goes into trioxide; imported concentrate is inside, recycled metal not told apart.
    """
    by_id = rows.set_index("figure_id")
    world, year = float(by_id.loc[_WORLD, "value"]), 12 / 11
    oxide = float(by_id.loc[_TRIOXIDE, "value"]) * SB_IN_TRIOXIDE * year / world
    ingot = float(by_id.loc[_INGOT, "value"]) * year / world
    known = max(by_id.loc[i, "known_on"] for i in (_WORLD, _TRIOXIDE, _INGOT))
    row = {
        "figure_id": "smelting-share.antimony.CHN.2024.derived",
        "metric": "share of world output",
        "material": "antimony",
        "stage": "smelting",
        "item": "Chinese smelter output against world mine output",
        "place": "CHN",
        "partner": "",
        "period": "2024",
        "value": round(oxide, 3),
        "low": round(ingot, 3),
        "high": float("nan"),
        "unit": "share",
        "status": "observed",
        "grade": "derived",
        "known_on": known,
        "source": "derived from CITIC Securities and USGS MCS 2025",
        "source_id": "derived-antimony-smelting",
        "url": "",
        "page": "",
        "note": f"computed from {_TRIOXIDE} (x {SB_IN_TRIOXIDE} Sb x 12/11), {_INGOT} (low bound) and {_WORLD}",
    }
    return pd.DataFrame([row])


def antimony_world(rows: pd.DataFrame) -> pd.DataFrame:
    """World mine output of antimony in 2024 in the edition of January 2025, as quoted from it with the share."""
    share = rows[(rows["source"].str.startswith("Reuters 2025-03-20")) & (rows["material"] == "antimony")].iloc[0]
    base = share.to_dict() | {"metric": "production", "unit": "t", "item": "", "figure_id": ""}
    note = "quoted beside the share of 60 % (60,000 of 100,000 t)"
    world = base | {"place": "WLD", "value": 100000.0, "note": note}
    china = base | {"place": "CHN", "value": 60000.0, "note": note}
    return pd.DataFrame([world, china])


def spare_capacity(rows: pd.DataFrame) -> pd.DataFrame:
    """What could be made beyond what was: capacity less output of the same edition, year, place and stage, t a year.

    Only whole national totals; a source that gives one of the two gives no spare capacity.
    """
    whole = rows[(rows["item"] == "") & rows["value"].notna() & (rows["status"] == "observed")]
    keys = ["material", "stage", "place", "period", "source_id"]
    made = whole[whole["metric"] == "production"].set_index(keys)
    able = whole[(whole["metric"] == "capacity") & (whole["unit"] == "t/yr")].set_index(keys)
    both = able.join(made[["value", "figure_id"]], how="inner", rsuffix="_made").reset_index()
    return pd.DataFrame([_spare(row) for _, row in both.iterrows()])


def _spare(row: pd.Series) -> dict[str, object]:
    words = f"{row.figure_id} less {row.figure_id_made}"
    over = "; output above capacity counts as none to spare" if row.value_made > row.value else ""
    return {
        "figure_id": f"spare-capacity.{row.material.replace(' ', '-')}.{row.place}.{row.period}.derived",
        "metric": "spare capacity",
        "material": row.material,
        "stage": row.stage,
        "item": "",
        "place": row.place,
        "partner": "",
        "period": row.period,
        "value": max(row.value - row.value_made, 0.0),
        "low": float("nan"),
        "high": float("nan"),
        "unit": "t/yr",
        "status": "observed",
        "grade": "derived",
        "known_on": row.known_on,
        "source": f"derived from capacity and output in {row.source}",
        "source_id": f"derived-spare-capacity-{row.source_id}",
        "url": row.url,
        "page": "",
        "note": f"computed as {words}{over}",
    }
