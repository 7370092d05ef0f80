"""A skipped test fails the run where none may be skipped, in one process and in several."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HELD = "def test_that_holds(): pass\n"
SKIPS = {
    "a test": "import pytest\ndef test_that_is_skipped(): pytest.skip('nothing to test with')\n",
    "a file": "import pytest\npytest.importorskip('nowhere_to_be_found')\n",
}


@pytest.mark.parametrize("processes", [0, 2])
@pytest.mark.parametrize("skipped", SKIPS)
@pytest.mark.parametrize("allowed", [True, False])
def test_a_skip_fails_the_run_unless_it_is_allowed(tmp_path, processes, skipped, allowed):
    shutil.copy(Path(__file__).with_name("skipped.py"), tmp_path / "conftest.py")
    (tmp_path / "test_held.py").write_text(HELD)
    (tmp_path / "test_skipped.py").write_text(SKIPS[skipped])
    more = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "SLUICEGATE_NO_SKIP": "" if allowed else "1"}
    done = subprocess.run([sys.executable, "-m", "pytest", "-p", "xdist", "-n", str(processes)], cwd=tmp_path,
                          env=os.environ | more, capture_output=True, text=True)  # fmt: skip
    assert "1 passed, 1 skipped" in done.stdout
    assert done.returncode == (0 if allowed else 1)
