"""What follows from shipped files is worked out once, and never taken from a file that is not whole or not of them."""

import os
import pickle
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sluicegate.regime import load_register
from sluicegate.terms import worked_out as module
from sluicegate.terms.worked_out import NEWEST, digest, worked_out
from sluicegate.world import load_world
from sluicegate.world.lever import load_levers


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "sluicegate" / "worked-out"


@pytest.fixture
def ask():
    """Ask for a list; beside it how often it was made."""
    made: list[int] = []

    def once(name="x"):
        return worked_out(name, ("terms",), lambda: made.append(1) or [1.5, "å"]), len(made)

    return once


def test_it_is_made_once_and_read_as_it_was_made(cache, ask):
    assert ask() == ([1.5, "å"], 1)
    assert ask() == ([1.5, "å"], 1)
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b[:40] + b"x" + b[41:], lambda b: b[:0]])
def test_a_damaged_file_is_made_anew(damage, cache, ask):
    ask()
    (path,) = cache.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert ask() == ([1.5, "å"], 2)
    assert ask()[1] == 2


@pytest.mark.usefixtures("cache")
def test_a_file_of_another_user_is_not_read(ask, monkeypatch):
    ask()
    monkeypatch.setattr(os, "getuid", lambda: 12345, raising=False)
    assert ask()[1] == 2


def test_it_is_made_each_time_where_nothing_can_be_kept(tmp_path, ask, monkeypatch):
    nowhere = tmp_path / "file"
    nowhere.write_text("", encoding="utf-8")
    monkeypatch.setattr(module, "caches", lambda: (nowhere, nowhere / "deeper"))
    assert [ask()[1], ask()[1]] == [1, 2]


def test_another_state_of_the_files_is_another_digest(tmp_path, monkeypatch):
    (tmp_path / "terms").mkdir()
    monkeypatch.setattr(module, "__file__", str(tmp_path / "terms" / "worked_out.py"))
    plain = digest.__wrapped__
    seen = [plain("terms")]
    for name, text in (("a.py", "1"), ("a.py", "2"), ("b.csv", "2")):
        Path(tmp_path / "terms" / name).write_text(text, encoding="utf-8")
        seen.append(plain("terms"))
    assert len(set(seen)) == 4
    assert plain("terms") == seen[-1]


def test_only_the_files_used_last_stay(cache, ask):
    for n in range(NEWEST + 3):
        ask(f"n{n}")
    assert len(list(cache.iterdir())) == NEWEST


def test_the_world_the_levers_and_the_register_read_back_are_those_of_the_tables(cache):
    """What is read in a second process is compared with what the first has made of the tables."""
    from sluicegate.world.chain import _put_together

    day = date(2025, 4, 4)
    load_world(day)
    load_levers.__globals__["_loaded"].cache_clear()
    load_register.__globals__["_register"].cache_clear()
    levers, register = load_levers(), load_register()
    assert {path.name.split("-")[0] for path in cache.iterdir()} == {"world", "levers", "register"}
    read, made = load_world(day), _put_together(day, None)
    for name, table in vars(made).items():
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(getattr(read, name), table, check_exact=True)
        else:
            assert getattr(read, name) == table, name
    assert pickle.loads(pickle.dumps(levers)) == levers == load_levers.__globals__["_from_tables"](None, None)
    assert load_register.__globals__["_from_files"](()) == register
