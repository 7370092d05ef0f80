"""The register of export controls: every measure we hold, and what was in force on a day as known on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from sluicegate.regime.amendment import amended
from sluicegate.regime.measure import Covered, Effect, Item, Measure, Suspended
from sluicegate.regime.tariff import AddedRate, TalksEvent, TariffFile
from sluicegate.terms import InputError, NotFoundError, parse_place
from sluicegate.terms.home import home
from sluicegate.terms.worked_out import worked_out

OWN_ENTRY = "measure.yaml"
"""The file of an import that holds an entry of the user's."""

T = TypeVar("T", bound=BaseModel)

State = Literal["not yet", "in force", "suspended", "doubtful", "ended", "no date"]
"""`doubtful`: the record does not say whether a suspension was prolonged."""


@dataclass(frozen=True)
class Cover:
    """One item of a measure in force that covers a product on a route.

    Parameters
    ----------
    covered : the share of the product's tonnage listed, low / p50 / high
    effect : what it does to the goods it covers
    state : `in force` or `doubtful`
    """

    measure: Measure
    item: Item
    covered: Covered
    effect: Effect
    state: State


@dataclass(frozen=True)
class Dated:
    """One line of the timeline: something that happened to a measure on a day."""

    on: date
    what: Literal["announced", "in effect", "suspended", "suspension ends", "ends"]
    measure: str
    title: str


