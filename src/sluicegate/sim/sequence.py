"""Scrambled Sobol points, the same bit for bit as scipy's, without loading all of `scipy.stats` for them.

That package takes a third of a second and 45 MB to load, more than a thousand draws take. Its table of direction
numbers is read where it lies; the tests hold every point to `scipy.stats.qmc`.

Sources: Joe and Kuo (2008), SIAM Journal on Scientific Computing 30, 2635-2654, direction numbers; Matousek (1998),
Journal of Complexity 14, 527-556, linear scramble and digital shift; Antonov and Saleev (1979), order by Gray code.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

BITS: Final = 30
Words = NDArray[np.uint32]


def sobol_points(dimensions: int, power: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """(2^power, dimensions) scrambled Sobol points in [0, 1).

    Parameters
    ----------
    rng : its first child gives the shift and then the matrices, as in `scipy.stats.qmc.Sobol`
    """
    (rng,) = rng.spawn(1)
    shift = rng.integers(0, 2, size=(dimensions, BITS), dtype=np.uint32) @ (1 << np.arange(BITS, dtype=np.uint32))
    matrices = np.tril(rng.integers(0, 2, size=(dimensions, BITS, BITS), dtype=np.uint32))
    directions = _scrambled(_directions(dimensions), matrices)
    points = shift[None].astype(np.uint32)
    for bit in range(power):
        points = np.concatenate([points, points[::-1] ^ directions[:, bit]])
    return np.asarray(points * 2.0**-BITS, dtype=np.float64)


def _scrambled(directions: Words, matrices: Words) -> Words:
    """Each direction number times its dimension's lower triangular matrix over the field of two elements.

    Parameters
    ----------
    directions : (D, BITS) ; matrices : (D, BITS, BITS) zeros and ones, the diagonal not yet set
    """
    matrices[:, np.arange(BITS), np.arange(BITS)] = 1
    places = np.uint32(1) << np.arange(BITS - 1, -1, -1, dtype=np.uint32)
    rows = matrices @ places  # (D, BITS) each row of a matrix as one word
    odd = np.bitwise_count(rows[:, None, :] & directions[:, :, None]) & 1
    return np.asarray(odd.astype(np.uint32) @ places)


@lru_cache(maxsize=4)
def _directions(dimensions: int) -> Words:
    """(D, BITS) direction numbers, the recurrence of Joe and Kuo, each moved to its place; not to be written to.

    Raises
    ------
    ValueError : more dimensions than the table has.
    """
    polynomials, initial = _table()
    if dimensions > len(polynomials):
        raise ValueError(f"{dimensions:,} dimensions; the table of direction numbers has {len(polynomials):,}")
    found = np.ones((dimensions, BITS), dtype=np.uint32)
    polynomial = polynomials[:dimensions]
    degrees = np.frexp(polynomial.astype(float))[1] - 1
    for degree in np.unique(degrees[1:]):
        of = np.flatnonzero(degrees == degree)
        of = of[of > 0]
        v = np.zeros((len(of), BITS), dtype=np.uint32)
        v[:, :degree] = initial[of, :degree]
        for j in range(degree, BITS):
            v[:, j] = v[:, j - degree]
            for k in range(degree):
                taken = (polynomial[of] >> (degree - 1 - k)) & 1
                v[:, j] ^= (taken << (k + 1)).astype(np.uint32) * v[:, j - k - 1]
        found[of] = v
    moved = found << np.arange(BITS - 1, -1, -1, dtype=np.uint32)
    moved.flags.writeable = False
    return moved


@lru_cache(maxsize=1)
def _table() -> tuple[NDArray[Any], NDArray[Any]]:
    """Primitive polynomials and initial direction numbers, by dimension, as scipy ships them."""
    with files("scipy").joinpath("stats/_sobol_direction_numbers.npz").open("rb") as file:
        kept = np.load(file)
        return kept["poly"], kept["vinit"]
