"""How often somebody may do something."""

from __future__ import annotations

import math
import time
from threading import Lock

from sluicegate.web.fault import Refused


class Rate:
    """At most so many in so many seconds, by name: a bucket that fills evenly. Per process.

    Parameters
    ----------
    most : how many at once ; seconds : in which they come back
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._each = most, seconds / most
        self._full_at: dict[str, float] = {}
        self._lock = Lock()

    def require(self, who: str) -> None:
        """Count one.

        Raises
        ------
        Refused : too many; it says how long to wait.
        """
        now = time.monotonic()
        with self._lock:
            if len(self._full_at) > 10_000:
                self._full_at = {name: at for name, at in self._full_at.items() if at > now}
            full = max(self._full_at.get(who, now), now) + self._each
            wait = full - now - self._most * self._each
            if wait <= 0:
                self._full_at[who] = full
        if wait > 0:
            seconds = math.ceil(wait)
            raise Refused(429, do=f"Wait {seconds} s, then go on.", retry_after=seconds)
