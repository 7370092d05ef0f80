"""A sentence with everything known about its words: classes, materials, places, firms, amounts, dates, clauses."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sluicegate.news.firms import find_firms
from sluicegate.news.lexicon import Hit, find_words
from sluicegate.news.moments import find_dates
from sluicegate.news.quantities import Quantity, find_quantities
from sluicegate.news.senses import is_lead, stands
from sluicegate.news.sentences import Sentence
from sluicegate.news.speech import Speech, find_speech

_RAISING = {
    "CONTROL",
    "LICENCE",
    "QUOTA",
    "TARIFF",
    "EXPORT_TAX",
    "TAX",
    "DEAL",
    "PRICE",
    "SHORTAGE",
    "CAPACITY",
    "STOCK",
}
_ON_EXPORTS = re.compile(r"\s(?:on|of|over)\s(?:[\w-]+\s){0,5}(?:exports?|shipments?|exporting)\b")


@dataclass(frozen=True)
class Passage:
    """A sentence and what was found in it; offsets are in the sentence."""

    sentence: Sentence
    hits: tuple[Hit, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[tuple[int, int, str], ...]
    speech: Speech

    @cached_property
    def by_tag(self) -> dict[str, list[Hit]]:
        """The hits of each class, in order."""
        table: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            table[hit.tag].append(hit)
        return dict(table)

    @cached_property
    def _word_starts(self) -> list[int]:
        return [m.start() for m in re.finditer(r"[^\s\-–—]+", self.sentence.text)]

    @cached_property
    def _asides(self) -> list[tuple[int, int]]:
        """What explains a noun and stands between it and its verb: ', which is used in X,', '(X)', ' used in X'."""
        text = self.sentence.text
        if not ("(" in text or "used " in text or ", wh" in text):
            return []
        return [m.span() for m in _ASIDE.finditer(text)]

    def words_between(self, first: int, last: int) -> int:
        """Number of words that begin in `[first, last)`, but for those of an aside that lies wholly between."""
        inside = [(a, b) for a, b in self._asides if first <= a and b <= last]
        return self._words(first, last) - sum(self._words(a, b) for a, b in inside)

    def _words(self, first: int, last: int) -> int:
        return bisect.bisect_left(self._word_starts, last) - bisect.bisect_left(self._word_starts, first)

    def within(self, tags: Iterable[str], start: int, end: int) -> list[Hit]:
        """Hits of the given classes that lie inside `[start, end)`, in order."""
        table = self.by_tag
        found = [h for tag in tags if tag in table for h in table[tag] if h.start >= start and h.end <= end]
        return sorted(found, key=lambda h: h.start) if len(found) > 1 else found

    @cached_property
    def segments(self) -> list[tuple[int, int]]:
        """The clauses: all but the attribution, cut at semicolons, dashes and joining words after a comma."""
        return [clause for part in self.speech.parts for clause in _clauses(self.sentence.text, *part)]


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start]
    inserted = [m.span() for m in _INSERTED.finditer(text, start, end)]
    for match in _CUT.finditer(text, start, end):
        if any(a <= match.start() <= b for a, b in inserted):
            continue
        if match.start() - cuts[-1] >= 15 and end - match.end() >= 12:
            cuts.append(match.start())
    return list(zip(cuts, [*cuts[1:], end], strict=True))


_VERB_NEXT = (
    r"(?=\s(?:has|have|had|was|were|is|are|will|would|fell|rose|dropped|jumped|plunged|slumped|surged|climbed|"
    r"declined|grew|shrank|sank|tumbled|soared|reached|hit|totalled|totaled)\b)"
)
_ASIDE = re.compile(
    rf",\s(?:which|who|whose)\s[^,;.]{{3,90}},{_VERB_NEXT}|\s\([^()]{{2,60}}\)|"
    rf",?\s(?:widely\s|mainly\s|also\s)?used\s(?:in|for|to|as|by)\s[^;.]{{3,90}}?,?{_VERB_NEXT}"
)
_INSERTED = re.compile(r"\s?(?:--|–|—)\s?(?:[^–—;]{8,110}?)\s?(?:--|–|—)\s?(?=[a-z])")
_CUT = re.compile(
    (
        r"[;:]\s|\s(?:--|–|—)\s|—(?!\d)|,?\s(?:but(?!\s(?:as\s\w+\sas\s)?\d)|whereas|although|though)\s|,\s(?:while|which|who|where|"
        r"whose|as|after|before|with(?!\s(?:[\w’'-]+\s){0,4}[$€£]?\d)|leading|prompting|causing|forcing|making|when|sending|pushing|driving|lifting|boosting|"
        r"marking|underscoring|highlighting|raising|compared|threatening|bringing|reflecting)\s"
    ),
    re.IGNORECASE,
)


def read_passage(
    sentence: Sentence, published: date | None, short: dict[str, str] | None = None, *, lead: bool = False
) -> Passage:
    """Everything known about the words of one sentence.

    Parameters
    ----------
    short : the article's short names of firms
    lead : whether the article is about the metal, so that a bare 'lead' means it
    """
    text = sentence.text
    quantities = find_quantities(text)
    dates = find_dates(text, published)
    firms = find_firms(text, short)
    hits = [h for h in find_words(text) if stands(h, text) or (lead and is_lead(h, text))]
    hits += [Hit(q.kind, str(i), q.start, q.end) for i, q in enumerate(quantities)]
    hits += [h for h in firms if not any(o.tag == "ORG" and o.start <= h.start and h.end <= o.end for o in hits)]
    firms_at = {h.start for h in hits if h.tag == "ORG"}
    hits = [_of_a_firm(h, text, firms_at) for h in _outside_firms(hits)]
    hits = _raised(hits, text)
    speech = find_speech(text)
    return Passage(
        sentence, tuple(sorted(hits, key=lambda h: (h.start, h.end))), tuple(quantities), tuple(dates), speech
    )


def _of_a_firm(hit: Hit, text: str, firms_at: set[int]) -> Hit:
    """'Canadian miner Barrick' and 'France's Eramet' name where a firm comes from and not where it acts."""
    if hit.tag == "PLACE" and text[hit.end : hit.end + 3] in {"'s ", "’s "} and hit.end + 3 in firms_at:
        office = _OFFICE_AFTER.match(text[hit.end + 3 : hit.end + 60])
        return hit if office else Hit("NATION", hit.value, hit.start, hit.end)
    if hit.tag == "PLACE" and _SEAT_AFTER.match(text[hit.end : hit.end + 16]):
        return Hit("NATION", hit.value, hit.start, hit.end)
    if hit.tag == "PLACE" and _FIRM_AFTER.match(text[hit.end : hit.end + 60]):
        return Hit("NATION", hit.value, hit.start, hit.end)
    return hit


