"""What a run needs of memory is known before it starts, and is what will be recorded of it, no more."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from sluicegate.sim import budget as memory
from sluicegate.sim import prepare as preparing
from sluicegate.sim import room
from sluicegate.sim.budget import Budget, fits, require_memory
from sluicegate.sim.prepare import checked, prepare, room_of, rows_of
from sluicegate.sim.record import ROOM, VARIABLES
from sluicegate.sim.result import simulate
from sluicegate.sim.run import recorder
from sluicegate.sim.side import READ
from sluicegate.terms import InputError

WEEKS = 40
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def model(toy, scenario, control):
    licence = control("magnet", week=10.4, until=30, kind="licence", share=(0.3, 0.6, 0.9), notice=3)
    return prepare(scenario(licence, weeks=WEEKS), toy, draws=7, seed=1)


def held_by(record):
    return sum(array.nbytes for array in record.whole.values()) + record.sums.nbytes + record.worth.nbytes


@pytest.mark.parametrize("how", [
    {}, {"variables": ("price",)}, {"variables": READ}, {"stock_week": 12},
    {"variables": ("service", "stock"), "stock_week": 3}, {"places": {"USA"}}, {"variables": READ, "places": {"JPN"}},
])  # fmt: skip
@pytest.mark.parametrize("draws", [7, 64])
def test_the_record_needs_what_its_arrays_hold(how, draws, model):
    how = {"rows": rows_of(model, how["places"])} | how if "places" in how else dict(how)
    how.pop("places", None)
    variables = how.pop("variables", VARIABLES)
    alike = prepare(model.scenario, model.world, draws=draws, seed=1)
    assert room_of(model, variables, draws=draws, **how).record == held_by(recorder(alike.compiled, variables, **how))


def test_one_price_is_a_number_of_four_bytes_a_product_side_week_and_draw(model):
    products, classes = len(model.compiled.net.products), len(model.compiled.net.class_line)
    found = room_of(model, ("price",), draws=3 * ROOM).record
    assert found == 4 * 2 * products * WEEKS * 3 * ROOM + 8 * classes * 3 * ROOM


def test_a_world_in_which_nothing_changes_needs_one_week(toy, scenario):
    still = prepare(scenario(weeks=WEEKS), toy, draws=2, seed=1)
    one, every = (room_of(still, ("price",), draws=ROOM, still=s).record for s in (True, False))
    worth = 8 * len(still.compiled.net.class_line) * ROOM
    assert (every - worth) == WEEKS * (one - worth)


def test_the_inputs_need_what_their_arrays_hold(model):
    """As the length of what is written of them says: a model of 71 draws has 64 more than one of 7."""
    more = prepare(model.scenario, model.world, draws=71, seed=1)
    few, many = (len(pickle.dumps((m.compiled.knobs, m.compiled.theta))) for m in (model, more))
    sampled = 64 * 8 * 3 * len(model.draws.parameters)
    told = room_of(model, draws=71).model - room_of(model, draws=7).model
    assert told - sampled == pytest.approx(many - few, rel=0.01)


def test_every_thread_works_in_an_arena_of_its_own(model):
    def once(threads, block):
        return preparing.room(model.compiled, inputs=1, threads=threads, block=block).once

    assert once(3, 32) - once(2, 32) == once(2, 32) - once(1, 32) > 0
    assert once(1, 96) - once(1, 64) == once(1, 64) - once(1, 32) > 0


def test_code_that_is_loaded_or_compiled_already_is_not_asked_for_again(model, monkeypatch, tmp_path):
    def once():
        return room_of(model).once

    monkeypatch.setitem(sys.modules, "sluicegate.sim.kernel.blocks", sys)
    loaded = once()
    monkeypatch.delitem(sys.modules, "sluicegate.sim.kernel.blocks")
    monkeypatch.setattr(room, "caches", lambda: (tmp_path,))
    assert once() - loaded == room.CODE + room.COMPILER
    (tmp_path / "kernel-abc" / "deeper").mkdir(parents=True)
    (tmp_path / "kernel-abc" / "deeper" / "week.nbc").touch()
    assert once() - loaded == room.CODE


def test_a_run_beside_another_is_recorded_too_but_shares_code_reading_and_inputs(model):
    alone, beside = (room_of(model, draws=64, beside=b) for b in (False, True))
    assert beside.record == alone.record
    assert beside.once == beside.reading == 0
    assert 0 < beside.model < alone.model
    both = alone + beside
    assert both.memory == alone.memory + beside.memory
    assert both.draw == (both.memory - alone.once) / 64


@pytest.fixture
def scarce(monkeypatch):
    """So many bytes are free."""

    def free(number):
        monkeypatch.setattr(memory, "available_bytes", lambda: number)

    return free


def test_what_is_refused_says_how_many_draws_would_fit_and_those_do(scarce):
    needs = Budget(record=800_000_000, model=100_000_000, reading=100_000_000, once=50_000_000, draws=1000)
    scarce(memory.LEAST_FREE + 50_000_000 + 512_000_000)
    with pytest.raises(InputError, match=r"1,000 draws need 1.1 GB of memory .* at most about 512 draws"):
        require_memory(needs)
    assert fits(512 * needs.draw + needs.once)
    assert not fits(513 * needs.draw + needs.once)


def test_where_not_even_the_code_fits_no_number_of_draws_is_promised(scarce):
    scarce(memory.LEAST_FREE)
    with pytest.raises(InputError, match=r"Expected more memory"):
        require_memory(Budget(1, 1, 1, 1, 1))


def test_where_the_system_does_not_say_nothing_is_refused(scarce):
    scarce(None)
    require_memory(Budget(10**15, 0, 0, 0, 1))


def test_a_run_that_fits_by_what_it_records_runs_though_a_record_of_all_would_not(
    scarce, toy, scenario, control, model
):
    what, draws = scenario(control("magnet"), weeks=WEEKS), 4096
    few, every = room_of(model, ("price",), draws=draws).memory, room_of(model, draws=draws).memory
    scarce(memory.LEAST_FREE + (few + every) // 2)
    assert few < (few + every) // 2 < every
    with pytest.raises(InputError, match="4,096 draws need"):
        prepare(what, toy, draws=draws, seed=1)
    prepare(what, toy, draws=draws, seed=1, needs=lambda m, n: room_of(m, ("price",), draws=n))
    prepare(what, toy, draws=draws, seed=1, needs=checked)


def test_a_refused_run_samples_nothing(scarce, toy, scenario, monkeypatch):
    asked = []
    real = preparing.drawn
    monkeypatch.setattr(preparing, "drawn", lambda *a, draws, **k: asked.append(draws) or real(*a, draws=draws, **k))
    scarce(memory.LEAST_FREE + 1)
    with pytest.raises(InputError, match="of memory"):
        simulate(scenario(weeks=4), toy, draws=500)
    assert asked == [preparing.PROBE]


MEASURED = """
import sys
from pathlib import Path
import runpy
toy = runpy.run_path(sys.argv[1])
from sluicegate.sim import prepare as preparing, simulate

def bytes_of(what):
    rows = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return int(rows[what].split()[0]) * 1024

what, world = toy["_scenario"](toy["_control"]("magnet"), weeks=200), toy["toy_world"]()
simulate(what, world, draws=8)
told = []
preparing.fits, preparing.require_memory = lambda needs: False, lambda needs: told.append(needs.memory - needs.reading)
before = bytes_of("VmRSS")
run = simulate(what, world, draws=int(sys.argv[2]))
print(told[0], bytes_of("VmHWM") - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peaks are read from /proc")
@pytest.mark.parametrize("draws", [2048, 8192])
def test_what_is_told_is_no_less_than_what_a_run_takes_and_not_much_more(draws):
    command = [sys.executable, "-c", MEASURED, str(ROOT / "tests" / "conftest.py"), str(draws)]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True,
                          check=True)  # fmt: skip
    told, took = map(int, done.stdout.split())
    assert took < told < 1.3 * took
