"""The question `check`: whether a shipment needs a licence on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sluicegate.desk.number import Document
from sluicegate.regime import Shipment, check_shipment, read_share


def check(
    *,
    origin: str,
    destination: str,
    on: date,
    hs: str | None = None,
    material: str | None = None,
    purity: str | float | None = None,
    content: Mapping[str, str | float] | None = None,
    properties: Mapping[str, str] | None = None,
    end_use: str | None = None,
    end_user: str | None = None,
    made_in: str | None = None,
    chinese_content: str | float | None = None,
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
        purity=None if purity is None else read_share(purity, where="purity"),
        content={e: read_share(s, where=f"content {e}") for e, s in (content or {}).items()},
        properties=dict(properties or {}),
        end_use=end_use,
        end_user=end_user,
        made_in=made_in,
        chinese_content=None if chinese_content is None else read_share(chinese_content, where="chinese_content"),
        licence=licence,  # type: ignore[arg-type]
        licence_issued=licence_issued,
    )
    return check_shipment(shipment, as_of=as_of).as_dict()
