"""Reading one source: bytes to article, related stories and notes."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sluicegate.news.article import Article, Reading
from sluicegate.news.boundary import Boundary, find_boundary, is_byline, is_furniture
from sluicegate.news.dateline import publication_date
from sluicegate.news.decoding import checked, decode
from sluicegate.news.language import language_of
from sluicegate.news.page import PageText, looks_like_html, no_article, page_text
from sluicegate.news.related import cards
from sluicegate.news.sentences import ADDRESSES_READER
from sluicegate.news.source import MAX_BYTES, Source, too_large

_PUBLISHER = re.compile(
    r"^([A-Z][\w.&' ]{1,48}?)[\s,|·•–—-]{0,4}(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d|\d{1,2} [A-Z])"
)
_BY = re.compile(r"^by\s.{1,60}?(?:,|\||·|–|—|\sfor\s)\s{0,2}([A-Z][\w.&' ]{1,48}?)(?=$|[,|·–—]|\s\d)", re.IGNORECASE)
_AGENCY = re.compile(r"^[^\n]{0,60}?\((Reuters|AP|AFP|Xinhua|Bloomberg|Kyodo|Yonhap|dpa|ANI|PTI|TASS|UPI)\)")
_AGENCY_FIRST = re.compile(
    r"^([A-Z][A-Za-z]{1,15}(?: [A-Z][A-Za-z]{1,15}){0,3}) \([A-Z][a-z]{2,8}\.? \d{1,2}\) (?:--|—|–)"
)
_PAYWALL = re.compile(
    r"subscribe to (?:continue|read|keep)|to continue reading|already a subscriber|for subscribers(?: only)?|"
    r"subscribers? only|log in to (?:continue|read)|sign in to (?:continue|read)|this (?:article|story) is for",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)


def read_article(source: Source | bytes | str, *, url: str | None = None, html: bool | None = None) -> Reading:
    """The one article of a source.

    Parameters
    ----------
    source : what `load_source` gave, raw bytes, or text already decoded
    url : address of the page, when known
    html : whether it is HTML; None to see for oneself

    Raises
    ------
    InputError : empty, binary, too large, in an unknown encoding, or without an article
    """
    if not isinstance(source, Source):
        data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
        source = Source(data, url or "article", url, "utf-8" if isinstance(source, str) else None, html)
    url = url or source.url
    html = html if html is not None else source.html
    if len(source.data) > MAX_BYTES:
        raise too_large(source.name)
    text = decode(source.data, declared=source.charset, where=source.name)
    if looks_like_html(text) if html is None else html:
        page = page_text(text, url=url, where=source.name)
    else:
        page = PageText(text, None, None, None, None)
    return _reading(page, source, url)


def _reading(page: PageText, source: Source, url: str | None) -> Reading:
    text = checked(page.text, source.name)
    boundary = find_boundary(text)
    if boundary is None:
        raise no_article(source.name)
    body = text[boundary.start : boundary.end]
    header = "\n".join(line.text for line in boundary.header)
    published, note = publication_date(header, body, url or page.url, page.published)
    article = Article(
        title=page.title or boundary.title,
        publisher=_publisher(boundary, body) or page.publisher,
        published=published,
        url=url or page.url,
        language=language_of(body),
        text=text,
        body_start=boundary.start,
        body_end=boundary.end,
    )
    notes = [note] if note else []
    if published is None:
        notes.append("the article states no date of publication")
    elif published > (source.captured.date() if source.captured else date.today()) + timedelta(days=1):
        notes.append(f"dated in the future: {published.isoformat()}")
    if any(_PAYWALL.search(line.text) for line in (*boundary.tail[:6], *boundary.header)) or _PAYWALL.search(
        body[-300:]
    ):
        notes.append("the page shows the beginning only: the rest is for subscribers")
    if ADDRESSES_READER.search(body):
        notes.append("the text tells its reader what to do; those sentences are not read for claims")
    if article.language == "zh":
        notes.append("the article is in Chinese: controls, licences, quotas, shares and a few other types are read")
    elif article.language != "en":
        notes.append(f"the article is in {article.language!r}; claims are read from English and Chinese only")
    others = cards([*boundary.header, *boundary.tail], source.captured)
    return Reading(article, tuple(r for r in others if r.title != article.title), tuple(notes))


def _publisher(boundary: Boundary, body: str) -> str | None:
    """Who published it, from byline, agency's dateline, or a date line such as 'Independent12-06-2025'."""
    for line in boundary.header:
        if is_furniture(line.text) or not is_byline(line.text):
            continue
        match = _BY.match(line.text) or _PUBLISHER.match(line.text)
        if (
            match
            and not _WEEKDAY.match(match.group(1))
            and not match.group(1).lower().startswith(("published", "updated", "by "))
        ):
            return match.group(1).strip()
    agency = _AGENCY.match(body) or _AGENCY_FIRST.match(body)
    return agency.group(1) if agency else None
