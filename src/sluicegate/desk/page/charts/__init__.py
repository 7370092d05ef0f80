"""Charts as SVG text: pure functions from dates and numbers to well-formed, accessible pictures."""

from sluicegate.desk.page.charts.bars import Bar, band_bars
from sluicegate.desk.page.charts.fan import Bands, Flag, fan_chart
from sluicegate.desk.page.charts.frontier import Point, frontier
from sluicegate.desk.page.charts.heat import heat_table
from sluicegate.desk.page.charts.multiples import Panel, small_multiples
from sluicegate.desk.page.charts.sankey import Node, Ribbon, sankey
from sluicegate.desk.page.charts.shares import Share, share_bars
from sluicegate.desk.page.charts.spark import spark_blocks, spark_svg
from sluicegate.desk.page.charts.step import Curve, step_chart
from sluicegate.desk.page.charts.tiles import Arc, Tile, shade_of, tile_grid
from sluicegate.desk.page.charts.timeline import Dated, timeline

__all__ = [
    "Arc",
    "Bands",
    "Bar",
    "Curve",
    "Dated",
    "Flag",
    "Node",
    "Panel",
    "Point",
    "Ribbon",
    "Share",
    "Tile",
    "band_bars",
    "fan_chart",
    "frontier",
    "heat_table",
    "sankey",
    "shade_of",
    "share_bars",
    "small_multiples",
    "spark_blocks",
    "spark_svg",
    "step_chart",
    "tile_grid",
    "timeline",
]
