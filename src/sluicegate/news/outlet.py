"""Who speaks: what class of source a publisher is, and whose word a wire story is."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sluicegate.news.address import host_of
from sluicegate.news.tables import table

CLASSES = ("official", "state media", "wire", "press", "blog")
"""`official`: the office or firm itself; `state media`: an outlet its state directs; `wire`: an agency others print."""
_CREDIT = re.compile(r"\(([A-Z][\w. ]{1,30})\)\s{0,2}(?:--?|—|–)|^\s{0,3}(?:source|reporting by)\s?:?\s?(.{2,60})$",
                     re.IGNORECASE | re.MULTILINE)  # fmt: skip
_OFFICIAL_HOST = re.compile(r"(?:^|\.)(?:gov|gob|gouv|govt|gc|go|mil|europa)(?:\.[a-z]{2,3})?$")
_HEAD, _TAIL = 400, 300


def source_class(publisher: str | None, url: str | None) -> str:
    """One of `CLASSES`, from the publisher's name and the address; `press` where neither is known."""
    known = _by_name().get(_key(publisher or "")) or _by_host(host_of(url))
    if known:
        return known[1]
    return "official" if _OFFICIAL_HOST.search(host_of(url)) else "press"


def voice(publisher: str | None, url: str | None, body: str) -> str:
    """Whose word an article is: the agency that its dateline or credit names, else its publisher, else its site.

    Two articles of one voice are one source. Empty where nothing names anybody.
    """
    agency = _agency(body)
    if agency:
        return agency
    known = _by_name().get(_key(publisher or "")) or _by_host(host_of(url))
    return known[0] if known else _key(publisher or "") or host_of(url)


def outlet_named(text: str) -> str | None:
    """The outlet that an attribution names: `Xinhua news agency` is Xinhua; None where it names none."""
    words = _key(text).split()
    for size in (3, 2, 1):
        for k in range(len(words) - size + 1):
            known = _by_name().get(" ".join(words[k : k + size]))
            if known:
                return known[0]
    return None


def _agency(body: str) -> str | None:
    """A wire named in the dateline or the credit line."""
    for part in (body[:_HEAD], body[-_TAIL:]):
        for match in _CREDIT.finditer(part):
            known = _by_name().get(_key(match.group(1) or match.group(2) or ""))
            if known and known[1] in {"wire", "state media"}:
                return known[0]
    return None


@cache
def _by_name() -> dict[str, tuple[str, str]]:
    """Name of every spelling to the outlet's name and class."""
    found: dict[str, tuple[str, str]] = {}
    for kind, outlets in table("outlets").items():
        for name, more in outlets.items():
            found |= {_key(n): (_key(name), kind) for n in (name, *_names(more))}
    return found


@cache
def _hosts() -> dict[str, tuple[str, str]]:
    return {host: (_key(name), kind) for kind, outlets in table("outlets").items()
            for name, more in outlets.items() for host in (more or {}).get("hosts", ())}  # fmt: skip


def _by_host(host: str) -> tuple[str, str] | None:
    """The outlet of a host or of the domain it lies in."""
    parts = host.split(".")
    return next((_hosts()[d] for k in range(len(parts) - 1) if (d := ".".join(parts[k:])) in _hosts()), None)


def _names(more: Any) -> list[str]:
    return list((more or {}).get("names", ()))


def _key(name: str) -> str:
    plain = re.sub(r"[^\w ]+", " ", name.casefold()).split()
    return " ".join(w for w in plain if w not in {"the", "com", "www"})[:80]
