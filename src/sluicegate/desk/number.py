"""Numbers as the JSON contract shows them: an id, a band, a unit."""

from __future__ import annotations

import re
from typing import Any

from numpy.typing import ArrayLike

from sluicegate.terms import Band
from sluicegate.terms.slug import slug as words_slug

Document = dict[str, Any]


def band(samples: ArrayLike) -> dict[str, float]:
    """The `{Q}` object of samples (D,)."""
    return Band.of(samples).as_dict()


def number_id(kind: str, *parts: str) -> str:
    """A readable id such as `shortage:ndfeb-magnet-dy-tb.DEU.motor-vehicles`; the same parts give the same id."""
    return f"{kind}:" + ".".join(slug(p) for p in parts)


def slug(text: str) -> str:
    """Lower case words joined by hyphens; place codes keep their capitals."""
    if re.fullmatch(r"[A-Z]{3}|[A-Z]{2}-[A-Z0-9]{1,3}", text):
        return text
    return words_slug(text)


def present(value: Any) -> bool:
    """Whether a cell holds anything: no NaN, no empty text."""
    return value is not None and value == value and value != ""
