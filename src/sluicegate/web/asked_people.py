"""What changing the people of a desk takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sluicegate.web.asked import Asked

Name = Annotated[str, Field(min_length=1, max_length=64)]
Password = Annotated[str, Field(max_length=1024)]
Role = Literal["reader", "analyst", "admin"]


class Somebody(Asked):
    """Somebody new."""

    name: Name
    password: Password
    role: Role = "reader"


class Change(Asked):
    """What changes of somebody; what is left out stays."""

    name: Name
    role: Role | None = None
    password: Password | None = None
    closed: bool | None = Field(None, description="Let them in no more, or again.")
