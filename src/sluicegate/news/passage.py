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
from sluicegate.news.lexicon import Hit, doubtful_places, find_words
from sluicegate.news.moments import find_dates
from sluicegate.news.quantities import Quantity, find_quantities
from sluicegate.news.sentences import Sentence
from sluicegate.news.speech import Speech, find_speech

_NAMES = {
    "MATERIAL",
    "PLACE",
    "REGION",
    "SITE",
    "ORG",
    "NATION",
    "NOTHING",
    "FORCE_MAJEURE",
    "USERFIRM",
    "MINE",
    "PLANT",
}
_TITLE_CASE = 0.6
_SUPERLATIVE = re.compile(
    r"\s(?:largest|biggest|top|leading|number|No\.|second|third|fourth|fifth|sixth|seventh|most|richest|only|first|main|dominant)\b"
)
_CONTROLS = re.compile(
    r"\b(?:it|they|he|she|who|which|that|group|army|party|militia|rebels|junta|company|firm)\s\||"
    r"\|\s(?:the|an?|about|around|most|more|over|some|large|much|nearly|roughly|almost|all|\d)"
)
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
_NOT_FLOW = re.compile(
    r"\s{1,2}(?:data|markets?|prices?|revenues?|destinations?|hubs?|orders?|ministry|banks?|credit|"
    r"growth|earnings|agency|import|oriented|led|statistics|figures|sector|figures|business)\b"
)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|its|their|his|this|that|these|those|any|such|new|total|full|outright|strict|"
    r"tough|export|exports|trade|sweeping|broad|previous|earlier|blanket|temporary|partial|current|"
    r"existing|no|some|further|more|wider|of|on|price|supply|output|production|to a|similar|"
    r"complete)|'s|s')\s$"
)
_NOUN_AFTER = re.compile(
    r"^\s(?:on|against|in|was|were|has|have|had|is|are|will|would|that|which|by|order|orders|to exports|remains?)\b"
)
_ON_EXPORTS = re.compile(r"\s(?:on|of|over)\s(?:[\w-]+\s){0,5}(?:exports?|shipments?|exporting)\b")
_NOT_TIN = re.compile(r"^\s{0,2}(?:can|cans|roof|roofs|foil|ear|shack|hat|pan|box|soldier|man|pot)\b")
ABOUT_LEAD = re.compile(
    r"\b[Ll]ead (?:prices?|concentrates?|smelters?|ingots?|ore|exports?|market|metal)\b|\brefined lead\b|"
    r"\b[Zz]inc and lead\b|"
    r"\b[Ll]ead and zinc\b|\b(?:three-month|[Bb]enchmark|LME|secondary|Secondary) lead\b|\btonnes of lead\b"
)
"""Words that only stand where lead is the metal."""
_LEAD_METAL = re.compile(r"(?:\b(?:tonnes|tons|of|zinc and|zinc,|silver and|refined|copper,|and) $)")
_LEAD_AFTER = re.compile(
    r"^(?:,| and| or| ore| concentrates?| smelters?| prices?| mines?| output| production| acid| ingots?| metal)"
)


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

    def words_between(self, first: int, last: int) -> int:
        """Number of words that begin in `[first, last)`."""
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
    hits = [h for h in find_words(text) if _stands(h, text) or (lead and _is_lead(h, text))]
    hits += [Hit(q.kind, str(i), q.start, q.end) for i, q in enumerate(quantities)]
    hits += [h for h in firms if not any(o.tag == "ORG" and o.start <= h.start and h.end <= o.end for o in hits)]
    hits = [_of_a_firm(h, text) for h in _outside_firms(hits)]
    hits = _raised(hits, text)
    speech = find_speech(text)
    return Passage(
        sentence, tuple(sorted(hits, key=lambda h: (h.start, h.end))), tuple(quantities), tuple(dates), speech
    )


def _of_a_firm(hit: Hit, text: str) -> Hit:
    """'Canadian miner Barrick' names where a firm comes from and not where it acts."""
    if hit.tag == "PLACE" and _SEAT_AFTER.match(text[hit.end : hit.end + 16]):
        return Hit("NATION", hit.value, hit.start, hit.end)
    if hit.tag == "PLACE" and _FIRM_AFTER.match(text[hit.end : hit.end + 60]):
        return Hit("NATION", hit.value, hit.start, hit.end)
    return hit


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


