"""The questions `news feeds` and `news fetch`: which feeds are followed, and what is new in them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine, Row, select

from sluicegate.desk.library.adding import keep_stories
from sluicegate.desk.library.keeping import Kept, Story, story_of, with_metadata
from sluicegate.desk.number import Document
from sluicegate.news import Reading, read_article
from sluicegate.news.address import canonical, host_of, key_of
from sluicegate.news.feed import MAX_BYTES, Item, read_feed
from sluicegate.news.fetch import Answer, ask
from sluicegate.news.markup import paragraphs
from sluicegate.news.opml import Outline, read_opml, write_opml
from sluicegate.news.outlet import CLASSES
from sluicegate.news.robots import LONGEST_WAIT_S, Robots
from sluicegate.news.source import MAX_BYTES as PAGE_BYTES
from sluicegate.news.source import Source
from sluicegate.store.feed import feeds, put_feed, remove_feed, set_feed
from sluicegate.store.schema import ARTICLE, moment
from sluicegate.store.writer import writing
from sluicegate.terms import InputError, NotFoundError

EVERY = timedelta(minutes=30)
"""A feed is asked at most this often."""
LONGEST_REST = timedelta(days=2)
"""The longest a failing feed is left alone; it doubles with each failure."""
NEW_AT_ONCE = 50
"""Stories of one feed that are taken in a fetch; the rest comes with the next."""
ENOUGH_WORDS = 120
"""Words from which a feed's own text of a story is read in place of its page."""
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


@dataclass
class Web:
    """How the network is asked: replaced in tests.

    Parameters
    ----------
    get : as `sluicegate.news.fetch.ask`
    now : the time of day
    rest : waits some seconds
    """

    get: Callable[..., Answer] = ask
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    rest: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)

    def polite(self, url: str, robots: Robots) -> None:
        """Leave a site the time it asks for between two requests."""
        site, wait = urlsplit(url).netloc, robots.wait_s(url)
        if wait > LONGEST_WAIT_S:
            raise InputError(f"its robots.txt asks for {wait:g} seconds between requests", where=url[:200],
                             expected=f"at most {LONGEST_WAIT_S:g}", do="Read its pages one by one.")  # fmt: skip
        since = time.monotonic() - self._asked.get(site, -1e9)
        if since < wait:
            self.rest(wait - since)
        self._asked[site] = time.monotonic()


def add_feed(engine: Engine, url: str, *, title: str | None = None, folder: str | None = None,
             source_class: str | None = None, private: bool | None = None) -> Document:  # fmt: skip
    """Follow a feed; a known one is changed. Nothing is fetched yet.

    Parameters
    ----------
    private : whether it may lie on a private network, which is refused without

    Raises
    ------
    InputError : no http or https address.
    NotFoundError : no such class of source.
    """
    address = canonical(url)
    if address is None:
        raise InputError(f"{url[:100]!r}", where="feed", expected="an http or https address", do="Mend it.")
    if source_class is not None and source_class not in CLASSES:
        raise NotFoundError(source_class, kind="class of source", known=CLASSES, where="--class")
    with writing(engine) as connection:
        number, new = put_feed(connection, address, title=title, folder=folder, source_class=source_class,
                               private=private)  # fmt: skip
        return {"id": number, "url": address, "new": new}


def drop_feed(engine: Engine, name: str) -> Document:
    """Follow a feed no longer, by its number or address; its articles stay. Raises NotFoundError."""
    with writing(engine) as connection:
        row = remove_feed(connection, name)
    return {"removed": row.url}


def list_feeds(engine: Engine) -> Document:
    """The feeds that are followed, and how each did the last time."""
    with engine.connect() as connection:
        return {"feeds": [_line(r) for r in feeds(connection)]}


def import_feeds(engine: Engine, data: bytes, *, where: str) -> Document:
    """Follow the feeds of an OPML file; raises InputError as `read_opml`."""
    found, refused = read_opml(data, where=where)
    with writing(engine) as connection:
        new = sum(put_feed(connection, o.url, title=o.title or None, folder=o.folder or None)[1] for o in found)
    return {"feeds": len(found), "new": new, "refused": refused}


def import_feeds_file(engine: Engine, path: Path) -> Document:
    """Follow the feeds of an OPML file on disk; raises InputError."""
    try:
        return import_feeds(engine, path.read_bytes(), where=str(path))
    except OSError as error:
        raise InputError(error.strerror or "unreadable", where=str(path), expected="an OPML file",
                         do="Check the path.") from error  # fmt: skip


