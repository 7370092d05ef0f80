"""Does this shipment need a licence on this day? The answer, with the clauses it rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sluicegate.regime.case import Case
from sluicegate.regime.ground import Answer, Ground, answer, grounds
from sluicegate.regime.limit import Verdict, any_of
from sluicegate.regime.naming import is_known
from sluicegate.regime.nomenclature import subheadings
from sluicegate.regime.practice import material_group
from sluicegate.regime.register import Register, load_register, reaches
from sluicegate.regime.shipment import SIZES, Shipment
from sluicegate.regime.waiting import Filing
from sluicegate.terms import NotFoundError
from sluicegate.terms.errors import nearest


@dataclass(frozen=True)
class Determination:
    """The answer to `does this shipment need a licence?`.

    Parameters
    ----------
    licence_required : whether a measure asks for an export licence
    barred : whether an application would be refused in principle, or the export is forbidden
    general_licence : whether a general licence may be used; None where no licence is needed
    licence_valid : whether the licence held still serves; None where none was named
    measures : the rules looked at, those that apply first
    questions : what would settle what is open, and what the exporter must be able to show
    file : papers to hand in
    filing : the application, with waiting time and share passed by the practice known on `as_of`; None where no
        licence is asked for, it is barred, or another office than China's decides
    as_of : nothing known later was used
    """

    licence_required: Answer
    barred: Answer
    general_licence: Answer
    licence_valid: Answer
    measures: tuple[Ground, ...]
    questions: tuple[str, ...]
    file: tuple[str, ...]
    filing: Filing | None
    as_of: date

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the contract: lists, plain numbers, ISO dates."""
        fields: dict[str, Any] = _plain(asdict(replace(self, filing=None)))
        del fields["filing"]
        return fields | {"waiting_days": self.waiting_days, "approval_share": self.approval_share}

    @property
    def waiting_days(self) -> dict[str, float] | None:
        """Calendar days from filing to decision, as a band."""
        return self.filing.waiting_days.as_dict() if self.filing else None

    @property
    def approval_share(self) -> dict[str, float] | None:
        """The share (0-1) of the pre-control flow that passes, as a band."""
        return self.filing.approval_share.as_dict() if self.filing else None


def check_shipment(shipment: Shipment, register: Register | None = None, as_of: date | None = None) -> Determination:
    """Judge a shipment by the register as known on a day.

    Parameters
    ----------
    register : default the one that ships with the package
    as_of : default the day of shipment, at the latest the day the register was last checked

    Raises
    ------
    NotFoundError : a customs code, material or property that is in no entry.
    InputError : a property given in a unit of the wrong dimension.
    """
    reg = register or load_register()
    _recognise(shipment, reg)
    case = Case.open(shipment, reg, as_of or min(shipment.on, reg.last_verified))
    required, barred = _required(case), _barred(case)
    general = _general(case, required, barred)
    filing = _filing(case) if required is not False and barred is not True else None
    return Determination(
        licence_required=answer(required),
        barred=answer(barred),
        general_licence=general,
        licence_valid=_valid(shipment, general),
        measures=grounds(case),
        questions=_questions(case, required, barred, general),
        file=_file(case, required),
        filing=filing,
        as_of=case.as_of,
    )


def _recognise(shipment: Shipment, register: Register) -> None:
    """Raise NotFoundError for a code that does not exist, or a name or a property that no entry holds."""
    if shipment.hs and shipment.hs[:6] not in subheadings() | {code[:6] for code in register.codes}:
        known = _codes_like(shipment.hs, register.codes)
        raise NotFoundError(shipment.hs, kind="customs code", known=known, where="hs")
    if not shipment.hs and not is_known(shipment.material or "", register.phrases):
        raise NotFoundError(
            shipment.material or "", kind="item or technology", known=register.phrases, where="material"
        )
    measured = register.limited | set(SIZES)
    for name in shipment.properties:
        if name not in measured and nearest(name, measured, cutoff=0.75):
            raise NotFoundError(name, kind="property", known=sorted(measured), where="properties")


def _codes_like(code: str, listed: frozenset[str]) -> set[str]:
    """The codes that share the longest beginning with a mistyped one."""
    known = {c[: len(code)] for c in listed} | subheadings()
    for shared in range(len(code), 0, -1):
        like = {other for other in known if other.startswith(code[:shared])}
        if like:
            return like
    return known


def _required(case: Case) -> Verdict:
    """Whether a licence is required; a quota leaves it open, and so does an origin the register holds nothing on."""
    if case.silent:
        return None
    return any_of([case.bites("licence"), *_left_open(case.bites("quota"))])


def _barred(case: Case) -> Verdict:
    """Whether the goods may not go at all: a ban, a party on the control list, a halt at customs."""
    listed_party = case.party is not None and case.party[1].listed == "control list"
    to_party = case.bites("licence") if listed_party else False
    return any_of([case.bites("refused"), to_party, *_left_open(case.bites("halt"))])


def _left_open(verdict: Verdict) -> list[Verdict]:
    """An open verdict where a rule bites without deciding the question; nothing where it does not bite."""
    return [] if verdict is False else [None]


