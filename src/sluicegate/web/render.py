"""Pages from templates; whatever they show is escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from sluicegate.web.form_token import FIELD, masked
from sluicegate.web.static_file import static_address


@cache
def templates() -> Environment:
    """The templates of `web/templates`; a name they miss is an error, not a blank."""
    found = Environment(loader=PackageLoader("sluicegate.web"), autoescape=True, undefined=StrictUndefined,
                        trim_blocks=True, lstrip_blocks=True, auto_reload=False)  # fmt: skip
    found.globals["static"] = static_address
    return found


def page(request: Request, template: str, /, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page from a template, which also sees `request`, `person`, `as_of` and `form_field()`."""
    state = request.state
    shown = {"request": request, "person": getattr(state, "person", None), "as_of": getattr(state, "as_of", None),
             "form_field": lambda: form_field(request)}  # fmt: skip
    return HTMLResponse(templates().get_template(template).render(shown | context), status)


def form_field(request: Request) -> Markup:
    """The hidden field that every form needs; empty where nobody is signed in."""
    token = getattr(request.state, "form_token", None)
    return Markup("") if token is None else Markup('<input type="hidden" name="{}" value="{}">').format(
        FIELD, masked(token))  # fmt: skip
