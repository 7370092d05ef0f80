"""How errors leave: one shape of JSON from the interface, one page from the rest."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sluicegate.terms.errors import InputError, NotFoundError, SluicegateError
from sluicegate.web.answer import json_answer

_LOG = logging.getLogger("sluicegate.web")
_KNOWN = {
    400: ("a request that cannot be read", "one that this address takes", "Mend the request."),
    401: ("nobody signed in", "a signed-in person or a token", "Sign in, or send `Authorization: Bearer TOKEN`."),
    403: ("no permission", "a person with the right to do this", "Ask whoever runs this desk."),
    404: ("nothing", "an address of this desk", "Begin at the front page."),
    405: ("a method this address does not take", "another method", "See /api/v1/openapi.json."),
    413: ("more bytes than are taken", "a smaller file", "Shorten it."),
    429: ("too many requests", "fewer", "Wait, then go on."),
    503: ("a database that does not answer", "one that does", "Nothing was lost; try again in a minute."),
}
Fault = dict[str, str]


class Refused(SluicegateError):  # noqa: N818
    """A request that is turned away, with the status of HTTP that says so."""

    def __init__(self, status: int, *, found: str | None = None, expected: str | None = None, do: str | None = None,
                 retry_after: int | None = None) -> None:  # fmt: skip
        known = _KNOWN.get(status, _KNOWN[400])
        self.status, self.retry_after = status, retry_after
        self.found, self.expected, self.do = found or known[0], expected or known[1], do or known[2]
        super().__init__(f"{self.found}. Expected {self.expected}. {self.do}")


def fault_of(error: BaseException, where: str) -> tuple[int, Fault]:
    """The status and the four words of an error: what was found, where, what was expected, what to do."""
    if isinstance(error, Refused):
        return error.status, _words(error.found, where, error.expected, error.do)
    if isinstance(error, InputError):
        status = 404 if isinstance(error, NotFoundError) else 422
        return status, _words(error.found, error.where, error.expected, error.do)
    if isinstance(error, SluicegateError):
        return 500, _words(str(error), where, "an answer", "Ask something smaller, or report it.")
    if isinstance(error, DBAPIError | PoolTimeout):
        return 503, _words(_database(error), where, _KNOWN[503][1], _KNOWN[503][2])
    if isinstance(error, OSError | MemoryError):
        return 500, _words(f"{error}"[:300], where, "room and permission", "Free some space, then try again.")
    said = f"a fault of this program, {type(error).__name__}"
    return 500, _words(said, where, "an answer", "Report it, with the request's number from the log.")


def _words(found: str, where: str, expected: str, do: str) -> Fault:
    return {"found": found, "where": where, "expected": expected, "do": do}


def _database(error: BaseException) -> str:
    said = str(getattr(error, "orig", "")).casefold()
    if isinstance(error, OperationalError) and ("full" in said or "no space" in said):
        return "a disk without room"
    return "a database that is busy" if "locked" in said else _KNOWN[503][0]


def answer_to(request: Request, error: BaseException) -> Response:
    """The answer to a request that failed: JSON under /api, else a page."""
    status, fault = fault_of(error, request.url.path)
    if status >= 500:
        _LOG.error("failed", exc_info=error, extra={"path": request.url.path, "status": status})
    after = getattr(error, "retry_after", None)
    headers = {"retry-after": str(after)} if after else {}
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    if request.url.path.startswith("/api/"):
        return json_answer(fault, status=status, headers=headers)
    from sluicegate.web.render import page

    try:
        answered: Response = page(request, "fault.html", status=status, fault=fault)
    except Exception:  # the page itself fails: say it in plain text rather than not at all
        _LOG.exception("the page of an error failed")
        answered = Response(f"{fault['where']}: {fault['found']}. {fault['do']}", status, media_type="text/plain")
    answered.headers.update(headers)
    return answered


def handle_faults(app: FastAPI) -> None:
    """Have the app answer every error in these words."""

    async def known(request: Request, error: Exception) -> Response:
        return answer_to(request, error)

    async def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        answered = answer_to(request, Refused(error.status_code))
        answered.headers.update(error.headers or {})
        return answered

    async def of_form(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer_to(request, invalid(error.errors()))

    for kind in (SluicegateError, DBAPIError, PoolTimeout, OSError, Exception):
        app.add_exception_handler(kind, known)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(RequestValidationError, of_form)


def invalid(errors: Any) -> InputError:
    """Every field that was wrong, in one error."""
    lines = [f"{'.'.join(map(str, e['loc'][1:])) or 'request'}: {_plain(e)}" for e in errors]
    return InputError("; ".join(lines)[:2000], where="the request", do="Mend it; /api/v1/openapi.json has the form.",
                      expected="the fields of this question")  # fmt: skip


def _plain(error: Any) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    return message if error["type"] in {"missing", "extra_forbidden"} else f"{message} (found {error['input']!r:.80})"
