"""The page of value added."""

from __future__ import annotations

from pages.markdown import table, title
from sluicegate.world import load_world
from sluicegate.world.worth import crosschecks, label_shares, value_added


def worth() -> str:
    """Value added by line, its band, and theta by product."""
    found = value_added(load_world())
    rows = [
        [
            row["industry"],
            row["place"],
            f"{row['value_added_musd_per_yr'] / 1000:.3g}",
            f"{row['low'] / 1000:.3g} to {row['high'] / 1000:.3g}",
            row["label"],
            row["reason"],
            ", ".join(f"`{ref}`" for ref in row["refs"].split(";")[:2] if ref),
        ]
        for row in sorted(found, key=lambda r: (r["industry"], -r["value_added_musd_per_yr"]))
    ]
    held = {(r["industry"], t["product"]): t for r in reversed(found) for t in r["theta"]}
    shares = [
        [i, t["material"], p, t["criticality"], *(f"{100 * t[q]:.3g}" for q in ("p05", "p50", "p95")), t["label"],
         t["reason"], ", ".join(f"`{ref}`" for ref in t["refs"].split(";") if ref)]
        for (i, p), t in sorted(held.items())
    ]  # fmt: skip
    other = [
        [
            "; ".join(line.replace("|", ", ") for line in c["lines"]),
            *(f"{c[k] / 1000:.3g}" for k in ("value_added_musd_per_yr", "lines_musd_per_yr")),
            f"{c['low'] / 1000:.3g} to {c['high'] / 1000:.3g}",
            "yes" if c["within_band"] else "no",
            c["reason"],
            f"`{c['refs'].split(';')[0]}`",
        ]
        for c in crosschecks(load_world())
    ]
    labels = ", ".join(f"{100 * share:.0f} % {label}" for label, share in label_shares(found).items())
    return "\n".join([
        title("Value added"),
        "Every loss in money is value added of a line (an industry in a place), times the share of it in goods that\n"
        "hold the product (theta), times what the line lacks. `sluicegate world value-added` gives the same.\n",
        "## Lines\n", f"bn USD of 2024 a year. Of the sum: {labels}. The first two figures are named.\n",
        table(["industry", "place", "value added", "band", "label", "reason", "figures"], rows),
        "## The same, another way\n",
        "Sales or sold production times the US ratio of value added to output, bn USD. Sales of firms hold goods made\n"
        "elsewhere, so these lean high; where they leave the band, both stand.\n",
        table(["lines", "other way", "lines", "band", "within", "how", "figure"], other),
        "## Theta\n", "Percent of the line's value added; where a place has its own, the largest line's is shown.\n",
        table(["industry", "material", "product", "criticality", "5 %", "50 %", "95 %", "label", "reason", "figures"],
               shares),
    ])  # fmt: skip
