"""A run in blocks, stopped and gone on with, gives the same bits as one that was not."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sluicegate.scenario import load_scenario
from sluicegate.sim import focused, simulate
from sluicegate.sim.checkpoint import Checkpoint, ensemble_key
from sluicegate.sim.ensemble import StoppedError, blocks_of, ensemble, run_blocks
from sluicegate.sim.prepare import drawn
from sluicegate.sim.record import VARIABLES
from sluicegate.world import load_world

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def what(control, scenario):
    return scenario(control("magnet", "neodymium oxide", kind="licence", notice=3), weeks=40)


@pytest.fixture(scope="module")
def whole(what, toy):
    return simulate(what, toy, draws=37, seed=5, threads=1)


def same(a, b):
    return all(np.array_equal(getattr(a.record, n), getattr(b.record, n)) for n in (*VARIABLES, "worth"))


@pytest.mark.parametrize(("block", "threads"), [(7, 1), (16, 2), (64, 1)])
def test_blocks_of_any_size_give_the_bits_of_one_run(block, threads, what, toy, whole, tmp_path):
    kept = Checkpoint(tmp_path)
    assert same(ensemble(what, toy, draws=37, seed=5, block=block, threads=threads, checkpoint=kept), whole)
    assert kept.finished() == len(blocks_of(37, block))


def test_a_block_that_is_cut_or_spoilt_is_run_again(what, toy, whole, tmp_path):
    kept = Checkpoint(tmp_path)
    ensemble(what, toy, draws=37, seed=5, block=16, checkpoint=kept)
    first, second, third = sorted(tmp_path.glob("*.npz"))
    first.write_bytes(first.read_bytes()[:1000])
    second.write_bytes(b"")
    spoilt = bytearray(third.read_bytes())
    spoilt[len(spoilt) // 2] ^= 255
    third.write_bytes(spoilt)
    assert same(ensemble(what, toy, draws=37, seed=5, block=16, checkpoint=kept), whole)


def test_a_stopped_run_keeps_what_is_finished_and_says_how_to_go_on(what, toy, tmp_path, monkeypatch):
    from sluicegate.sim import ensemble as room

    calls, run = [], room.run

    def interrupted(*given, **how):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return run(*given, **how)

    monkeypatch.setattr(room, "run", interrupted)
    with pytest.raises(StoppedError, match="2 of 5 blocks"):
        ensemble(what, toy, draws=37, seed=5, block=8, checkpoint=Checkpoint(tmp_path))
    ensemble(what, toy, draws=37, seed=5, block=8, checkpoint=Checkpoint(tmp_path))
    assert len(calls) == 3 + 3  # two were kept


SCRIPT = """
import sys
from pathlib import Path
import runpy
toy = runpy.run_path(sys.argv[2])
from sluicegate.sim.checkpoint import Checkpoint
from sluicegate.sim.ensemble import ensemble
what = toy["_scenario"](toy["_control"]("magnet", "neodymium oxide", kind="licence", notice=3), weeks=40)
ensemble(what, toy["toy_world"](), draws=37, seed=5, block=1, threads=1, checkpoint=Checkpoint(Path(sys.argv[1])))
"""


def test_a_killed_process_goes_on_to_the_same_bits(what, toy, whole, tmp_path):
    command = [sys.executable, "-c", SCRIPT, tmp_path, ROOT / "tests" / "conftest.py"]
    child = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT / "src")})
    until = time.monotonic() + 300
    while len(list(tmp_path.glob("*.npz"))) < 3 and child.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    kept = Checkpoint(tmp_path)
    assert 3 <= kept.finished() < 37
    assert same(ensemble(what, toy, draws=37, seed=5, block=1, checkpoint=kept), whole)


def test_a_larger_ensemble_goes_on_from_a_smaller_one(what, toy, whole, tmp_path):
    few = ensemble(what, toy, draws=16, seed=5, block=8, checkpoint=Checkpoint(tmp_path))
    before = {p: p.stat().st_mtime_ns for p in tmp_path.glob("*.npz")}
    assert same(ensemble(what, toy, draws=37, seed=5, block=8, checkpoint=Checkpoint(tmp_path)), whole)
    assert {p: p.stat().st_mtime_ns for p in before} == before
    assert np.array_equal(few.record.exports, whole.record.exports[..., :16])


def test_a_saved_ensemble_takes_away_its_own_blocks_and_leaves_those_of_one_that_was_stopped(what, toy, tmp_path):
    kept, draws = Checkpoint(tmp_path), drawn(what, toy, draws=16, seed=5)
    prices = list(run_blocks(what, toy, draws, block=8, variables=["price"], checkpoint=kept))
    ensemble(what, toy, draws=24, seed=5, block=8, checkpoint=kept)
    assert kept.finished() == len(prices) + 3
    kept.remove(16)  # another, of 24 draws, has not been saved yet
    assert kept.finished() == len(prices) + 3
    kept.remove(24)
    assert kept.finished() == len(prices)
    kept.remove(16, ["price"])
    assert not tmp_path.exists()


def test_the_key_is_another_for_anything_that_changes_a_draw(what, toy, control, scenario):
    draws = drawn(what, toy, draws=8, seed=5)
    keys = {
        ensemble_key(what, toy, draws),
        ensemble_key(what, toy, drawn(what, toy, draws=8, seed=6)),
        ensemble_key(scenario(control("magnet"), weeks=40), toy, draws),
        ensemble_key(what, replace(toy, flows=toy.flows * 1), draws),
    }
    flows = toy.flows.assign(transit_weeks=toy.flows["transit_weeks"] + 1)
    keys.add(ensemble_key(what, replace(toy, flows=flows), draws))
    assert len(keys) == 4
    assert ensemble_key(what, toy, drawn(what, toy, draws=99, seed=5)) in keys


def test_blocks_keep_only_what_was_asked_for(what, toy, whole, tmp_path):
    draws = drawn(what, toy, draws=37, seed=5)
    found = run_blocks(what, toy, draws, block=16, variables=["price"], checkpoint=Checkpoint(tmp_path))
    datasets = [result.dataset() for result in found]
    assert [list(d.data_vars) for d in datasets] == [["price"]] * 3
    assert np.array_equal(np.concatenate([d["price"] for d in datasets], axis=-1), whole.dataset()["price"])


OFFTAKE = """
name: offtake-try
title: A payer takes magnets
start: 2025-01-06
weeks: 30
as_of: 2026-11-23
controller: CHN
target: USA
controls:
  - register: CN-2025-18
offtakes:
  - {payer: USA, product: "NdFeB magnet, Dy/Tb", place: JPN, t_per_yr: 500, effective_from: 2025-01-06}
"""


def test_blocks_of_a_run_with_an_offtake_hold_what_it_took(tmp_path):
    (tmp_path / "offtake-try.yaml").write_text(OFFTAKE)
    scenario = load_scenario(str(tmp_path / "offtake-try.yaml"), load_world())
    world = focused(load_world(scenario.as_of), scenario)
    blocks = ensemble(scenario, world, draws=5, block=3, checkpoint=Checkpoint(tmp_path / "kept"))
    assert same(blocks, simulate(scenario, world, draws=5))
    assert blocks.record.taken.sum() > 0
