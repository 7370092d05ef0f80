"""Arrays that begin on a line of the cache, so that no row of lanes straddles two."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

LINE = 128
PAGE = 2 << 20
"""Bytes of a large page: numpy asks the system for such pages where an array holds whole ones. The arenas of draws are
walked through in many places at once, more than the processor knows small pages."""


def aligned(values: ArrayLike, dtype: Any) -> NDArray[Any]:
    """A contiguous copy of some values in a type, beginning at a multiple of 128 bytes."""
    given = np.asarray(values)
    copy = zeros(given.shape, dtype)
    copy[...] = given
    return copy


def zeros(shape: tuple[int, ...], dtype: Any, line: int = LINE) -> NDArray[Any]:
    """A contiguous array of zeros, beginning at a multiple of `line` bytes and alone up to the next."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    room = np.zeros(-(-size // line) * line + line, dtype=np.uint8)
    first = -room.ctypes.data % line
    found: NDArray[Any] = room[first : first + size].view(dtype).reshape(shape)
    return found
