"""Names of firms by the shape of their ending: '... Co.', '... Resources', '... Mining'."""

from __future__ import annotations

import re

from sluicegate.news.lexicon import Hit

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
    rf"\b(?:{_WORD}[ -]){{1,4}}(?:{_TRADE}(?: {_LEGAL})?|{_LEGAL})(?![\w])|"
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


def find_firms(text: str) -> list[Hit]:
    """Firms and associations of a sentence that their form gives away."""
    found = []
    for match in _FIRM.finditer(text):
        name, start = match.group(), match.start()
        while lead := _NOT_FIRST.match(name):
            if name in _NOT_FIRMS or (lead.group().strip() in {"Critical", "Strategic", "Rare"} and "Corp" in name):
                break
            name, start = name[lead.end() :], start + lead.end()
        if name not in _NOT_FIRMS and len(name.split()) > 1:
            found.append(Hit("ORG", name.rstrip(",") if not name.endswith(" Co") else name, start, start + len(name)))
    return found
