"""Arrays that begin on a line of the cache, so that no row of lanes straddles two."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

LINE = 128


def aligned(values: ArrayLike, dtype: Any) -> NDArray[Any]:
    """A contiguous copy of some values in a type, beginning at a multiple of 128 bytes."""
    given = np.asarray(values)
    copy = zeros(given.shape, dtype)
    copy[...] = given
    return copy


def zeros(shape: tuple[int, ...], dtype: Any) -> NDArray[Any]:
    """A contiguous array of zeros, beginning at a multiple of 128 bytes."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    room = np.zeros(size + LINE, dtype=np.uint8)
    first = -room.ctypes.data % LINE
    found: NDArray[Any] = room[first : first + size].view(dtype).reshape(shape)
    return found
