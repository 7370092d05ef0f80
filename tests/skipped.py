"""Where no test may be skipped, a skipped one fails the run: `SLUICEGATE_NO_SKIP=1`."""

from __future__ import annotations

import os

import pytest


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Look once all is reported; with several processes only the first one reports, on behalf of all."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("SLUICEGATE_NO_SKIP") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
