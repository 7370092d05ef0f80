"""How a desk is run."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal

Mode = Literal["one-person", "many"]


@dataclass(frozen=True)
class Settings:
    """What the one who starts a desk decides.

    Parameters
    ----------
    database : as `store.open_database` takes it; None for a file in the user's folder
    mode : one person on this machine, let in by the start-up token; or many, who sign in
    hosts : names under which the desk is asked for, beside the addresses of this machine
    tls : the desk is reached over https (a proxy in front); cookies are then sent over it only
    network : whether a question may fetch a page
    workers : processes that compute
    jobs_open, jobs_per_day, draws : what one person may ask of the machine; no bound on draws for the one person
    """

    database: str | None = None
    mode: Mode = "one-person"
    host: str = "127.0.0.1"
    port: int = 8321
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    hosts: tuple[str, ...] = ()
    tls: bool = False
    network: bool = False
    workers: int = max(1, (os.cpu_count() or 2) // 2)
    jobs_open: int = 20
    jobs_per_day: int = 500
    draws: int = 100_000

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the desk."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def address(self) -> str:
        """The address to open, with the start-up token where one person is let in by it."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        base = f"http://{shown}:{self.port}/"
        return f"{base}?token={self.token}" if self.mode == "one-person" else base

    def knows_host(self, name: str) -> bool:
        """Whether a Host header names this desk: an own name or an address, so that no foreign name can point here."""
        bare = _without_port(name).casefold()
        if bare in {"localhost", self.host.casefold(), *(h.casefold() for h in self.hosts)}:
            return True
        try:
            return ip_address(bare.strip("[]")).is_loopback or not self.loopback
        except ValueError:
            return False


def _without_port(name: str) -> str:
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.rpartition(":")[0] if name.count(":") == 1 else name
