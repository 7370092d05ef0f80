"""A user's YAML: what is no mapping is said, and a few lines that stand for millions of values cost nothing."""

import pytest

from sluicegate.company import read_company
from sluicegate.scenario import load_scenario
from sluicegate.terms import InputError
from sluicegate.terms.mapping import read_mapping, shown

HOW = {"where": "mine.yaml", "fields": "name", "start": "sluicegate scenario new"}


@pytest.fixture
def doubling(tmp_path):
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    path = tmp_path / "mine.yaml"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_mapping_is_read_and_anything_else_is_said():
    assert read_mapping("name: x", **HOW) == {"name": "x"}
    with pytest.raises(InputError, match="found list"):
        read_mapping("- x", **HOW)
    with pytest.raises(InputError, match="not YAML"):
        read_mapping("a: [", **HOW)


def test_a_value_of_a_billion_parts_is_shown_in_a_few(doubling):
    value = read_mapping(doubling.read_text("utf-8"), **HOW)["i"]
    assert len(shown(value)) < 10_000
    assert shown("2025-01-01") == "'2025-01-01'"


def test_files_that_multiply_by_aliases_are_refused_in_words(doubling, bundled):
    for read in (read_company, lambda path: load_scenario(str(path), bundled)):
        with pytest.raises(InputError) as caught:
            read(doubling)
        assert len(str(caught.value)) < 20_000
