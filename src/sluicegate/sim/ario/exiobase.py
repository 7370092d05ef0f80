"""EXIOBASE 3, as it is published: folders or zips `IOT_YEAR_ixi` and `IOT_YEAR_pxp`; pymrio reads each file.

Only flows, final demand, output and units are read, of the satellite accounts nothing: they are most of an archive.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sluicegate.sim.ario.iosystem import table_of
from sluicegate.sim.ario.table import Table
from sluicegate.sim.ario.vintage import members, of_year, year_of
from sluicegate.sim.concordance import region_names
from sluicegate.terms import InputError

PARAMETERS = "file_parameters.json"
"""Names the files of a system; stands in its folder."""
FLOWS, SHARES = ("Z", "Y", "x", "unit"), ("A", "Y", "x", "unit")


@dataclass(frozen=True)
class _Archive:
    """A system in a folder, or in the folder `inside` of a zip."""

    path: Path
    inside: str | None = None

    @property
    def name(self) -> str:
        """The name that tells its year: of its own folder, else of the archive."""
        own = PurePosixPath(self.inside or "").name
        return own if year_of(own) else self.path.name

    def parameters(self) -> dict[str, Any]:
        """What its file of parameters says.

        Raises
        ------
        InputError : it cannot be read.
        """
        try:
            if self.inside is None:
                text = (self.path / PARAMETERS).read_text("utf-8")
            else:
                with zipfile.ZipFile(self.path) as opened:
                    text = opened.read(str(PurePosixPath(self.inside) / PARAMETERS)).decode("utf-8")
            found = json.loads(text)
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            raise _unreadable(self.path, error) from error
        return found if isinstance(found, dict) else {}


def read_exiobase3(path: Path, year: int | None = None) -> Table:
    """The table of a folder or zip, or the one of a year among several in a folder.

    Raises
    ------
    InputError : no such table, several, files that are missing, cut off or of another layout.
    """
    import pymrio

    archive = _found(path, year)
    try:
        files = archive.parameters().get("files", {})
        wanted = FLOWS if "Z" in files else SHARES
        if lacking := [name for name in wanted if name not in files and (name != "x" or "A" in wanted)]:
            raise InputError(f"no {' and no '.join(lacking)}", where=str(path), expected="Z or A, Y, x and unit",
                             do="Unpack the whole archive.")  # fmt: skip
        system = pymrio.load_all(archive.path, subfolders=[], path_in_arc=archive.inside, subset=list(wanted))
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile, pymrio.ReadError) as error:
        raise _unreadable(path, error) from error
    return table_of(system, year=year_of(archive.name), rename=region_names(), where=str(path))


def _unreadable(path: Path, error: Exception) -> InputError:
    return InputError(f"cannot read it ({' '.join(str(error).split())})", where=str(path),
                      expected="files as EXIOBASE 3 publishes them, with tabs and two rows of headings",
                      do="Unpack the archive again, or name the zip itself.")  # fmt: skip


def _found(path: Path, year: int | None) -> _Archive:
    found = _in(path)
    if path.is_dir() and not found:
        found = [a for f in sorted(path.iterdir()) if f.is_dir() or f.suffix == ".zip" for a in _in(f)]
    by_name = {a.name: a for a in found}
    if not by_name:
        raise InputError(f"no {PARAMETERS}", where=str(path), expected="a folder or zip IOT_YEAR_ixi or IOT_YEAR_pxp",
                         do="Name the folder that was unpacked, or the zip, not a file in it.")  # fmt: skip
    return by_name[of_year(by_name, year, path)]


def _in(path: Path) -> list[_Archive]:
    """The systems right in a folder or anywhere in a zip, extensions left out."""
    if path.is_dir():
        found = [_Archive(path)] if (path / PARAMETERS).is_file() else []
    elif path.suffix == ".zip" or zipfile.is_zipfile(path):
        found = [_Archive(path, m.removesuffix(PARAMETERS).rstrip("/")) for m in members(path)
                 if PurePosixPath(m).name == PARAMETERS]  # fmt: skip
    else:
        found = []
    return [a for a in found if a.parameters().get("systemtype") == "IOSystem"]
