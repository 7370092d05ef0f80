"""Taking a story in: known by its address or text, a copy of another, changed since, or new; with its claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from sluicegate.news import Article, Claim, Reading, extract_claims
from sluicegate.news.address import canonical, key_of
from sluicegate.news.change import Change, change
from sluicegate.news.outlet import outlet_named, source_class, voice
from sluicegate.news.shingle import COPY, Signature, bands, likeness, packed, signature, unpacked
from sluicegate.news.summary import summarise
from sluicegate.news.topic import day_of, mentions_of, topics_of
from sluicegate.store.article import known_as, put_article, put_bands, revise, sharing_bands
from sluicegate.store.claim import claims_of, put_claim, restate, withdraw
from sluicegate.store.fulltext import spaced
from sluicegate.store.schema import ARTICLE, TOPIC, moment

_AHEAD = timedelta(days=1)
_PUT_TOPICS = insert(TOPIC)


@dataclass(frozen=True)
class Story:
    """A reading ready to be kept, with all that is worked out of it before anything is written.

    Parameters
    ----------
    print_of : MinHash of the body; None where it is too short to tell
    summary, topics : as `summarise` and `topics_of` give them
    captured : when its page was fetched; None when not known
    published_at : where the time of day is known
    source_class : as the user says of its feed; None to tell it by publisher and address
    """

    reading: Reading
    claims: tuple[Claim, ...]
    print_of: Signature | None
    summary: list[dict[str, object]]
    topics: list[tuple[str, str, int]]
    captured: datetime | None = None
    published_at: datetime | None = None
    feed_id: int | None = None
    source_class: str | None = None


@dataclass(frozen=True)
class Kept:
    """What became of a story.

    Parameters
    ----------
    outcome : `new`, `copy` (of another article), `changed`, or `known` (nothing was done)
    claims : numbers of the claims that are new on record
    change : where it changed
    """

    article_id: int
    outcome: str
    claims: tuple[int, ...] = ()
    change: Change | None = None


def story_of(reading: Reading, **more: Any) -> Story:
    """A story of a reading: its claims are read here, so that a writer waits for nothing."""
    article, claims = reading.article, tuple(extract_claims(reading.article))
    return Story(
        reading, claims, signature(article.body), summarise(article, claims), topics_of(article, claims), **more
    )


def keep(connection: Connection, story: Story, *, at: datetime | None = None) -> Kept:
    """Take a story in, within the caller's transaction; the same story twice changes nothing."""
    now = at or datetime.now(UTC)
    url, key, digest = _names(story.reading.article)
    known = known_as(connection, key, digest, by_text=url is None)
    if known is not None:
        return Kept(known.id, "known") if known.digest == digest else _revised(connection, story, known, digest, now)
    print_of, original = story.print_of, _original(connection, story.print_of)
    fields = _fields(story, url, digest, now) | {"key": key, "added_at": moment(now), "changed_at": moment(now),
                                                "revision": 1, **_copying(print_of, original)}  # fmt: skip
    number = put_article(connection, fields)
    if original is None and print_of is not None:
        put_bands(connection, number, bands(print_of))
    claims = _put_claims(connection, number, story.claims, story, fields, original, revision=1)
    _put_topics(connection, number, story)
    return Kept(number, "new" if original is None else "copy", claims)


def is_kept(connection: Connection, article: Article) -> bool:
    """Whether an article is on record with this very text, so that its claims need not be read."""
    url, key, digest = _names(article)
    known = known_as(connection, key, digest, by_text=url is None)
    return known is not None and known.digest == digest


def reread(connection: Connection, row: Row[Any], story: Story) -> Change:
    """Put the claims that a present reading gives in place of those an earlier version of the reader gave.

    The text is the same, so this is no revision; claims that say the same keep their number and decisions.
    """
    body = story.reading.article.body
    found, numbers = _compared(connection, row, story, bodies=(body, body))
    _settle(connection, found, numbers, int(row.revision))
    original = None
    if row.copy_of is not None:
        voice = connection.execute(select(ARTICLE.c.voice).where(ARTICLE.c.id == row.copy_of)).scalar_one()
        original = (int(row.copy_of), str(voice))
    _put_claims(connection, row.id, _fresh(found), story, {"voice": row.voice}, original, revision=row.revision)
    connection.execute(update(ARTICLE).where(ARTICLE.c.id == row.id).values(summary=story.summary))
    connection.execute(delete(TOPIC).where(TOPIC.c.article_id == row.id))
    _put_topics(connection, row.id, story)
    return found


def digest_of(title: str | None, body: str) -> str:
    """What tells two texts of an article apart: title and body but for blanks."""
    return hashlib.sha256(" ".join(f"{title or ''}\n{body}".split()).encode("utf-8", "replace")).hexdigest()


def claim_of(document: dict[str, Any]) -> Claim:
    """A claim from its JSON values, as it was kept."""
    return Claim.of_json(document)


def _names(article: Article) -> tuple[str | None, str, str]:
    """The canonical address of an article, the key it is known by, and the digest of its text."""
    url, digest = canonical(article.url), digest_of(article.title, article.body)
    return url, key_of(url) if url else f"text:{digest}", digest


