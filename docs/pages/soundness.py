"""The page on how sound the world is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pages.markdown import table, title
from sluicegate.desk.page.dataset.soundness import quantity, said, spread
from sluicegate.world import load_world
from sluicegate.world.check import check as check_world


def world_check() -> str:
    """What `sluicegate world check` finds, with every contradiction that carries the chain and every correction."""
    found = check_world(load_world())
    disputed = found["contradictions"]["quantities"]
    carrying = [[quantity(q), _amounts(q["figures"][:1]), _amounts(q["figures"][1:]), spread(q["spread"])]
                for q in disputed if q["used"] and not q["revision"]]  # fmt: skip
    moved = [[m["quantity"], f"{m['prior_t_per_yr']:,.0f}", f"{m['balanced_t_per_yr']:,.0f}",
              f"{m['adjustment_in_sd']:+.1f}"] for m in [*found["conflicts"], *found["adjusted"]]]  # fmt: skip
    labels = found["assumptions"]["counts"]
    names = sorted({name for counts in labels.values() for name in counts})
    rows = [[f"`{table}`", *(str(counts.get(n, "")) for n in names)] for table, counts in labels.items()]
    mended = [[f"`{c['figure_id']}`", c["field"], c["from"], c["to"] or "absent", c["reason"]]
              for c in found["corrections"]]  # fmt: skip
    years = sorted(found["figures"]["by_year"].items(), reverse=True)
    return "\n".join([
        title("How sound the world is"), "`sluicegate world check` prints this; `--json` gives it in full.\n",
        table(["subject", "found"], [[k, v] for k, v in said(found).items()]),
        "## Moved by the balance\n", table(["quantity", "prior, t", "balanced, t", "standard deviations"], moved),
        "## Rows by label\n", table(["table", *names], rows),
        "## Years of the figures that carry the chain\n", table(["year", "figures"], [[y, str(n)] for y, n in years]),
        "## Contradictions that carry the chain\n", "Both values stay in the dataset; one is preferred.\n",
        table(["quantity", "preferred", "others", "apart"], carrying),
        "## Corrections\n", "A guard stops the figures from loading once a source no longer says what was corrected.\n",
        table(["figure", "field", "from", "to", "why"], mended),
    ])  # fmt: skip


def _amounts(figures: Sequence[dict[str, Any]]) -> str:
    return "; ".join(f"{f['amount']} (`{f['source_id']}`)" for f in figures)
