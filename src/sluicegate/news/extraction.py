"""From article to claims: read each sentence, fit the rules, settle their conflicts, fill in the arguments."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from sluicegate.news.article import Article
from sluicegate.news.boundary import is_furniture
from sluicegate.news.candidate import Candidate, candidate_of
from sluicegate.news.chinese import extract_chinese
from sluicegate.news.claim import Amount, Claim, claim_id
from sluicegate.news.confidence import NEED_NO_MATERIAL, confidence_of
from sluicegate.news.conflicts import settle
from sluicegate.news.firms import short_names
from sluicegate.news.lexicon import Hit, company_countries
from sluicegate.news.parties import parties, subject_place
from sluicegate.news.passage import Passage, read_passage
from sluicegate.news.rules import Fit, find_fits
from sluicegate.news.senses import ABOUT_LEAD
from sluicegate.news.sentences import ADDRESSES_READER, split_sentences
from sluicegate.news.spans import spans_of
from sluicegate.news.status import status_of
from sluicegate.news.tables import table
from sluicegate.world.facility import load_facilities

_OF_FIRMS = {
    "production_volume", "production_share", "capacity", "investment", "production_start", "trade_volume",
    "mine_halt", "mine_restart", "capability", "project_cost",
}  # fmt: skip
_THE_FIRM = re.compile(
    r"\b(?:it|its|the (?:company|firm|group|miner|producer|smelter|refiner|maker|conglomerate))\b", re.I
)
_REACH = 5
SURE_ENOUGH = float(table("confidence")["sure enough"])
"""What is less likely to be right stays a candidate."""
_LIST_GAP = 3
_STATES = {
    "mine_halt", "supply_disruption", "deal_statement", "depletion", "capability", "stockpiling", "financing",
}  # fmt: skip
_BY_ACTOR = {"production_share", "production_volume", "trade_volume", "reserve", "import_dependence", "capacity"}
_SUBORDINATE = re.compile(r"^(?:since|after|as|when|before|following|because|until)\b", re.IGNORECASE)
_THE_SET = re.compile(
    (
        r"\b(?:the|these|those|both) (?:(two|three|four|five|six|seven) )?(?:\w+ )?(?:metals|minerals|"
        r"elements|materials)\b"
    ),
    re.I,
)
_BOTH = re.compile(
    r"(both|the two|the three)\s(?:were|are|have|had|was|has|also|remain|metals|fell|rose|will)\b", re.IGNORECASE
)
_COUNTS = {"both": 2, "the two": 2, "the three": 3, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_AGAIN = re.compile(
    r"\b(?:these|those|both|the\s(?:two|three|four|five|six|seven)|two|the\ssame)\s(?:\w+\s)?"
    r"(?:(?:critical|strategic|raw|key|niche|minor)\s){1,2}(?:metals?|minerals?|materials?)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\b(?:including|as well as|along with|together with)\b", re.IGNORECASE)
_OF_ONE_GOOD = re.compile(r"\b(?:anti-?dumping|countervailing|dumping|anti-subsidy|safeguard)\b", re.IGNORECASE)
"""Duties that are on one kind of goods, unlike a tariff on all that comes from a country."""
_AGO = re.compile(r"\s(?:ago|earlier|later)\b")
_PERIOD = re.compile(
    r"\b(?:the|in|over|during|for|this|its)\s(?:first|last|past|previous|preceding|final)\s$", re.IGNORECASE
)
"""What makes a duration a stretch of the calendar and no amount: 'in the first two months of 2024'."""
_KINDS = {
    "production_share": {"PERCENT"}, "trade_share": {"PERCENT"}, "import_dependence": {"PERCENT"},
    "financing": {"MONEY", "UNIT_PRICE"}, "investment": {"MONEY", "PERCENT"}, "project_cost": {"MONEY"},
    "reserve": {"PERCENT", "MASS", "DURATION"}, "capacity": {"MASS", "PERCENT"},
    "production_volume": {"MASS", "PERCENT"},
    "trade_volume": {"MASS", "PERCENT"}, "quota_set": {"MASS", "PERCENT", "DURATION"}, "lead_time": {"DURATION"},
    "mine_halt": {"COUNT", "PERCENT", "MASS", "DURATION"}, "price_move": {"PERCENT", "UNIT_PRICE", "MONEY"},
    "stockpiling": {"DURATION", "MASS", "MONEY"}, "tariff": {"PERCENT"}, "control_imposed": {"PERCENT", "DURATION"},
    "production_start": {"MASS"},
    "licence_granted": {"COUNT", "DURATION", "MASS"}, "supply_disruption": {"DURATION", "MASS", "PERCENT"},
}  # fmt: skip
_MASS_FIRST = {"quota_set", "capacity"}
_ANY_KIND = {"PERCENT", "MONEY", "UNIT_PRICE", "MASS", "DURATION", "COUNT"}


@dataclass
class _Context:
    """What earlier sentences were about; `main` and `home` are the material and place the article names most."""

    main: tuple[str, ...]
    materials: tuple[str, ...] = ()
    age: int = 0
    place: str | None = None
    home: str | None = None
    firm: str | None = None
    """Country of the firm spoken of last, which 'it' and 'the company' mean; None after a sentence on a place."""
    speaker: str = ""
    lists: list[tuple[str, ...]] = field(default_factory=list)
    lifted: bool = False
    """Whether the last control spoken of was lifted, so that 'the suspension' is the lifting."""
    duty_on: tuple[str, ...] = ()
    """Materials of the last tariff, which a further 'countervailing duty' goes on about."""

    def in_play(self) -> tuple[str, ...]:
        """Materials that a sentence without any may go on about."""
        return self.materials if self.materials and self.age < _REACH else self.main

    def follow(self, passage: Passage) -> None:
        """Take over what this sentence was about."""
        named = _topics(passage)
        self.age += 1
        if named:
            self.materials, self.age = named, 0
        self.lists += [names for names in _lists_of(passage) if len(names) > 1]
        here = subject_place(passage)
        firms = passage.by_tag.get("ORG", [])
        countries = [c for f in firms if (c := company_countries().get(f.value))]
        if countries or here:
            self.firm = countries[0] if countries else None
        self.place = here or self.place
        if passage.speech.who and not passage.speech.pronoun:
            self.speaker = passage.speech.who

    def remember(self, claims: list[Claim]) -> None:
        """Take over what the claims of this sentence settle for the next ones."""
        for claim in claims:
            if claim.type.startswith("control"):
                self.lifted = claim.type in {"control_lifted", "control_eased"}
            if claim.type == "tariff":
                self.duty_on = claim.materials or self.duty_on


@dataclass(frozen=True)
class Extraction:
    """What an article says: its claims in order, and the sentences a reader should look at, typed or not."""

    claims: tuple[Claim, ...]
    candidates: tuple[Candidate, ...]


def extract_claims(article: Article) -> list[Claim]:
    """The claims of an article's body, in order; none when it names no material."""
    return list(extract(article).claims)


