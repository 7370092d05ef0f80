"""Who acts and upon whom: places before and after the words that make a claim."""

from __future__ import annotations

import itertools
import re

from sluicegate.news.lexicon import Hit, company_countries
from sluicegate.news.passage import Passage
from sluicegate.news.rules import Fit
from sluicegate.news.status import OWN_WORD

_PLACES = ("PLACE", "REGION")
_STATE_ACTS = {
    "control_imposed", "control_eased", "control_lifted", "control_extended", "licence_granted", "quota_set", "tariff",
    "deal_statement", "stockpiling",
}  # fmt: skip
_SITES = {"mine_halt", "mine_restart", "production_volume", "depletion", "reserve", "capability"}
_PROJECTS = {"project_cost", "capacity", "production_start"}
_WORKS = _SITES | _PROJECTS | {"supply_disruption"}
_INWARD = re.compile(
    (
        r"\b(?:to|against|with|for|on|into|toward|towards|from|over|between|by|like|than|behind|"
        r"outside)\s(?:the\s|all\s|other\s|both\s|\w+ing\s)?$"
    ),
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:in|of|at|across|near|around|within)\s(?:the\s|all\s|parts\sof\s|\w+ern\s|southern\s)?$",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\b(?:from|through|by)\s(?:the\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:the\s)?$", re.IGNORECASE)
_BY = re.compile(r"\bby\s(?:the\s)?$", re.IGNORECASE)
_ABSOLUTE = re.compile(r"(?:['’]s)?\s\w+ing\b")
_LIST = re.compile(r"^[,\s]{1,2}(?:and\s|or\s|the\s){0,2}$|^,? and (?:the )?$")


