"""The small numbers after figures, and the list of sources they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_IDS = 6
"""Ids of computed numbers that the list of sources spells out."""


@dataclass(frozen=True)
class Mark:
    """The number of a source, and the id of the figure it stands after."""

    number: int
    figure: str


class Marks:
    """Numbers the sources in the order in which the page first needs them.

    A figure without a citation was computed in this run; all such share one entry, which names the
    command that explains each by its id.

    Parameters
    ----------
    sources : id of a number to the citation behind it
    """

    def __init__(self, sources: Mapping[str, Any]) -> None:
        self._sources = {key: str(text) for key, text in sources.items() if text}
        self._numbers: dict[str, int] = {}
        self._computed: list[str] = []

    def of(self, *ids: Any) -> Mark | None:
        """The mark of the first of `ids` with a citation; of the run itself if none has; None without an id."""
        names = [str(name) for name in ids if name]
        if not names:
            return None
        for name in names:
            if name in self._sources:
                return Mark(self._number(self._sources[name]), name)
        if names[0] not in self._computed:
            self._computed.append(names[0])
        return Mark(self._number(""), names[0])

    def cited(self, number_id: Any, source: Any) -> Mark | None:
        """The mark of a published figure: its citation by id, else by the key or the words in `source`."""
        if not source or str(number_id) in self._sources or str(source) in self._sources:
            return self.of(number_id, source)
        return Mark(self._number(str(source)), str(number_id or ""))

    def _number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers) + 1)

    def listing(self) -> tuple[str, ...]:
        """The citations, the first of them number 1."""
        more = len(self._computed) - MOST_IDS
        ids = ", ".join(self._computed[:MOST_IDS]) + (f" and {more} more, in the JSON document" if more > 0 else "")
        computed = f"Computed in this run; `sluicegate why ID` names formula and causes. ID: {ids}"
        return tuple(text or computed for text in self._numbers)
