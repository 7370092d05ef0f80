"""Draw docs/picture.svg, the README's picture, from a real brief.

`sluicegate brief examples/april-2025.txt --json | python docs/picture.py > docs/picture.svg`
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from importlib.resources import files
from typing import Any

from sluicegate.desk.page.charts import Bands, fan_chart

NAMES = ("q05", "q25", "q50", "q75", "q95")


def picture(document: dict[str, Any]) -> str:
    """The worst shortage's path as SVG on the page's light paper, styles inside.

    Parameters
    ----------
    document : the `brief` document

    Raises
    ------
    IndexError : nobody is short in this brief.
    """
    path = document["chart_data"]["shortage_paths"][0]
    as_of = document["provenance"]["as_of"]
    chart = fan_chart(
        "use", path["label"], f"Use against use without control, as of {as_of}: median, 50 % and 90 % bands.",
        [date.fromisoformat(day) for day in path["weeks"]], Bands(*(path[name] for name in NAMES)),
        y_title="use against use without control", y_range=(0, 1), percent=True, heading=path["label"],
    )  # fmt: skip
    head, rest = chart.replace('viewBox="0 0 720 280"', 'viewBox="-12 -8 744 304"', 1).split(">", 1)
    paper = '<rect x="-12" y="-8" width="744" height="304" fill="#fdfcf9"/>'
    return f"{head}><style>{styles()}</style>{paper}{rest}\n"


def styles() -> str:
    """The page's rules for charts, its light colours put in."""
    css = (files("sluicegate.desk.page") / "templates" / "page.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", css.partition("@media")[0]))
    rules = " ".join(line for line in css.splitlines() if line.startswith("svg"))
    return re.sub(r"var\(--([\w-]+)\)", lambda name: colours[name[1]], rules)


if __name__ == "__main__":
    sys.stdout.write(picture(json.load(sys.stdin)))
