"""How long `check` takes in one process: the first question, then each of many, against the bound of 50 ms."""

from __future__ import annotations

import time
from datetime import date
from itertools import product
from statistics import median

BOUND = 0.050  # seconds
CODES = ("850511", "284690", "811292", "261100", "282580", "8505.11.1000")
DESTINATIONS = ("DE", "US", "JP")
DAYS = (date(2024, 6, 1), date(2025, 6, 1), date(2026, 6, 1))


def main() -> None:
    begun = time.perf_counter()
    from sluicegate.desk.check import check

    imported = time.perf_counter()
    check(origin="CN", destination="DE", on=DAYS[1], hs="850511")
    first = time.perf_counter() - imported
    took = []
    for hs, destination, on in product(CODES, DESTINATIONS, DAYS):
        start = time.perf_counter()
        check(origin="CN", destination=destination, on=on, hs=hs)
        took.append(time.perf_counter() - start)
    print(f"imports {imported - begun:.2f} s, first question {first * 1000:.0f} ms")
    print(f"{len(took)} more: median {median(took) * 1000:.1f} ms, longest {max(took) * 1000:.1f} ms, "
          f"{max(took) / BOUND:.0%} of the bound of 50 ms")  # fmt: skip


if __name__ == "__main__":
    main()
