"""The documents of a desk's people and its copies."""

from __future__ import annotations

from typing import Literal

from sluicegate.desk.shapes.shape import Shape


class CopyShape(Shape):
    """The `desk backup` and `desk restore` documents: how many rows and files."""

    rows: int
    files: int


class PersonShape(Shape):
    """Somebody who may use a desk."""

    name: str
    role: Literal["reader", "analyst", "admin"]
    language: str
    region: str | None


class PeopleShape(Shape):
    """The `desk people list` document."""

    people: list[PersonShape]


class NewTokenShape(Shape):
    """A new token for a program, shown this once."""

    token: str
