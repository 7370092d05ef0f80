"""Who asks, and the tokens of their programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from sluicegate.store.audit import note
from sluicegate.store.session import add_token, close_token, tokens_of
from sluicegate.terms.errors import NotFoundError
from sluicegate.web.answer import json_answer
from sluicegate.web.api.shape import FAULTS, NewTokenShape, PersonShape, TokensShape

router = APIRouter(prefix="/api/v1/me", tags=["account"], responses=FAULTS)


class TokenWish(BaseModel):
    """A token to be made."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=64, description="What it is for.")
    days: float | None = Field(None, gt=0, le=3650, description="How long it holds; until withdrawn without it.")


def _answer(model: Any, status: int = 200) -> dict[str, Any]:
    return {"responses": FAULTS | {status: {"model": model}}, "response_class": Response, "response_model": None,
            "status_code": status}  # fmt: skip


@router.get("", **_answer(PersonShape))
def me(request: Request) -> Response:
    """Who asks."""
    person = request.state.person
    return json_answer({"name": person.name, "role": person.role, "language": person.language,
                        "region": person.region})  # fmt: skip


@router.get("/tokens", **_answer(TokensShape))
def tokens(request: Request) -> Response:
    """Your tokens, without the tokens themselves."""
    found = tokens_of(request.app.state.engine, request.state.person)
    return json_answer({"tokens": [{"id": t.id, "name": t.name, "made_at": _time(t.made_at),
                                    "ends_at": _time(t.ends_at)} for t in found]})  # fmt: skip


@router.post("/tokens", **_answer(NewTokenShape, 201))
def make_token(request: Request, wish: Annotated[TokenWish, Body()]) -> Response:
    """A token for a program; it is shown this once."""
    person = request.state.person
    secret = add_token(request.app.state.engine, person, wish.name, days=wish.days)
    note(request.app.state.engine, "token: make", person_id=person.id, subject=wish.name)
    return json_answer({"token": secret}, status=201)


@router.delete("/tokens/{token_id}", status_code=204, response_class=Response, response_model=None)
def withdraw(request: Request, token_id: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> Response:
    """Withdraw one of your tokens."""
    person = request.state.person
    if not close_token(request.app.state.engine, person, token_id):
        raise NotFoundError(str(token_id), kind="token", known=[], where="your tokens")
    note(request.app.state.engine, "token: withdraw", person_id=person.id, subject=str(token_id))
    return Response(status_code=204)


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
