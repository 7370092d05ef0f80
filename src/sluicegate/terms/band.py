"""A number with its uncertainty: five quantiles of an ensemble."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike

QUANTILES = (0.05, 0.25, 0.50, 0.75, 0.95)


@dataclass(frozen=True)
class Band:
    """Median with its 50 % band (q25 to q75) and 90 % band (q05 to q95). The unit stands beside it."""

    q05: float
    q25: float
    q50: float
    q75: float
    q95: float

    @classmethod
    def of(cls, samples: ArrayLike) -> Band:
        """Quantiles of `samples` (shape (draws,)); NaN samples are absent, not zero.

        Raises
        ------
        ValueError : no sample is present.
        """
        values = np.asarray(samples, dtype=float)
        values = values[~np.isnan(values)]
        if values.size == 0:
            raise ValueError("a band needs at least one sample")
        return cls(*(float(q) for q in np.quantile(values, QUANTILES)))

    def as_dict(self) -> dict[str, float]:
        """The band as the `{Q}` object of the JSON contract."""
        return asdict(self)