@dataclass(frozen=True)
class Register:
    """All measures, tariffs and talks.

    Parameters
    ----------
    measures : every measure, by id
    rates, talks : the tariff step functions and the events around them
    """

    measures: dict[str, Measure]
    rates: tuple[AddedRate, ...]
    talks: tuple[TalksEvent, ...]

    @property
    def last_verified(self) -> date:
        """The latest day on which an entry was checked."""
        return max(measure.last_verified for measure in self.measures.values())

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item of every measure."""
        return tuple(item for measure in self.measures.values() for item in measure.items)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every customs code that an item names."""
        return frozenset(code for item in self.items for code in item.hs)

    @cached_property
    def phrases(self) -> frozenset[str]:
        """Every phrase the register knows goods by: names, materials, products."""
        return frozenset(p for i in self.items for p in (*i.names, *i.materials, *(c.name for c in i.products)))

    @cached_property
    def limited(self) -> frozenset[str]:
        """The measured properties on which some item sets a limit."""
        limits = [limit for item in self.items for line in (*item.alternatives, item.exclusions) for limit in line]
        return frozenset(name for limit in limits for name in limit.names if limit.on_property)

    def measure(self, measure_id: str) -> Measure:
        """The measure of that id, e.g. `CN-2025-18`.

        Raises
        ------
        NotFoundError : no such measure.
        """
        key = measure_id.strip().upper()
        if key not in self.measures:
            raise NotFoundError(measure_id, kind="measure", known=self.measures, where="register")
        return self.measures[key]

    def known(self, as_of: date) -> tuple[Measure, ...]:
        """Measures announced on or before a day, oldest first."""
        seen = (measure for measure in self.measures.values() if measure.announced_on <= as_of)
        return tuple(sorted(seen, key=lambda measure: (measure.announced_on, measure.id)))

    def state(self, measure: Measure, on: date, as_of: date | None = None, item: Item | None = None) -> State:
        """The state of a measure, or of one of its items, on a day, by what was known on `as_of` (default: `on`)."""
        known_on = as_of or on
        start = item.effective_from if item and item.effective_from else measure.effective_from
        if start is None:
            return "no date"
        if on < start:
            return "not yet"
        last = item.ends_on if item and item.ends_on else measure.ends_on
        if last and on > last and (measure.end_announced_on or start) <= known_on:
            return "ended"
        return self._suspension(measure, on, known_on, item)

    def in_force(self, on: date, as_of: date | None = None) -> tuple[Measure, ...]:
        """Measures in force on a day by what was known on `as_of` (default: `on`); doubtful ones are left out."""
        return tuple(m for m in self.known(as_of or on) if self.state(m, on, as_of) == "in force")

    def covering(
        self, *, product: str, origin: str, destination: str, on: date, as_of: date | None = None
    ) -> tuple[Cover, ...]:
        """What covers a product of the vocabulary on its way from `origin` to `destination` on a day.

        Items that refuse the listed goods of other measures are given with those measures' shares. An
        item with `covered.overcomplied` and a share of 0 is not listed, yet was held up in practice.

        Raises
        ------
        NotFoundError : no such place.
        """
        start, end = parse_place(origin, where="origin"), parse_place(destination, where="destination")
        found = []
        for measure in self.known(as_of or on):
            if measure.jurisdiction != start or not reaches(measure.destinations, end):
                continue
            for item in measure.items:
                state = self.state(measure, on, as_of, item)
                if state in ("in force", "doubtful") and not item.made and reaches(item.destinations or "all", end):
                    found += [Cover(measure, item, c, item.effect, state) for c in self._shares(item, product)]
        return tuple(found)

    def tariff(self, *, by: str, on_goods_of: str, on: date, as_of: date | None = None) -> float | None:
        """The general added duty rate (0-1) of one place on the goods of another; None where no rate is on record."""
        payer, seller = parse_place(by, where="by"), parse_place(on_goods_of, where="on_goods_of")
        for rate in self.rates:
            inside = rate.first <= on and (rate.last is None or on <= rate.last)
            if (rate.by, rate.on_goods_of) == (payer, seller) and inside and rate.announced_on <= (as_of or on):
                return rate.added_rate
        return None

    def timeline(self, first: date, last: date) -> tuple[Dated, ...]:
        """Everything that happened to any measure from `first` to `last`, in order of date."""
        lines = [line for measure in self.measures.values() for line in _history(measure)]
        return tuple(sorted((x for x in lines if first <= x.on <= last), key=lambda x: (x.on, x.measure)))

    def ahead(self, day: date, last: date) -> tuple[Dated, ...]:
        """What is to happen to measures after a day, up to another, as far as it was announced by then."""
        lines: list[Dated] = []
        for m in self.known(day):
            told: list[tuple[date | None, Any]] = [(m.effective_from, "in effect")]
            told += [(m.ends_on, "ends")] * ((m.end_announced_on or day) <= day)
            for spell in m.suspended:
                if self.measures[spell.by].announced_on <= day:
                    told += [(spell.first, "suspended"), (spell.last, "suspension ends")]
            lines += [Dated(on, what, m.id, m.title) for on, what in told if on is not None and day < on <= last]
        return tuple(sorted(lines, key=lambda x: (x.on, x.measure)))

    def _suspension(self, measure: Measure, on: date, known_on: date, item: Item | None) -> State:
        """In force, suspended or doubtful, for a measure that has begun and not ended."""
        spells = [s for s in measure.suspended if self._applies(s, known_on, item) and s.first <= on]
        if not spells:
            return "in force"
        spell = max(spells, key=lambda s: s.first)
        if on <= spell.last:
            return "doubtful" if spell.confidence == "unverified" else "suspended"
        return "doubtful" if spell.afterwards == "not known" else "in force"

    def _applies(self, spell: Suspended, known_on: date, item: Item | None) -> bool:
        """Whether a spell was announced by then and touches the item; a spell on some clauses spares the measure."""
        if self.measures[spell.by].announced_on > known_on:
            return False
        return not spell.clauses or (item is not None and item.clause in spell.clauses)

    def meant(self, item: Item) -> list[Covered]:
        """What an item lists by naming other measures: the goods those ask a licence for."""
        return [c for i in self._items_meant(item) if i.effect == "licence" for c in i.products]

    def covers(self, item: Item) -> list[Covered]:
        """The covered shares of an item: its own, and those of the licence items it refers to."""
        return [*item.products, *self.meant(item)]

    def _items_meant(self, item: Item) -> list[Item]:
        """The items that an item lists by naming their measure, or the measure and the clause; `all` names none."""
        named = [(self.measures[name], clause) for name, clause in map(reference, item.items_of) if name != "all"]
        return [i for measure, clause in named for i in measure.items if clause in ("", i.clause)]

    def _shares(self, item: Item, product: str) -> list[Covered]:
        """The item's covered shares of a product, its own or those of the measures it refers to."""
        return [covered for covered in self.covers(item) if covered.name == product]


def reference(text: str) -> tuple[str, str]:
    """The id and the clause of a reference such as `CN-2025-18 IV(1)4`; the clause is empty where none is named."""
    name, _, clause = text.partition(" ")
    return name, clause


