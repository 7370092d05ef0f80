"""A worker: a process that takes jobs from the table and computes them, one after the other.

It is polite (the readers' process goes first), shows signs of life, stops between two blocks when asked to, and
ends when the desk has ended. Killed at any moment, it leaves a job that another worker goes on with.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from sluicegate.store.database import open_database
from sluicegate.store.job import Job, beat, claim_job, fail_job, finish_job, requeue_silent, stop_job
from sluicegate.terms.home import home, kept_apart
from sluicegate.terms.wire import as_json
from sluicegate.web.fault import fault_of
from sluicegate.web.question import ask, ask_library, question_of

_LOG = logging.getLogger("sluicegate.worker")
IDLE = 0.15
"""Seconds between two looks at an empty queue."""
BEAT = 2.0
"""Seconds between two signs of life; also how long a cancelled job goes on at most before it is asked again to stop."""
SHOWN_EVERY = 0.3
"""Seconds between two reports of how far a job is."""
GRACE = 15.0
"""Seconds a cancelled job has to come to the end of its block; then its process is ended."""
NICE = 10


class Cancelled(BaseException):
    """The job is to be stopped; passes through `except Exception` of the work."""


@dataclass
class Pulse:
    """The signs of life of one job, from a thread beside the work.

    Parameters
    ----------
    give_up : what ends work that was cancelled and does not come to the end of its block
    """

    engine: Engine
    job: Job
    worker: str
    give_up: Callable[[], None] | None = None
    stopped: threading.Event = field(default_factory=threading.Event)
    cancelled_at: float | None = None
    _shown: float = 0.0

    def start(self) -> None:
        """Begin to beat."""
        threading.Thread(target=self._beats, name="pulse", daemon=True).start()

    def progress(self, done: int, total: int) -> None:
        """Report how far it is, and stop here when that was asked.

        Raises
        ------
        Cancelled : it was.
        """
        now = time.monotonic()
        if now - self._shown >= SHOWN_EVERY or done == total:
            self._shown = now
            self._say(percent=round(100 * done / max(total, 1), 1), message=f"block {done} of {total}")
        if self.cancelled_at is not None:
            raise Cancelled

    def _say(self, *, percent: float | None = None, message: str | None = None) -> None:
        try:
            lives = beat(self.engine, self.job.id, self.worker, percent=percent, message=message)
        except SQLAlchemyError:
            _LOG.warning("the database does not answer", extra={"job": self.job.id})
            return
        if not lives and self.cancelled_at is None:
            self.cancelled_at = time.monotonic()

    def _beats(self) -> None:
        while not self.stopped.wait(BEAT):
            self._say()
            late = self.cancelled_at is not None and time.monotonic() - self.cancelled_at > GRACE
            if late and self.give_up is not None:
                stop_job(self.engine, self.job.id, self.worker)
                self.give_up()


def work(address: str | None, folder: str, name: str, parent: int) -> None:
    """Take jobs until the desk ends.

    Parameters
    ----------
    address : of the database ; folder : the desk's, absolute ; parent : the desk's process
    """
    os.environ["SLUICEGATE_HOME"] = folder
    if os.name == "posix":
        os.setsid()
        os.nice(NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(parent,), name="watch", daemon=True).start()
    engine = open_database(address)
    while True:
        try:
            requeue_silent(engine)
            job = claim_job(engine, name)
        except SQLAlchemyError:
            _LOG.warning("the database does not answer")
            time.sleep(2.0)
            continue
        if job is None:
            time.sleep(IDLE)
        else:
            do_job(engine, job, name, give_up=end_group)


def do_job(engine: Engine, job: Job, worker: str, *, give_up: Callable[[], None] | None = None) -> None:
    """One job, to its document or its error; neither is left out whatever happens on the way."""
    pulse = Pulse(engine, job, worker, give_up)
    pulse.start()
    before = Path.cwd()
    try:
        document = _answered(engine, job, pulse)
        finish_job(engine, job.id, worker, document)
    except Cancelled:
        stop_job(engine, job.id, worker)
    except BaseException as error:
        _LOG.warning("a job failed", exc_info=error, extra={"job": job.id})
        _fail(engine, job, worker, error)
        if not isinstance(error, Exception):
            raise
    finally:
        pulse.stopped.set()
        os.chdir(before)


def _answered(engine: Engine, job: Job, pulse: Pulse) -> bytes:
    question = question_of(job.kind)
    wanted = question.read(job.arguments)
    apart = home() / "people" / str(job.person_id) if job.private else None
    with tempfile.TemporaryDirectory(prefix="sluicegate-job-") as folder, kept_apart(apart):
        os.chdir(folder)
        if question.of_library(wanted):
            document = ask_library(question, wanted, engine, "", progress=pulse.progress)
        else:
            document = ask(question, wanted, Path(), progress=pulse.progress)
        return as_json(document).encode()


def _fail(engine: Engine, job: Job, worker: str, error: BaseException) -> None:
    """Write down that a job failed; where even that cannot be written, it is found silent later and begun again."""
    _, fault = fault_of(error, job.kind)
    for wait in (0.0, 1.0, 5.0):
        time.sleep(wait)
        try:
            fail_job(engine, job.id, worker, dict(fault))
        except SQLAlchemyError:
            continue
        return


def _watch(parent: int) -> None:
    """End with the desk, however that ended."""
    while os.getppid() == parent:
        time.sleep(0.5)
    end_group()


def end_group() -> None:
    """End this process and those it forked, at once: nothing they write is ever half there."""
    sys.stderr.flush()
    if os.name == "posix" and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
