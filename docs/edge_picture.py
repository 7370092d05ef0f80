"""Draw docs/explanation/edge.svg, the picture of the page on the edge, from a real run.

`sluicegate edge april-2025 --json | python docs/edge_picture.py > docs/explanation/edge.svg`
"""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from sluicegate.desk.page.charts import Bands, Panel, small_multiples
from sluicegate.terms import place_name

WIDTH, HEIGHT, GAP = 400, 260, 16
NAMES = ("q05", "q25", "q50", "q75", "q95")


def picture(document: dict[str, Any]) -> str:
    """What each side loses a week, two panels on one scale, as SVG with its styles inside.

    Parameters
    ----------
    document : the `edge` document
    """
    panels = [Panel(f"{place_name(document[side])} loses", *_path(document, f"loss_{side}"), side)
              for side in ("target", "controller")]  # fmt: skip
    charts = small_multiples("edge", panels, y_title="m USD a week (2024)", width=WIDTH, height=HEIGHT)
    whole = 2 * WIDTH + 3 * GAP
    inner = "".join(_placed(chart, GAP + k * (WIDTH + GAP)) for k, chart in enumerate(charts))
    paper = f'<rect width="{whole}" height="{HEIGHT + 2 * GAP}" fill="#fdfcf9"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {HEIGHT + 2 * GAP}" role="img">'
    return f"{head}<style>{_styles()}</style>{paper}{inner}</svg>\n"


def _path(document: dict[str, Any], key: str) -> tuple[list[date], Bands]:
    rows = document["path"]
    return [date.fromisoformat(row["date"]) for row in rows], Bands(
        *([row[key][name] / 1e6 for row in rows] for name in NAMES)
    )


def _placed(chart: str, x: float) -> str:
    """A chart at its place inside another."""
    return chart.replace("<svg ", f'<svg x="{x}" y="{GAP}" width="{WIDTH}" height="{HEIGHT}" ', 1)


def _styles() -> str:
    """The page's rules for charts, as the README's picture takes them."""
    spec = importlib.util.spec_from_file_location("picture", Path(__file__).with_name("picture.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.styles())


if __name__ == "__main__":
    sys.stdout.write(picture(json.load(sys.stdin)))
