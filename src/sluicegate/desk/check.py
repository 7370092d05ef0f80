"""The question `check`: whether a shipment needs a licence on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sluicegate.desk.number import Document
from sluicegate.regime import Shipment, check_shipment


def check(
    *,
    origin: str,
    destination: str,
    on: date,
    hs: str | None = None,
    material: str | None = None,
    purity: float | None = None,
    content: Mapping[str, float] | None = None,
    properties: Mapping[str, str] | None = None,
    end_use: str | None = None,
    end_user: str | None = None,
    made_in: str | None = None,
    chinese_content: float | None = None,
    licence: str | None = None,
    licence_issued: date | None = None,
    as_of: date | None = None,
) -> Document:
    """The `check` document of the contract.

    Raises
    ------
    InputError : a malformed code, place or share, or neither a code nor a material.
    NotFoundError : a code or material the register does not know; names the nearest.
    """
    shipment = Shipment(
        origin=origin,
        destination=destination,
        on=on,
        hs=hs,
        material=material,
        purity=purity,
        content=dict(content or {}),
        properties=dict(properties or {}),
        end_use=end_use,
        end_user=end_user,
        made_in=made_in,
        chinese_content=chinese_content,
        licence=licence,  # type: ignore[arg-type]
        licence_issued=licence_issued,
    )
    return check_shipment(shipment, as_of=as_of).as_dict()