def _general(case: Case, required: Verdict, barred: Verdict) -> Answer:
    """Whether a general licence may be used: never for a listed party or the military, nor before the Regulations."""
    if required is False:
        return None
    shut = barred is True or case.party is not None or case.shipment.is_military or not case.under_regulations
    return False if shut else "depends"


def _valid(shipment: Shipment, general: Answer) -> Answer:
    """Whether the licence held still runs: a single one less than one year, a general one less than three."""
    if shipment.licence is None:
        return None
    if shipment.licence_used and shipment.licence == "single":
        return False
    if shipment.licence == "general" and general is False:
        return False
    if shipment.licence_issued is None:
        return "depends"
    if shipment.on < _years_after(shipment.licence_issued, 1):
        return True
    open_ended = shipment.licence == "general" and shipment.on < _years_after(shipment.licence_issued, 3)
    return "depends" if open_ended else False


def _years_after(day: date, years: int) -> date:
    """The same calendar day some years later; 29 February becomes 1 March."""
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + years, 3, 1) if leap_day else day.replace(year=day.year + years)


def _filing(case: Case) -> Filing | None:
    """The application at the Chinese office for the first item that asks for a licence."""
    main = next((f for f in case.licensing if f.measure.jurisdiction == "CHN"), None)
    if main is None:
        return None
    shipment = case.shipment
    return Filing(
        group=material_group(*main.item.materials), destination=shipment.destination,
        end_use="military" if shipment.is_military else "civil",
        effective_from=main.item.effective_from or main.measure.effective_from or shipment.on,
        on=shipment.on, as_of=case.as_of,
    )  # fmt: skip


def _questions(case: Case, required: Verdict, barred: Verdict, general: Answer) -> tuple[str, ...]:
    """What would settle the open answers, each once."""
    asked = _open_questions(case) if None in (required, barred) else []
    asked += _unused(case)
    for effect, question in _BY_EFFECT.items():
        if case.bites(effect) is not False:
            asked.append(question)
    if case.silent:
        asked.append(
            f"What do the export rules of {case.shipment.origin} say? The register holds nothing sure on the goods."
        )
    if _asks_technology(case):
        asked.append(
            "Were they made with Chinese rare earth technology? Then a licence is needed whatever the content."
        )
    if general == "depends":
        asked.append("For a general licence: has the exporter a working compliance system, and is this user named?")
    if required is not False and case.party is None and _has_listed_parties(case):
        asked.append("Is the end user, or a party that holds half of it, on the control list or the watch list?")
    return tuple(dict.fromkeys(asked + _licence_questions(case.shipment)))


def _asks_technology(case: Case) -> bool:
    """Whether a rule on Chinese technology is running that the facts given say nothing of."""
    silent = "chinese technology" not in case.shipment.properties
    limits = [(f, limit) for f in case.found for line in f.item.alternatives for limit in line]
    return silent and any(
        "chinese technology" in limit.names and f.state in ("in force", "doubtful") for f, limit in limits
    )


def _unused(case: Case) -> list[str]:
    """A remark on each property given that no entry sets a limit on, so that none is passed over in silence."""
    unused = sorted(set(case.shipment.properties) - case.register.limited - set(SIZES))
    return [f"No entry sets a limit on {name!r}; it was not used." for name in unused]


def _open_questions(case: Case) -> list[str]:
    """What each open item asks; which of several items the goods are is one question for each measure."""
    still_open = [finding for finding in case.found if finding.applies is None]
    unnamed: dict[str, list[str]] = {}
    for finding in still_open:
        if finding.unnamed:
            unnamed.setdefault(finding.measure.id, []).append(finding.item.name)
    asked = [f"Which of these are the goods, if any ({name}): {'; '.join(items)}?" for name, items in unnamed.items()]
    return asked + [question for finding in still_open for question in finding.questions]


_BY_EFFECT = {
    "quota": "Does the exporter hold a share of the year's export quota?",
    "halt": "Will customs release the goods? No text ordered the halt.",
    "exporter list": "Is the exporter one of the listed state-trading firms?",
    "stricter review": "Can the exporter show end user and end use in full? They are checked more strictly here.",
}


def _has_listed_parties(case: Case) -> bool:
    """Whether some firms of the destination are on a list on the day."""
    in_force = case.register.in_force(case.shipment.on, case.as_of)
    return any(reaches((p.place,), case.shipment.destination) for measure in in_force for p in measure.parties)


def _licence_questions(shipment: Shipment) -> list[str]:
    """What must be true of the licence held."""
    if shipment.licence is None:
        return []
    if shipment.licence_issued is None:
        return ["On which day was the licence issued?"]
    if shipment.licence == "single":
        return ["Is the single licence unused, and does its printed term still run? Some were issued for six months."]
    return ["Does the printed term of the general licence still run? The first ones were issued for one year."]


def _file(case: Case, required: Verdict) -> tuple[str, ...]:
    """Papers to hand in, as asked for on the day."""
    if required is False:
        near = any(f.item.alternatives and f.state == "in force" for f in case.found)
        return ("test report, and a remark on the declaration that the goods are not controlled",) if near else ()
    measures = [finding.measure for finding in case.licensing]
    if measures and case.party and case.party[1].listed == "watch list":
        measures.append(case.party[0])
    asked = [p.paper for m in measures for p in m.papers if p.since is None or p.since <= case.shipment.on]
    return tuple(dict.fromkeys(asked))


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
