"""Work shared among processes gives what a loop gives."""

import pytest

from sluicegate.desk import parallel
from sluicegate.terms import NotFoundError


@pytest.fixture(params=[1, 2], ids=["one core", "two cores"])
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(parallel.os, "sched_getaffinity", lambda _: set(range(request.param)))
    return int(request.param)


@pytest.mark.usefixtures("cores")
@pytest.mark.parametrize("size", [0, 1, 5])
def test_as_a_loop_in_the_same_order(size: int) -> None:
    assert parallel.each(lambda n: n * n, range(size)) == [n * n for n in range(size)]


@pytest.mark.usefixtures("cores")
def test_an_exception_comes_through_whole() -> None:
    def work(n: int) -> int:
        if n == 2:
            raise NotFoundError("dysprosum", kind="product", known=["dysprosium"], where="here")
        return n

    with pytest.raises(NotFoundError, match="Did you mean 'dysprosium'"):
        parallel.each(work, range(4))
    assert parallel.each(lambda n: n, range(3)) == [0, 1, 2]
