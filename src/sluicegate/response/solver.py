"""HiGHS behind one door: linear programmes as arrays, solved again from where they stood; every status is looked at.

HiGHS (Huangfu and Hall 2018) reports trouble by a returned status and goes on, with another solver if need be; nobody
else in the package calls it.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from sluicegate.terms import SluicegateError

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Basis = Any
"""A basis as HiGHS keeps it."""
_greeted: list[bool] = []
SMALLEST = 1e-9
"""Entries of a matrix below this are dropped, as HiGHS would do with a warning."""


@dataclass(frozen=True)
class Solution:
    """An optimum.

    Parameters
    ----------
    objective : cost at the optimum ; x : (N,) columns
    duals : (M,) change of the objective for one more of the row's binding bound
    reduced : (N,) change of the objective for one more of the column's binding bound
    """

    objective: float
    x: Floats
    duals: Floats
    reduced: Floats


class Programme:
    """min c'x under row_lower <= A x <= row_upper, lower <= x <= upper, kept in HiGHS with its last basis.

    Parameters
    ----------
    cost, lower, upper : (N,) ; matrix : (M, N) ; row_lower, row_upper : (M,); infinities are numpy's

    Raises
    ------
    SluicegateError : HiGHS does not take the programme without a warning.
    """

    def __init__(self, cost: ArrayLike, matrix: sparse.sparray | sparse.spmatrix, row_lower: ArrayLike,
                 row_upper: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> None:  # fmt: skip
        columns = sparse.csc_array(matrix)
        columns.data[np.abs(columns.data) < SMALLEST] = 0.0
        columns.eliminate_zeros()
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = columns.shape
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = (_floats(a) for a in (cost, lower, upper))
        lp.row_lower_, lp.row_upper_ = _floats(row_lower), _floats(row_upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.num_row_, lp.a_matrix_.num_col_ = columns.shape
        lp.a_matrix_.start_, lp.a_matrix_.index_ = columns.indptr, columns.indices
        lp.a_matrix_.value_ = columns.data
        self.shape = columns.shape
        self._highs: Any = _quiet()
        _well(self._highs.setOptionValue("output_flag", False), "be quiet")
        _well(self._highs.setOptionValue("threads", 1), "take one thread")
        _well(self._highs.setOptionValue("solver", "simplex"), "take the simplex method")
        _well(self._highs.passModel(lp), "take the programme")

    def solve(self, start: Basis | None = None) -> Solution:
        """The optimum, from a basis kept of an earlier solve, else from the last one where there is one.

        Raises
        ------
        SluicegateError : there is none, or HiGHS does not reach it.
        """
        if start is not None:
            _well(self._highs.setBasis(start), "take a basis")
        _well(self._highs.run(), "run")
        status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise SluicegateError(f"the programme was not solved: {self._highs.modelStatusToString(status)}")
        found = self._highs.getSolution()
        return Solution(float(self._highs.getInfo().objective_function_value), np.array(found.col_value),
                        np.array(found.row_dual), np.array(found.col_dual))  # fmt: skip

    def start_from(self, columns: Ints, rows: Ints) -> None:
        """A basis of one's own to start from.

        Parameters
        ----------
        columns, rows : 0 at its lower bound, 1 basic, 2 at its upper bound; as many basic as there are rows
        """
        names = np.array([highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kBasic,
                          highspy.HighsBasisStatus.kUpper], dtype=object)  # fmt: skip
        start = highspy.HighsBasis()
        start.col_status, start.row_status = names[columns].tolist(), names[rows].tolist()
        start.valid, start.alien = True, False
        _well(self._highs.setBasis(start), "take a basis")

    @property
    def basis(self) -> Basis:
        """The basis of the last solve, to start from again."""
        return self._highs.getBasis()

    @property
    def steps(self) -> int:
        """Steps of the simplex method in the last solve."""
        return int(self._highs.getInfo().simplex_iteration_count)

    def bound_rows(self, rows: Ints, lower: ArrayLike, upper: ArrayLike) -> None:
        """New bounds of some rows; the basis stays."""
        _well(self._highs.changeRowsBounds(len(rows), _indices(rows), _floats(lower), _floats(upper)), "bound rows")

    def bound_columns(self, columns: Ints, lower: ArrayLike, upper: ArrayLike) -> None:
        """New bounds of some columns; the basis stays."""
        _well(self._highs.changeColsBounds(len(columns), _indices(columns), _floats(lower), _floats(upper)),
              "bound columns")  # fmt: skip

    def add_rows(self, matrix: sparse.sparray | sparse.spmatrix, lower: ArrayLike, upper: ArrayLike) -> None:
        """Further rows; the basis stays, with the new rows' slacks in it."""
        rows = sparse.csr_array(matrix)
        rows.data[np.abs(rows.data) < SMALLEST] = 0.0
        rows.eliminate_zeros()
        _well(self._highs.addRows(rows.shape[0], _floats(lower), _floats(upper), rows.nnz, _indices(rows.indptr[:-1]),
                                  _indices(rows.indices), rows.data), "add rows")  # fmt: skip
        self.shape = (self.shape[0] + rows.shape[0], self.shape[1])


def _quiet() -> Any:
    """HiGHS without its banner: the first of a process prints one to standard output, which belongs to answers."""
    make: Any = highspy.Highs
    if not sys.stdout or _greeted:
        return make()
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            found = make()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
    _greeted.append(True)
    return found


def _well(status: highspy.HighsStatus, what: str) -> None:
    """Refuse anything but `kOk`: a warning says that HiGHS has done something else.

    Raises
    ------
    SluicegateError : it is not.
    """
    if status != highspy.HighsStatus.kOk:
        raise SluicegateError(f"HiGHS was asked to {what} and said {status.name}")


def _floats(values: ArrayLike) -> Floats:
    return np.ascontiguousarray(values, dtype=np.float64)


def _indices(values: ArrayLike) -> NDArray[np.int32]:
    return np.ascontiguousarray(values, dtype=np.int32)
