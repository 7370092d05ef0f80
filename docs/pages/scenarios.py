"""The page of scenarios."""

from __future__ import annotations

from pages.fields import model
from pages.markdown import table, title
from sluicegate.regime.open_question import OpenQuestion, load_open_questions
from sluicegate.scenario import (
    Abroad,
    Capacity,
    CapacityChange,
    Contract,
    Control,
    Deposit,
    Easing,
    ExportLevy,
    LeverUse,
    LicensingOffice,
    NextStage,
    Office,
    OfficeChange,
    Offtake,
    OpenLicence,
    Outage,
    ParameterChange,
    Part,
    Plant,
    PriceFloor,
    Priority,
    ProductionQuota,
    Project,
    Quota,
    Rule,
    Scenario,
    SecondSource,
    StockOrder,
    Tariff,
    Thrift,
    bundled_names,
    load_scenario,
)
from sluicegate.world import load_world


def scenarios() -> str:
    """The bundled scenarios, and what a scenario file may hold."""
    world = load_world()
    opened = [load_scenario(name, world) for name in bundled_names()]
    rows = [
        [
            f"`{s.name}`",
            s.title,
            str(s.start),
            str(s.weeks),
            str(s.as_of),
            ", ".join(c.register_id or str(c.name) for c in s.controls),
        ]
        for s in opened
    ]
    asked = [[f"`{q.id}`", q.question, ", ".join(f"`{m}`" for m in q.measures), _settings(q), q.record]
             for q in load_open_questions()]  # fmt: skip
    parts = [title("Scenarios"), table(["name", "title", "start", "weeks", "as of", "controls"], rows),
             "## Open questions\n",
             "What the record leaves open. A scenario that takes its controls from the register (`in_force: true`) is\n"
             "run with one setting of each; `--set QUESTION=SETTING` takes another.\n",
             table(["question", "what", "measures", "settings", "record"], asked),
             "## What a file may hold\n"]  # fmt: skip
    parts.append("[How to write one](../howto/write-a-scenario.md). A place is a code or an English name.\n")
    for kind in (Scenario, Control, Easing, Rule, Office, Part, Capacity, CapacityChange, OpenLicence, LicensingOffice,
                 OfficeChange, Quota, Abroad, Outage, Plant, StockOrder, SecondSource, Thrift, Contract, Priority,
                 NextStage, Tariff, ExportLevy, LeverUse, ProductionQuota, PriceFloor, Offtake, Project, Deposit,
                 ParameterChange):  # fmt: skip
        parts += [f"### {kind.__name__}\n", f"{(kind.__doc__ or '').split(chr(10))[0]}\n", model(kind)]
    return "\n".join(parts)


def _settings(question: OpenQuestion) -> str:
    """The settings with the day the measures come back, the default marked."""
    shown = [f"`{name}`{' (default)' if name == question.default else ''}: "
             + (f"back on {setting.back_on}" if setting.back_on else "suspended throughout")
             for name, setting in question.settings.items()]  # fmt: skip
    return "; ".join(shown) or "none: no lever in the model yet"
