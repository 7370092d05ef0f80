"""The workers of a desk: started with it, replaced when one dies, ended with it."""

from __future__ import annotations

import logging
import multiprocessing
import os
import secrets
import signal
import threading
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from sluicegate.store.job import requeue_silent
from sluicegate.terms.home import home
from sluicegate.web.worker import work

_LOG = logging.getLogger("sluicegate.pool")


@dataclass
class Pool:
    """So many workers on one database."""

    engine: Engine
    address: str | None
    size: int
    _workers: dict[str, BaseProcess] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)
    _watcher: threading.Thread | None = None

    def start(self) -> None:
        """Start the workers and watch over them."""
        for _ in range(self.size):
            self._add()
        self._watcher = threading.Thread(target=self._watch, name="pool", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """End the workers; what they held is queued again and goes on at the next start."""
        self._ended.set()
        if self._watcher is not None:
            self._watcher.join(timeout=5)
        for process in self._workers.values():
            _end(process)
        self._give_back(tuple(self._workers))
        self._workers.clear()

    @property
    def alive(self) -> int:
        """How many workers run."""
        return sum(process.is_alive() for process in self._workers.values())

    def _add(self) -> None:
        name = f"{os.uname().nodename if hasattr(os, 'uname') else 'here'}-{secrets.token_hex(4)}"
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=work, name=name,
                                  args=(self.address, str(Path(home()).absolute()), name, os.getpid()))  # fmt: skip
        process.start()
        self._workers[name] = process

    def _watch(self) -> None:
        while not self._ended.wait(0.5):
            for name in [n for n, p in self._workers.items() if not p.is_alive()]:
                _LOG.warning("a worker ended", extra={"worker": name, "code": self._workers[name].exitcode})
                _end(self._workers.pop(name))
                self._give_back((name,))
                if not self._ended.is_set():
                    self._add()

    def _give_back(self, names: tuple[str, ...]) -> None:
        try:
            requeue_silent(self.engine, workers=names)
        except SQLAlchemyError:
            _LOG.warning("the database does not answer; silent jobs are found later")


def _end(process: BaseProcess) -> None:
    """End a worker and whatever it forked."""
    if process.pid is not None and os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
    else:
        process.kill()
    process.join(timeout=5)
