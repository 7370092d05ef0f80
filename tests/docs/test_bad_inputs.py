"""Every bad input on the list names tests that are there."""

import ast
from pathlib import Path

import pytest
import yaml

TESTS = Path(__file__).parents[1]
LISTED = {
    what: tests
    for rows in yaml.safe_load((TESTS / "bad_inputs.yaml").read_text("utf-8")).values()
    for what, tests in rows.items()
}


@pytest.mark.parametrize("what", LISTED)
def test_each_input_is_tried_by_a_test_that_exists(what: str) -> None:
    assert LISTED[what]
    for test in LISTED[what]:
        file, _, name = test.partition("::")
        tree = ast.parse((TESTS / file).read_text("utf-8"))
        assert name in {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}, test
