"""A project's file, good and bad."""

import re
from pathlib import Path

import pytest
import yaml
from tests.project.conftest import PLAIN

from sluicegate.project import read_project
from sluicegate.terms import InputError, NotFoundError
from sluicegate.world import load_world
from sluicegate.world.figures import load_figures

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("project-*.yaml"))


def _written(tmp_path, **changed):
    file = tmp_path / "p.yaml"
    file.write_text(yaml.safe_dump(PLAIN | changed))
    return file


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.stem)
def test_every_figure_an_example_names_is_in_the_dataset(example):
    read_project(example, load_world())
    named = re.findall(r"figure: ([^,}\s]+)", example.read_text())
    assert named or "thailand" in example.stem
    assert set(named) <= set(load_figures().table.index)


@pytest.mark.parametrize(("changed", "said"), [
    ({"capex_musd": -1}, "capex_musd.value"), ({"capex_musd": {"value": 5, "low": 6, "high": 7}}, "do not rise"),
    ({"capex_musd": {"value": 5, "low": 4}}, "low and high"), ({"outputs": []}, "outputs"), ({"life": 3}, "life"),
    ({"support": {"floor": {"product": "tin", "usd_per_kg": 3, "years": 2}}}, "'tin' is not among"),
    ({"outputs": [{"product": "tin", "t_per_yr": 5}]}, "no price for tin"),
    ({"outputs": [{"product": "dysprosium oxide", "t_per_yr": 5}] * 2}, "stands twice"),
])  # fmt: skip
def test_a_mistake_is_named(tmp_path, changed, said):
    with pytest.raises(InputError, match=said):
        read_project(_written(tmp_path, **changed), load_world())


def test_an_unknown_place_is_named(tmp_path):
    with pytest.raises(NotFoundError, match="Atlantis"):
        read_project(_written(tmp_path, place="Atlantis"), load_world())


def test_no_file_says_how_to_make_one(tmp_path):
    with pytest.raises(InputError, match="cannot read it"):
        read_project(tmp_path / "none.yaml", load_world())
