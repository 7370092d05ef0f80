"""Results as files other tools read: the Dataset as NetCDF, its variables as long tables in Parquet.

Both are written part by part, so that an ensemble larger than memory can be saved, and atomically: a file is there in
full or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sluicegate.terms import InputError
from sluicegate.terms.writing import new_folder, require_left, require_place, staged

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

ENGINE: Final = "h5netcdf"
DATASET = "result.nc"
FOREIGN = (".zarr", ".parquet", ".csv", ".h5", ".hdf5", ".nc4", ".netcdf", ".json", ".xlsx", ".zip")
"""Endings of files we do not write; any other name without `.nc` is a folder."""
PACKED = {"compression": "gzip", "compression_opts": 1, "shuffle": True}
"""Lossless; a higher level takes five times as long and saves little."""
SPARE = 1_000_000
"""Bytes beside the numbers of a part that a file may grow by."""
QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
FRAME, MOST_ROWS = 100_000, 16
"""Long rows that are put together at a time, up to a kilobyte each, and rows of a dimension at most."""
TABLES = {"uses": "use", "lines": "line", "prices": "product", "links": "link", "producers": "producer"}
"""Long tables, each with the dimension whose variables it holds; one row a row of that dimension, week and draw."""


def require_target(path: Path) -> None:
    """See, before long work, that a run can be saved under a name: `FILE.nc`, or a folder.

    Raises
    ------
    InputError : it is the name of a file of another kind, or nothing can be written there.
    """
    if path.suffix in FOREIGN:
        raise InputError(f"a {path.suffix} file", where=str(path), expected="FILE.nc, or a folder for Parquet tables",
                         do="Give a name that ends in .nc, or one without an ending.")  # fmt: skip
    require_place(path)


def save_netcdf(path: Path, parts: Iterable[xr.Dataset], draws: int) -> Path:
    """Write a Dataset that comes in parts along `draw` to one NetCDF 4 file (h5netcdf, gzip, shuffled).

    Parameters
    ----------
    parts : Datasets of `Result.dataset`, one after the other; each is let go before the next is asked for
    draws : how many draws the parts have together

    Raises
    ------
    InputError : the file cannot be written; then it is as it was before.
    """
    with staged(path.parent, at=path) as folder:
        _write_netcdf(folder / path.name, parts, draws)
    return path


def save_tables(folder: Path, parts: Iterable[xr.Dataset]) -> list[Path]:
    """Write a Dataset that comes in parts along `draw` to one Parquet file a table of `TABLES`; returns the paths.

    Raises
    ------
    InputError : the files cannot be written; then the folder is as it was before.
    """
    with new_folder(folder), staged(folder) as staging:
        names = _write_tables(staging, parts)
    return [folder / name for name in names]


def save(path: Path, dataset: xr.Dataset) -> list[Path]:
    """Write a Dataset: `FILE.nc` as NetCDF; any other name is a folder, for `result.nc` and the long tables.

    Raises
    ------
    InputError : nothing can be written there; then it is as it was before.
    """
    draws = dataset.sizes["draw"]
    if path.suffix == ".nc":
        return [save_netcdf(path, [dataset], draws)]
    with new_folder(path), staged(path) as staging:
        _write_netcdf(staging / DATASET, [dataset], draws)
        names = [DATASET, *_write_tables(staging, [dataset])]
    return [path / name for name in names]


def read_saved(path: Path) -> xr.Dataset:
    """The Dataset that was saved, the same in every value, name, unit and attribute; read as it is asked for.

    `pandas.read_parquet` reads the tables.

    Parameters
    ----------
    path : a `FILE.nc`, or a folder with `result.nc`

    Raises
    ------
    InputError : no such file, or not one of ours.
    """
    import xarray as xr  # it takes a tenth of a second to load

    file = path / DATASET if path.is_dir() else path
    try:
        dataset = xr.open_dataset(file, engine=ENGINE)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"cannot be read ({error})", where=str(file), expected="a NetCDF file as `--save` writes it",
                         do="Name the file or the folder that was given to --save.") from error  # fmt: skip
    if "scenario_json" not in dataset.attrs:
        dataset.close()
        raise InputError("a file of somebody else's", where=str(file), expected="a NetCDF file as `--save` writes it",
                         do="Open it with xarray itself.")  # fmt: skip
    return dataset.assign_attrs({k: v.item() if isinstance(v, np.generic) else v for k, v in dataset.attrs.items()})


def summarised(dataset: xr.Dataset) -> xr.Dataset:
    """Quantiles and mean over the draws of every variable, read a row at a time, so that it may be larger than memory.

    Returns
    -------
    the Dataset with a dimension `statistic` (`q05` to `q95`, `mean`) in place of `draw`.
    """
    found = {str(name): _summary(variable) for name, variable in dataset.data_vars.items()}
    kept = dataset.drop_vars(["draw", *dataset.data_vars])
    return kept.assign(found).assign_coords(statistic=[*QUANTILES, "mean"])


def _summary(variable: xr.DataArray) -> xr.Variable:
    import xarray as xr  # as above

    rows = variable.shape[:-2]
    values = np.empty((*variable.shape[:-1], len(QUANTILES) + 1), dtype=variable.dtype)
    for at in np.ndindex(*rows):
        draws = variable[at].to_numpy()  # (weeks, draws)
        values[at] = np.vstack([np.quantile(draws, list(QUANTILES.values()), axis=1), draws.mean(axis=1)]).T
    return xr.Variable((*variable.dims[:-1], "statistic"), values, attrs=variable.attrs)


def _write_netcdf(file: Path, parts: Iterable[xr.Dataset], draws: int) -> None:
    """Coordinates and attributes first, as xarray encodes them; then each variable, a part at a time."""
    import h5netcdf  # takes a third of a second to load

    at = 0
    for part in parts:
        require_left(file.parent, SPARE)
        if at == 0:
            head = part.drop_vars(list(part.data_vars)).assign_coords(draw=np.arange(draws))
            head.to_netcdf(file, engine=ENGINE)
        with h5netcdf.File(file, "r+") as open_file:
            for name, variable in part.data_vars.items():
                require_left(file.parent, variable.nbytes + SPARE)
                target = open_file.variables.get(name) or _room(open_file, str(name), variable)
                target[..., at : at + part.sizes["draw"]] = variable.to_numpy()
        at += part.sizes["draw"]
        del part, variable  # before the next is asked for
    if at != draws:
        raise ValueError(f"the parts have {at} draws, not {draws}")


def _room(open_file: Any, name: str, variable: xr.DataArray) -> Any:
    """A compressed variable with chunks of one row and one part of the draws, so that a row is read alone."""
    chunks = tuple(1 if d in variable.dims[:-2] else variable.sizes[d] for d in variable.dims)
    made = open_file.create_variable(name, variable.dims, variable.dtype, chunks=chunks, **PACKED)
    made.attrs.update(variable.attrs)
    return made


def _write_tables(folder: Path, parts: Iterable[xr.Dataset]) -> list[str]:
    """One Parquet file a table, a row group a part and a stretch of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    writers: dict[str, Any] = {}
    try:
        for part in parts:
            for name, dimension in TABLES.items():
                for frame in _frames(part, dimension):
                    table = pa.Table.from_pandas(frame, preserve_index=False)
                    if name not in writers:
                        writers[name] = pq.ParquetWriter(folder / f"{name}.parquet", table.schema, compression="zstd")
                    writers[name].write_table(table)
                    del frame, table
            del part
    finally:
        for writer in writers.values():
            writer.close()
    return [f"{name}.parquet" for name in writers]


