"""The reader's language: words of the interface from translation files, dates and numbers as that language writes them.

A translation is a gettext file, `CODE.po`, whose message ids are the English words; ours lie in `terms/languages`, the
user's in `SLUICEGATE_HOME/languages`, which go before ours. What a file does not translate stays English.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import negotiate_locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal, format_percent

from sluicegate.terms.errors import InputError, NotFoundError
from sluicegate.terms.home import home
from sluicegate.terms.place import alpha2, place_name

SOURCE = "en"
"""The language that message ids are written in."""


@dataclass(frozen=True)
class Language:
    """One language of the interface.

    Parameters
    ----------
    code : as in the file's name: `en`, `zh`, `pt-BR`
    locale : how it writes dates, numbers and places
    translations : words, English where none is given
    sentences : English sentences with places to fill (`{lines} lines`), as patterns, each with its translation; those
        that say most of their own go first
    """

    code: str
    locale: Locale
    translations: NullTranslations
    sentences: tuple[tuple[re.Pattern[str], str], ...] = ()

    @property
    def direction(self) -> str:
        """`rtl` where lines run from right to left, else `ltr`."""
        return str(self.locale.text_direction)

    @property
    def name(self) -> str:
        """Its name in itself: 中文."""
        return str(self.locale.display_name)

    def text(self, message: str, **values: object) -> str:
        """An English message in this language, with `{name}` filled in.

        Raises
        ------
        KeyError : the message names a value that is not given.
        """
        said = self.translations.gettext(message)
        return said.format(**values) if values else said

    def sentence(self, text: str, say: Callable[[str], str]) -> str:
        """An English sentence in this language, what fills its places said by `say`; empty where none is like it."""
        if len(text) > _LONGEST:
            return ""
        for pattern, said in self.sentences:
            if match := pattern.fullmatch(text):
                return _PLACE.sub(lambda place, filled=match: say(filled[place[1]]), said)  # type: ignore[misc]
        return ""

    def count(self, one: str, many: str, number: int) -> str:
        """`one` or `many`, as this language counts, with `{n}` filled in."""
        return self.translations.ngettext(one, many, number).format(n=self.number(number))

    def date(self, day: date | str | None, length: str = "medium") -> str:
        """A day as this language writes it; empty for None, and a partial date such as `2025-04` as it is."""
        if day is None:
            return ""
        try:
            read = date.fromisoformat(day) if isinstance(day, str) else day
        except ValueError:
            return str(day)
        return str(format_date(read, length, locale=self.locale))

    def moment(self, at: datetime) -> str:
        """A time of day with its date, in UTC."""
        return format_datetime(at, "medium", locale=self.locale)

    def ago(self, at: datetime | str | None, now: datetime) -> str:
        """How long ago something was: `25 minutes ago`; empty for None."""
        if at is None:
            return ""
        then = datetime.fromisoformat(at) if isinstance(at, str) else at
        return self.span(then - now)

    def span(self, ahead: timedelta) -> str:
        """A span of time with its direction: `25 minutes ago`, `in 3 days`, `18 months ago`.

        A larger unit is taken from two of it on, so that no age is rounded by half; whole days stay days.
        """
        least: Literal["day", "second"] = "day" if ahead.days and not ahead.seconds else "second"
        return format_timedelta(ahead, add_direction=True, threshold=2.0, granularity=least, locale=self.locale)

    def number(self, value: float) -> str:
        """A number with this language's marks, to three decimals at most."""
        return format_decimal(value, locale=self.locale)

    def percent(self, share: float) -> str:
        """A share (0-1) as percent."""
        return format_percent(share, locale=self.locale)

    def place(self, code: str) -> str:
        """A place by its code; English where the language has no name for it."""
        two = alpha2(code)
        named = self.locale.territories.get(two) if two else None
        return str(named) if named and self.code != SOURCE else place_name(code)


def languages() -> list[str]:
    """Codes of the languages there is a translation for, English first."""
    found = {p.stem for p in _own().glob("*.po")} | {
        p.name.removesuffix(".po") for p in _ours() if p.name.endswith(".po")
    }
    return [SOURCE, *sorted(found - {SOURCE})]


def load_language(code: str) -> Language:
    """A language by its code.

    Raises
    ------
    NotFoundError : no translation of that code.
    InputError : a translation file that cannot be read.
    """
    own = _own() / f"{code}.po"
    return _loaded(code, own.stat().st_mtime_ns if own.is_file() else 0)


