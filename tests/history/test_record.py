"""Tables of episodes: what cannot be read as months is said, never fitted."""

import copy
from importlib.resources import files

import pytest
import yaml

from sluicegate.history.episode import find_episode, load_episodes, read_episode
from sluicegate.history.record import read_record
from sluicegate.terms import InputError, NotFoundError

DATA = files("sluicegate.history") / "data"
HEAD = "date,series,unit,value,source,url,note,basis\n"


@pytest.fixture
def entry():
    listed = yaml.safe_load((DATA / "episodes.yaml").read_text("utf-8"))
    return copy.deepcopy(next(e for e in listed if e["name"] == "graphite-2023"))


@pytest.fixture
def text(entry):
    return (DATA / entry["table"]).read_text("utf-8")


def test_bases_are_those_of_the_sources_arithmetic():
    base = {s.name: s.base for e in load_episodes() for s in e.series}
    assert base["cn_exports_ga"] == (6480 + 5697) / 2
    assert base["cn_exports_flake"] == 14483 / 2
    assert base["jp_imports_ree_from_cn"] == (23310 - 2246 - 1278 - 634 - 4080) / 8


def test_no_base_month_lies_in_or_after_the_announcement():
    for e in load_episodes():
        assert all(r.month < e.announced.replace(day=1) for s in e.series for r in e.before(s))


def test_only_reported_months_of_the_first_twelve_are_scored():
    for e in load_episodes():
        for s in e.series:
            rows = e.scored(s)
            assert rows
            assert all(r.basis == "reported" and 0 <= e.age(r) < 12 for r in rows)
            assert len(rows) + len(e.missing(s)) == 12


def test_a_sum_over_months_is_never_a_month(entry, text):
    entry["series"][0]["name"] = "cn_exports_flake_ytd"
    with pytest.raises(InputError, match="no single month"):
        read_episode(entry, text)


def test_a_single_point_is_refused(entry):
    text = HEAD + "2023-11,cn_exports_flake,t,5,a,b,,reported\n2023-02,cn_exports_flake_ytd,t,9,a,b,,period\n"
    with pytest.raises(InputError, match="a single point"):
        read_episode(entry, text)


def test_units_that_differ_are_named(entry, text):
    with pytest.raises(InputError, match="is in kg"):
        read_episode(entry, text + "2024-03,cn_exports_flake,kg,1,a,b,,reported\n")


def test_a_month_given_twice_is_named(entry, text):
    with pytest.raises(InputError, match="2024-02 twice"):
        read_episode(entry, text + "2024-02,cn_exports_flake,t,1,a,b,,reported\n")


def test_a_base_after_the_announcement_is_refused(entry, text):
    entry["series"][0]["base"] = {"months_of": ["2023-11"]}
    with pytest.raises(InputError, match="before the announcement"):
        read_episode(entry, text)


@pytest.mark.parametrize(("line", "said"), [
    ("2023-13,x,t,1,a,b,,reported", "no month"),
    ("2023-01,x,t,nan,a,b,,reported", "no number"),
    ("2023-01,x,t,,a,b,,reported", "line 2"),
    ("2023-01,x,t,1,a,b,,guess", "basis"),
])  # fmt: skip
def test_rows_that_cannot_be_read_are_named_by_line(line, said):
    with pytest.raises(InputError, match=said):
        read_record(HEAD + line, "table.csv")


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="no column basis"):
        read_record("date,series,unit,value,source,url,note\n", "table.csv")


def test_an_unknown_episode_names_the_nearest():
    with pytest.raises(NotFoundError, match="graphite-2023"):
        find_episode("graphite-2032")
