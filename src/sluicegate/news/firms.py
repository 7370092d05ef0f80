"""Names of firms by the shape of their ending: '... Co.', '... Resources', '... Mining'."""

from __future__ import annotations

import re

from sluicegate.news.lexicon import Hit, is_known

_LEGAL = (
    r"(?:Co\.,? Ltd\.?|Co\.|Corp\.?|Corporation|Inc\.?|Ltd\.?|Limited|LLC|plc|PLC|AG|GmbH|SA|S\.A\.|"
    r"NV|Oyj|ASA|AB|Tbk|Bhd|Berhad|Group|Holdings?)"
)
_TRADE = (
    r"(?:Resources|Minerals|Metals|Materials|Mining|Mines|Technologies|Industries|Energy|Lithium|"
    r"Tungsten|Antimony|Graphite|Cobalt|Nickel|Rare Earths?|Aluminum|Aluminium|Magnetics|Magnets|"
    r"Semiconductor|Semiconductors|Motors?|Automotive|Electronics|Chemicals?|Steel|Smelting|Refining|"
    r"Exploration|Ventures|Partners|Capital)"
)
_WORD = r"(?:[A-Z][\w&'’.-]{0,20}[\w]|[A-Z]{1,5})"
_FIRM = re.compile(
    rf"\b(?:{_WORD}[ -](?:& )?){{1,4}}(?:{_TRADE}(?: {_LEGAL})?|{_LEGAL})(?![\w])|"
    rf"\b(?:{_WORD} ){{0,3}}(?:Association|Federation|Council|Chamber of Commerce|Bank|Agency|"
    rf"Institute|Authority)(?: of(?: the)?(?: {_WORD}){{1,4}}| for(?: {_WORD}){{1,4}})?"
)
_NOT_FIRST = re.compile(
    r"^(?:The|A|An|In|On|At|For|And|But|If|As|By|Its|Since|Chinese|Australian|American|Canadian|"
    r"Japanese|Korean|State|Critical|Strategic|Rare|Geological|Under|While|After)\s"
)
_NOT_FIRMS = {
    "Critical Minerals",
    "Critical Metals",
    "Strategic Minerals",
    "Rare Earth",
    "Rare Earths",
    "Critical Materials",
    "Critical Raw Materials",
}


_SHORT = re.compile(r"^\s\(([A-Z][A-Za-z]{1,6})\)")
_OFFICE = re.compile(r"Association|Federation|Council|Chamber|Bank|Agency|Institute|Authority|Ministry|Department")


def short_names(text: str) -> dict[str, str]:
    """Names an article gives its firms after the first time: 'GAC' and 'Barrick', with the full name of each."""
    short: dict[str, str] = {}
    for match in _FIRM.finditer(text):
        name = _bare(match.group())[0]
        if name in _NOT_FIRMS or len(name.split()) < 2 or _OFFICE.search(name):
            continue
        letters = _SHORT.match(text[match.end() : match.end() + 12])
        if letters:
            short.setdefault(letters.group(1), name)
        first = name.split()[0]
        if len(first) >= 4 and first.isalpha() and not is_known(first):
            short.setdefault(first, name)
    return short


def _bare(name: str) -> tuple[str, int]:
    """A name without the words before it that are not its own, and how many characters these are."""
    cut = 0
    while lead := _NOT_FIRST.match(name):
        if name in _NOT_FIRMS or (lead.group().strip() in {"Critical", "Strategic", "Rare"} and "Corp" in name):
            break
        name, cut = name[lead.end() :], cut + lead.end()
    return name, cut


def find_firms(text: str, short: dict[str, str] | None = None) -> list[Hit]:
    """Firms and associations of a sentence that their form gives away, and those of `short` (see `short_names`)."""
    found = [
        Hit("ORG", name, m.start(), m.end())
        for alias, name in (short or {}).items()
        for m in re.finditer(rf"(?<![\w-]){re.escape(alias)}(?![\w-])", text)
    ]
    for match in _FIRM.finditer(text):
        name, cut = _bare(match.group())
        start = match.start() + cut
        found = [f for f in found if not (match.start() <= f.start and f.end <= match.end())]
        if name not in _NOT_FIRMS and len(name.split()) > 1:
            found.append(Hit("ORG", name.rstrip(",") if not name.endswith(" Co") else name, start, start + len(name)))
    return found
