"""Claims of Chinese articles: controls, licences, quotas, shares and a few more, by patterns within a clause."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TypeVar

from sluicegate.news.article import Article
from sluicegate.news.candidate import Candidate
from sluicegate.news.claim import Amount, Claim, claim_id
from sluicegate.news.tables import table

_SENTENCE = re.compile(r"[^。！？；\n\r]+[。！？；]?")
_CLAUSE = re.compile(r"[^，,：:]+")
_DATE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?")
_YEAR = re.compile(r"(\d{4})年(?!\d{1,2}月)")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ONE = "[一二三四五六七八九十两]"
_PERCENT = rf"(?:\d+(?:\.\d+)?\s?(?:%|％|个百分点)|{_ONE}{{1,2}}分之{_ONE}{{1,2}}|{_ONE}成)"
_SAID = re.compile(
    r"^(?P<who>[^，,。]{2,40}?)(?:\d{1,2}日)?(?:在[^，,。]{2,12}[上中])?(?:表示|称|指出|透露|强调|介绍|说)[，,：:“]|"
    r"^(?:根)?据(?P<source>[^，,]{2,20}?)(?:报道|称|消息|数据)?(?:显示)?[，,]|"
    r"^(?P<figures>[^，,。]{2,16}?数据)(?:能说明|显示|表明)"
)
_TO = re.compile(r"(?:对|向|从)$")
_GOES_ON = re.compile(r"\s?(?:同比|环比|较上年|较去年|比去年|由原先|降至|增至)")
_GENERAL = re.compile(r"国际通行|国际惯例")
"""What a control is in general says nothing of one."""
_OBJECT = re.compile(r"将(?=[^，,。]{1,20}?(?:列入|纳入|作为))")
"""'将' before what is put somewhere is no future."""
_OFFICE = re.compile(r"(?:市场)?监管|资源部|管理局")
_SURE, _CARRIED = 0.7, 0.55
"""Not fitted: two small rounds of Chinese articles are too few."""


def extract_chinese(article: Article) -> tuple[tuple[Claim, ...], tuple[Candidate, ...]]:
    """Claims and candidates of a Chinese article, in order; materials are carried from sentence to sentence."""
    claims: list[Claim] = []
    candidates: list[Candidate] = []
    carried: tuple[str, ...] = ()
    place: str | None = None
    plain = article.text.translate(_simplified())
    for match in _SENTENCE.finditer(plain, article.body_start, article.body_end):
        text = match.group()
        named = materials_in(text)
        found = _claims(text, match.start(), named or carried, article, carried=not named, place=place)
        claims += [c for c in found if not any(_says_again(c, o) for o in claims)]
        place = next(iter(_parties(text)[0]), place)
        if (named or carried) and (found or _number().search(text) or "出口" in text):
            candidates.append(_candidate(text, match.start(), named, carried, found))
        carried = named or carried
    return tuple(_as_written(c, article) for c in claims), tuple(_as_written(c, article) for c in candidates)


T = TypeVar("T", Claim, Candidate)


def _as_written(found: T, article: Article) -> T:
    """With the quote in the script of the article."""
    return replace(found, quote=article.text[found.start : found.end])


@cache
def _simplified() -> dict[int, str]:
    """From characters of the traditional script to the simplified, one to one, so that offsets stay."""
    words = table("chinese")
    return {ord(a): b for a, b in zip(words["traditional"], words["simplified"], strict=True)}


def _says_again(claim: Claim, other: Claim) -> bool:
    """Whether an earlier claim of the type said this: its words, or the same act without a new date or amount."""
    if claim.type != other.type:
        return False
    same = claim.actor == other.actor and set(claim.materials) <= set(other.materials)
    return claim.quote == other.quote or (same and not claim.amounts and set(claim.dates) <= set(other.dates))


def materials_in(text: str) -> tuple[str, ...]:
    """Materials named in a Chinese text, in order; the longest name at a place counts."""
    names = {word: name for name, words in table("chinese")["materials"].items() for word in words}
    found = (m for m in _either(tuple(names)).finditer(text) if not _OFFICE.match(text, m.end()))
    return tuple(dict.fromkeys(names[m.group()] for m in found))


def _claims(
    text: str, at: int, materials: tuple[str, ...], article: Article, *, carried: bool, place: str | None
) -> list[Claim]:
    if not materials or _GENERAL.search(text):
        return []
    found: list[Claim] = []
    taken: list[tuple[int, int]] = []
    for kind, patterns in _rules():
        for pattern in patterns:
            for match in pattern.finditer(text):
                if any(a < match.end() and match.start() < b for a, b in taken):
                    continue
                taken.append(match.span())
                found.append(_claim(kind, match, text, at, materials, article, carried=carried, place=place))
    return sorted(found, key=lambda c: c.start)


def _claim(
    kind: str,
    match: re.Match[str],
    text: str,
    at: int,
    materials: tuple[str, ...],
    article: Article,
    *,
    carried: bool,
    place: str | None,
) -> Claim:
    start, end = _clauses_around(text, match.start(), match.end())
    quote = text[start:end]
    actor, target = _parties(quote)
    if not actor:
        actor = _parties(text)[0] or ((place,) if place else ())
        target = target or tuple(t for t in _parties(text)[1] if t not in actor)
    return Claim(
        id=claim_id(kind, at + start, quote),
        type=kind,
        quote=quote,
        start=at + start,
        end=at + end,
        materials=materials_in(quote) or materials,
        actor=actor,
        target=target,
        organisations=(),
        amounts=_amounts(quote),
        dates=_dates(text, article),
        status=_status(text, quote),
        attribution=_speaker(text),
        confidence=_CARRIED if carried else _SURE,
    )


def _clauses_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The clauses that hold a find, without the mark that ends them."""
    spans = [m.span() for m in _CLAUSE.finditer(text) if m.start() < end and start < m.end()]
    first, last = spans[0][0], spans[-1][1]
    while (more := _CLAUSE.match(text, last + 1)) and _GOES_ON.match(text, last + 1):
        last = more.end()
    body = text[first:last].rstrip("。！？； ")
    return first + len(text[first:last]) - len(text[first:last].lstrip()), first + len(body)


