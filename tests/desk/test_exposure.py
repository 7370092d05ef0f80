"""The `exposure` document of the bundled examples, on few draws: whole, in order, true to the dataset, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sluicegate.company import read_company
from sluicegate.desk.exposure import exposure
from sluicegate.desk.page import exposure_html, exposure_text
from sluicegate.desk.shapes.company import ExposureShape
from sluicegate.desk.why import why
from sluicegate.terms import InputError
from sluicegate.world import World
from sluicegate.world.figures import load_figures

EXAMPLES = Path(__file__).parents[2] / "examples"
GERMANY, AMERICA = (EXAMPLES / f"company-{name}.yaml" for name in ("auto-parts-germany", "tungsten-tools-usa"))
Document = dict[str, Any]


@pytest.fixture(scope="module")
def germany(home: Path) -> Document:
    before = sorted(home.rglob("*"))
    found = exposure(GERMANY, draws=32)
    assert sorted(home.rglob("*")) == before, "something of the company was kept"
    return found


def test_the_document_has_its_shape(germany: Document) -> None:
    ExposureShape.model_validate(germany)


def test_survival_falls_from_one_to_the_share_that_never_stops(germany: Document) -> None:
    for line in germany["lines"]:
        alive = [week["p_running"] for week in line["survival"]]
        assert alive[0] == 1
        assert alive == sorted(alive, reverse=True)
        assert alive[-1] >= 1 - line["p_stop"]


def test_every_id_has_its_formula(germany: Document) -> None:
    rows = [row for key in ("lines", "inputs", "applications", "actions") for row in germany[key]]
    for row in [*rows, germany["value_at_risk"]]:
        assert why(row["id"])["formula"]


def test_reasons_of_a_stop_sum_to_one(germany: Document) -> None:
    for line in germany["lines"]:
        if line["p_stop"]:
            assert sum(r["share"] for r in line["because"]) == pytest.approx(1)


def test_what_is_not_stated_is_said(germany: Document) -> None:
    assert any(text.startswith("Stock of magnesium for housings: practice") for text in germany["assumed"])
    assert any(text.startswith("Suppliers of magnesium") for text in germany["assumed"])


def test_the_value_lost_is_at_most_all_of_it(germany: Document) -> None:
    risk = germany["value_at_risk"]
    assert 0 <= risk["total"]["q05"] <= risk["total"]["q95"] <= risk["of_full_production"]
    assert risk["mean_of_worst_twentieth"] >= risk["mean"]


def test_more_of_anything_does_no_harm(germany: Document) -> None:
    for change in germany["would_change"][1:]:
        assert change["value_saved"]["q05"] >= 0, change["what"]


def test_the_page_says_what_the_document_says(germany: Document) -> None:
    for shown in (exposure_text(germany, width=300), exposure_html(germany)):
        for name in ("drive motors", "pumps and steering", "magnets filed in October", "too late"):
            assert name in shown


def test_a_run_without_controls_stops_nobody(home: Path, tmp_path: Path) -> None:
    free = tmp_path / "free.yaml"
    free.write_text("{name: free, title: free, start: 2026-06-01, weeks: 60, as_of: 2026-11-23}\n")
    assert home.is_dir()
    found = exposure(AMERICA, scenario=str(free), draws=8, weeks=30)
    assert [line["p_stop"] for line in found["lines"]] == [0, 0]
    assert found["value_at_risk"]["mean"] == pytest.approx(0, abs=1e-3)
    assert [a["licence_needed"] for a in found["applications"]] == [False]


def test_a_country_the_model_does_not_tell_apart_is_served_by_its_group(tmp_path: Path) -> None:
    poland = tmp_path / "poland.yaml"
    text = GERMANY.read_text("utf-8").replace("place: DEU", "place: Poland").replace("origin: DEU", "origin: Slovenia")
    poland.write_text(text, "utf-8")
    found = exposure(poland, draws=8, weeks=20)
    assert "Poland is no place of the model: other EU stands for it." in found["assumed"]


def test_a_day_after_the_scenario_s_knowledge_is_refused(tmp_path: Path) -> None:
    later = tmp_path / "later.yaml"
    later.write_text(GERMANY.read_text("utf-8").replace("counted_on: 2026-11-23", "counted_on: 2026-12-24"), "utf-8")
    with pytest.raises(InputError, match="--as-of 2026-12-24"):
        exposure(later, draws=1)


def test_intensities_of_the_german_example_are_the_dataset_s(bundled: World) -> None:
    told = {(line.name, use.input): use.per_week for line in read_company(GERMANY).lines for use in line.uses}
    figures = load_figures().table
    motor = figures.loc[figures.index.str.startswith("content-per-unit.magnets.ev-ndfeb.2023.iea"), "value"].iloc[0]
    assert told["drive motors", "rotor magnets"] == pytest.approx(4000 * motor)
    use = _use(bundled, "motor vehicles|DEU")
    magnets = use("NdFeB magnet, Dy/Tb")
    assert told["pumps and steering", "pump magnets"] / 4.8 == pytest.approx(
        use("NdFeB magnet, Dy/Tb-free") / magnets, rel=0.02
    )
    assert told["drive motors", "magnesium for housings"] / 4.8 == pytest.approx(
        use("magnesium metal") / magnets, rel=0.02
    )


def test_intensities_of_the_american_example_are_the_dataset_s(bundled: World) -> None:
    line = "hardmetal and machining|USA"
    use, worth = _use(bundled, line), bundled.lines.loc[line, "value_added_musd_per_yr"]
    for made in read_company(AMERICA).lines:
        for one, product in zip(made.uses, ("tungsten powder and carbide", "cobalt metal"), strict=True):
            per_million = one.per_week / (made.value_per_week or 0) * 1e6
            assert per_million == pytest.approx(1000 * use(product) / worth, rel=0.02)


def _use(world: World, line: str) -> Callable[[str], float]:
    rows = world.uses[world.uses["line"] == line].set_index("product")["use_t_per_yr"]
    return lambda product: float(rows[product])


def test_the_page_says_what_a_route_lacks(germany: Document) -> None:
    lacking = {a["held_back_by"] for a in germany["actions"] if a["held_back_by"]}
    assert lacking
    told = exposure_html(germany)
    assert any(text in told for text in lacking)