def _stands(hit: Hit, text: str) -> bool:
    """Whether a hit is what it looks like: 'tin' the metal, 'Chad' the country, 'ban' the verb."""
    before, after = text[max(0, hit.start - 25) : hit.start], text[hit.end : hit.end + 25]
    word = text[hit.start : hit.end]
    if hit.tag == "MATERIAL":
        return _is_material(hit, word, before, after)
    if hit.tag == "PLACE" and word in doubtful_places():
        return not re.match(r"\s[A-Z][a-z]+", after) and not re.search(
            r"(?:\b(?!The\b|In\b|On\b|At\b|But\b|And\b|For\b|From\b|Since\b|As\b|If\b)[A-Z][a-z]+|\b[A-Z]\.|Mr\.?|Ms\.?)\s$",
            before,
        )
    if hit.tag in {"RESTRICT", "TIGHTEN"} and word.lower() in {
        "ban",
        "curb",
        "bans",
        "curbs",
        "halt",
        "freeze",
        "limit",
        "limits",
        "cap",
        "caps",
        "block",
        "cut",
        "cuts",
        "stop",
        "bar",
        "embargo",
        "squeeze",
    }:
        return not (_NOUN_BEFORE.search(before.lower()) or _NOUN_AFTER.match(after))
    if hit.tag not in _NAMES and _in_a_name(hit, text):
        return False
    if hit.tag == "CONTROL" and word.lower() in {"halt", "halts", "limit", "limits", "freeze", "block"}:
        return _NOUN_BEFORE.search(before.lower()) is not None and re.match(r"\s(?:on|of|in|to)\s", after) is not None
    if hit.tag == "CONTROL" and word.lower() in {"control", "controls"} and _CONTROLS.search(f"{before}|{after}"):
        return False
    if hit.tag == "WORLD":
        return _SUPERLATIVE.match(after) is None
    if hit.tag == "EXTEND" and word.endswith("ed"):
        return re.search(r"(?:'s|’s|\bthe|\bits|\bnew|\btheir)\s$", before) is None
    if hit.tag == "NOT" and word.lower() == "declined to":
        return re.match(r"\s[a-z]", after) is not None
    if hit.tag == "RULE":
        return not after.startswith(" of ")
    if hit.tag in {"PLANNED", "CONSIDER"} and word.lower().startswith("weigh"):
        return re.match(r"\s(?:on|down|against|in)\b", after) is None
    if hit.tag == "PLANNED" and word.lower() == "want":
        return not before.endswith("for ")
    if hit.tag == "PLANNED" and word.lower() in {"plan", "plans", "pledge", "promise", "hope", "hopes", "forecast"}:
        noun = re.search(r"\b(?:the|an?|this|that|his|her|any)\s(?:[\w-]+\s)?$", before)
        return noun is None or re.match(r"\s(?:to|for|of)\b", after) is not None
    if hit.tag == "PLANNED" and word == "May":
        return hit.start == 0 and re.match(r"\s[a-z]", after) is not None
    if hit.tag == "BE" and word in {"'s", "’s"}:
        return re.match(r"\s(?:not|an?|the|been|going|likely|no|\w+ing|\w+ed)\b", after) is not None
    if hit.tag == "CLOSE" and word.endswith("ed"):
        return re.search(r"\b(?:the|an?|its|their|long)[\s-]$", before, re.IGNORECASE) is None
    if hit.tag == "TARIFF":
        return not before.lower().endswith("non-")
    if hit.tag in {"FLOW", "EXPORTS_N"}:
        return _NOT_FLOW.match(after.lower()) is None
    return True


def _is_lead(hit: Hit, text: str) -> bool:
    """Whether a bare 'lead' is the metal, in an article known to be about it: no verb, no head start."""
    if hit.tag != "MATERIAL" or text[hit.start : hit.end] not in {"lead", "Lead"}:
        return False
    before = re.search(
        r"\b(?:to|will|would|could|may|might|can|should|the|a|its|in|took|take|who|which|and)\s$", text[: hit.start]
    )
    after = re.match(r"\s(?:to|the|a|an|by|time|times|role|author|over|us|into|his|her|their|its)\b", text[hit.end :])
    return after is None and (before is None or before.group().strip() == "and")


def _in_a_name(hit: Hit, text: str) -> bool:
    """Whether a word is part of a name: 'Block Cave', 'Authority for the Regulation and Control of ...'."""
    if hit.start == 0 or not text[hit.start].isupper() or text[hit.start : hit.end].isupper():
        return False
    near = re.search(r"(?:\b[A-Z][\w'’-]*\s(?:(?:and|of|for|the)\s){0,2})$", text[: hit.start])
    after = re.match(r"\s(?:(?:and|of|for)\s)?[A-Z]", text[hit.end :])
    first = near is not None and near.start() == 0  # after the first word of the sentence, which is always upper case
    return not _is_headline(text) and ((near is not None and not first) or after is not None)


def _is_headline(text: str) -> bool:
    """Whether most words begin with a capital."""
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    return len([w for w in words if w[0].isupper()]) >= _TITLE_CASE * len(words)


def _is_material(hit: Hit, word: str, before: str, after: str) -> bool:
    low = word.lower()
    if low in {"tin", "tins"}:
        return _NOT_TIN.match(after) is None
    if low in {"lead", "leads"}:
        return low == "lead" and (
            (_LEAD_METAL.search(before) is not None and _LEAD_AFTER.match(after + " ") is not None)
            or re.match(r"^(?: ore| concentrates?| smelters?| prices?| ingots?| acid)\b", after) is not None
            or "zinc" in before.lower()[-9:]
            or after.lower().startswith(" and zinc")
        )
    if low in {"gold", "silver"}:
        return not re.match(
            r"\s(?:medal|medals|medall?ist|standard|rush|coast|cup|lining|bullet|mine of|screen|jewell?ery)",
            after.lower(),
        )
    if low in {"mercury", "apt", "boron", "steel"}:
        return word.isupper() if low == "apt" else not word[0].isupper() or low == "steel"
    if low in {"minor metal", "minor metals"} or hit.value == "magnets":
        return not re.match(r"\s(?:for|school)\b", after) if low == "magnet" else True
    return low not in {"ree", "rees", "reo", "pgm", "moly", "fe"} or word.isupper() or low == "moly" or word == "REEs"


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
