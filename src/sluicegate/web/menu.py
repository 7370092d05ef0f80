"""Where the pages of the desk lie: rooms, and the pages in each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """Pages that belong together, the first of them its door; `below` are roots of pages reached from these."""

    name: str
    pages: tuple[tuple[str, str], ...]
    below: tuple[str, ...] = ()

    @property
    def door(self) -> str:
        """The address its name leads to."""
        return self.pages[0][0]

    def holds(self, path: str) -> bool:
        """Whether a page is in it."""
        return any(_under(path, address) for address in (*(a for a, _ in self.pages), *self.below))


ROOMS = (
    Room("Today", (("/", "Today"),)),
    Room("News", (("/news", "Stories"), ("/since", "Since you looked"), ("/alerts", "Alerts"), ("/feeds", "Feeds"))),
    Room("World", (("/materials", "Materials"), ("/chain", "Chain"), ("/map", "Map"), ("/countries", "Countries"),
                   ("/facilities", "Plants"), ("/sources", "Sources"), ("/imports", "Your own figures"))),
    Room("Controls", (("/register", "Register"), ("/licences", "Licences"), ("/check", "Check a shipment"))),
    Room("What if", (("/scenarios", "Scenarios"), ("/talks", "Edge and talks"), ("/answers", "Best answer"),
                     ("/years", "The years between"), ("/questions", "More questions"), ("/compare", "Compare")),
         below=("/lab", "/reroute", "/downstream", "/sensitivity", "/series", "/ensemble")),
    Room("Your own", (("/company", "Company"), ("/projects", "Project"))),
    Room("Track record", (("/hindcast", "Episodes"), ("/forecasts", "Forecasts"), ("/calibrate", "Fit"))),
    Room("Work", (("/jobs", "Work"),), below=("/results",)),
)  # fmt: skip
YOU = Room("You", (("/account", "Account"), ("/people", "People")))
"""Reached by one's name at the foot of a page."""


def room_of(path: str) -> Room | None:
    """The room a page is in; None for pages that stand alone."""
    return next((room for room in (*ROOMS, YOU) if room.holds(path)), None)


def page_of(path: str) -> str:
    """The address of the menu's page that a page is, or lies below; empty where there is none."""
    room = room_of(path)
    found = [address for address, _ in room.pages if _under(path, address)] if room else []
    return max(found, key=len, default="")


def _under(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(f"{address}/"))
