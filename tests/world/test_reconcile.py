import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from sluicegate.world.reconcile import reconcile


def _quadratic_programme(matrix: np.ndarray, prior: np.ndarray, sd: np.ndarray) -> np.ndarray:
    """The same problem given to HiGHS."""
    solver = highspy.Highs()
    solver.silent()
    names = [solver.addVariable(lb=0.0) for _ in prior]
    for row in matrix:
        solver.addConstr(sum(float(a) * x for a, x in zip(row, names, strict=True)) == 0)
    model = solver.getModel()
    size = len(prior)
    model.lp_.col_cost_ = -prior / sd**2
    hessian = model.hessian_
    hessian.dim_, hessian.format_ = size, highspy.HessianFormat.kTriangular
    hessian.start_, hessian.index_ = np.arange(size + 1), np.arange(size)
    hessian.value_ = 1 / sd**2
    model.hessian_ = hessian
    solver.passModel(model)
    solver.run()
    return np.array(solver.getSolution().col_value)


def test_one_balance_shares_the_gap_by_variance() -> None:
    """a = b + c with 10, 4, 4 and sd 1, 1, 2: the gap of 2 is split 1 : 1 : 4."""
    balanced = reconcile(sparse.csr_array([[1.0, -1.0, -1.0]]), np.array([10.0, 4.0, 4.0]), np.array([1.0, 1.0, 2.0]))
    assert balanced == pytest.approx([10 - 1 / 3, 4 + 1 / 3, 4 + 4 / 3])


def test_what_already_balances_stays() -> None:
    prior = np.array([5.0, 3.0, 2.0])
    assert reconcile(sparse.csr_array([[1.0, -1.0, -1.0]]), prior, prior) == pytest.approx(prior, rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_another_solver_finds_the_same(seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = np.where(rng.random((4, 12)) < 0.5, rng.choice([-1.0, 1.0, 0.3], (4, 12)), 0.0)
    prior, sd = rng.uniform(0.0, 10.0, 12), rng.uniform(0.5, 5.0, 12)
    mine = reconcile(sparse.csr_array(matrix), prior, sd)
    other = _quadratic_programme(matrix, prior, sd)
    assert mine.min() >= 0
    assert np.abs(matrix @ mine).max() < 1e-9
    assert mine == pytest.approx(other, abs=1e-4)
