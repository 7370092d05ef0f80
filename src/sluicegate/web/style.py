"""The style sheet: the rules of a page of the command line, then those of the desk, then the chosen looks."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_COLOURS = re.compile(r"(--paper: [^}]+)\}")


@cache
def style_sheet() -> str:
    """All rules, as one file."""
    page = (files("sluicegate.desk.page") / "templates" / "page.css").read_text("utf-8")
    desk = (files("sluicegate.web") / "static" / "desk.css").read_text("utf-8")
    light, dark = _COLOURS.findall(page)[:2]
    chosen = f"@media screen {{ html.light {{ {light} }} html.dark {{ {dark} }} }}\n"
    return page + chosen + desk


@cache
def chart_style() -> str:
    """What a chart needs to stand alone: the colours, light and dark, and the rules of SVG."""
    css = style_sheet()
    light, dark = _COLOURS.findall(css)[:2]
    rules = "".join(line.strip() for line in css.splitlines() if line.startswith("svg "))
    base = "svg{background:var(--paper);padding:8px}"
    return f"svg{{{light}}}@media (prefers-color-scheme: dark){{svg{{{dark}}}}}{rules}{base}"
