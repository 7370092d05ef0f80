"""The token a desk of one prints when it starts: a browser may exchange it once, a program may go on using it."""

from __future__ import annotations

import hmac
from threading import Lock


class StartupToken:
    """Taken once by a browser; as a bearer it holds for as long as the desk runs."""

    def __init__(self, token: str) -> None:
        self._token, self._lock, self._used = token, Lock(), False

    def is_same(self, secret: str) -> bool:
        """Whether this is the token, told in a time that does not depend on where it differs."""
        return hmac.compare_digest(secret.encode(), self._token.encode())

    def take(self, secret: str) -> bool:
        """Whether this is the token and nobody has taken it; it is taken then."""
        with self._lock:
            good = self.is_same(secret) and not self._used
            self._used = self._used or good
            return good
