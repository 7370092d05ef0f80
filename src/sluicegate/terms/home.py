"""Where the user's own things lie: kept runs, imported figures."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The folder of runs and imports: `SLUICEGATE_HOME`, else the user's data folder."""
    base = os.environ.get("SLUICEGATE_HOME")
    if base:
        return Path(base)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "sluicegate"
