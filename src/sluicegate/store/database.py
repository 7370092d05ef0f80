"""Opening the database and bringing it to the present form."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError

from sluicegate.store.writer import writing
from sluicegate.terms.errors import InputError
from sluicegate.terms.home import home

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MS = 10_000
"""How long a writer of SQLite waits for another."""
_CACHE_KB = 32_768
"""Pages of SQLite held by a connection: 2 MB as it comes, which the index of near-duplicates alone outgrows."""
_LOG_PAGES = 4_000
"""Pages (of 4 KB) after which the log is put into the file; pages that many articles touch are then put in once."""


def open_database(address: str | None = None) -> Engine:
    """The database at an address, in its present form.

    Parameters
    ----------
    address : as SQLAlchemy writes it, `sqlite:///FILE` or `postgresql://USER@HOST/NAME`; default a file in the
        user's folder

    Raises
    ------
    InputError : the address cannot be read, its driver is not installed, or the database does not answer.
    """
    engine = _engine(address or f"sqlite:///{home() / 'desk.db'}")
    try:
        engine.connect().close()
    except DBAPIError as error:
        raise _unreachable(str(engine.url), str(error.orig)) from error
    upgrade(engine)
    return engine


def upgrade(engine: Engine) -> None:
    """Bring the tables to the present form, all of it or nothing; nothing happens where they are.

    SQLite's driver begins no transaction before a statement that makes a table, so one is begun here: a process that is
    killed in between leaves no half of them, and two that open a new database make them once.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == ScriptDirectory.from_config(config).get_current_head():
        return
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _engine(address: str) -> Engine:
    try:
        url = make_url(address)
        if url.drivername in {"postgresql", "postgres"}:
            url = url.set(drivername="postgresql+pg8000")
        if url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}:
            Path(str(url.database)).expanduser().parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, OSError) as error:
        raise _unreachable(address, str(error)) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        _ask_before_use(engine)
    return engine


def _ask_before_use(engine: Engine) -> None:
    """Replace a connection that the server has dropped before anybody uses it.

    SQLAlchemy's own `pool_pre_ping` takes only the driver's errors for a loss; pg8000 passes on some of the socket's.
    """
    lost = (OSError, engine.dialect.loaded_dbapi.Error)

    def asked(connection: Any, _record: Any, _proxy: Any) -> None:
        try:
            connection.cursor().execute("SELECT 1")
            connection.rollback()
        except lost as error:
            raise DisconnectionError(str(error)) from error

    event.listen(engine, "checkout", asked)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers beside a writer, foreign keys held, a wait for the lock, and no loss when the process is killed."""
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={_BUSY_MS}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON",
                   f"cache_size=-{_CACHE_KB}", f"wal_autocheckpoint={_LOG_PAGES}"):  # fmt: skip
        _patiently(cursor, f"PRAGMA {pragma}")
    cursor.close()


def _patiently(cursor: Any, statement: str) -> None:
    """Run a statement, again while another process holds the file.

    Two that make a new file a log of its own at once are refused without the wait that `busy_timeout` asks for.
    """
    until = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            cursor.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _unreachable(address: str, found: str) -> InputError:
    return InputError(found.splitlines()[0][:300], where=f"database {_without_password(address)}",
                      expected="sqlite:///FILE or postgresql://USER@HOST/NAME that answers",
                      do="Check the address, that its server runs, and that extra 'postgres' is installed.",
                      )  # fmt: skip


def _without_password(address: str) -> str:
    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return repr(address[:80])
