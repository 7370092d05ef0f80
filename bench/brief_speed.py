"""The main job from start to page: wall seconds and peak memory, against the bounds of 60 s and 2 GB."""

from __future__ import annotations

import resource
import tempfile
import time
from os import environ
from pathlib import Path

ARTICLE = Path(__file__).parents[1] / "examples" / "april-2025.txt"


def main() -> None:
    environ["SLUICEGATE_HOME"] = tempfile.mkdtemp()
    begun = time.perf_counter()
    from sluicegate.desk.brief import brief
    from sluicegate.desk.page import brief_html

    imported = time.perf_counter()
    document = brief(str(ARTICLE))
    answered = time.perf_counter()
    page = brief_html(document)
    drawn = time.perf_counter()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"imports {imported - begun:.1f} s, answer {answered - imported:.1f} s, page {drawn - answered:.2f} s")
    print(
        f"in all {drawn - begun:.1f} s, {(drawn - begun) / 60:.0%} of the bound of 60 s; page {len(page) / 1024:.0f} kB"
    )
    print(f"peak memory {own / 2**20:.2f} GB, largest child {child / 2**20:.2f} GB, bound 2 GB")


if __name__ == "__main__":
    main()
