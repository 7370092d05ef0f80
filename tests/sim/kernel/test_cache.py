"""Compiled code is kept, old code goes, and compiling says that it goes on."""

import os
import subprocess
import sys
import time

from sluicegate.sim.kernel.cache import COMPILING, NEWEST, sweep

COMPILE = """
from numba import njit
from sluicegate.sim.kernel.cache import kept
from sluicegate.sim.kernel.lanes import exp  # any of our own functions
import numpy as np
from sluicegate.sim.kernel.lanes import load, store

@njit
def raised(rows):
    store(rows, 0, exp(load(rows, 0)))

raised(np.zeros((1, 16)))
"""


def _folder(base, name, days):
    path = base / name
    (path / "deep").mkdir(parents=True)
    os.utime(path, (time.time() - days * 86400,) * 2)
    return path


def test_only_the_newest_folders_and_those_of_the_last_day_stay(tmp_path):
    old = [_folder(tmp_path, f"kernel-{n}", days=n + 2) for n in range(5)]
    lately = _folder(tmp_path, "kernel-today", days=0.5)
    other = _folder(tmp_path, "figures", days=90)
    sweep(tmp_path)
    assert [path.exists() for path in old] == [True] * (NEWEST - 1) + [False] * (6 - NEWEST)
    assert lately.exists()
    assert other.exists()


def test_a_folder_that_is_not_there_is_no_error(tmp_path):
    sweep(tmp_path / "none")


def test_compiling_says_so_once_on_standard_error():
    done = subprocess.run([sys.executable, "-c", COMPILE], capture_output=True, text=True, check=True)
    assert done.stderr.count(COMPILING) == 1
    assert done.stdout == ""
