"""The synchroniser token of forms: only a page of ours can know it, so only a page of ours can post.

Shown under a fresh mask each time, so that the compressed length of pages tells nothing of it.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets

FIELD = "form_token"
HEADER = "x-form-token"


def masked(token: str) -> str:
    """The token as a form carries it."""
    plain = token.encode()
    pad = secrets.token_bytes(len(plain))
    return base64.urlsafe_b64encode(pad + _xor(plain, pad)).decode()


def matches(given: str, token: str) -> bool:
    """Whether what a form carried is the session's token."""
    try:
        raw = base64.urlsafe_b64decode(given.encode())
    except (binascii.Error, ValueError):
        return False
    half = len(raw) // 2
    return len(raw) % 2 == 0 and hmac.compare_digest(_xor(raw[half:], raw[:half]), token.encode())


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