def extract(article: Article) -> Extraction:
    """The claims and candidates of an article's body, in order; none when it names no material."""
    if article.language == "zh":
        return Extraction(*extract_chinese(article))
    sentences = split_sentences(article.text, article.body_start, article.body_end)
    short = short_names(article.body)
    lead = ABOUT_LEAD.search(article.body) is not None
    passages = [read_passage(s, article.published, short, lead=lead) for s in sentences if _is_news(s.text)]
    counts = Counter(h.value for p in passages for h in p.by_tag.get("MATERIAL", []))
    if not counts:
        return Extraction((), ())
    places = Counter(h.value for p in passages for h in p.by_tag.get("PLACE", []))
    context = _Context((counts.most_common(1)[0][0],), home=places.most_common(1)[0][0] if places else None)
    claims: list[Claim] = []
    candidates: list[Candidate] = []
    for passage in passages:
        found = [c for c in _claims_of(passage, context, article) if not _said_before(c, claims, passage)]
        sure = _without_repeats([c for c in found if _is_sure(c)], passage)
        claims.extend(sure)
        weak = [c for c in found if not _is_sure(c)]
        named = materials_in(passage, 0, len(passage.sentence.text))
        candidate = candidate_of(passage, article.text, named, context.in_play(), sure, weak)
        candidates.extend([candidate] if candidate else [])
        context.follow(passage)
        context.remember(sure)
    return Extraction(tuple(sorted(claims, key=lambda c: (c.start, c.end, c.type))), tuple(candidates))


def _is_sure(claim: Claim) -> bool:
    """Whether a find is a claim; what is conditional or denied is one in any case, for it never counts as a fact."""
    return claim.confidence >= SURE_ENOUGH or claim.status in {"conditional", "negated"}


def _is_news(text: str) -> bool:
    return not is_furniture(text) and ADDRESSES_READER.search(text) is None


def _claims_of(passage: Passage, context: _Context, article: Article) -> list[Claim]:
    fits = spans_of(settle(find_fits(passage), passage), passage)
    found = (_claim(fit, span, passage, context, article) for fit, span in fits)
    return [claim for claim in found if claim is not None]


def _without_repeats(claims: list[Claim], passage: Passage) -> list[Claim]:
    kept: list[Claim] = []
    for claim in claims:
        if not _said_before(claim, kept, passage):
            kept.append(claim)
    return kept


_NAMED = re.compile(r"\s?[–—:-]+\s|,?\s(?:such as|namely)\s(?:the\s)?")