def _revised(connection: Connection, story: Story, row: Row[Any], digest: str, now: datetime) -> Kept:
    """A known article with a new text: its claims are read again, those that say the same keep their number."""
    bodies = row.text[row.body_start : row.body_end], story.reading.article.body
    found, numbers = _compared(connection, row, story, bodies=bodies)
    print_of, original = story.print_of, _original(connection, story.print_of, but=row.id)
    fields = _fields(story, row.url, digest, now) | _copying(print_of, original)
    revision = revise(connection, row, fields, change=found.as_json(), at=moment(now))
    if original is None and print_of is not None:
        put_bands(connection, row.id, bands(print_of))
    _settle(connection, found, numbers, revision)
    claims = _put_claims(connection, row.id, _fresh(found), story, fields, original, revision=revision)
    connection.execute(delete(TOPIC).where(TOPIC.c.article_id == row.id))
    _put_topics(connection, row.id, story)
    return Kept(row.id, "changed", claims, found)


def _compared(connection: Connection, row: Row[Any], story: Story, *,
              bodies: tuple[str, str]) -> tuple[Change, dict[int, int]]:  # fmt: skip
    """What became of the claims on record, and the number of each former one by its identity."""
    former = {r.id: claim_of(r.document) for r in claims_of(connection, row.id)}
    published = story.reading.article.published
    found = change(list(former.values()), story.claims, bodies=bodies,
                   dates=(row.published, str(published) if published else None))  # fmt: skip
    return found, {id(c): n for n, c in former.items()}


def _settle(connection: Connection, found: Change, numbers: dict[int, int], revision: int) -> None:
    """Withdraw what no longer stands, and give what does its present place."""
    withdraw(connection, [numbers[id(c)] for c in (*found.gone, *(a.before for a in found.altered))], revision)
    for earlier, later in found.kept:
        restate(connection, numbers[id(earlier)], later.as_json())


def _fresh(found: Change) -> tuple[Claim, ...]:
    return (*found.added, *(a.after for a in found.altered))


def _fields(story: Story, url: str | None, digest: str, now: datetime) -> dict[str, Any]:
    """What the table holds of a story besides its key and history."""
    article = story.reading.article
    notes = list(story.reading.notes)
    if article.published and article.published > (now + _AHEAD).date():
        notes.append(f"dated {article.published}, after the day it was read")
    return {
        "url": url,
        "title": article.title,
        "publisher": article.publisher,
        "published": str(article.published) if article.published else None,
        "published_at": moment(story.published_at) if story.published_at else None,
        "language": article.language,
        "source_class": story.source_class or source_class(article.publisher, url),
        "voice": voice(article.publisher, url, article.body),
        "feed_id": story.feed_id,
        "captured_at": moment(story.captured) if story.captured else None,
        "digest": digest,
        "text": article.text,
        "body_start": article.body_start,
        "body_end": article.body_end,
        "spaced": spaced(article.body),
        "summary": story.summary,
        "related": [r.as_json() for r in story.reading.related],
        "notes": notes,
    }


def _original(connection: Connection, found: Signature | None, *, but: int | None = None) -> tuple[int, str] | None:
    """Number and voice of the article that a text copies, the likest first; None where it is its own."""
    if found is None:
        return None
    near = [(likeness(found, unpacked(data)), -number, said)
            for number, data, said, _ in sharing_bands(connection, bands(found)) if number != but and data]  # fmt: skip
    best = max((n for n in near if n[0] >= COPY), default=None)
    return (-best[1], best[2]) if best else None


def _copying(found: Signature | None, original: tuple[int, str] | None) -> dict[str, Any]:
    return {"signature": packed(found) if found is not None and original is None else None,
            "copy_of": original[0] if original else None}  # fmt: skip


def _put_claims(connection: Connection, number: int, claims: Iterable[Claim], story: Story, fields: dict[str, Any],
                original: tuple[int, str] | None, *, revision: int) -> tuple[int, ...]:  # fmt: skip
    """Put claims in; a copy speaks with the voice of what it copies."""
    said = original[1] if original else fields["voice"]
    return tuple(
        put_claim(connection, {
            "article_id": number, "revision": revision, "type": c.type, "status": c.status,
            "day": day_of(c, story.reading.article.published or _day(story.captured)), "voice": _voice(c, said),
            "confidence": c.confidence, "document": c.as_json(),
        }, mentions_of(c))
        for c in claims
    )  # fmt: skip


def _voice(claim: Claim, said: str) -> str:
    """Whose word a claim is: an outlet it is attributed to, whoever claims it, else the article's voice."""
    outlet = outlet_named(claim.attribution) if claim.attribution else None
    if outlet:
        return outlet
    return " ".join(claim.attribution.casefold().split()) if claim.status == "claimed" and claim.attribution else said


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


def _put_topics(connection: Connection, number: int, story: Story) -> None:
    if story.topics:
        connection.execute(_PUT_TOPICS, [{"article_id": number, "kind": k, "value": v[:200], "weight": n}
                                           for k, v, n in story.topics])  # fmt: skip


def with_metadata(reading: Reading, **said: Any) -> Reading:
    """A reading whose article is told what its text did not say; what the text says stays."""
    article = reading.article
    missing = {k: v for k, v in said.items() if v and not getattr(article, k)}
    return replace(reading, article=replace(article, **missing))
