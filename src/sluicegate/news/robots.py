"""What a site's robots.txt lets a feed reader fetch (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from sluicegate.news.fetch import AGENT, Answer
from sluicegate.terms import InputError

MOST_BYTES = 500_000
"""RFC 9309 asks a reader to take in at least 500 KiB; the rest is not read."""
LONGEST_WAIT_S = 30.0
"""A Crawl-delay beyond this is a wish to be left alone for this fetch."""


@dataclass
class Robots:
    """The rules of each site asked so far.

    Parameters
    ----------
    get : asks an address and gives the server's answer
    """

    get: Callable[[str], Answer]
    _known: dict[str, RobotFileParser] = field(default_factory=dict)

    def allows(self, url: str) -> bool:
        """Whether the page may be fetched. A site without rules allows everything, one that fails to answer nothing."""
        return self._rules(url).can_fetch(AGENT, url)

    def wait_s(self, url: str) -> float:
        """Seconds to leave between two requests to the site: what it asks for, and at least one."""
        asked = self._rules(url).crawl_delay(AGENT)
        return max(1.0, float(asked or 0.0))

    def _rules(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._known:
            self._known[site] = self._read(f"{site}/robots.txt")
        return self._known[site]

    def _read(self, address: str) -> RobotFileParser:
        rules = RobotFileParser(address)
        answer: Answer | None
        try:
            answer = self.get(address)
        except InputError:
            answer = None
        if answer and answer.status == 200:
            rules.parse(answer.data[:MOST_BYTES].decode("utf-8", "replace").splitlines())
        elif answer and 400 <= answer.status < 500 and answer.status != 429:
            rules.parse([])
        else:
            rules.parse(["User-agent: *", "Disallow: /"])
        rules.modified()
        return rules
