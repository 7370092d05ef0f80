"""The questions `news mark`, `news note` and `news reader`: what a reader does with an article, and who it is."""

from __future__ import annotations

from sqlalchemy import Engine

from sluicegate.desk.library.showing import note_line
from sluicegate.desk.number import Document
from sluicegate.store.article import article_row
from sluicegate.store.claim import claim_row
from sluicegate.store.reader import MARKS, marks_of, notes_on, profile, put_note, remove_note, set_mark, set_profile
from sluicegate.store.writer import writing
from sluicegate.terms import InputError, NotFoundError, parse_place
from sluicegate.terms.language import load_language

LONGEST_NOTE = 10_000


def mark(engine: Engine, article: int, name: str, *, on: bool = True, reader: str = "me") -> Document:
    """Set or take away a mark: `read`, `starred` or `hidden`.

    Raises
    ------
    NotFoundError : no such article or mark.
    """
    if name not in MARKS:
        raise NotFoundError(name, kind="mark", known=MARKS, where="news mark")
    with writing(engine) as connection:
        article_row(connection, article)
        set_mark(connection, reader, article, name, on=on)
        return {"id": article, "marks": marks_of(connection, reader, article)}


def note(engine: Engine, article: int, text: str, *, claim: int | None = None, reader: str = "me") -> Document:
    """Keep a note or comment on an article, or on one of its claims.

    Raises
    ------
    NotFoundError : no such article or claim.
    InputError : an empty or too long text, a claim of another article.
    """
    said = text.replace("\x00", "").strip()
    if not said or len(said) > LONGEST_NOTE:
        raise InputError("nothing" if not said else f"{len(said):,} characters", where="note",
                         expected=f"up to {LONGEST_NOTE:,} characters", do="Write it shorter.")  # fmt: skip
    with writing(engine) as connection:
        article_row(connection, article)
        if claim is not None and claim_row(connection, claim).article_id != article:
            raise InputError(f"claim {claim}", where="note", expected=f"a claim of article {article}",
                             do="See `sluicegate news show`.")  # fmt: skip
        number = put_note(connection, reader, article, claim, said)
        return next(note_line(n) for n in notes_on(connection, [article]) if n.id == number)


def unnote(engine: Engine, number: int, *, reader: str = "me") -> Document:
    """Take one's own note away; raises NotFoundError."""
    with writing(engine) as connection:
        remove_note(connection, reader, number)
    return {"removed": number}


def reader_profile(engine: Engine, *, reader: str = "me", region: str | None = None,
                   language: str | None = None) -> Document:  # fmt: skip
    """Who the reader is: region and language, changed where they are given; an empty text forgets one.

    Raises
    ------
    NotFoundError : no such place or language.
    """
    given: dict[str, str | None] = {}
    if region is not None:
        given["region"] = parse_place(region, where="--region") if region else None
    if language is not None:
        given["language"] = load_language(language).code if language else None
    if given:
        with writing(engine) as connection:
            set_profile(connection, reader, **given)
    with engine.connect() as connection:
        return profile(connection, reader)
