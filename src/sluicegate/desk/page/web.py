"""A page as one self-contained HTML document: no scripts, no requests, charts inline."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sluicegate.desk.page.block import Block, Page
from sluicegate.desk.page.charts import spark_svg


@cache
def _template() -> Template:
    """The template, with the one door through which our own SVG passes unescaped."""
    environment = Environment(
        loader=PackageLoader("sluicegate.desk.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(kind=_kind, drawn=_drawn, spark=_spark)
    return environment.get_template("page.html.j2")


def page_html(page: Page) -> str:
    """The page as HTML; every text in it escaped."""
    return _template().render(page=page)


def _kind(block: Block) -> str:
    """The name of a block's template."""
    return type(block).__name__.lower()


def _drawn(svg: str) -> Markup:
    """SVG of our own charts, which escape what they write."""
    return Markup(svg)


def _spark(ident: str, values: tuple[float | None, ...], title: str) -> Markup:
    return Markup(spark_svg(ident, values, title))