def reaches(destinations: Literal["all"] | Sequence[str], destination: str) -> bool:
    """Whether a destination is among those of a measure or item; EUU stands for its members."""
    if destinations == "all":
        return True
    return destination in destinations or ("EUU" in destinations and destination in EU_MEMBERS)


EU_MEMBERS = frozenset(
    {
        "AUT", "BEL", "BGR", "HRV", "CYP", "CZE", "DNK", "EST", "FIN", "FRA", "DEU", "GRC", "HUN", "IRL", "ITA", "LVA",
        "LTU", "LUX", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "ESP", "SWE", "EUU", "EUO",
    }
)  # fmt: skip
"""Members of the European Union, and the groups that stand for them."""


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, ten times faster where libyaml is there."""


def read_measure(text: str, *, where: str) -> Measure:
    """One measure from YAML.

    Raises
    ------
    InputError : with every problem of the file.
    """
    return _read(Measure, text, where=where)


def load_register() -> Register:
    """The register that ships with the package, and the user's own entries: `measure.yaml` of an import.

    Raises
    ------
    InputError : entries that cannot be read or that refer to a measure which is not there, all at once.
    """
    found = sorted((home() / "overlay").glob(f"[!.]*/{OWN_ENTRY}"))
    return _register(tuple((path, path.stat().st_mtime_ns) for path in found))


@lru_cache(maxsize=4)
def _register(own: tuple[tuple[Path, int], ...]) -> Register:
    return _from_files(own) if own else worked_out("register", ("regime", "terms"), lambda: _from_files(()))


def _from_files(own: tuple[tuple[Path, int], ...]) -> Register:
    folder = files("sluicegate.regime").joinpath("register")
    texts = {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")}
    tariffs = _read(TariffFile, texts.pop("tariffs.yaml"), where="tariffs.yaml")
    texts |= {f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8") for path, _ in own}
    return build_register(texts, tariffs)


def build_register(texts: dict[str, str], tariffs: TariffFile) -> Register:
    """A register from the YAML text of each file, by file name.

    Raises
    ------
    InputError : every problem of every file at once.
    """
    measures, problems = [], []
    for name, text in sorted(texts.items()):
        try:
            measures.append(read_measure(text, where=name))
        except InputError as error:
            problems.append(f"{name}: {error.found}")
    problems += _cross_checks(measures)
    whole: dict[str, Measure] = {}
    if not problems:
        try:
            whole = amended(measures)
        except ValueError as error:
            problems.append(" ".join(str(error).split()))
    if problems:
        raise InputError(
            "; ".join(problems), where="register", expected="valid entries", do="Correct the entries named."
        )
    return Register(whole, tariffs.rates, tariffs.talks)


def _cross_checks(measures: Sequence[Measure]) -> list[str]:
    """Ids used twice, and ids that are referred to and do not exist."""
    ids = [measure.id for measure in measures]
    found = [f"id {name} is used {ids.count(name)} times" for name in sorted(set(ids)) if ids.count(name) > 1]
    for measure in measures:
        named = [s.by for s in measure.suspended] + [name for item in measure.items for name in item.items_of]
        named += [a.measure for a in measure.amends]
        there = (*ids, "all", *(f"{m.id} {item.clause}" for m in measures for item in m.items))
        found += [f"{measure.id} refers to {name}, which is not there" for name in named if name not in there]
    return found


def _read(model: type[T], text: str, *, where: str) -> T:
    """A model from YAML text, with all its problems in one InputError."""
    try:
        content: Any = yaml.load(text, Loader=_LOADER)
        return model.model_validate(content)
    except yaml.YAMLError as error:
        found = f"no YAML: {' '.join(str(error).split())}"
    except ValidationError as error:
        found = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'entry'}: {e['msg']}" for e in error.errors())
    raise InputError(found, where=where, expected="a register entry", do="See the fields of sluicegate.regime.Measure.")


def _history(measure: Measure) -> list[Dated]:
    """The dated lines of one measure."""
    dates: list[tuple[date | None, Any]] = [
        (measure.announced_on, "announced"),
        (measure.effective_from, "in effect"),
        (measure.ends_on, "ends"),
    ]
    for spell in measure.suspended:
        dates += [(spell.first, "suspended"), (spell.last, "suspension ends")]
    return [Dated(on, what, measure.id, measure.title) for on, what in dates if on is not None]
