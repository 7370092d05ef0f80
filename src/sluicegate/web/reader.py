"""How somebody wants to read: language and look, from the address, else from what was chosen before."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from sluicegate.terms.home import home, kept_apart
from sluicegate.terms.language import Language, languages, load_language, preferred

THEMES = (("auto", "as the device"), ("light", "light"), ("dark", "dark"))
_YEAR = 365 * 24 * 3600


def language_of(request: Request) -> Language:
    """The language asked for in the address, else the one chosen before, the person's, the browser's, English."""
    person = getattr(request.state, "person", None)
    wanted = (request.query_params.get("lang"), request.cookies.get("language"))
    known = languages()
    chosen = next((code for code in wanted if code in known), None)
    if chosen is None:
        asked = request.headers.get("accept-language")
        chosen = preferred(asked) if asked else getattr(person, "language", None)
    return load_language(chosen if chosen in known else "en")


def theme_of(request: Request) -> str:
    """Light, dark, or as the device has it."""
    looks = [look for look, _ in THEMES]
    wanted = (request.query_params.get("theme"), request.cookies.get("theme"))
    return next((str(look) for look in wanted if look in looks), "auto")


def remember(request: Request, response: Response) -> None:
    """Keep what the address chose for the next page."""
    for name, cookie, chosen in (
        ("lang", "language", language_of(request).code),
        ("theme", "theme", theme_of(request)),
    ):
        if request.query_params.get(name) == chosen:
            _keep(response, cookie, chosen)


def keep_language(response: Response, code: str) -> None:
    """Keep a language for the next pages of this browser."""
    _keep(response, "language", code)


def _keep(response: Response, cookie: str, chosen: str) -> None:
    response.set_cookie(cookie, chosen, max_age=_YEAR, httponly=True, samesite="lax")


def address(request: Request, **changes: str) -> str:
    """The address of this page with some of its query changed; an empty value leaves a name out."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in {"token", *changes}]
    query = urlencode([*kept, *((k, v) for k, v in changes.items() if v)])
    return quote(request.url.path) + (f"?{query}" if query else "")


@cache
def language_names() -> tuple[tuple[str, str], ...]:
    """Every language by its code, in its own name."""
    return tuple((code, load_language(code).name) for code in languages())


def own_runs(request: Request) -> AbstractContextManager[None]:
    """Within it, runs that only this person may see are found beside everybody's."""
    return kept_apart(home() / "people" / str(request.state.person.id))
