"""Documents as JSON: the same text at every door."""

from __future__ import annotations

import json
import math
from typing import Any


def as_json(document: Any) -> str:
    """One JSON document; what is not a number is null, never NaN."""
    return json.dumps(_finite(document), ensure_ascii=False, indent=1, default=str)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
