"""Every page of a desk, one address a route: plain routes as they are, others found by following the desk's links."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.routing import compile_path

from sluicegate.desk.exposure import template as company
from sluicegate.desk.project import template as project

NO_PAGES = ("/static/", "/api/", "/healthz", "/metrics", "/sw.js", "/manifest.webmanifest", "/favicon.ico",
            "/alerts/atom", "/alerts/mail", "/feeds/opml", "/news/export")  # fmt: skip
"""What answers and is no page."""
ARTICLE = Path(__file__).parents[1] / "examples" / "april-2025.txt"
SCENARIO = """name: mine
title: A quota on gallium
start: 2025-01-06
weeks: 26
controller: CHN
target: USA
controls:
  - name: a quota
    kind: quota
    origin: CHN
    products: {gallium, low purity: 0.5}
    effective_from: 2025-02-03
"""
FILES = (("company", company), ("project", project), ("scenario", lambda: SCENARIO))
_SEEN_OF_A_ROUTE = 3
"""Addresses of one route whose links are followed."""
_LINK = re.compile(r'href="(/[^"#]*)')


def fill(put: Callable[[str, bytes], Any], post: Callable[[str, dict[str, Any]], Any]) -> None:
    """Give a desk something of everything: files of one's own, an article, today's run asked for."""
    for kind, text in FILES:
        put(f"/api/v1/files/{kind}/mine", text().encode())
    post("/api/v1/news/add", {"text": ARTICLE.read_text("utf-8")})
    post("/api/v1/run?wait=0", {"scenario": "status-quo"})


def page_routes(app: FastAPI) -> list[str]:
    """The routes of pages in the order they are tried."""
    routes: list[Any] = [route for route in app.routes if "GET" in (getattr(route, "methods", None) or ())]
    return [route.path for route in routes if not route.path.startswith(NO_PAGES)]


def addresses(routes: list[str], get: Callable[[str], str]) -> dict[str, str]:
    """One address of every route that the desk's own links lead to.

    Parameters
    ----------
    get : the page at an address, as text
    """
    patterns = [(route, compile_path(route)[0]) for route in routes]
    found = {route: route for route in routes if "{" not in route}
    seen = dict.fromkeys(routes, 0)
    queue = list(found.values())
    while queue:
        for link in dict.fromkeys(map(html.unescape, _LINK.findall(get(queue.pop(0))))):
            path, _, query = link.partition("?")
            route = next((name for name, pattern in patterns if pattern.match(path)), None)
            if route is None or re.search("(format|lang|theme|as_of)=", query) or found.get(route) == link:
                continue
            found.setdefault(route, link)
            seen[route] += 1
            if "{" in route and seen[route] <= _SEEN_OF_A_ROUTE:
                queue.append(link)
    return found