def preferred(accept: str | None) -> str:
    """The best of our languages for a browser's `Accept-Language`; English where none fits."""
    wanted: list[tuple[float, str]] = []
    for part in (accept or "")[:500].split(","):
        code, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), code))
        except ValueError:
            continue
    ordered = [code for _, code in sorted(wanted, key=lambda w: w[0])]
    return negotiate_locale([*ordered, *(c.split("-")[0] for c in ordered)], languages(), sep="-") or SOURCE


@lru_cache(maxsize=32)
def _loaded(code: str, _changed: int) -> Language:
    if code not in languages():
        raise NotFoundError(code, kind="language", known=languages(), where="language")
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise InputError(f"{code!r}", where="language", expected="a code such as pt or pt-BR",
                         do="Rename the file.") from error  # fmt: skip
    texts = [(p.name, p.read_text("utf-8")) for p in _ours() if p.name == f"{code}.po"] + _own_text(code)
    read = [(name, _read(text, name)) for name, text in texts]
    return Language(code, locale, _translations(read), _sentences([catalogue for _, catalogue in read]))


def _translations(read: list[tuple[str, Catalog]]) -> NullTranslations:
    """Ours, with the user's before them."""
    found = NullTranslations()
    for name, catalogue in read:
        compiled = _compiled(catalogue, name)
        compiled.add_fallback(found)
        found = compiled
    return found


def _sentences(catalogues: list[Catalog]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Messages with named places that the code fills before anybody translates: found again in the filled sentence."""
    told = {m.id: m.string for catalogue in catalogues for m in catalogue
            if isinstance(m.id, str) and isinstance(m.string, str) and m.string and _PLACE.search(m.id)}  # fmt: skip
    for message, string in told.items():
        if unknown := set(_PLACE.findall(string)) - set(_PLACE.findall(message)):
            raise InputError(f"{{{unknown.pop()}}}", where=f"the translation of {message!r}",
                             expected="the places of the English sentence", do="Name them as it does.")  # fmt: skip
    ordered = sorted(told.items(), key=lambda pair: -len(_PLACE.sub("", pair[0])))
    return tuple((re.compile(_pattern(message)), string) for message, string in ordered)


def _pattern(message: str) -> str:
    parts = _PLACE.split(message)
    filled = (re.escape(part) if k % 2 == 0 else f"(?P<{part}>{_filling(part)})" for k, part in enumerate(parts))
    return "".join(filled)


def _filling(name: str) -> str:
    """What may stand in a place, by its name without digits: a number, share, day, year, code, or any words."""
    return _FILLINGS.get(name.rstrip("0123456789"), ".+?")


_PLACE = re.compile(r"\{([a-z]+[0-9]?)\}")
_LONGEST = 400
"""Characters of a sentence of ours at most; longer texts are somebody else's and are not searched."""
_NUMBER = r"[−-]?\d[\d.,\u202f\u00a0]*"
_FILLINGS = {
    "code": "[A-Z]{3}", "number": _NUMBER, "share": rf"{_NUMBER}[ \u00a0]?%", "year": r"\d{4}",
    "day": r"\d{4}-\d\d(?:-\d\d)?|(?:\d{1,2} )?[A-Z][a-z]{2,8} \d{4}",
}  # fmt: skip


def _own_text(code: str) -> list[tuple[str, str]]:
    path = _own() / f"{code}.po"
    try:
        return [(str(path), path.read_text("utf-8"))] if path.is_file() else []
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(str(path), error) from error


def _read(text: str, name: str) -> Catalog:
    try:
        return read_po(io.StringIO(text), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise _unreadable(name, error) from error


def _compiled(catalogue: Catalog, name: str) -> GNUTranslations:
    into = io.BytesIO()
    write_mo(into, catalogue)
    into.seek(0)
    try:
        return GNUTranslations(into)
    except ValueError as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> InputError:
    return InputError(f"cannot be read ({error})", where=name, expected="a gettext file in UTF-8",
                      do="Mend it, or take it out of the folder.")  # fmt: skip


def _own() -> Path:
    return home() / "languages"


@cache
def _ours() -> list[Path]:
    return [Path(str(p)) for p in (files("sluicegate.terms") / "languages").iterdir()]
