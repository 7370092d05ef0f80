"""A claim with a number, against the figures known on its day."""

from datetime import date

import pytest

from sluicegate.world.basis import Basis
from sluicegate.world.claim_amount import read_amount
from sluicegate.world.claimed import check_claim
from sluicegate.world.figures import load_figures

JUNE = date(2025, 6, 12)


def check(kind, materials, number, unit="percent", *, qualifier="about", actor=("CHN",), target=(), dates=(), on=JUNE):
    amounts = [{"value": number, "unit": unit, "qualifier": qualifier}]
    return check_claim(kind, materials, actor, target, amounts, dates, on)


def test_eighty_percent_of_antimony_is_true_of_smelters_and_not_of_mines():
    part = check("production_share", ["antimony"], 80).parts[0]
    assert {c.basis.name: c.verdict for c in part.compared} == {"mine output": "disagrees", "smelting": "agrees"}
    assert "disagrees with mine output (60 % in 2024" in part.says
    assert "agrees with smelting" in part.says


def test_eight_percent_of_antimony_disagrees_with_everything():
    part = check("production_share", ["antimony"], 8).parts[0]
    assert part.verdict == "disagrees"
    assert {c.verdict for c in part.compared} == {"disagrees"}


def test_every_material_of_a_claim_is_checked_on_its_own():
    whole = check("production_share", ["tungsten", "gallium", "antimony"], 80)
    assert [p.material for p in whole.parts] == ["tungsten", "gallium", "antimony"]
    assert [p.verdict for p in whole.parts] == ["agrees", "disagrees", "agrees"]
    assert whole.verdict == "disagrees"


def test_sixty_percent_of_germanium_agrees():
    assert check("production_share", ["germanium"], 60).verdict == "agrees"


def test_seventy_percent_of_us_compounds_from_china_agrees():
    found = check(
        "import_dependence",
        ["rare earths"],
        70,
        qualifier="at least",
        actor=("USA",),
        target=("CHN",),
        dates=("2020", "2023"),
    )
    assert found.verdict == "agrees"
    assert found.as_dict()["figures"][0]["id"].endswith("USA-CHN.2020-2023.usgs-mcs-2025")


def test_no_figure_known_later_is_compared():
    for day in (date(2024, 6, 1), JUNE, date(2026, 3, 1)):
        part = check("production_share", ["antimony"], 80, on=day).parts[0]
        assert all(c.basis.known_on <= day for c in part.compared)
        assert all(c.basis.known_on > day for c in part.later)


def test_later_figures_are_shown_only_when_asked_and_marked():
    found = check("production_share", ["antimony"], 80)
    assert "later" not in found.as_dict()
    later = found.as_dict(include_later=True)["later"]
    assert "smelting-share.antimony.CHN.2025-07-22.rawmaterials-net-2025-07-22" in {f["id"] for f in later}
    assert all("not used in the model" in f["note"] for f in later)


def test_the_revision_of_2026_moves_the_mine_share_down():
    part = check("production_share", ["antimony"], 80, on=date(2026, 3, 1)).parts[0]
    mine = next(c.basis for c in part.compared if c.basis.name == "mine output")
    assert mine.value == pytest.approx(40_000 / 110_000, abs=0.03)


@pytest.mark.parametrize(
    ("kind", "materials", "number", "unit", "verdict"),
    [
        ("financing", ["rare earths"], 439, "million USD", "agrees"),
        ("financing", ["rare earths"], 780_000_000, "USD", "agrees"),
        ("investment", ["tungsten"], 25, "million USD", "not in dataset"),
        ("production_volume", ["rare earths"], 45_000, "tons", "agrees"),
        ("production_volume", ["rare earths"], 4_500, "tons", "disagrees"),
        ("production_share", ["unobtainium"], 50, "percent", "not in dataset"),
        ("control_imposed", ["rare earths"], 50, "percent", "not in dataset"),
    ],
)
def test_claims_of_other_kinds(kind, materials, number, unit, verdict):
    actor = ("CHN",) if kind == "production_share" else ("USA",)
    assert check(kind, materials, number, unit, actor=actor).verdict == verdict


def test_a_quota_is_found_among_the_batches():
    assert check("quota_set", ["tungsten"], 58_000, "t", dates=("2025",)).verdict == "agrees"
    assert check("quota_set", ["tungsten"], 5_800, "t", dates=("2025",)).verdict == "disagrees"


def test_a_computed_share_names_both_of_its_figures():
    found = check("production_share", ["cobalt"], 75, actor=("COD",), on=date(2026, 6, 1)).as_dict()["figures"][0]
    figures = load_figures()
    assert found["value"] == pytest.approx(figures.get(found["id"]).value / figures.get(found["of"]).value)


@pytest.mark.parametrize(
    ("qualifier", "number", "agrees"),
    [("about", 66, True), ("about", 50, False), ("at least", 8, True), ("at least", 80, False), ("up to", 8, False)],
)
def test_bounds_are_one_sided(qualifier, number, agrees):
    figure = load_figures().get("mine-share.antimony.CHN.2024.usgs-mcs-2025")
    basis = Basis("mine output", 0.60, None, None, "share", "2024", (figure,))
    amount = read_amount({"value": number, "unit": "percent", "qualifier": qualifier})
    assert amount.agrees(basis) is agrees


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (80, "percent", (0.8, "share")),
        (439, "million USD", (439, "musd")),
        (2, "kt", (2000, "t")),
        ("1,000", "tonnes", (1000, "t")),
    ],
)
def test_amounts_are_read_in_the_articles_units(value, unit, expected):
    amount = read_amount({"value": value, "unit": unit})
    assert (pytest.approx(amount.value), amount.unit) == expected


def test_an_amount_in_a_unit_of_nobody_is_no_amount():
    assert read_amount({"value": 3, "unit": "parsecs"}) is None
    assert read_amount({"value": None, "unit": "percent"}) is None