def _named_after(general: Hit, own: Hit, passage: Passage) -> bool:
    """Whether 'five key metals – tungsten, ...' names after the general word what it means."""
    return _NAMED.fullmatch(passage.sentence.text[general.end : own.start]) is not None


_COMPARED = re.compile(r"^(?:[\w']+\s)?(?:as with|unlike|like|besides|other than|apart from|as for)\s", re.IGNORECASE)


def _topics(passage: Passage) -> tuple[str, ...]:
    """Materials a sentence is about: not the one it begins by comparing with ('Much as with tin, ...')."""
    text = passage.sentence.text
    compared = _COMPARED.match(text)
    start = text.find(",", compared.end()) + 1 if compared else 0
    named = materials_in(passage, start, len(text))
    own = tuple(n for n in named if n != "critical minerals")
    return own or named  # 'gallium, a critical mineral' is about gallium


def _lists_of(passage: Passage) -> list[tuple[str, ...]]:
    """The lists of materials in a sentence, each with its members in order."""
    hits = passage.by_tag.get("MATERIAL", [])
    lists: list[list[str]] = []
    for i, hit in enumerate(hits):
        if i and _listed(hits[i - 1], hit, passage):
            lists[-1].append(hit.value)
        else:
            lists.append([hit.value])
    return [tuple(dict.fromkeys(names)) for names in lists]


