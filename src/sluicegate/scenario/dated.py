"""What every part of an event is made of: strict fields, place codes, shares."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sluicegate.terms import InputError, parse_place


def _place(text: str) -> str:
    try:
        return parse_place(text)
    except InputError as error:
        raise ValueError(str(error)) from error


PlaceCode = Annotated[str, AfterValidator(_place)]
Share = Annotated[float, Field(ge=0, le=1)]


class Dated(BaseModel):
    """Base of every event: strict, frozen, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
