"""Pages from templates; whatever they show is escaped."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from sluicegate.desk.page.charts import spark_svg
from sluicegate.web.form_token import FIELD, masked
from sluicegate.web.menu import ROOMS, page_of, room_of
from sluicegate.web.reader import THEMES, address, language_names, language_of, remember, theme_of
from sluicegate.web.said import say, say_picture, say_place, tongue
from sluicegate.web.static_file import static_address


@cache
def templates() -> Environment:
    """The templates of `web/templates`; a name they miss is an error, not a blank."""
    found = Environment(loader=PackageLoader("sluicegate.web"), autoescape=True, undefined=StrictUndefined,
                        trim_blocks=True, lstrip_blocks=True, auto_reload=False)  # fmt: skip
    found.globals.update(static=static_address, kind=_kind, spark=_spark, rooms=ROOMS, themes=THEMES)  # fmt: skip
    return found


def page(request: Request, template: str, /, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page from a template.

    It also sees `request`, `person`, `as_of`, `form_field()`, the reader's `language` and `theme`, `t(phrase)` and
    `here(**changes)`, the page's own address.
    """
    state, language = request.state, language_of(request)
    shown = {"request": request, "person": getattr(state, "person", None), "as_of": getattr(state, "as_of", None),
             "form_field": lambda: form_field(request), "language": language, "theme": theme_of(request),
             "languages": language_names(), "t": partial(say, language),
             "tongue": partial(tongue, language), "drawn": partial(say_picture, language),
             "here": partial(address, request), "place": partial(say_place, language),
             "path": request.url.path, "room": room_of(request.url.path),
             "menu_page": page_of(request.url.path), "refresh": 0}  # fmt: skip
    made = HTMLResponse(templates().get_template(template).render(shown | context), status,
                        headers={"vary": "cookie, accept-language"})  # fmt: skip
    remember(request, made)
    return made


def form_field(request: Request) -> Markup:
    """The hidden field that every form needs; empty where nobody is signed in."""
    token = getattr(request.state, "form_token", None)
    return Markup("") if token is None else Markup('<input type="hidden" name="{}" value="{}">').format(
        FIELD, masked(token))  # fmt: skip


def _kind(block: object) -> str:
    return type(block).__name__.lower()


def _spark(ident: str, values: tuple[float | None, ...], title: str) -> Markup:
    return Markup(spark_svg(ident, values, title))
