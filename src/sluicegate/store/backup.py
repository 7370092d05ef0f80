"""A copy of everything a desk holds, in one file: rows as JSON lines, so that either kind of database can be filled.

The file is a zip: `manifest.json`, `tables/NAME.jsonl`, and under `home/` the runs, imports and forecasts.
"""

from __future__ import annotations

import base64
import json
import time
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from sluicegate.store.desk_tables import DESK
from sluicegate.store.schema import LIBRARY
from sluicegate.terms.errors import InputError
from sluicegate.terms.home import home
from sluicegate.terms.writing import require_place, staged, write_whole

FORM = 1
LEFT_OUT = {"cache", "ensembles"}
"""Folders that are made again by themselves."""
_BATCH, _ZIPPED = 500, zipfile.ZIP_DEFLATED
Count = dict[str, int]


def back_up(engine: Engine, file: Path) -> Count:
    """Write the copy, of one moment; the desk may go on. Returns how many rows and files are in it.

    Raises
    ------
    InputError : the file cannot be written; then there is none.
    """
    if file.suffix != ".zip":
        raise InputError(f"{file.name}", where="FILE", expected="a name that ends in .zip", do="Name it so.")
    require_place(file)
    with staged(file.parent, at=file) as staging, zipfile.ZipFile(staging / file.name, "w", _ZIPPED) as archive:
        rows = _write_tables(engine, archive)
        files = _write_home(engine, archive)
        said = {"form": FORM, "version": version("sluicegate"), "revision": _revision(engine), "rows": rows,
                "files": files, "made_at": time.time()}  # fmt: skip
        archive.writestr("manifest.json", json.dumps(said, indent=1))
    return {"rows": rows, "files": files}


def bring_back(engine: Engine, file: Path) -> Count:
    """Fill an empty database and the user's folder from a copy: all of the rows, or none.

    Raises
    ------
    InputError : not a copy, one of another version, or the database is not empty.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            _require_fit(engine, manifest, file)
            files = _read_home(archive)
            with engine.begin() as connection:
                rows = sum(_fill(connection, table, archive) for table in _tables())
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise _no_copy(file, str(error)) from error
    except DBAPIError as error:
        raise _no_copy(file, f"the database refused a row ({str(error.orig)[:200]})") from error
    return {"rows": rows, "files": files}


def _tables() -> list[Table]:
    """What refers to another comes after it."""
    return [*LIBRARY.sorted_tables, *DESK.sorted_tables]


def _write_tables(engine: Engine, archive: zipfile.ZipFile) -> int:
    count = 0
    with _moment(engine) as connection:
        for table in _tables():
            with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as lines:
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
                    lines.write(json.dumps({k: _plain(v) for k, v in row.items()}).encode() + b"\n")
                    count += 1
    return count


def _moment(engine: Engine) -> Connection:
    """A connection that sees one moment, whatever is written meanwhile."""
    if engine.dialect.name != "sqlite":
        return engine.connect().execution_options(isolation_level="REPEATABLE READ")
    connection = engine.connect()
    connection.exec_driver_sql("BEGIN")
    return connection


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> int:
    count, batch = 0, []
    for row in _rows(archive, table):
        batch.append(row)
        if len(batch) == _BATCH:
            connection.execute(table.insert(), batch)
            count, batch = count + len(batch), []
    if batch:
        connection.execute(table.insert(), batch)
    _count_on(connection, table)
    return count + len(batch)


def _rows(archive: zipfile.ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    if f"tables/{table.name}.jsonl" not in archive.namelist():
        raise ValueError(f"table {table.name} is missing")
    with archive.open(f"tables/{table.name}.jsonl") as lines:
        for line in lines:
            yield {k: _valued(v) for k, v in json.loads(line).items() if k in table.c}


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after those brought back."""
    key = table.primary_key.columns.values()
    if connection.dialect.name != "postgresql" or len(key) != 1 or key[0].type.python_type is not int:
        return
    sequence = connection.execute(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": table.name, "c": key[0].name})
    if name := sequence.scalar():
        highest = connection.execute(select(func.max(key[0]))).scalar()
        if highest is not None:
            connection.execute(text("SELECT setval(CAST(:s AS regclass), :v)"), {"s": name, "v": highest})


def _plain(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value


def _valued(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) and set(value) == {"base64"} else value


def _write_home(engine: Engine, archive: zipfile.ZipFile) -> int:
    folder, count = home(), 0
    own = Path(engine.url.database or "").absolute() if engine.dialect.name == "sqlite" else None
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        name = path.relative_to(folder)
        database = path.name.startswith("desk.db") or (own is not None and str(path.absolute()).startswith(str(own)))
        if path.is_file() and name.parts[0] not in LEFT_OUT and not database and not name.parts[0].startswith("."):
            archive.write(path, f"home/{name.as_posix()}")
            count += 1
    return count


def _read_home(archive: zipfile.ZipFile) -> int:
    names = [PurePosixPath(n) for n in archive.namelist() if n.startswith("home/")]
    for name in names:
        if ".." in name.parts or name.is_absolute():
            raise ValueError(f"{name} leads out of the folder")
        path = home().joinpath(*name.parts[1:])
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, archive.read(str(name)))
    return len(names)


def _revision(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def _require_fit(engine: Engine, manifest: dict[str, Any], file: Path) -> None:
    if (manifest["form"], manifest["revision"]) != (FORM, _revision(engine)):
        raise InputError(f"a copy by version {manifest['version']}", where=str(file),
                         expected=f"one of a database in form {_revision(engine)}",
                         do="Bring it back with that version, then open the database with this one.")  # fmt: skip
    with engine.connect() as connection:
        held = [t.name for t in _tables() if connection.execute(select(func.count()).select_from(t)).scalar()]
    if held:
        raise InputError(f"rows in {', '.join(held[:5])}", where=engine.url.render_as_string(hide_password=True),
                         expected="an empty database", do="Name a new one with --database.")  # fmt: skip


def _no_copy(file: Path, found: str) -> InputError:
    return InputError(found, where=str(file), expected="a copy by `sluicegate desk backup`", do="Check the file.")
