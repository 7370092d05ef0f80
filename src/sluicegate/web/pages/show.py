"""A view as an answer: HTML in the reader's language, CSV, SVG or JSON, as the address asks."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from sluicegate.desk.page.charts import spark_svg
from sluicegate.desk.version import dataset_version, model_version
from sluicegate.terms.phrase import best_language, direction, languages, translated
from sluicegate.terms.slug import slug
from sluicegate.web.pages.download import csv_of, style_sheet, svg_of
from sluicegate.web.pages.view import View

NAVIGATION = (
    ("/", "Today"), ("/news", "News"), ("/materials", "Materials"), ("/chain", "Chain"), ("/map", "Map"),
    ("/countries", "Countries"), ("/facilities", "Plants"), ("/register", "Controls"), ("/check", "Check a shipment"),
    ("/scenarios", "Scenarios"), ("/edge", "Edge and talks"), ("/answers", "Best answer"), ("/company", "Company"),
    ("/projects", "Project"), ("/hindcast", "Track record"), ("/jobs", "Work"),
)  # fmt: skip
THEMES = (("auto", "as the device"), ("light", "light"), ("dark", "dark"))
_YEAR = 365 * 24 * 3600


@cache
def environment() -> Environment:
    """The templates; every text escaped but the charts we draw."""
    made = Environment(loader=PackageLoader("sluicegate.web"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    made.globals.update(kind=_kind, drawn=Markup, spark=_spark, navigation=NAVIGATION, themes=THEMES,
                        languages=list(languages().items()), version=style_version())  # fmt: skip
    return made


@cache
def style_version() -> str:
    """A short hash of the style sheet, so that a browser keeps it until it changes."""
    return hashlib.sha256(style_sheet().encode()).hexdigest()[:10]


def _kind(block: object) -> str:
    return type(block).__name__.lower()


def _spark(ident: str, values: tuple[float | None, ...], title: str) -> Markup:
    return Markup(spark_svg(ident, values, title))


def language_of(request: Request) -> str:
    """The language asked for in the address, else the one chosen before, else the browser's first that there is."""
    for chosen in (request.query_params.get("lang"), request.cookies.get("language")):
        if chosen in languages():
            return chosen
    return best_language(request.headers.get("accept-language", ""))


def theme_of(request: Request) -> str:
    """Light, dark, or as the device has it."""
    for chosen in (request.query_params.get("theme"), request.cookies.get("theme")):
        if chosen in {look for look, _ in THEMES}:
            return str(chosen)
    return "auto"


def show(request: Request, view: View, *, status: int = 200) -> Response:
    """The answer to a request for a page."""
    form, part = request.query_params.get("format"), request.query_params.get("part", "")
    name = f"{slug(view.title)[:50]}-{part}".strip("-") or "sluicegate"
    if form == "csv":
        return _file("\ufeff" + csv_of(view, part), "text/csv; charset=utf-8", f"{name}.csv")
    if form == "svg":
        return _file(svg_of(view, part), "image/svg+xml", f"{name}.svg")
    if form == "json":
        return JSONResponse(_plain(view), status_code=status)
    return _page(request, view, status)


def _plain(view: View) -> Any:
    """The document behind a page, else its raw rows; with the versions they were made with."""
    if view.document is not None:
        return json.loads(json.dumps(view.document, default=str).replace("NaN", "null"))
    rows = {name: [dict(row) for row in found] for name, found in view.data.items()}
    made = {"title": view.title, **rows, "dataset_version": dataset_version(), "model_version": model_version()}
    return json.loads(json.dumps(made, default=str).replace("NaN", "null"))


def _file(text: str, kind: str, name: str) -> Response:
    return Response(text, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def _page(request: Request, view: View, status: int) -> Response:
    language, theme = language_of(request), theme_of(request)

    def here(**changes: str) -> str:
        kept = [(k, v) for k, v in request.query_params.multi_items() if k not in {"token", *changes}]
        query = urlencode([*kept, *((k, v) for k, v in changes.items() if v)])
        return quote(request.url.path) + (f"?{query}" if query else "")

    def why(number_id: str) -> str:
        return f"/why/{quote(number_id, safe=':,.')}" + (f"?run={view.run}" if view.run else "")

    page = environment().get_template(view.template).render(
        view=view, language=language, direction=direction(language), theme=theme, path=request.url.path, here=here,
        why=why, t=lambda phrase: translated(language, phrase), refresh=view.refresh, csrf=lambda: form_token(request),
        person=person_name(request), **view.more)  # fmt: skip
    response = HTMLResponse(page, status_code=status, headers={"vary": "cookie, accept-language"})
    for name, chosen in (("lang", language), ("theme", theme)):
        if request.query_params.get(name) == chosen:
            response.set_cookie("language" if name == "lang" else name, chosen, max_age=_YEAR, httponly=True,
                                samesite="lax")  # fmt: skip
    return response


def form_token(request: Request) -> Markup:
    """The hidden field that shows a form is ours."""
    token = getattr(request.state, "form_token", "")
    return Markup('<input type="hidden" name="form_token" value="{}">').format(token)


def person_name(request: Request) -> str:
    """Who is signed in; empty on a desk of one."""
    person = getattr(request.state, "person", None)
    return str(getattr(person, "name", "") or "")
