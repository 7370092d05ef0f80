"""Near-duplicates: MinHash of 5-word shingles (Broder 1997), banded so that a copy is found without comparing all."""

from __future__ import annotations

import re
import zlib

import numpy as np
from numpy.typing import NDArray

WORDS = 5
BANDS, ROWS = 12, 5
"""60 hashes; two texts whose shingles overlap by J share a band with 1 - (1 - J^5)^12: 0.30 at J = 0.5, 0.98 at 0.8."""
COPY = 0.6
"""Share of shingles from which a text counts as a copy of another: an agency's story with a paragraph added or cut."""
LEAST = 20
"""Shingles below which a text is too short to tell."""
_WORD = re.compile(r"[^\W_]+")
_PRIME = np.uint64((1 << 61) - 1)
_SEED = np.random.default_rng(20250404)
_A = _SEED.integers(1, 1 << 31, BANDS * ROWS, dtype=np.uint64)
_B = _SEED.integers(0, 1 << 31, BANDS * ROWS, dtype=np.uint64)
_MOST = 20_000

Signature = NDArray[np.uint32]


def signature(text: str) -> Signature | None:
    """MinHash of a text's shingles (60,); None where it is too short to tell."""
    words = [w.encode() for w in _WORD.findall(text.casefold())]
    shingles = {zlib.crc32(b" ".join(words[i : i + WORDS])) for i in range(min(len(words) - WORDS + 1, _MOST))}
    if len(shingles) < LEAST:
        return None
    codes = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    hashed = (codes[None, :] * _A[:, None] + _B[:, None]) % _PRIME
    lowest = hashed.min(axis=1)
    return np.asarray(lowest & np.uint64(0xFFFFFFFF), dtype=np.uint32)


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
