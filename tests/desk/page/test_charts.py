import math
import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.desk.page.charts import (
    Bands,
    Bar,
    Curve,
    Panel,
    band_bars,
    fan_chart,
    small_multiples,
    spark_blocks,
    spark_svg,
    step_chart,
)
from sluicegate.desk.page.charts.axis import month_ticks, nice_ticks, spread, tick_label
from sluicegate.terms import Band

SVG = "{http://www.w3.org/2000/svg}"
WEEKS = [date(2025, 4, 7) + timedelta(weeks=k) for k in range(30)]
RAMP = [k / 30 for k in range(30)]
BANDS = Bands(
    *([v + shift for v in RAMP] for shift in (-0.4, -0.2, 0.0, 0.2, 0.4)),
)
VALUES = st.lists(st.none() | st.floats(-1e9, 1e9) | st.just(math.nan), min_size=30, max_size=30)


def fan(bands: Bands, **options: object) -> ET.Element:
    return ET.fromstring(fan_chart("f", "A title", "A description", WEEKS, bands, y_title="t", **options))  # type: ignore[arg-type]


def read_back(root: ET.Element, attribute: str) -> list[list[float | None]]:
    found = [el.get(attribute) for el in root.iter()]
    return [[float(v) if v else None for v in text.split(",")] for text in found if text is not None]


def test_numbers_can_be_read_back_from_a_fan() -> None:
    root = fan(BANDS)
    assert read_back(root, "data-values")[0] == pytest.approx(RAMP, rel=1e-5)
    assert read_back(root, "data-low")[0] == pytest.approx(list(BANDS.q05), rel=1e-5, abs=1e-9)


@given(VALUES, VALUES)
def test_a_fan_of_anything_is_well_formed_and_never_draws_what_is_absent(low: list[float], mid: list[float]) -> None:
    root = fan(Bands(low, low, mid, mid, mid))
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not re.search("nan|inf", value) or name in ("class", "id"), (name, value)


def test_a_gap_breaks_the_line() -> None:
    broken = [None if k == 10 else v for k, v in enumerate(RAMP)]
    root = fan(Bands(broken, broken, broken, broken, broken))
    line = next(el for el in root.iter(f"{SVG}path") if el.get("data-values"))
    assert line.get("d", "").count("M") == 2


def test_every_picture_has_a_role_a_title_and_a_description() -> None:
    curve = Curve("cars", WEEKS, RAMP)
    pictures = [
        fan_chart("a", "T", "D", WEEKS, BANDS, y_title="t", sides=("up", "down")),
        step_chart("b", "T", "D", [curve], y_title="%"),
        band_bars("c", "T", "D", [Bar("x", Band(1, 2, 3, 4, 5), 2.0)], x_title="m USD"),
        spark_svg("d", RAMP, "T"),
        *small_multiples("e", [Panel("x", WEEKS, BANDS)], y_title="t"),
    ]
    for picture in pictures:
        root = ET.fromstring(picture)
        names = (root.get("aria-labelledby") or "").split()
        assert root.get("role") == "img"
        assert [root[0].get("id"), root[1].get("id")] == names
        assert root[0].text
        assert root[1].text


def test_text_of_others_cannot_leave_its_element() -> None:
    picture = step_chart("s", "</title><script>", "&", [Curve('<b x="\u202e\x1b[31m">', WEEKS, RAMP)], y_title="<")
    assert "<script" not in picture
    assert "\u202e" not in picture
    assert {el.tag for el in ET.fromstring(picture).iter()} == {
        SVG + tag for tag in ("svg", "title", "desc", "text", "line", "path")
    }


def test_pictures_carry_classes_and_no_styles() -> None:
    root = fan(BANDS, sides=("a", "b"))
    assert not [el for el in root.iter() if "style" in el.attrib]


def test_small_multiples_share_one_scale() -> None:
    tall = Bands(*([v * 10 for v in path] for path in (BANDS.q05, BANDS.q25, BANDS.q50, BANDS.q75, BANDS.q95)))
    first, second = small_multiples("m", [Panel("low", WEEKS, BANDS), Panel("high", WEEKS, tall)], y_title="t")
    ticks = [
        [el.text for el in ET.fromstring(p).iter(f"{SVG}text") if el.get("text-anchor") == "end"]
        for p in (first, second)
    ]
    assert ticks[0] == ticks[1]


def test_bars_stand_where_their_numbers_are() -> None:
    root = ET.fromstring(
        band_bars("b", "T", "D", [Bar("a", Band(0, 2, 5, 7, 10))], x_title="t", x_range=(0, 10), width=222)
    )
    circle = next(root.iter(f"{SVG}circle"))
    assert float(circle.get("cx", "")) == pytest.approx(8 + 100)


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="date"):
        fan_chart("f", "T", "D", [], BANDS, y_title="t")
    with pytest.raises(ValueError, match="date"):
        step_chart("f", "T", "D", [], y_title="t")
    with pytest.raises(ValueError, match="row"):
        band_bars("f", "T", "D", [], x_title="t")


def test_a_spark_keeps_blanks_for_what_is_absent() -> None:
    assert spark_blocks([0, None, 7]) == "▁ █"
    assert spark_blocks([]) == ""


@given(st.floats(-1e12, 1e12), st.floats(0, 1e12))
def test_ticks_cover_the_data_with_few_round_steps(low: float, extent: float) -> None:
    ticks = nice_ticks(low, low + extent)
    slack = abs(low) * 1e-6 + (ticks[1] - ticks[0]) * 1e-6
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + extent - slack
    assert 2 <= len(ticks) <= 8


def test_tick_labels_have_the_decimals_of_their_step() -> None:
    assert [tick_label(x, 0.5) for x in (-1.0, -0.5, 0.0)] == ["−1.0", "−0.5", "0"]
    assert tick_label(0.25, 0.25, percent=True) == "25"
    assert tick_label(2000.0, 1000.0) == "2,000"


@given(st.dates(), st.integers(0, 4000), st.integers(2, 12))
def test_month_ticks_are_few_and_inside(first: date, days: int, most: int) -> None:
    last = min(first + timedelta(days=min(days, (date.max - first).days)), date.max)
    ticks = month_ticks(first, last, most)
    assert 1 <= len(ticks) <= most + 1
    assert all(first <= tick <= last for tick in ticks)


@given(st.lists(st.floats(0, 200), max_size=8))
def test_labels_keep_their_distance(positions: list[float]) -> None:
    placed = sorted(spread(positions, 13, 0, 200))
    assert all(b - a >= 13 - 1e-9 for a, b in pairwise(placed))
