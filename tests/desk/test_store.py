"""A run's key changes with all that decides its answer, and with nothing else."""

import json
import os
from pathlib import Path

import pytest

from sluicegate.desk import store
from sluicegate.terms import InputError

INPUTS = {"text": "x", "as_of": "2025-05-28", "draws": 16, "seed": 1}


def test_the_same_inputs_have_the_same_key_in_any_order() -> None:
    assert store.run_key(**INPUTS) == store.run_key(**dict(reversed(INPUTS.items())))


@pytest.mark.parametrize("name", INPUTS)
def test_any_other_input_has_another_key(name: str) -> None:
    assert store.run_key(**(INPUTS | {name: "other"})) != store.run_key(**INPUTS)


@pytest.mark.parametrize("version", ["dataset_version", "model_version"])
def test_other_data_or_another_model_has_another_key(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = store.run_key(**INPUTS)
    monkeypatch.setattr(store, version, lambda: "other")
    assert store.run_key(**INPUTS) != before


def test_what_is_kept_is_found_again_by_key_and_by_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path))
    folder = store.keep("abc", {"a": 1}, {"edge:A.B": {"what": "x"}})
    assert store.explanations_of("abc") == store.explanations_of(str(folder)) == store.explanations_of(None)
    assert json.loads((folder / store.DOCUMENT).read_text()) == {"a": 1}


def test_one_number_is_found_in_the_newest_run_that_has_it_as_among_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path))
    runs = {"old": {"a": {"what": "1"}, "é": {"what": "2"}}, "new": {"a": {"what": "3"}}, "last": {"b": {"what": "a"}}}
    for age, (key, kept) in enumerate(runs.items()):
        os.utime(store.keep(key, {}, kept) / store.EXPLANATIONS, (age, age))
    every = store.explanations_of(None)
    assert every == {"a": {"what": "3"}, "é": {"what": "2"}, "b": {"what": "a"}}
    assert {i: store.explanation_of(i, None) for i in every} == every
    assert store.explanation_of("a", "old") == {"what": "1"}
    assert store.explanation_of("c", None) is None


def test_a_run_kept_anew_is_read_anew_and_what_was_handed_out_is_the_reader_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path))
    for inputs in (["b"], ["c"]):
        store.keep("abc", {}, {"a": {"inputs": inputs}})
        found = store.explanation_of("a", "abc")
        assert found == {"inputs": inputs}
        found["inputs"].append("d")
        assert store.explanation_of("a", "abc") == {"inputs": inputs}


def test_a_broken_run_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path))
    folder = store.keep("abc", {}, {})
    (folder / store.EXPLANATIONS).write_text("{")
    with pytest.raises(InputError, match="abc"):
        store.explanations_of("abc")


def test_runs_are_kept_where_the_user_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLUICEGATE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert store.home() == Path("/data/sluicegate")
