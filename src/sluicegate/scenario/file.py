"""Scenario files: read, check, list. Every mistake in a file is reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sluicegate.regime import load_register
from sluicegate.scenario.event import Control
from sluicegate.scenario.mistake import mistakes
from sluicegate.scenario.reach import touches_nothing
from sluicegate.scenario.scenario import Scenario
from sluicegate.scenario.standing import settled
from sluicegate.terms import InputError, NotFoundError, nearest
from sluicegate.terms.mapping import read_mapping
from sluicegate.world import World
from sluicegate.world.lever import load_levers

_BUNDLED = files("sluicegate.scenario") / "bundled"


def bundled_names() -> list[str]:
    """Names of the scenarios that come with the package."""
    return sorted(p.name.removesuffix(".yaml") for p in _BUNDLED.iterdir() if p.name.endswith(".yaml"))


def load_scenario(name_or_path: str, world: World, *, as_of: date | None = None,
                  settings: Mapping[str, str] | None = None) -> Scenario:  # fmt: skip
    """A bundled scenario by name, or one from a YAML file, checked against the world and the register.

    Parameters
    ----------
    as_of : in place of the file's own day
    settings : how open questions of the register turn out, before the file's own; see `standing.settled`

    Raises
    ------
    NotFoundError : no such file, bundled scenario, open question or setting; names the nearest.
    InputError : the file is not a valid scenario; the message lists every mistake.
    """
    return settled(_read(name_or_path, world, as_of), settings)


def _read(name_or_path: str, world: World, as_of: date | None) -> Scenario:
    if name_or_path in bundled_names():
        text = (_BUNDLED / f"{name_or_path}.yaml").read_text("utf-8")
        return _on(parse_scenario(text, world, where=name_or_path), as_of)
    path = Path(name_or_path)
    if path.is_dir():
        raise InputError("a folder", where=name_or_path, expected="a YAML file or the name of a bundled scenario",
                         do="Name a file in it; `sluicegate scenario list` has the names.")  # fmt: skip
    if not path.is_file():
        raise NotFoundError(name_or_path, kind="scenario", known=bundled_names(), where="scenario")
    try:
        text = path.read_text("utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise InputError(f"cannot read it ({error})", where=str(path), expected="a YAML file in UTF-8",
                         do="Save it as UTF-8 text.") from error  # fmt: skip
    return _on(parse_scenario(text, world, where=str(path)), as_of)


def _on(scenario: Scenario, as_of: date | None) -> Scenario:
    return scenario.model_copy(update={"as_of": as_of}) if as_of else scenario


def parse_scenario(text: str, world: World, *, where: str) -> Scenario:
    """A scenario from YAML text, before `standing.settled`; `where` names it in messages.

    Raises
    ------
    InputError : lists every mistake, one a line.
    """
    data = read_mapping(text, where=where, fields="name, start, weeks", start="sluicegate scenario new")
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        raise _all_at_once(mistakes(error) + _unknown_names_in(data, world), where) from error
    problems = unknown_names(scenario, world) or [*_misused(scenario, world), *touches_nothing(scenario, world)]
    if problems:
        raise _all_at_once(problems, where)
    return scenario


def unknown_names(scenario: Scenario, world: World) -> list[str]:
    """One line for every product, process, industry or register entry that does not exist."""
    register = load_register()
    known_measures = list(register.measures)
    named = [(f"controls.{i}.register", c.register_id, known_measures)
             for i, c in enumerate(scenario.controls) if c.register_id]  # fmt: skip
    for i, control in enumerate(scenario.controls):
        named += [(f"controls.{i}.products", p, list(world.products.index)) for p in control.products]
        named += _named_in_control(f"controls.{i}", control, world)
    for field in ("outages", "plants", "production_quotas", "projects", "deposits"):
        processes = sorted(set(world.producers["process"]))
        named += [(f"{field}.{i}.process", e.process, processes) for i, e in enumerate(getattr(scenario, field))]
    for field in ("stocks", "second_sources", "thrift", "tariffs", "export_levies", "contracts", "priorities"):
        for i, event in enumerate(getattr(scenario, field)):
            named += [(f"{field}.{i}.products", p, list(world.products.index)) for p in event.products]
    for field in ("floors", "offtakes"):
        products = list(world.products.index)
        named += [(f"{field}.{i}.product", e.product, products) for i, e in enumerate(getattr(scenario, field))]
    named += [(f"levers.{i}.lever", e.lever, list(load_levers(world.overlay))) for i, e in enumerate(scenario.levers)]
    for i, stage in enumerate(scenario.next_stages):
        industries = sorted(set(world.lines["industry"]))
        named += [(f"next_stages.{i}.product", stage.product, list(world.products.index))]
        named += [(f"next_stages.{i}.{f}", getattr(stage, f), industries) for f in ("industry", "maker")]
    users = sorted({*world.lines["industry"], *world.producers["process"]})
    named += [(f"priorities.{i}.{f}", n, users)
              for i, e in enumerate(scenario.priorities) for f in ("first", "then") for n in getattr(e, f)]  # fmt: skip
    for i, stock in enumerate(scenario.stocks):
        named += [(f"stocks.{i}.industries", n, sorted(set(world.lines["industry"]))) for n in stock.industries]
    return [_unknown(field, name, known) for field, name, known in named if name not in known]


def _misused(scenario: Scenario, world: World) -> list[str]:
    """One line for every lever that does not hurt the controller, has no figures, or is told the wrong amount."""
    known, found = load_levers(world.overlay), []
    for i, use in enumerate(scenario.levers):
        lever, at = known[use.lever], f"levers.{i}"
        if lever.against != scenario.controller:
            found.append(f"{at}: {lever.name} is against {lever.against}, and the controller is {scenario.controller}")
        if not lever.known:
            found.append(f"{at}: {lever.name} has no figures, so it is absent: {lever.lacking}")
        elif (lever.action == "tariff") != (use.added_rate is not None):
            wanted = "`added_rate`" if lever.action == "tariff" else "`share`"
            found.append(f"{at}: {lever.name} is a {lever.action} lever, which takes {wanted}")
    return found


def _named_in_control(field: str, control: Control, world: World) -> list[tuple[str, str, list[str]]]:
    """Names inside a control that the world must know: industries with military use, goods that count as content."""
    industries, products = sorted(set(world.lines["industry"])), list(world.products.index)
    military = control.office.military_share if control.office else {}
    content = control.abroad.content if control.abroad else ()
    return [(f"{field}.office.military_share", n, industries) for n in military] + [
        (f"{field}.abroad.content", n, products) for n in content]  # fmt: skip


def _unknown(field: str, name: str, known: list[str]) -> str:
    close = nearest(name, known)
    return f"{field}: unknown {name!r}" + (f"; did you mean {' or '.join(map(repr, close))}?" if close else "")


def _unknown_names_in(data: dict[str, Any], world: World) -> list[str]:
    """Unknown products and measures of a file that is wrong in other ways too."""
    problems = []
    listed = data.get("controls")
    for i, raw in enumerate(listed if isinstance(listed, list) else []):
        try:
            control = Control.model_validate(raw)
        except ValidationError:
            continue
        probe = Scenario.model_construct(controls=(control,))
        problems += [p.replace("controls.0", f"controls.{i}") for p in unknown_names(probe, world)]
    return problems


def _all_at_once(problems: list[str], where: str) -> InputError:
    listed = "\n".join(f"  - {p}" for p in problems)
    count = f"{len(problems)} mistake{'s' * (len(problems) > 1)}"
    return InputError(
        f"{count}:\n{listed}\n", where=where, expected="a valid scenario", do="Mend them and run it again."
    )