def export_feeds(engine: Engine) -> bytes:
    """The feeds that are followed, as OPML."""
    with engine.connect() as connection:
        found = [Outline(r.url, r.title or "", r.folder) for r in feeds(connection)]
    return write_opml(found, title="Feeds of Sluicegate")


def fetch_feeds(engine: Engine, *, network: bool = False, everything: bool = False, web: Web | None = None) -> Document:
    """Ask the feeds that are due, and take in what is new: the `news fetch` document.

    Conditional requests, a rest after failures as the server asks (`Retry-After`) or doubling, robots.txt for pages,
    a second or more between two requests to a site.

    Parameters
    ----------
    network : must be asked for
    everything : also feeds that are not due

    Raises
    ------
    InputError : the network is off.
    """
    if not network:
        raise InputError("the network is off", where="news fetch", expected="--network beside it",
                         do="Add --network.")  # fmt: skip
    web = web or Web()
    with engine.connect() as connection:
        due = [r for r in feeds(connection) if everything or r.next_at is None or r.next_at <= moment(web.now())]
    rows = [_fetched(engine, row, web) for row in due]
    return {"feeds": rows, "asked": len(due), "new": sum(r["new"] for r in rows),
            "changed": sum(r["changed"] for r in rows), "known": sum(r["known"] for r in rows)}  # fmt: skip


def _fetched(engine: Engine, row: Row[Any], web: Web) -> Document:
    """One feed asked, and what came of it; a failure is written down and stops nothing else."""
    counts: dict[str, Any] = {"id": row.id, "url": row.url, "status": None, "problem": None, "new": 0, "changed": 0,
                              "known": 0, "left": 0}  # fmt: skip
    robots = Robots(lambda url: web.get(url, max_bytes=MAX_BYTES, headers={}, private=_private(row, url)))
    conditions = {"Accept": _ACCEPT}
    conditions |= {"If-None-Match": row.etag} if row.etag else {}
    conditions |= {"If-Modified-Since": row.modified} if row.modified else {}
    answer = None
    try:
        answer = web.get(row.url, max_bytes=MAX_BYTES, headers=conditions, private=row.private)
        counts["status"] = answer.status
        fields = _taken(engine, row, answer, robots, web, counts)
    except InputError as error:
        counts["problem"] = str(error)
        fields = _rested(row, answer, web.now(), str(error))
    with writing(engine) as connection:
        set_feed(connection, row.id, fetched_at=moment(web.now()), **fields)
    return counts


def _taken(engine: Engine, row: Row[Any], answer: Answer, robots: Robots, web: Web, counts: Document) -> Document:
    """What to remember of a feed that answered; its new stories are taken in."""
    rest = {"failures": 0, "problem": None, "next_at": moment(web.now() + max(EVERY, _asked_rest(answer, web.now())))}
    if answer.status == 304:
        return rest
    if answer.status != 200:
        gone = " for good" if answer.status == 410 else ""
        raise InputError(f"the server answered {answer.status}{gone}", where=row.url, expected="a feed",
                         do="Follow it no longer, or mend its address.")  # fmt: skip
    feed = read_feed(answer.data, url=answer.url, kind=answer.headers.get("content-type", ""), charset=answer.charset)
    fresh = _fresh(engine, feed.items)
    counts["left"] = max(0, len(fresh) - NEW_AT_ONCE) + feed.left_out
    counts["known"] = len(feed.items) - len(fresh)
    for item in fresh[:NEW_AT_ONCE]:
        kept = _take(engine, row, item, feed.title, robots, web, counts)
        if kept is not None:
            counts["new"] += kept.outcome in {"new", "copy"}
            counts["changed"] += kept.outcome == "changed"
            counts["known"] += kept.outcome == "known"
    told = (
        {} if counts["left"] else {"etag": answer.headers.get("etag"), "modified": answer.headers.get("last-modified")}
    )
    return (
        rest
        | told
        | {"title": row.title or feed.title or None}
        | ({"url": answer.moved} if _moves(engine, answer) else {})
    )


