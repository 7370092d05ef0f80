"""Arrays that begin on a line of the cache, so that no row of lanes straddles two."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

LINE = 128


def aligned(values: ArrayLike, dtype: Any) -> NDArray[Any]:
    """A contiguous copy of some values in a type, beginning at a multiple of 128 bytes."""
    given = np.asarray(values)
    size = given.size * np.dtype(dtype).itemsize
    room = np.empty(size + LINE, dtype=np.uint8)
    first = -room.ctypes.data % LINE
    copy: NDArray[Any] = room[first : first + size].view(dtype).reshape(given.shape)
    copy[...] = given
    return copy
