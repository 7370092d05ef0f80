"""Arrays by draw that can be cut into blocks."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, Self

import numpy as np


class Blocked:
    """Arrays whose last axis is the draw; a block is a slice of it."""

    def block(self, draws: slice) -> Self:
        """The same with only some of the draws."""
        cut: dict[str, Any] = {}
        for item in fields(self):  # type: ignore[arg-type]
            value = getattr(self, item.name)
            if item.metadata.get("shared"):
                continue
            if isinstance(value, np.ndarray):
                cut[item.name] = value[..., draws]
            elif isinstance(value, Blocked):
                cut[item.name] = value.block(draws)
            elif isinstance(value, tuple) and value and isinstance(value[0], Blocked):
                cut[item.name] = tuple(v.block(draws) for v in value)
        return replace(self, **cut)  # type: ignore[type-var]


def shared() -> dict[str, bool]:
    """Metadata of a field that is the same for all draws."""
    return {"shared": True}
