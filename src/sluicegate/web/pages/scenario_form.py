"""A scenario as a form, made from its model: each field with its kind, bounds and help, and the mistakes beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from sluicegate.desk.page.document import named_place
from sluicegate.scenario import Scenario
from sluicegate.scenario.file import unknown_names
from sluicegate.scenario.reach import touches_nothing
from sluicegate.terms.mapping import read_mapping
from sluicegate.web.pages.form import Field
from sluicegate.web.pages.world_now import world_now
from sluicegate.world import World

LISTS = (
    "controls",
    "offices",
    "outages",
    "plants",
    "stocks",
    "second_sources",
    "thrift",
    "production_quotas",
    "contracts",
    "priorities",
    "next_stages",
    "tariffs",
    "export_levies",
    "floors",
    "offtakes",
    "projects",
    "deposits",
    "levers",
)
"""Events; each has a group of fields for every one there is, and an empty one."""
_SIMPLE = ("name", "title", "start", "weeks", "as_of", "controller", "target", "in_force", "depletion")
_PLACES = {"controller", "target", "origin", "place"}
_OFFERED = {"product": "products", "process": "processes"}


@cache
def help_of(model: type[BaseModel]) -> Mapping[str, str]:
    """What the model's docstring says of each field: lines of `name, name : words ; name : words`."""
    text = " ".join(line.strip() for line in (model.__doc__ or "").partition("----------")[2].splitlines())
    starts = list(re.finditer(r"(?:^|(?<= ))((?:[a-z_]+)(?:, [a-z_]+)*) : ", text))
    found: dict[str, str] = {}
    for k, m in enumerate(starts):
        end = starts[k + 1].start() if k + 1 < len(starts) else len(text)
        for name in m.group(1).split(", "):
            found[name] = text[m.end() : end].strip(" ;")
    return found


def item_model(name: str) -> type[BaseModel]:
    """The model of one event of a list."""
    found = get_args(Scenario.model_fields[name].annotation)[0]
    assert isinstance(found, type)
    assert issubclass(found, BaseModel)
    return found


def scenario_fields(values: Mapping[str, Any], errors: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields that every scenario has."""
    return tuple(_field(Scenario, name, name, values.get(name), errors) for name in _SIMPLE)


def event_groups(values: Mapping[str, Any], errors: Mapping[str, str]) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """A group of fields for every event, and an empty one of each kind; then what is rarely changed."""
    groups = []
    for name in LISTS:
        model, rows = item_model(name), list(values.get(name) or ())
        for k, row in enumerate([*rows, {}]):
            title = f"{_words(name)} {k + 1}" if row else f"Add to {_words(name).lower()}"
            prefix = f"{name}.{k}."
            groups.append(
                (
                    title,
                    tuple(
                        _field(model, field, prefix + (info.alias or field), _value(row, field, info), errors)
                        for field, info in model.model_fields.items()
                    ),
                )
            )
    rest = tuple(_field(Scenario, n, n, values.get(n), errors) for n in ("parameters", "settings"))
    return (*groups, ("Inputs and open questions", rest))


def _value(row: Mapping[str, Any], field: str, info: FieldInfo) -> Any:
    return row.get(info.alias or field, row.get(field))


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _bare(annotation: Any) -> Any:
    """An annotation without `None` and without what `Annotated` adds."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        left = [a for a in get_args(annotation) if a is not type(None)]
        return _bare(left[0]) if len(left) == 1 else annotation
    return annotation


def _texts(kind: Any) -> bool:
    """Whether it is a list of names."""
    return get_origin(kind) is tuple and _bare(get_args(kind)[0]) is str


def _field(model: type[BaseModel], field: str, name: str, value: Any, errors: Mapping[str, str]) -> Field:
    info, kind = model.model_fields[field], _bare(model.model_fields[field].annotation)
    low, high = _bounds(info)
    base = Field(
        name,
        _words(field),
        value=_as_text(kind, value),
        help=help_of(model).get(field, ""),
        required=info.is_required() and "." not in name,
        error=errors.get(name, ""),
    )
    made: dict[str, Any] = dict(base.__dict__)
    if kind is bool:
        made |= {"kind": "check", "value": "true" if value else ""}
    elif kind is date:
        made |= {"kind": "date"}
    elif kind in (int, float):
        made |= {"kind": "number", "low": low, "high": high, "step": "1" if kind is int else "any"}
    elif get_origin(kind) is Literal:
        options = [(str(a), str(a)) for a in get_args(kind)]
        made |= {"kind": "select", "options": (("", "as it is without"), *options) if "." in name else options}
    elif kind is str:
        made |= {"options": _offers(field)}
    elif _texts(kind):
        made |= {"help": f"{base.help} Several apart by semicolons.".strip()}
    else:
        made |= {"kind": "area", "rows": 4, "help": f"{base.help} As YAML.".strip()}
    return Field(**made)


def _bounds(info: FieldInfo) -> tuple[float | None, float | None]:
    low = next((float(b) for m in info.metadata if (b := getattr(m, "ge", getattr(m, "gt", None))) is not None), None)
    return low, next((float(b) for m in info.metadata if (b := getattr(m, "le", None)) is not None), None)


def _offers(field: str) -> tuple[tuple[str, str], ...]:
    """Known names for a field that takes one of them."""
    world = world_now()
    if field in _PLACES:
        return tuple((str(p), named_place(p)) for p in world.places.index)
    if field in _OFFERED:
        return tuple((str(n), "") for n in getattr(world, _OFFERED[field]).index)
    return ()


def _as_text(kind: Any, value: Any) -> str:
    if value in (None, "", [], (), {}):
        return ""
    if _texts(kind):
        return "; ".join(map(str, value))
    if isinstance(value, Mapping | list | tuple):
        return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False)).rstrip()
    return str(value)


