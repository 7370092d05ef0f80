"""A feed: RSS of any age, Atom or JSON Feed, as a list of stories; nothing in it is trusted."""

from __future__ import annotations

import json
import re
from calendar import timegm
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sluicegate.news.address import canonical
from sluicegate.news.decoding import decode
from sluicegate.news.markup import words
from sluicegate.news.page import looks_like_html
from sluicegate.terms import InputError

MAX_BYTES = 20_000_000
MOST_ITEMS = 5_000
"""Stories of one feed that are taken; the rest is left for the next time."""
DEEPEST = 100
"""Elements inside one another; feeds have five or ten."""
LONGEST_CONTENT = 2_000_000
_ASIDE = re.compile(rb"<!\[CDATA\[|<!--|<\?")
_ASIDE_ENDS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
_OPEN_OR_CLOSE = re.compile(rb"<(/?)[A-Za-z_][^<>]*?(/?)>")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_XML = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<", re.DOTALL)
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_LINK = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_FEED_KIND = re.compile(r"type\s*=\s*[\"']?application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^\s>]+))", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One story of a feed.

    Parameters
    ----------
    url : canonical; None where the feed gives no web address
    published, updated : None where they are not given or no date
    content : HTML or text as the feed gives it, not yet made safe; empty without
    """

    url: str | None
    title: str
    author: str
    published: datetime | None
    updated: datetime | None
    content: str


@dataclass(frozen=True)
class Feed:
    """A feed's title and stories, in its own order, and what was left out."""

    title: str
    items: tuple[Item, ...]
    left_out: int = 0


def read_feed(data: bytes, *, url: str, kind: str = "", charset: str | None = None) -> Feed:
    """A feed from its bytes.

    Parameters
    ----------
    url : of the feed, for relative links and messages
    kind : media type as the server declares it; what the bytes say goes before it

    Raises
    ------
    InputError : no feed, too large, too deep, or with entities of its own; a web page is told with the feeds it names
    """
    if len(data) > MAX_BYTES:
        raise _no_feed(url, f"more than {MAX_BYTES // 1_000_000} MB")
    if data.lstrip()[:1] in (b"{", b"["):
        return _json_feed(data, url, charset)
    _checked(data, url)
    return _xml_feed(data, url, kind)


def feed_links(page: str, base: str) -> list[str]:
    """The feeds a web page names, in its order."""
    found = []
    for link in _LINK.findall(page[:200_000]):
        address = _HREF.search(link) if _FEED_KIND.search(link) else None
        known = canonical(next(g for g in address.groups() if g), base=base) if address else None
        found += [known] if known else []
    return list(dict.fromkeys(found))


def _checked(data: bytes, url: str) -> None:
    """See that XML is harmless before a parser meets it."""
    if not _XML.match(data):
        raise _no_feed(url, "neither XML nor JSON")
    plain = data
    for start, name in _WIDE:
        if data.startswith(start):
            plain = data.decode(name, "replace").encode()
    plain = _elements(plain)
    if _ENTITY.search(plain):
        raise _no_feed(url, "XML that declares entities of its own")
    if looks_like_html(plain[:4_000].decode("utf-8", "replace")) and not re.search(rb"<(?:rss|feed|rdf:RDF)\b", plain):
        named = feed_links(plain.decode("utf-8", "replace"), url)
        raise _no_feed(url, "a web page" + (f", which names the feed {named[0]}" if named else ""))
    if _depth(plain) > DEEPEST:
        raise _no_feed(url, f"more than {DEEPEST} elements inside one another")


def _elements(data: bytes) -> bytes:
    """The document without what is no element: character data, comments, instructions; in one pass."""
    kept, at = [], 0
    while match := _ASIDE.search(data, at):
        kept.append(data[at : match.start()])
        end = data.find(_ASIDE_ENDS[match.group()], match.end())
        if end < 0:
            return b"".join(kept)
        at = end + len(_ASIDE_ENDS[match.group()])
    return b"".join([*kept, data[at:]])


def _depth(plain: bytes) -> int:
    """How deep elements stand in one another, unclosed ones counted on."""
    depth = deepest = 0
    for match in _OPEN_OR_CLOSE.finditer(plain):
        if match.group(1):
            depth -= 1
        elif not match.group(2):
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                break
    return deepest


def _xml_feed(data: bytes, url: str, kind: str) -> Feed:
    import feedparser

    headers = {"content-location": url, "content-type": kind or "application/xml"}
    found = feedparser.parse(data, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    entries = found.get("entries") or []
    if not entries and (not found.get("version") or found.get("bozo")):
        raise _no_feed(url, "XML, and no feed")
    title = words(str(found.get("feed", {}).get("title") or ""))
    return _feed(title, (_entry(e, url) for e in entries[:MOST_ITEMS]), len(entries))


def _entry(entry: Any, url: str) -> Item:
    contents = [str(c.get("value") or "") for c in entry.get("content") or []]
    best = max([*contents, str(entry.get("summary") or "")], key=len)
    return Item(
        url=canonical(entry.get("feedburner_origlink") or entry.get("link") or _permalink(entry), base=url),
        title=words(str(entry.get("title") or "")),
        author=words(str(entry.get("author") or "")),
        published=_moment(entry.get("published_parsed")),
        updated=_moment(dict.get(entry, "updated_parsed")),  # its own `get` warns and gives the other date
        content=best[:LONGEST_CONTENT],
    )


def _permalink(entry: Any) -> str | None:
    name = str(entry.get("id") or "")
    return name if name.startswith(("http://", "https://")) else None


def _moment(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _json_feed(data: bytes, url: str, charset: str | None) -> Feed:
    try:
        found = json.loads(decode(data, declared=charset, where=url))
    except (ValueError, RecursionError) as error:
        raise _no_feed(url, f"JSON that cannot be read ({type(error).__name__})") from error
    if not isinstance(found, dict) or "jsonfeed.org" not in str(found.get("version")):
        raise _no_feed(url, "JSON, and no JSON Feed")
    items = [i for i in found.get("items") or [] if isinstance(i, dict)] if isinstance(found.get("items"), list) else []
    return _feed(words(str(found.get("title") or "")), (_json_item(i, url) for i in items[:MOST_ITEMS]), len(items))


def _json_item(item: dict[str, Any], url: str) -> Item:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [str(a.get("name") or "") for a in authors or [] if isinstance(a, dict)]
    content = item.get("content_html") or item.get("content_text") or item.get("summary") or ""
    return Item(
        url=canonical(_text(item.get("url")) or _text(item.get("external_url")), base=url),
        title=words(_text(item.get("title"))),
        author=words(", ".join(n for n in names if n)),
        published=_iso(item.get("date_published")),
        updated=_iso(item.get("date_modified")),
        content=_text(content)[:LONGEST_CONTENT],
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _iso(value: object) -> datetime | None:
    try:
        read = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _feed(title: str, items: Iterable[Item], count: int) -> Feed:
    """Stories that have an address or words, each once."""
    kept: dict[object, Item] = {}
    for item in items:
        if item.url or item.title or item.content:
            kept.setdefault(item.url or (item.title, item.content), item)
    return Feed(title, tuple(kept.values()), max(0, count - MOST_ITEMS))


def _no_feed(url: str, found: str) -> InputError:
    return InputError(found, where=url[:200], expected="a feed: RSS, Atom or JSON Feed",
                      do="Check the address; a single page is read with `sluicegate news add`.")  # fmt: skip
