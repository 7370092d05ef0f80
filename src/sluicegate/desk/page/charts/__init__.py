"""Charts as SVG text: pure functions from dates and numbers to well-formed, accessible pictures."""

from sluicegate.desk.page.charts.bars import Bar, band_bars
from sluicegate.desk.page.charts.fan import Bands, Flag, fan_chart
from sluicegate.desk.page.charts.multiples import Panel, small_multiples
from sluicegate.desk.page.charts.spark import spark_blocks, spark_svg
from sluicegate.desk.page.charts.step import Curve, step_chart

__all__ = [
    "Bands",
    "Bar",
    "Curve",
    "Flag",
    "Panel",
    "band_bars",
    "fan_chart",
    "small_multiples",
    "spark_blocks",
    "spark_svg",
    "step_chart",
]