def _fresh(engine: Engine, items: tuple[Item, ...]) -> list[Item]:
    """Stories that are not on record, or were updated since they came."""
    keys = {key_of(i.url): i for i in items if i.url}
    with engine.connect() as connection:
        query = select(ARTICLE.c.key, ARTICLE.c.changed_at).where(ARTICLE.c.key.in_(list(keys)))
        known = {r.key: r.changed_at for r in connection.execute(query)}
    return [i for i in items if not i.url or key_of(i.url) not in known
            or (i.updated is not None and moment(i.updated) > known[key_of(i.url)])]  # fmt: skip


def _take(engine: Engine, row: Row[Any], item: Item, title: str, robots: Robots, web: Web,
          counts: Document) -> Kept | None:  # fmt: skip
    """Take one story in; None where neither its page nor the feed's text reads as an article."""
    try:
        story = _story(row, item, title, robots, web)
    except InputError as error:
        counts["problem"] = str(error)
        return None
    return keep_stories(engine, [story], at=web.now())[0]


def _story(row: Row[Any], item: Item, title: str, robots: Robots, web: Web) -> Story:
    """A story from the feed's own text where that is whole, else from its page, else from what the feed has of it."""
    own = paragraphs(item.content)
    page: Answer | None = None
    if item.url and len(own.split()) < ENOUGH_WORDS and robots.allows(item.url):
        web.polite(item.url, robots)
        page = web.get(item.url, max_bytes=PAGE_BYTES, headers={"Accept": "text/html,text/plain"},
                       private=_private(row, item.url))  # fmt: skip
    reading = _of_page(page) if page is not None and page.status == 200 else _of_text(item, own)
    day = (item.published or item.updated or web.now()).date() if item.published or item.updated else None
    if reading.article.publisher == host_of(item.url):  # all that a page without a name of its own says
        reading = replace(reading, article=replace(reading.article, publisher=None))
    reading = with_metadata(reading, title=item.title, publisher=_publisher(row, title), published=day, url=item.url)
    captured = page.captured if page is not None else web.now()
    return story_of(reading, captured=captured, published_at=item.published, feed_id=row.id,
                    source_class=row.source_class)  # fmt: skip


def _private(row: Row[Any], url: str) -> bool:
    """Whether a page of a feed may lie on a private network: on the feed's own host, if the user said so."""
    return bool(row.private) and host_of(url) == host_of(row.url)


def _of_page(page: Answer) -> Reading:
    html = True if "html" in page.kind else None
    return read_article(Source(page.data, page.url, page.url, page.charset, html, page.captured))


def _of_text(item: Item, own: str) -> Reading:
    """The feed's own words of a story."""
    head = f"{item.title}\n\n" if item.title else ""
    reading = read_article(f"{head}{own}", url=item.url, html=False)
    return replace(reading, article=replace(reading.article, title=item.title or reading.article.title))


def _publisher(row: Row[Any], title: str) -> str | None:
    return (row.title or title or "").split(" - ")[0].split(" | ")[0].strip() or None


def _moves(engine: Engine, answer: Answer) -> bool:
    """Whether a feed moved for good to an address that is not followed yet."""
    if answer.moved is None or canonical(answer.moved) != answer.moved:
        return False
    with engine.connect() as connection:
        return answer.moved not in {r.url for r in feeds(connection)}


def _rested(row: Row[Any], answer: Answer | None, now: datetime, problem: str) -> Document:
    """When to ask a failing feed again: when it asks for it, else twice as late with each failure."""
    failures = int(row.failures) + 1
    rest = min(EVERY * 2 ** min(failures, 10), LONGEST_REST)
    if answer is not None:
        rest = max(rest, _asked_rest(answer, now)) if answer.status != 410 else LONGEST_REST * 15
    return {"failures": failures, "problem": problem[:500], "next_at": moment(now + rest)}


def _asked_rest(answer: Answer, now: datetime) -> timedelta:
    """What `Retry-After` asks for, a month at most; nothing without it."""
    said = answer.headers.get("retry-after", "").strip()
    try:
        asked = timedelta(seconds=int(said)) if said.isdigit() else parsedate_to_datetime(said) - now
    except (ValueError, TypeError, OverflowError):
        return timedelta(0)
    return min(max(asked, timedelta(0)), timedelta(days=30))


def _line(row: Row[Any]) -> Document:
    return {"id": row.id, "url": row.url, "title": row.title, "folder": row.folder, "source_class": row.source_class,
            "private": row.private, "fetched_at": row.fetched_at, "next_at": row.next_at, "failures": row.failures,
            "problem": row.problem}  # fmt: skip
