"""Weighted least squares with exact balances and no negative quantity.

Minimise `1/2 sum(((x - prior) / sd)^2)` subject to `A x = 0`, `x >= 0`. The dual has no constraints: with
multipliers `m`, `x = max(0, prior + sd^2 A' m)`, and the dual value `1/2 sum((x / sd)^2)` has the gradient `A x`.
It is convex and piecewise quadratic, so a Newton step on the pieces in force, with a line search, ends after a few
steps at rounding error (a semismooth Newton method).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sluicegate.terms import SluicegateError

_STEPS = 60
_TOLERANCE = 1e-13
_NIL = 1.0
"""Gross flow of a balance, in standard deviations, below which its residual is held against this instead."""


def reconcile(matrix: sparse.csr_array, prior: NDArray[np.float64], sd: NDArray[np.float64]) -> NDArray[np.float64]:
    """The quantities closest to `prior` in units of `sd` that balance.

    Parameters
    ----------
    matrix : (balances, quantities), each row a balance that must be zero
    prior : (quantities,) first estimates, >= 0
    sd : (quantities,) standard deviations in the same unit; a quantity with sd 0 and prior 0 stays 0

    Returns
    -------
    (quantities,) balanced, >= 0; each balance holds to 1e-11 of its gross flow.

    Raises
    ------
    SluicegateError : no convergence.
    """
    size = np.sqrt(np.asarray((matrix * matrix) @ (sd * sd)))
    scaled = sparse.csr_array(sparse.diags_array(1.0 / np.where(size > 0, size, 1.0)) @ matrix)
    variance = sd * sd
    multiplier = np.zeros(matrix.shape[0])
    balanced = np.maximum(0.0, prior)
    for _ in range(_STEPS):
        gradient = scaled @ balanced
        gross = abs(scaled) @ balanced
        if np.all(np.abs(gradient) <= _TOLERANCE * np.maximum(gross, _NIL)):
            return balanced
        step = _newton_step(scaled, variance * (balanced > 0), gradient)
        multiplier, after = _line_search(scaled, prior, variance, multiplier, step, gradient)
        balanced = after
    gradient = np.abs(scaled @ balanced)
    if np.any(gradient > 1e-11 * np.maximum(abs(scaled) @ balanced, _NIL)):
        raise SluicegateError("the balance of supply and use did not converge")
    return balanced


def _newton_step(
    matrix: sparse.csr_array, weight: NDArray[np.float64], gradient: NDArray[np.float64]
) -> NDArray[np.float64]:
    hessian = (matrix * weight) @ matrix.T
    damping = 1e-14 + min(1e-4, 1e-2 * float(np.linalg.norm(gradient)))
    dense = hessian.toarray() + damping * np.eye(matrix.shape[0])
    step: NDArray[np.float64] = -np.linalg.solve(dense, gradient)
    return step


def _line_search(
    matrix: sparse.csr_array,
    prior: NDArray[np.float64],
    variance: NDArray[np.float64],
    multiplier: NDArray[np.float64],
    step: NDArray[np.float64],
    gradient: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Halve the step until the dual falls; return the multipliers and the quantities they give."""
    slope = float(gradient @ step)
    here = _dual(_quantities(matrix, prior, variance, multiplier), variance)
    length = 1.0
    while True:
        trial = multiplier + length * step
        balanced = _quantities(matrix, prior, variance, trial)
        if _dual(balanced, variance) <= here + 1e-4 * length * slope + 1e-12 * abs(here) or length < 1e-8:
            return trial, balanced
        length /= 2


def _quantities(
    matrix: sparse.csr_array,
    prior: NDArray[np.float64],
    variance: NDArray[np.float64],
    multiplier: NDArray[np.float64],
) -> NDArray[np.float64]:
    balanced: NDArray[np.float64] = np.maximum(0.0, prior + variance * (matrix.T @ multiplier))
    return balanced


def _dual(balanced: NDArray[np.float64], variance: NDArray[np.float64]) -> float:
    live = variance > 0
    return float(0.5 * np.sum(balanced[live] ** 2 / variance[live]))