def materials_in(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """Materials named in a part of a sentence, in order; magnets of rare earths count as both."""
    names: list[str] = []
    first, last = passage.speech.place
    hits = passage.within(("MATERIAL",), start, end)
    for i, hit in enumerate(hits):
        if first <= hit.start < last:
            continue
        if hit.value == "critical minerals" and i + 1 < len(hits) and _named_after(hit, hits[i + 1], passage):
            continue
        names.extend(["rare earths", "magnets"] if hit.value == "rare earth magnets" else [hit.value])
    return tuple(dict.fromkeys(names))


def _claim(fit: Fit, span: tuple[int, int], passage: Passage, context: _Context, article: Article) -> Claim | None:
    kind = _type_of(fit, passage, context)
    materials = _materials(fit, span, passage, context)
    if not materials and kind not in NEED_NO_MATERIAL:
        return None
    carried = context.place or context.home
    if context.firm and kind in _OF_FIRMS and _THE_FIRM.search(passage.sentence.text, fit.segment[0], fit.end):
        carried = context.firm
    actor, target = parties(fit, span, passage, carried)
    start, end = passage.sentence.start + span[0], passage.sentence.start + span[1]
    quote = article.text[start:end]
    who = passage.speech.speaker_of(fit.start, fit.end)
    amounts = _amounts(kind, span, passage)
    status = status_of(fit, span, passage, article.published)
    if kind == "price_move" and status == "planned" and not amounts:
        return None  # 'prices are expected to rise further' says nothing that could be checked
    return Claim(
        id=claim_id(kind, start, quote),
        type=kind,
        quote=quote,
        start=start,
        end=end,
        materials=materials,
        actor=actor,
        target=target,
        organisations=_organisations(passage, span),
        amounts=amounts,
        dates=_dates(span, passage),
        status=status,
        attribution=(context.speaker or who) if passage.speech.pronoun and who else who,
        confidence=confidence_of(fit, span, passage, amounts=bool(amounts), status=status),
    )


_SUSPENSION = re.compile(r"(?:the|this|that|its) (?:suspension|pause|reprieve|moratorium|truce|freeze)", re.IGNORECASE)


def _type_of(fit: Fit, passage: Passage, context: _Context) -> str:
    """The rule's type; after a lifting, 'the suspension takes effect' is of that lifting and no new control."""
    if fit.rule.type == "control_imposed" and context.lifted and fit.hits[0].tag.startswith("CONTROL"):
        text = passage.sentence.text
        if _SUSPENSION.fullmatch(text[max(0, fit.start - 4) : fit.hits[0].end].strip()):
            return "control_lifted"
    return fit.rule.type


def _materials(fit: Fit, span: tuple[int, int], passage: Passage, context: _Context) -> tuple[str, ...]:
    """Materials of the claim, else of its sentence, else of the sentences before."""
    named = _nearest(fit, span, passage)
    if named == ("critical minerals",) and _AGAIN.search(passage.sentence.text, *span) and context.materials:
        return context.materials
    if named == ("critical minerals",):
        return _spelt_out(span, passage) or named
    if named:
        return named
    the_set = _THE_SET.search(passage.sentence.text, *span) or _BOTH.match(passage.sentence.text)
    if the_set and the_set.group(1):
        size = _COUNTS[the_set.group(1).lower()]
        fitting = [names for names in context.lists if len(names) == size]
        if fitting:
            return fitting[-1]
    if fit.rule.type in NEED_NO_MATERIAL:
        return context.duty_on if _OF_ONE_GOOD.search(passage.sentence.text, *span) else ()
    around = materials_in(passage, 0, len(passage.sentence.text))
    if around:
        return around
    return context.in_play()


def _spelt_out(span: tuple[int, int], passage: Passage) -> tuple[str, ...]:
    """The materials that a colon or dash after the claim introduces: '... on five key metals: tungsten, ...'."""
    text = passage.sentence.text
    after = [h for h in passage.by_tag.get("MATERIAL", []) if h.start >= span[1]]
    if not after or not re.fullmatch(r"\s?[:–—]\s(?:\w+\s)?", text[span[1] : after[0].start]):
        return ()
    end = next((i for i in range(1, len(after)) if not _listed(after[i - 1], after[i], passage)), len(after))
    return tuple(dict.fromkeys(h.value for h in after[:end]))


def _nearest(fit: Fit, span: tuple[int, int], passage: Passage) -> tuple[str, ...]:
    """The list of materials that the claim's words hold, else the nearest one in its span."""
    hits = passage.within(("MATERIAL",), *span)
    inside = [i for i, h in enumerate(hits) if h.start >= fit.start and h.end <= fit.end]
    if not inside and hits:
        apart = [
            passage.words_between(h.end, fit.start) if h.end <= fit.start else passage.words_between(fit.end, h.start)
            for h in hits
        ]
        inside = [min(range(len(hits)), key=lambda i: (apart[i], -i))]
    if not inside:
        return ()
    first, last = inside[0], inside[-1]
    while first > 0 and _listed(hits[first - 1], hits[first], passage):
        first -= 1
    while last + 1 < len(hits) and _listed(hits[last], hits[last + 1], passage):
        last += 1
    return materials_in(passage, hits[first].start, hits[last].end)


def _listed(one: Hit, other: Hit, passage: Passage) -> bool:
    """Whether two materials stand in one list; an amount of each may stand between: '9 tonnes of tin and 3 of zinc'."""
    between = [q for q in passage.quantities if one.end <= q.start and q.end <= other.start]
    words = sum(passage.words_between(q.start, q.end) for q in between)
    if _TOGETHER.search(passage.sentence.text, one.end, other.start):
        return True
    return passage.words_between(one.end, other.start) - words <= _LIST_GAP


def _amounts(kind: str, span: tuple[int, int], passage: Passage) -> tuple[Amount, ...]:
    kinds = _KINDS.get(kind, _ANY_KIND)
    text = passage.sentence.text
    inside = [q for q in passage.quantities if q.start >= span[0] and q.end <= span[1] and q.kind in kinds]
    if kind in _MASS_FIRST and any(q.kind == "MASS" for q in inside):
        inside = [q for q in inside if q.kind == "MASS"]
    inside = [q for q in inside if not text[: q.start].endswith("out of ") and not _AGO.match(text[q.end :])]
    inside = [q for q in inside if q.kind != "DURATION" or not _PERIOD.search(text[: q.start])]
    return tuple(Amount(q.value, q.unit, q.qualifier) for q in inside)


def _dates(span: tuple[int, int], passage: Passage) -> tuple[str, ...]:
    inside = [iso for a, b, iso in passage.dates if a >= span[0] and b <= span[1]]
    start, end = next((s for s in passage.segments if s[0] <= span[0] < s[1]), span)
    first, last = passage.speech.place
    near = [iso for a, b, iso in passage.dates if start <= a < end or first <= a < last or b <= start]
    return tuple(dict.fromkeys(inside or near))


def _organisations(passage: Passage, span: tuple[int, int]) -> tuple[str, ...]:
    """Firms and offices in the claim, then plants of the dataset by their name there."""
    firms = [h.value for h in passage.within(("ORG",), *span)]
    plants = [load_facilities()[h.value].name for h in passage.within(("FACILITY",), *span)]
    return tuple(dict.fromkeys([*firms, *plants]))


def _said_before(claim: Claim, earlier: list[Claim], passage: Passage) -> bool:
    """Whether an earlier claim of the same type already said this: its quote, its amounts, or the event itself."""
    return any(o.type == claim.type and _repeats(claim, o, passage) for o in earlier)


def _repeats(claim: Claim, other: Claim, passage: Passage) -> bool:
    if other.quote == claim.quote:
        return True
    if not set(claim.amounts) <= set(other.amounts):
        return False
    if claim.amounts:
        same_actor = claim.actor == other.actor or claim.type not in _BY_ACTOR
        return same_actor and set(claim.materials) <= set(other.materials)
    same_sentence = other.start >= passage.sentence.start and claim.type in _STATES
    if same_sentence and (claim.materials, claim.status, claim.target) == (other.materials, other.status, other.target):
        return True
    known = set(claim.dates) <= set(other.dates) and claim.actor == other.actor
    return known and _SUBORDINATE.match(claim.quote) is not None
