"""What a company says of itself: lines, what goes into them, stock, suppliers, applications; as YAML or CSV."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sluicegate.company.unit import Unit
from sluicegate.terms import InputError, parse_place


def _place(text: str) -> str:
    try:
        return parse_place(text)
    except InputError as error:
        raise ValueError(str(error)) from error


def _digits(code: object) -> object:
    """A customs code that YAML took for a number."""
    return str(code) if isinstance(code, int) else code


Place = Annotated[str, AfterValidator(_place)]
Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]


class Part(BaseModel):
    """Base of all parts of the file: no other fields, no infinite numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Use(Part):
    """What a line uses of one input.

    Parameters
    ----------
    input : name of one of the company's inputs
    per_week : use in a week of full production, in `unit`
    criticality : without a critical input the line stops; an important one halves it; a replaceable one leaves it
    """

    input: str
    per_week: Positive
    unit: Unit
    criticality: Literal["critical", "important", "replaceable"] = "critical"


class Line(Part):
    """What the company makes.

    Parameters
    ----------
    value_per_week : of full production, in the company's currency; left out, no value is reckoned
    uses : the bill of materials, one row an input
    """

    name: str
    value_per_week: Positive | None = None
    uses: tuple[Use, ...]

    @model_validator(mode="after")
    def _uses_something(self) -> Line:
        if not self.uses:
            raise ValueError("a line needs at least one row of `uses`")
        return self


class Delivery(Part):
    """Goods bought, cleared and on their way.

    Parameters
    ----------
    arrives : day they are at the plant, after the day of the file
    """

    amount: Positive
    unit: Unit
    arrives: date


class Supplier(Part):
    """Where an input comes from.

    Parameters
    ----------
    origin : country the goods leave; the company's own country for goods made at home
    share : of what the company buys of the input
    lead_weeks : from order to arrival without any licence; left out, the world's transit time for the route
    """

    origin: Place
    share: Share
    lead_weeks: Amount | None = None


class Alternative(Part):
    """A supplier the company could turn to.

    Parameters
    ----------
    share : of the input's use that it could deliver in full
    qualification_weeks : from the decision to the first order
    begun_on : day on which the qualification was begun; left out, it was not, and brings nothing
    lead_weeks : as of a supplier
    qualification_cost : tests and approval, in the company's currency, for `plan`; left out, a share of a year's
        purchases
    """

    origin: Place
    share: Share
    qualification_weeks: Amount
    begun_on: date | None = None
    lead_weeks: Amount | None = None
    qualification_cost: Amount | None = None


class Input(Part):
    """A product that goes into the lines.

    Parameters
    ----------
    name : the company's own word
    product : a product of the world
    hs : or a customs code of 4 to 10 digits that one product of the world has
    piece_kg : kilograms in one piece, where amounts are in pieces
    stock, unit : on hand on the day of the file, in t, kg, g, lb or pieces; left out, what the industry holds
    on_order : left out, the company gets what an average buyer of its country gets, from the first day on
    suppliers : left out, as the country's imports and home production of the base year
    price_per_kg : what the company pays, in its currency, for `plan`; left out, the world's base price in 2024 USD
    """

    name: str
    product: str | None = None
    hs: Annotated[str, BeforeValidator(_digits), Field(pattern=r"^\d{4,10}$")] | None = None
    piece_kg: Positive | None = None
    stock: Amount | None = None
    unit: Unit | None = None
    on_order: tuple[Delivery, ...] | None = None
    suppliers: tuple[Supplier, ...] | None = None
    price_per_kg: Positive | None = None
    alternatives: tuple[Alternative, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Input:
        if (self.product is None) == (self.hs is None):
            raise ValueError("give `product` or `hs`, one of the two")
        if (self.stock is None) != (self.unit is None):
            raise ValueError("`stock` and its `unit` go together")
        if self.suppliers is not None and abs(sum(s.share for s in self.suppliers) - 1) > 1e-6:
            total = sum(s.share for s in self.suppliers)
            raise ValueError(f"the shares of the suppliers sum to {total:g}, not to 1")
        origins = [s.origin for s in self.suppliers or ()]
        if len(set(origins)) != len(origins):
            raise ValueError("a country stands twice among the suppliers; add its shares up")
        return self


class Application(Part):
    """A licence application that waits at the office of the goods' origin.

    Parameters
    ----------
    amount, unit : goods applied for; they are shipped when it is approved
    filed_on : day it was handed in, not after the day of the file
    """

    name: str
    input: str
    origin: Place
    amount: Positive
    unit: Unit
    filed_on: date


class Company(Part):
    """A company's lines and what they depend on. What is left out is not zero: each field says what it is then.

    Parameters
    ----------
    place : country of the plant
    counted_on : day on which the stock was counted; left out, the as-of date of the scenario
    industry : the world's industry it belongs to, whose practice fills in what is left out
    currency : of all values; only a label
    note : what the reader should know, such as that the numbers are an example's assumptions
    """

    name: str
    place: Place
    counted_on: date | None = None
    industry: str | None = None
    currency: str = "USD"
    note: str = ""
    inputs: tuple[Input, ...]
    lines: tuple[Line, ...]
    applications: tuple[Application, ...] = ()

    @model_validator(mode="after")
    def _joined(self) -> Company:
        if not self.lines:
            raise ValueError("a company needs at least one of `lines`")
        inputs = [i.name for i in self.inputs]
        _once("inputs", inputs)
        _once("lines", [x.name for x in self.lines])
        _once("applications", [x.name for x in self.applications])
        for line in self.lines:
            _once(f"uses of {line.name}", [use.input for use in line.uses])
        named = [(f"lines, {x.name}", use.input) for x in self.lines for use in x.uses]
        for where, name in named + [(f"applications, {x.name}", x.input) for x in self.applications]:
            if name not in inputs:
                raise ValueError(f"{where}: no input {name!r}; there are {', '.join(inputs)}")
        unused = set(inputs) - {use.input for x in self.lines for use in x.uses}
        if unused:
            raise ValueError(f"no line uses {', '.join(sorted(unused))}")
        return self

    def input(self, name: str) -> Input:
        """An input by name."""
        return next(i for i in self.inputs if i.name == name)


def _once(what: str, names: list[str]) -> None:
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise ValueError(f"{what}: {', '.join(twice)} named twice")
