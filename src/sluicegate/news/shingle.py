"""Near-duplicates: MinHash of 5-word shingles (Broder 1997), banded so that a copy is found without comparing all."""

from __future__ import annotations

import re
import zlib

import numpy as np
from numpy.typing import NDArray

WORDS = 5
BANDS, ROWS = 30, 3
"""90 hashes; texts whose shingles overlap by J share a band with 1 - (1 - J^3)^30: 0.9993 at J = 0.6, 0.56 at 0.3."""
COPY = 0.6
"""Share of shingles from which a text counts as a copy of another: an agency's story with a paragraph added or cut."""
LEAST = 20
"""Shingles below which a text is too short to tell."""
_WORD = re.compile(r"[^\W_]+")
_SEED = np.random.default_rng(20250404)
_A = _SEED.integers(1, 1 << 63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_B = _SEED.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_MOST = 20_000

Signature = NDArray[np.uint32]


def signature(text: str) -> Signature | None:
    """MinHash of a text's shingles (90,); None where it is too short to tell."""
    words = [w.encode() for w in _WORD.findall(text.casefold())]
    shingles = {zlib.crc32(b" ".join(words[i : i + WORDS])) for i in range(min(len(words) - WORDS + 1, _MOST))}
    if len(shingles) < LEAST:
        return None
    codes = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    codes *= (
        _GOLDEN  # multiply-shift over 64 bits that overflow (Dietzfelbinger 1997): small codes are as good as large
    )
    codes ^= codes >> _HALF
    hashed = (codes[None, :] * _A[:, None] + _B[:, None]) >> _HALF
    return np.asarray(hashed.min(axis=1), dtype=np.uint32)


def bands(found: Signature) -> list[int]:
    """A number for each band, equal for texts that agree in it; they fit a signed 63-bit column."""
    parts = found.reshape(BANDS, ROWS)
    return [((zlib.crc32(part.tobytes()) << 31) ^ zlib.crc32(part.tobytes()[::-1], k)) & (2**62 - 1)
            for k, part in enumerate(parts)]  # fmt: skip


def likeness(one: Signature, other: Signature) -> float:
    """The estimated share of shingles two texts have in common (0-1)."""
    return float(np.mean(one == other))


def packed(found: Signature) -> bytes:
    """A signature as bytes, little-endian."""
    return found.astype("<u4").tobytes()


def unpacked(data: bytes) -> Signature:
    """A signature from its bytes."""
    return np.frombuffer(data, dtype="<u4").astype(np.uint32)