def read_form(sent: Mapping[str, str]) -> dict[str, Any]:
    """What a form sent as a scenario's mapping; empty fields and empty events are left out.

    Raises
    ------
    InputError : a field that holds YAML and is none.
    """
    data: dict[str, Any] = {}
    events: dict[str, dict[int, dict[str, Any]]] = {}
    for name, text in sent.items():
        head, _, rest = name.partition(".")
        index, _, field = rest.partition(".")
        if head in LISTS and index.isdigit() and field:
            _put(events.setdefault(head, {}).setdefault(int(index), {}), item_model(head), field, text, name)
        elif name in Scenario.model_fields and name not in LISTS:
            _put(data, Scenario, name, text, name)
    kept = {head: [row for _, row in sorted(rows.items()) if row] for head, rows in events.items()}
    return data | {head: rows for head, rows in kept.items() if rows}


def _put(row: dict[str, Any], model: type[BaseModel], field: str, text: str, name: str) -> None:
    info = next((i for f, i in model.model_fields.items() if field in (i.alias or f, f)), None)
    text = text.strip()
    if info is None or not text:
        return
    kind = _bare(info.annotation)
    if kind is bool:
        row[field] = text == "true"
    elif _texts(kind):
        row[field] = [part.strip() for part in text.split(";") if part.strip()]
    elif kind in (str, int, float, date) or get_origin(kind) is Literal:
        row[field] = text
    else:
        inside = f"value: {text}" if "\n" not in text else "value:\n" + re.sub("(?m)^", "  ", text)
        row[field] = read_mapping(inside, where=name, fields="value", start="sluicegate scenario new")["value"]


def mistakes(error: ValidationError, names: Sequence[str]) -> dict[str, str]:
    """What is wrong, by the field of the form that is nearest; what belongs to none stands under the empty name."""
    found: dict[str, str] = {}
    for one in error.errors():
        path = ".".join(map(str, one["loc"]))
        while path and path not in names:
            path = path.rpartition(".")[0]
        message = str(one["msg"]).removeprefix("Value error, ")
        found[path] = f"{found[path]}; {message}" if path in found else message
    return found


def as_yaml(scenario: Scenario) -> str:
    """A scenario as a file, without what stands at its default."""
    data = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100))


def unknown_in(scenario: Scenario, world: World) -> dict[str, str]:
    """Names that the world or the register does not know, by field; else what touches nobody, under the empty name."""
    found = {}
    for line in unknown_names(scenario, world):
        field, _, message = line.partition(": ")
        found[field] = message
    if not found and (untouched := touches_nothing(scenario, world)):
        found[""] = "; ".join(untouched)
    return found
