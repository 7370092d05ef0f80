"""The question `check`: whether a shipment needs a licence on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sluicegate.desk.explanation import parameter_document
from sluicegate.desk.number import Document
from sluicegate.regime import Filing, Shipment, check_shipment, read_share


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
    determination = check_shipment(shipment, as_of=as_of)
    key = determination.filing.key if determination.filing else None
    ids = {"waiting_days": f"waiting:{key}", "approval_share": f"approval:{key}"} if key else {}
    return determination.as_dict() | {"ids": ids, "units": dict(_UNITS)}


def filing_document(number_id: str) -> Document | None:
    """What is behind the waiting time or the approved share of a `check`; None where the id names neither."""
    kind, _, key = number_id.partition(":")
    filing = Filing.read(key) if kind in ("waiting", "approval") else None
    if filing is None:
        return None
    waiting = kind == "waiting"
    behind = filing.waiting_inputs if waiting else (filing.approval_input,)
    return {
        "what": _WAITING if waiting else _APPROVAL,
        "value": (filing.waiting_days if waiting else filing.approval_share).as_dict(),
        "unit": _UNITS["waiting_days" if waiting else "approval_share"],
        "formula": _ERLANG if waiting else "the step of the schedule that holds on the day of filing",
        "for": {"goods": filing.group, "destination": filing.destination, "end_use": filing.end_use,
                "effective_from": str(filing.effective_from), "filed_on": str(filing.on), "as_of": str(filing.as_of)},
        "practice": [parameter_document(p) for p in behind],
        "inputs": list(dict.fromkeys(ref for p in behind for ref in p.refs)),
    }  # fmt: skip


_UNITS = {"waiting_days": "calendar days", "approval_share": "share of the flow before the control"}
_WAITING = "calendar days from filing to decision at the Chinese office"
_APPROVAL = "share of the flow before the control that the Chinese office lets pass"
_ERLANG = "7 x (what is left of office_start_weeks + Erlang review of review_stages with mean review_weeks_mean)"
