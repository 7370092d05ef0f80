"""The questions `news export` and `news import`: the library as files, and files into the library."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine, Row, select

from sluicegate.desk.library.adding import keep_stories
from sluicegate.desk.library.briefing import kept_reading
from sluicegate.desk.library.feeding import export_feeds
from sluicegate.desk.library.keeping import Story, is_kept, reread, story_of, with_metadata
from sluicegate.desk.number import Document
from sluicegate.news import Article, Reading, Related, load_source, read_article
from sluicegate.news.source import MAX_BYTES
from sluicegate.store.decision import standing as decided
from sluicegate.store.schema import ARTICLE, CLAIM
from sluicegate.store.writer import writing
from sluicegate.terms import InputError, NotFoundError, SluicegateError
from sluicegate.terms.inert import inert_text
from sluicegate.terms.writing import staged

FORMATS = ("jsonl", "csv", "opml")
BATCH = 100
"""Articles taken in together: kept in one transaction, so that a killed import loses none and keeps none twice.

A larger batch writes the pages of the indexes fewer times; what a kill makes the next import read again is one batch.
"""
MOST_PROBLEMS = 50
MOST_RELATED = 100
"""Stories beside an imported article that are kept."""
MOST_CHARACTERS = 20_000_000
"""Of a library that is given inside a document rather than as a file."""
_PAGE = 200
_SUFFIXES = {".txt", ".html", ".htm", ".xhtml", ".md"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_CLAIM_COLUMNS = ("claim", "article", "title", "publisher", "published", "source_class", "url", "type", "status",
                  "materials", "actor", "target", "organisations", "amounts", "dates", "attribution", "confidence",
                  "quote", "decision")  # fmt: skip


@dataclass(frozen=True)
class _Found:
    """An article found in a file, before its claims are read."""

    reading: Reading
    captured: datetime | None = None
    published_at: datetime | None = None

    def story(self) -> Story:
        return story_of(self.reading, captured=self.captured, published_at=self.published_at)


def export_lines(engine: Engine) -> Iterator[str]:
    """Every article as one line of JSON, with its claims: what `import_path` reads again."""
    for connection, row in _articles(engine):
        claims = connection.execute(select(CLAIM).where(CLAIM.c.article_id == row.id, CLAIM.c.gone_in.is_(None))
                                    .order_by(CLAIM.c.id)).all()  # fmt: skip
        yield json.dumps({
            "url": row.url, "title": row.title, "publisher": row.publisher, "published": row.published,
            "published_at": row.published_at, "captured_at": row.captured_at, "language": row.language,
            "source_class": row.source_class, "text": row.text, "body_start": row.body_start, "body_end": row.body_end,
            "related": row.related, "claims": [c.document for c in claims],
        }, ensure_ascii=False) + "\n"  # fmt: skip


def export_claims(engine: Engine) -> Iterator[str]:
    """Every claim that stands as a row of CSV, a head first; no cell of it is taken for a formula by a spreadsheet."""
    yield _csv_line(_CLAIM_COLUMNS)
    for connection, row in _articles(engine):
        claims = connection.execute(select(CLAIM).where(CLAIM.c.article_id == row.id, CLAIM.c.gone_in.is_(None))
                                    .order_by(CLAIM.c.id)).all()  # fmt: skip
        marks = decided(connection, [c.id for c in claims])
        for claim in claims:
            said = claim.document
            amounts = "; ".join(f"{a['qualifier']} {a['value']} {a['unit']}".strip() for a in said["amounts"])
            lists = ["; ".join(said[k]) for k in ("materials", "actor", "target", "organisations")]
            yield _csv_line((claim.id, row.id, row.title, row.publisher, row.published, row.source_class, row.url,
                             said["type"], said["status"], *lists, amounts, "; ".join(said["dates"]),
                             said["attribution"], said["confidence"], said["quote"],
                             marks[claim.id].verdict if claim.id in marks else ""))  # fmt: skip


def import_path(engine: Engine, path: Path, *, progress: Callable[[int], None] | None = None) -> Document:
    """Take in JSON lines as `export_lines` writes them, or every article of a folder: the `news import` document.

    Done again, or after it was killed, it takes in what is missing and nothing twice; the claims of what is on record
    are not read again.

    Parameters
    ----------
    progress : told how many were read so far

    Raises
    ------
    InputError : no such file or folder, or nothing in it that could be an article.
    """
    if not path.exists():
        raise InputError("no such file or folder", where=str(path), expected="JSON lines, or a folder of articles",
                         do="Check the path.")  # fmt: skip
    found = _of_folder(path) if path.is_dir() else _of_lines(path)
    return _taken_in(engine, found, where=str(path), progress=progress)


def import_text(engine: Engine, lines: str) -> Document:
    """Take in JSON lines as `export_lines` writes them: the `news import` document; raises as `import_path`."""
    return _taken_in(engine, _of_bytes(io.BytesIO(lines.encode()), "line"), where="lines", progress=None)


def _taken_in(engine: Engine, found: Iterator[_Found | Document], *, where: str,
              progress: Callable[[int], None] | None) -> Document:  # fmt: skip
    """Keep articles batch by batch; what cannot be read is told and stops nothing."""
    counts = {"new": 0, "copy": 0, "changed": 0, "known": 0}
    problems: list[Document] = []
    read, refused = 0, 0
    while batch := list(islice(found, BATCH)):
        good = [f for f in batch if isinstance(f, _Found)]
        bad = [f for f in batch if not isinstance(f, _Found)]
        with engine.connect() as connection:
            fresh = [f for f in good if not is_kept(connection, f.reading.article)]
        counts["known"] += len(good) - len(fresh)
        for kept in keep_stories(engine, [f.story() for f in fresh]):
            counts[kept.outcome] += 1
        read, refused = read + len(batch), refused + len(bad)
        problems += bad[: MOST_PROBLEMS - len(problems)]
        if progress:
            progress(read)
    if read == 0:
        raise InputError("nothing to read", where=where, expected="JSON lines, or files of text or HTML",
                         do="Name another.")  # fmt: skip
    return {"read": read, **counts, "refused": refused, "problems": problems}


def reread_all(engine: Engine, *, progress: Callable[[int], None] | None = None) -> Document:
    """Read every kept article again with the present reader: its claims come up to date, its text stays.

    For after an update of the program. Done again it changes nothing.
    """
    counts = {"articles": 0, "changed": 0, "added": 0, "withdrawn": 0}
    last = 0
    while True:
        with engine.connect() as connection:
            rows = connection.execute(
                select(ARTICLE).where(ARTICLE.c.id > last).order_by(ARTICLE.c.id).limit(BATCH)
            ).all()  # fmt: skip
        if not rows:
            return counts
        stories = [story_of(kept_reading(r)) for r in rows]
        with writing(engine) as connection:
            for row, story in zip(rows, stories, strict=True):
                found = reread(connection, row, story)
                counts["added"] += len(found.added) + len(found.altered)
                counts["withdrawn"] += len(found.gone) + len(found.altered)
                counts["changed"] += bool(found.added or found.altered or found.gone)
        last = rows[-1].id
        counts["articles"] += len(rows)
        if progress:
            progress(counts["articles"])


def export_in(engine: Engine, form: str) -> Iterator[str]:
    """The library in one of `FORMATS`, piece by piece; raises NotFoundError for another."""
    if form == "opml":
        return iter([export_feeds(engine).decode()])
    kinds = {"jsonl": export_lines, "csv": export_claims}
    if form not in kinds:
        raise NotFoundError(form, kind="form", known=FORMATS, where="--as")
    return kinds[form](engine)


def export_document(engine: Engine, form: str = "jsonl") -> Document:
    """The `news export` document with the library inside.

    Raises
    ------
    NotFoundError : no such form. InputError : more than one document holds.
    """
    parts, size = [], 0
    for line in export_in(engine, form):
        parts.append(line)
        size += len(line)
        if size > MOST_CHARACTERS:
            raise InputError(f"more than {MOST_CHARACTERS:,} characters", where="news export",
                             expected="a library that fits one document",
                             do="Take it as a file: /news/export, or `sluicegate news export --out FILE`.")  # fmt: skip
    return {"form": form, "content": "".join(parts)}


def write_lines(path: Path, lines: Iterator[str]) -> int:
    """Lines to a file, whole or not at all, without holding them all; how many.

    Raises
    ------
    InputError : the file cannot be written.
    """
    with staged(path.parent, at=path) as staging, (staging / path.name).open("w", encoding="utf-8", newline="") as file:
        count = 0
        for count, line in enumerate(lines, 1):  # noqa: B007
            file.write(line)
    return count


def _articles(engine: Engine) -> Iterator[tuple[Connection, Row[Any]]]:
    """Every article in the order it came, a page at a time."""
    last = 0
    while True:
        with engine.connect() as connection:
            rows = connection.execute(
                select(ARTICLE).where(ARTICLE.c.id > last).order_by(ARTICLE.c.id).limit(_PAGE)
            ).all()
            for row in rows:
                yield connection, row
        if not rows:
            return
        last = rows[-1].id


def _csv_line(cells: tuple[object, ...]) -> str:
    into = io.StringIO()
    csv.writer(into, lineterminator="\r\n").writerow([_cell(c) for c in cells])
    return into.getvalue()


def _cell(value: object) -> object:
    """A cell that no spreadsheet runs: text that begins as a formula does gets an apostrophe before it."""
    if not isinstance(value, str):
        return "" if value is None else value
    said = inert_text(value)
    return f"'{said}" if said.startswith(_FORMULA) else said


def _of_folder(folder: Path) -> Iterator[_Found | Document]:
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file()):
        try:
            source = load_source(str(path), network=False)
            yield _Found(read_article(source))
        except SluicegateError as error:
            yield {"where": str(path), "problem": str(error)}


def _of_lines(path: Path) -> Iterator[_Found | Document]:
    with path.open("rb") as file:
        yield from _of_bytes(file, f"{path}, line")


def _of_bytes(file: BinaryIO, where: str) -> Iterator[_Found | Document]:
    for number in range(1, 10**9):
        line = file.readline(2 * MAX_BYTES)
        if not line:
            return
        if not line.strip():
            continue
        try:
            yield _of_line(line, f"{where} {number}")
        except SluicegateError as error:
            yield {"where": f"line {number}", "problem": str(error)}


def _of_line(line: bytes, where: str) -> _Found:
    """An article from a line of JSON.

    Raises
    ------
    InputError : no JSON object with a text, or nothing in it that reads as an article.
    """
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _no_line(where, "no JSON") from error
    if not isinstance(said, dict) or not isinstance(said.get("text") or said.get("html"), str):
        raise _no_line(where, "no text")
    reading = _whole(said) or read_article(said.get("html") or said["text"], url=_word(said, "url"),
                                           html=bool(said.get("html")) or None)  # fmt: skip
    reading = with_metadata(reading, title=_word(said, "title"), publisher=_word(said, "publisher"),
                            published=_day(said.get("published")), url=_word(said, "url"))  # fmt: skip
    return _Found(reading, _moment(said.get("captured_at")), _moment(said.get("published_at")))


def _whole(said: dict[str, Any]) -> Reading | None:
    """A reading as we exported it, with the article's place in its text; None where that is not given."""
    text, start, end = said.get("text"), said.get("body_start"), said.get("body_end")
    if not isinstance(text, str) or not isinstance(start, int) or not isinstance(end, int) or "\x00" in text:
        return None
    if not 0 <= start < end <= len(text) or len(text) > MAX_BYTES:
        return None
    article = Article(_word(said, "title"), _word(said, "publisher"), _day(said.get("published")), _word(said, "url"),
                      _word(said, "language") or "en", text, start, end)  # fmt: skip
    return Reading(replace(article, language=article.language[:8]), _related(said.get("related")), ())


def _related(rows: object) -> tuple[Related, ...]:
    """Stories that an exported article's page pointed to; what is none is left out."""
    found = [r for r in rows[:MOST_RELATED] if isinstance(r, dict)] if isinstance(rows, list) else []
    return tuple(Related(title, *(_word(r, k) for k in ("publisher", "age", "published")))
                 for r in found if (title := _word(r, "title")))  # fmt: skip


def _word(said: dict[str, Any], name: str) -> str | None:
    value = said.get(name)
    return inert_text(value)[:2_000] or None if isinstance(value, str) else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _no_line(where: str, found: str) -> InputError:
    return InputError(found, where=where, expected='a JSON object with "text" or "html"', do="Mend the line.")