def _parties(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who acts (the first place that nothing leads to) and upon whom (after 对 or 向)."""
    names = {word: code for code, words in table("chinese")["places"].items() for word in words}
    source = _SAID.match(text.strip())
    text = text.strip()[source.end() :] if source and source.group("source") else text
    actor: list[str] = []
    target: list[str] = []
    for match in _either(tuple(names)).finditer(text):
        (target if _TO.search(text[: match.start()]) else actor).append(names[match.group()])
    return tuple(actor[:1]), tuple(dict.fromkeys(t for t in target if t not in actor[:1]))


def _amounts(text: str) -> tuple[Amount, ...]:
    found = [(m.start(), Amount(_share(m.group()), "percent", "")) for m in re.finditer(_PERCENT, text)]
    scales, units = table("chinese")["scales"], table("chinese")["units"]
    for match in _number().finditer(text):
        value = float(match.group("number").replace(",", "")) * float(scales.get(match.group("scale") or "", 1.0))
        found.append((match.start(), Amount(round(value, 6), units[match.group("unit")], "")))
    return tuple(amount for _, amount in sorted(found, key=lambda pair: pair[0]))


def _share(text: str) -> float:
    """A share in percent: '13.3%', '四分之三' (three quarters) or '八成' (eight tenths)."""
    if "分之" in text:
        below, above = (_cardinal(part) for part in text.split("分之"))
        return round(100 * above / below, 1)
    if text.endswith("成"):
        return 10.0 * _cardinal(text[:-1])
    return float(text.rstrip("%％个百分点").strip())


def _cardinal(text: str) -> int:
    """A number of one or two characters, up to nineteen: '三', '十二'."""
    return sum(_DIGITS[c] for c in text)


def _dates(text: str, article: Article) -> tuple[str, ...]:
    """Dates as ISO; one without a year takes that of publication, or the year before when it would lie ahead."""
    found: list[str] = []
    for match in _DATE.finditer(text):
        year, month, day = match.groups()
        if year is None and article.published is None:
            continue
        chosen = int(year) if year else article.published.year if article.published else 0
        if not year and article.published and int(month) > article.published.month:
            chosen -= 1
        found.append(f"{chosen}-{int(month):02d}" + (f"-{int(day):02d}" if day else ""))
    return tuple(dict.fromkeys([*found, *(m.group(1) for m in _YEAR.finditer(text))]))


def _status(text: str, quote: str) -> str:
    words = table("chinese")["words"]
    if any(w in text for w in words["conditional"]):
        return "conditional"
    if any(w in text for w in words["negated"]):
        return "negated"
    if any(w in _OBJECT.sub("", quote) for w in words["planned"]):
        return "planned"
    return "claimed" if _speaker(text) else "asserted"


def _speaker(text: str) -> str:
    match = _SAID.match(text.strip())
    return (match.group("who") or match.group("source") or match.group("figures") or "").strip() if match else ""


def _candidate(text: str, at: int, named: tuple[str, ...], carried: tuple[str, ...], claims: list[Claim]) -> Candidate:
    lead = len(text) - len(text.lstrip())
    quote = text.strip()
    return Candidate(
        quote=quote,
        start=at + lead,
        end=at + lead + len(quote),
        materials=named or carried,
        carried=not named,
        amounts=_amounts(quote),
        claims=tuple(c.id for c in claims),
        guesses=(),
    )


@cache
def _either(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)))


@cache
def _number() -> re.Pattern[str]:
    scales, units = table("chinese")["scales"], table("chinese")["units"]
    scale, unit = (_either(tuple(words)).pattern for words in (scales, units))
    return re.compile(rf"(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>{scale})?\s?(?P<unit>{unit})")


@cache
def _rules() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    names = [word for words in table("chinese")["materials"].values() for word in words]
    number = re.sub(r"\(\?P<\w+>", "(?:", _number().pattern)
    parts = {"..": "[^。！？；]{0,24}?", "NUM": number, "PCT": _PERCENT, "MAT": f"(?:{_either(tuple(names)).pattern})"}
    return tuple(
        (kind, tuple(re.compile(_filled(pattern, parts)) for pattern in patterns))
        for kind, patterns in table("chinese")["rules"].items()
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(name, part)
    return pattern