def parties(
    fit: Fit, span: tuple[int, int], passage: Passage, carried: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actor and target of a claim.

    Parameters
    ----------
    fit : the rule's hits
    span : offsets of the claim in the sentence
    carried : place that earlier sentences were about
    """
    places = _people_aside(passage.within(_PLACES, *span), passage)
    text = passage.sentence.text
    kind = fit.rule.type
    if kind == "import_dependence":
        return _dependence(fit, places, text, _elsewhere(fit, passage, span) or carried)
    target = _target(fit, places, text)
    if kind == "price_move":
        return (), tuple(dict.fromkeys(p.value for p in places if _AT.search(text[: p.start]))) or target
    if kind in _WORKS:
        return _at_works(fit, span, passage, places, target, carried)
    actor = _speaking_state(fit, passage) or _funder(fit, places, text) or _owner(fit, passage)
    actor = actor or _importer(fit, places, text) or _exporter(fit, places, text) or _sender(fit, places, text)
    carried = None if carried in target else carried
    actor = actor or _actor(fit, places, text) or _firm_country(fit, passage, span)
    before = [p for p in places if p.start <= fit.start or kind not in _STATE_ACTS]
    actor = actor or _sites(before, text) or _elsewhere(fit, passage, span)
    if kind in {"production_share", "trade_volume"}:
        actor = actor or _origin(places, text) or (places[0].value if places and kind == "production_share" else None)
    if kind == "production_share":
        target = ()
    if actor:
        actors = _coordinated(actor, fit, places, text) if kind in _STATE_ACTS else (actor,)
        return actors, tuple(t for t in target if t not in actors)
    return ((carried,) if carried else ()), tuple(t for t in target if t != carried)


def _led(place: Hit, text: str) -> bool:
    """Whether a preposition leads to a place; not in 'With Washington keeping a tariff', whose subject it is."""
    before = text[: place.start]
    absolute = re.search(r"\bwith\s$", before, re.IGNORECASE) and _ABSOLUTE.match(text, place.end)
    return _INWARD.search(before) is not None and not absolute


def _at_works(
    fit: Fit, span: tuple[int, int], passage: Passage, places: list[Hit], target: tuple[str, ...], carried: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where a mine, a plant or a shortage is: site, 'in PLACE', subject, what was spoken of, the firm's seat."""
    text, kind = passage.sentence.text, fit.rule.type
    places = _without_the_whole(fit, places, text)
    at = [p.value for p in places if p.tag == "PLACE" and _AT.search(text[: p.start])]
    subject = _actor(fit, places, text)
    if kind == "supply_disruption":
        actor = subject or (_site(passage, span) if any(h.tag == "FORCE_MAJEURE" for h in fit.hits) else None)
        hit = tuple(dict.fromkeys(p.value for p in places if _AT.search(text[: p.start]))) or target
        chosen = actor or carried
        return ((chosen,) if chosen else ()), tuple(t for t in hit if t != chosen)
    here = _site(passage, span) or next(iter(at), None) or subject or _sites(places, text)
    firm = _firm_country(fit, passage, span)
    actor = here or (firm if kind == "capability" else None) or carried or firm
    targets = tuple(dict.fromkeys(at)) if kind in _PROJECTS else ()
    return ((actor,) if actor else ()), targets


def _importer(fit: Fit, places: list[Hit], text: str) -> str | None:
    """'imports of tin into PLACE'."""
    if fit.rule.type != "trade_volume" or not any("import" in h.value for h in fit.hits):
        return None
    found = [p for p in places if re.search(r"\binto\s(?:the\s)?$", text[: p.start])]
    return found[0].value if found else None


def _without_the_whole(fit: Fit, places: list[Hit], text: str) -> list[Hit]:
    """Places but those a share is taken of: '33% of all European reserves'."""
    shares = [h for h in fit.hits if h.tag == "PERCENT"]
    if not shares:
        return places
    end = shares[0].end
    return [p for p in places if p.start < end or not re.match(r"\sof\s(?:\w+\s){0,2}$", text[end : p.start])]


def _exporter(fit: Fit, places: list[Hit], text: str) -> str | None:
    """'35% of PLACE's exports'."""
    if fit.rule.type != "trade_share":
        return None
    found = [p for p in places if re.match(r"['’]s\s(?:[\w-]+\s){0,3}?(?:exports|shipments)\b", text[p.end :])]
    return found[0].value if found else None


def _origin(places: list[Hit], text: str) -> str | None:
    """'exports of tin from PLACE'."""
    found = [p for p in places if p.tag == "PLACE" and _FROM.search(text[: p.start])]
    return found[0].value if found else None


_EXPORTS_FROM = re.compile(r"\b(?:exports?|shipments?|sales|deliveries)\s[^,;]{0,50}\bfrom\s(?:the\s)?$", re.IGNORECASE)


def _sender(fit: Fit, places: list[Hit], text: str) -> str | None:
    """'a spike in exports of tin from PLACE to ...'."""
    if fit.rule.type != "trade_volume":
        return None
    found = [p for p in places if p.tag == "PLACE" and _EXPORTS_FROM.search(text[: p.start])]
    return found[0].value if found else None


def _owner(fit: Fit, passage: Passage) -> str | None:
    """'..., its main rival, accounting for 77%' speaks of the place named last before it."""
    first = passage.sentence.text[fit.start : fit.hits[0].end].split()[0].lower()
    if fit.rule.type != "production_share" or not (first.endswith("ing") and len(first) > 5):
        return None
    before = [p for p in passage.by_tag.get("PLACE", []) if p.end <= fit.start]
    return before[-1].value if before else None


def subject_place(passage: Passage) -> str | None:
    """The place a sentence is about: its first place that no preposition leads to."""
    text = passage.sentence.text
    places = [p for p in passage.hits if p.tag == "PLACE"]
    free = [p for p in _not_led_to(places, text) if not _AT.search(text[: p.start])]
    sites = passage.by_tag.get("SITE", [])
    return (free or sites)[0].value if free or sites else None


def _not_led_to(places: list[Hit], text: str) -> list[Hit]:
    """Places that no preposition leads to, nor to the list they stand in: none in 'deliveries to Japan and Korea'."""
    free: list[Hit] = []
    led: Hit | None = None
    for place in places:
        listed = led is not None and _LIST.match(text[led.end : place.start])
        if listed or _led(place, text):
            led = place
        else:
            free.append(place)
            led = None
    return free


def _people_aside(places: list[Hit], passage: Passage) -> list[Hit]:
    """Places outside the attribution, unless the sentence has no others."""
    first, last = passage.speech.place
    return [p for p in places if not (first <= p.start and p.end <= last)]


def _actor(fit: Fit, places: list[Hit], text: str) -> str | None:
    """'by PLACE', else the last free place before the verb, else one that owns the noun ('China's ban')."""
    passive = [p for p in places if p.tag == "PLACE" and _BY.search(text[: p.start])]
    if passive:
        return passive[0].value
    before = [p for p in places if p.tag == "PLACE" and p.start <= fit.start]
    free = [p for p in before if not _led(p, text) and not _AT.search(text[: p.start])]
    if free:
        owners = [p for p in free if text[p.end : p.end + 2] in {"'s", "’s"}]
        return (owners or free)[-1].value if len(owners) == len(free) else free[-1].value
    inside = [
        p
        for p in places
        if p.tag == "PLACE" and fit.start < p.start < fit.end and not _led(p, text) and not _AT.search(text[: p.start])
    ]
    owners = [p for p in places if p.tag == "PLACE" and p.start < fit.end and text[p.end : p.end + 2] in {"'s", "’s"}]
    if not inside and owners and fit.rule.type.startswith("control"):
        return owners[-1].value  # 'added to China's control list'
    return inside[0].value if inside and fit.rule.type not in {"tariff", "financing", "investment"} else None


def _speaking_state(fit: Fit, passage: Passage) -> str | None:
    """The state that says of itself what 'it' or 'the government' will do."""
    if fit.rule.type not in _STATE_ACTS or not OWN_WORD.match(passage.sentence.text[passage.speech.said[0] :]):
        return None
    first, last = passage.speech.place
    said = passage.within(("PLACE",), first, last)
    return said[0].value if said else None


def _funder(fit: Fit, places: list[Hit], text: str) -> str | None:
    """The state whose bank or ministry the money comes from."""
    if fit.rule.type != "financing":
        return None
    sources = [p for p in places if p.tag == "PLACE" and _SOURCE.search(text[: p.start])]
    return sources[0].value if sources else None


def _coordinated(actor: str, fit: Fit, places: list[Hit], text: str) -> tuple[str, ...]:
    """The actor, with the places that 'and' joins to it."""
    for first, second in itertools.pairwise(places):
        if second.start > fit.start:
            break
        joined = re.fullmatch(r"\s(?:and|or)\s(?:the\s)?", text[first.end : second.start])
        again = any(p.value == actor and second.start < p.start <= fit.start for p in places)
        if joined and not again and actor in {first.value, second.value} and not _led(first, text):
            return tuple(dict.fromkeys((first.value, second.value)))
    return (actor,)


def _site(passage: Passage, span: tuple[int, int]) -> str | None:
    """The country of a mine, town or province that the claim names."""
    sites = passage.within(("SITE",), *span)
    return sites[0].value if sites else None


def _sites(places: list[Hit], text: str) -> str | None:
    here = [p for p in places if p.tag == "PLACE" and not _led(p, text)]
    return here[0].value if here else None


def _firm_country(fit: Fit, passage: Passage, span: tuple[int, int]) -> str | None:
    if fit.rule.type not in {
        "investment", "mine_halt", "production_volume", "capability", "mine_restart", "trade_volume",
    }:  # fmt: skip
        return None
    known = company_countries()
    firms = [known[f.value] for f in passage.within(("ORG",), *span) if f.start <= fit.end and known.get(f.value)]
    nations = [n.value for n in passage.within(("NATION",), *span)] if fit.rule.type == "investment" else []
    return next(iter([*nations, *firms]), None)


def _elsewhere(fit: Fit, passage: Passage, span: tuple[int, int]) -> str | None:
    """A free place before the claim in its sentence, else (acts of states) the one who says it."""
    text = passage.sentence.text
    first, last = passage.speech.place
    free = [p for p in passage.by_tag.get("PLACE", []) if not _led(p, text)]
    before = [p for p in free if p.end <= span[0] and not first <= p.start < last]
    if before:
        return before[-1].value
    said = [p for p in free if first <= p.start < last and not _AT.search(text[: p.start])]
    return said[0].value if said and fit.rule.type in _STATE_ACTS | {"financing"} else None


def _target(fit: Fit, places: list[Hit], text: str) -> tuple[str, ...]:
    """Places that 'to', 'against', 'for', 'on', 'into' or (tariffs) 'from' leads to, with the rest of their list."""
    kind = fit.rule.type
    wanted = (
        r"\b(?:to|against|for|into|towards?|with|on)"
        if kind in _STATE_ACTS | {"trade_volume", "trade_share"}
        else r"\b(?:in|at)"
    )
    if kind == "tariff":
        wanted = r"\b(?:on|from|against)"
    found: list[str] = []
    last: Hit | None = None
    for place in places:
        listed = last is not None and _LIST.match(text[last.end : place.start])
        leads = re.search(
            wanted
            + (
                r"\s(?:the\s|all\s|most\s|goods\sfrom\s|destinations\s(?:including|such\sas)\s(?:the\s)?|"
                r"countries\ssuch\sas\s)?$"
            ),
            text[: place.start],
            re.IGNORECASE,
        )
        if (
            listed
            or (leads and place.start > fit.start)
            or (kind == "supply_disruption" and _AT.search(text[: place.start]))
        ):
            found.append(place.value)
            last = place
        else:
            last = None
    return tuple(dict.fromkeys(found))


def _dependence(fit: Fit, places: list[Hit], text: str, carried: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who imports, and from whom ('from PLACE', 'on PLACE')."""
    if any(h.tag == "LARGEST" for h in fit.hits):
        return _of_supplier(fit, places, carried)
    suppliers: list[Hit] = []
    for place in places:
        lead = re.search(
            r"\b(?:from|on)\s(?:the\s|places\slike\s|countries\s(?:such\sas|like)\s)?$",
            text[: place.start],
            re.IGNORECASE,
        )
        if lead or (suppliers and _LIST.match(text[suppliers[-1].end : place.start])):
            suppliers.append(place)
    others = [p for p in places if p not in suppliers and p.tag == "PLACE"]
    carried = None if carried in {p.value for p in suppliers} else carried
    if not suppliers and len(others) > 1 and any(h.tag in {"SUPPLIED", "PRODUCE"} for h in fit.hits):
        first, rest = others[0], others[1:]
        return (rest[-1].value,), (first.value,)
    actor = others[0].value if others else carried
    target = tuple(dict.fromkeys(p.value for p in suppliers if p.value != actor))
    return ((actor,) if actor else ()), target


def _of_supplier(fit: Fit, places: list[Hit], carried: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """'PLACE is PLACE's largest source of tin': who imports owns the source."""
    owner = next((h.value for h in fit.hits if h.tag == "PLACE"), None)
    others = [p.value for p in places if p.tag == "PLACE" and p.start < fit.start and p.value != owner]
    if owner is None:  # 'its largest source'
        owner, others = (others[0] if len(others) > 1 else carried), others[-1:]
    return ((owner,) if owner else ()), tuple(o for o in others[-1:] if o != owner)
