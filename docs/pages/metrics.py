"""The page of metrics."""

from __future__ import annotations

from pages.markdown import table, title
from sluicegate.world.figures import printed_figures
from sluicegate.world.metric import GRADES, METRICS, STAGES


def metrics() -> str:
    """What a figure may measure, with how many figures do."""
    printed = printed_figures()
    used = printed.groupby("metric")["material"].agg(lambda m: ", ".join(sorted({x for x in m if x})))
    rows = [[f"`{m}`", used.get(m, "none")] for m in sorted(METRICS)]
    return "\n".join([
        title("Metrics of figures"), f"Grades, best first: {', '.join(f'`{g}`' for g in GRADES)}.\n",
        f"Stages: {', '.join(f'`{s}`' for s in sorted(STAGES) if s)}; empty where there is none.\n",
        table(["metric", "materials with figures"], rows),
    ])  # fmt: skip
