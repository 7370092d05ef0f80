"""Days and peaks are marked on the charts, and a table says what each mark is."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest

from sluicegate.desk.page.block import Chart, Panels
from sluicegate.desk.page.charts import Bands, Flag, fan_chart
from sluicegate.desk.page.marks import Marks
from sluicegate.desk.page.parts.edge import edge_section
from sluicegate.desk.page.parts.flags import flag_legend, happening_flags, main_cause, peak_flags

WEEKS = [date(2025, 1, 6) + timedelta(weeks=k) for k in range(20)]
PATH = [1.0] * 8 + [0.6] + [1.0] * 11
CAUSE = {"what": "CN-1", "where": "x", "how": "ban", "share": 1.0}
PEAK = {"at": "2025-03-03", "value": 0.4, "causes": [CAUSE], "also": [],
        "says": "CN-1, ban since 1 February 2025: 100 %"}  # fmt: skip
BEGUN = [{"on": "2025-02-01", "what": f"{name} takes effect", "name": name} for name in ("CN-1", "CN-2")]


def test_a_day_is_a_line_and_a_peak_a_point_on_the_median_each_with_its_words():
    flags = [*happening_flags(BEGUN), *next(peak_flags([{"id": "a", "peaks": [PEAK]}]))[1]]
    svg = ET.fromstring(fan_chart("f", "T", "D", WEEKS, Bands(*[PATH] * 5), y_title="t", flags=flags))
    said = [t.text for t in svg.iter() if t.tag.endswith("title")]
    assert "CN-1 takes effect; CN-2 takes effect" in said
    assert PEAK["says"] in said
    (dot,) = [e for e in svg.iter() if e.get("class") == "peak"]
    grid = sorted(float(e.get("y1")) for e in svg.iter() if e.get("class") in ("grid", "zero"))
    assert grid[0] < float(dot.get("cy")) < grid[-1]


def test_a_day_outside_the_picture_is_not_drawn():
    svg = fan_chart("f", "T", "D", WEEKS, Bands(*[PATH] * 5), y_title="t", flags=[Flag(date(2024, 1, 1), "a", "x")])
    assert "flag" not in svg


def test_the_table_under_the_charts_names_every_mark():
    peaks = [("magnets", flags) for _, flags in peak_flags([{"id": "a", "peaks": [PEAK]}])]
    table = flag_legend(happening_flags(BEGUN), peaks)
    assert [row[0].over[0].text for row in table.rows] == ["a", "1"]
    assert flag_legend([], []) is None


@pytest.mark.parametrize(("row", "says"), [
    ({"at": "2025-03-03", "peaks": [PEAK]}, "CN-1, ban"), ({"at": "2025-04-07", "peaks": [PEAK]}, ""),
    ({"at": "2025-03-03", "peaks": [PEAK | {"causes": [], "also": ["hoarding"]}]}, "hoarding"), ({}, ""),
])  # fmt: skip
def test_a_price_s_first_cause_is_that_of_the_week_shown(row, says):
    assert main_cause(row) == says


def test_the_charts_of_an_edge_have_the_days_and_the_targets_losses_their_peaks():
    band = dict.fromkeys(("q05", "q25", "q50", "q75", "q95"), 0.5)
    path = [{"date": str(day), "A": band, "loss_target": band, "loss_controller": band} for day in WEEKS]
    edge = {"controller": "CHN", "target": "USA", "path": path, "peaks": [PEAK], "happenings": BEGUN}
    section = edge_section({"edge": edge}, Marks({}))
    (index,) = [block for block in section.blocks if isinstance(block, Chart)]
    (losses,) = [block for block in section.blocks if isinstance(block, Panels)]
    charts = [index.wide(), *losses.pictures()]
    assert [svg.count("CN-1 takes effect") > 0 for svg in charts] == [True, True, True]
    assert [PEAK["says"] in svg for svg in charts] == [False, True, False]
