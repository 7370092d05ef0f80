"""A control that holds nothing: no question makes an edge, a shortage or a plan of it, and each says so."""

import pytest

import sluicegate
from sluicegate.desk.page import result_text
from sluicegate.terms import InputError

NOTHING = """
name: nothing
title: A control that holds nothing
start: 2024-04-01
weeks: 104
as_of: 2025-04-04
controller: CHN
target: USA
controls:
  - {register: CN-2025-18, suspended: [[2025-04-04, 2026-12-31]]}
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("nothing") / "nothing.yaml"
    path.write_text(NOTHING)
    return str(path)


@pytest.fixture(scope="module")
def edge(file):
    return sluicegate.edge(file, draws=4)


def test_where_neither_side_loses_there_is_no_edge_and_that_is_said(edge):
    assert not edge["material"]
    assert all(point["A"] is None for point in edge["path"])
    assert edge["undefined_share"] == 1
    assert edge["expires"] is None
    assert "No material edge" in result_text({"edge": edge} | {k: edge[k] for k in ("title", "provenance")})


def test_policies_that_come_to_the_same_are_named(file):
    """With nothing held, keeping, easing, suspending and lifting are one policy."""
    talks = sluicegate.negotiate(file, draws=4)
    pairs = {frozenset(pair) for pair in talks["alike"]}
    assert {frozenset(p) for p in (("ease", "keep"), ("suspend", "keep"), ("lift", "keep"))} <= pairs
    assert talks["stock"] is None
    assert talks["waiting"]["why_no_standoff"]


def test_nobody_short_is_nothing_to_plan_for(file):
    plan = sluicegate.plan(file, budget=5, draws=8)
    assert plan["note"].startswith("Nobody is short")
    assert plan["futures"] is None


def test_a_measure_that_never_holds_is_nothing_to_re_route(file):
    with pytest.raises(InputError, match="no measure takes effect"):
        sluicegate.reroute(file, draws=4)
