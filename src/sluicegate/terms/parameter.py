"""An uncertain input: a distribution with its unit, its grade and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

Kind = Literal["fixed", "normal", "lognormal", "logitnormal"]
Label = Literal["official", "reported", "derived", "fitted", "practice", "judgement"]
"""Where a distribution comes from; `judgement` is ours, everything else has a record behind it."""

_Z95 = float(ndtri(0.95))
_TO = {"normal": lambda x: x, "lognormal": np.log, "logitnormal": logit}
_FROM = {"normal": lambda x: x, "lognormal": np.exp, "logitnormal": expit}


@dataclass(frozen=True)
class Parameter:
    """One uncertain input of the model, stated by three quantiles.

    The quantile function is a normal one on the kind's scale (plain, log, logit) with one slope
    below the median and one above, so that it passes through the three stated quantiles exactly.

    Parameters
    ----------
    name : unique name, e.g. `cover: motor vehicles`
    kind : scale of the distribution; `fixed` has no spread and needs only p50
    p05, p50, p95 : quantiles, in `unit`
    unit : unit of the three
    label : where the distribution comes from
    reason : one sentence a reader can judge
    refs : ids of the figures or sources behind it
    known_on : when the record behind it became public; None for standing knowledge

    Raises
    ------
    ValueError : quantiles out of order or outside the kind's range.
    """

    name: str
    kind: Kind
    p05: float
    p50: float
    p95: float
    unit: str
    label: Label
    reason: str
    refs: tuple[str, ...] = ()
    known_on: date | None = None

    def __post_init__(self) -> None:
        if self.kind == "fixed":
            return
        if not self.p05 <= self.p50 <= self.p95 or self.p05 == self.p95:
            raise ValueError(f"{self.name}: quantiles {self.p05}, {self.p50}, {self.p95} are not in rising order")
        if self.kind == "lognormal" and self.p05 <= 0:
            raise ValueError(f"{self.name}: a lognormal needs quantiles above 0, found {self.p05}")
        if self.kind == "logitnormal" and not (self.p05 > 0 and self.p95 < 1):
            raise ValueError(f"{self.name}: a logitnormal needs quantiles inside (0, 1)")

    def quantile(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values at probabilities `u` (any shape, inside (0, 1)), in `unit`."""
        if self.kind == "fixed":
            return np.full_like(u, self.p50)
        low, mid, high = (float(_TO[self.kind](q)) for q in (self.p05, self.p50, self.p95))
        z = ndtri(u)
        slope = np.where(z < 0, mid - low, high - mid) / _Z95
        return np.asarray(_FROM[self.kind](mid + slope * z), dtype=float)

    def scaled(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values, in `unit`, on the scale on which the distribution is normal."""
        return np.asarray(values if self.kind == "fixed" else _TO[self.kind](values), dtype=float)

    def from_scale(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values on the distribution's scale, back in `unit`."""
        return np.asarray(values if self.kind == "fixed" else _FROM[self.kind](values), dtype=float)