_OFFICE_AFTER = re.compile(
    r"(?:[\w’'-]+\s){0,4}(?:Bank|Agency|Authority|Ministry|Department|Administration|Commission|Council|Bureau)\b|"
    r"ARECOMS|JOGMEC|KOMIR|MOFCOM|EXIM|ESDM"
)
_SEAT_AFTER = re.compile(r"-(?:based|listed|headquartered|domiciled)\b")
_FIRM_AFTER = re.compile(
    r"(?:[\s-](?:based|listed|owned|state-owned|backed))?\s(?:[\w-]+\s){0,3}?(?:miner|company|giant|group|producer|firm|"
    r"smelter|refiner|developer|explorer|automaker|carmaker|manufacturer|trader|battery maker|"
    r"conglomerate|multinational|supplier|start-?up|subsidiary|unit)(?:'s|’s)?\s(?=[A-Z(])"
)


def _outside_firms(hits: list[Hit]) -> list[Hit]:
    """Drop materials and classes of words that are part of a firm's name."""
    firms = [h for h in hits if h.tag == "ORG"]
    return [
        h
        for h in hits
        if h.tag == "ORG"
        or not any(f.start <= h.start and h.end <= f.end and (h.tag != "PLACE" or h.start > f.start) for f in firms)
    ]


def _raised(hits: list[Hit], text: str) -> list[Hit]:
    """'export' before 'ban' is no flow of its own; the ban becomes one of exports."""
    raised: list[Hit] = []
    nouns = [h for h in hits if h.tag in _RAISING]
    for hit in hits:
        if hit.tag in {"FLOW", "IMPORT", "SHIP", "IMPORT_V", "IMPORT_OF", "OBTAIN", "BUY", "EXPORTS_N"}:
            next_noun = next((n for n in nouns if n.start > hit.start and text[hit.end : n.start] in {" ", "-"}), None)
            if next_noun is not None:
                if next_noun.tag == "CONTROL" and hit.tag == "FLOW":
                    raised.append(Hit("CONTROL_OF_EXPORT", next_noun.value, hit.start, next_noun.end))
                continue
        if hit.tag == "CONTROL" and (
            "export" in text[hit.start : hit.end].lower() or _ON_EXPORTS.match(text[hit.end : hit.end + 80])
        ):
            raised.append(Hit("CONTROL_OF_EXPORT", hit.value, hit.start, hit.end))
        raised.append(hit)
    return raised