def _frames(part: xr.Dataset, dimension: str) -> Iterable[pd.DataFrame]:
    """The variables along a dimension as long frames of some rows each, with the unit in each column's name."""
    rows = min(max(FRAME // (part.sizes["week"] * part.sizes["draw"]), 1), MOST_ROWS)
    mine = part[[n for n, v in part.data_vars.items() if dimension in v.dims]]
    mine = mine.drop_vars([c for c in mine.coords if not {*mine[c].dims} <= {*mine.dims}])
    for start in range(0, part.sizes[dimension] if mine.data_vars else 0, rows):
        few = mine.isel({dimension: slice(start, start + rows)})
        order = [d for d in ("area", dimension, "week", "draw") if d in few.dims]
        frame = few.to_dataframe(dim_order=order).reset_index()
        texts = [str(c) for c in few.coords if c not in ("week", "draw")]
        frame[texts] = frame[texts].astype("string")
        shown = {str(n): column_name(v) for n, v in few.data_vars.items()}
        yield frame.rename(columns=shown | {c: c.removeprefix(f"{dimension}_") for c in texts})


def column_name(variable: xr.DataArray) -> str:
    """A variable's name with its unit, as a column of a long table is called: `used_t_per_week`."""
    unit = str(variable.attrs.get("units", "1")).replace("/", "_per_")
    return str(variable.name) if unit == "1" else f"{variable.name}_{unit}"
