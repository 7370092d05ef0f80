"""Write docs/reference from the code and its data, so that no fact is typed twice.

`python docs/generate.py` writes the pages; `python docs/generate.py --check` says which are out of date.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from typer.main import get_command

from sluicegate.cli.app import app
from sluicegate.news.claim import CLAIM_TYPES, STATUSES
from sluicegate.news.consequence import EASING, IMPOSING, LEFT_ALONE
from sluicegate.regime import Item, LicenceRecord, Measure, load_licences, load_register
from sluicegate.regime.practice import practice_rows
from sluicegate.response import load_costs
from sluicegate.scenario import (
    Control,
    Easing,
    Outage,
    ParameterChange,
    Plant,
    Scenario,
    SecondSource,
    StockOrder,
    bundled_names,
    load_scenario,
)
from sluicegate.sim.behaviour import load_behaviour
from sluicegate.sim.border import PENDING
from sluicegate.sim.step import order_of_events
from sluicegate.terms.parameter import Parameter
from sluicegate.world import load_world
from sluicegate.world.figures import Figure, printed_figures
from sluicegate.world.metric import GRADES, METRICS, STAGES
from sluicegate.world.table import KEYS
from sluicegate.world.uncertainty import load_parameters

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- written by docs/generate.py; do not edit -->"


def commands() -> str:
    """Every command with its arguments and options, as its own help says it."""
    group: Any = get_command(app)
    parts = [_title("Commands"), "Exit codes: 0 answered, 1 could not be computed, 2 wrong input (one message).\n"]
    for path, command in _leaves("sluicegate", group):
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
        usage = " ".join(
            [path, *("[options]" for _ in options[:1]), *((a.metavar or a.name.upper()) for a in arguments)]
        )
        rows = [[f"`{a.metavar or a.name.upper()}`", "", a.help or ""] for a in arguments]
        rows += [[_option(o), _default(o), o.help or ""] for o in options]
        parts += [f"## `{path}`\n", f"{command.help}\n", f"    {usage}\n"]
        parts += [_table(["argument or option", "default", "what it is"], rows)] if rows else []
    return "\n".join(parts)


def _leaves(path: str, command: Any) -> Iterable[tuple[str, Any]]:
    """Every command that does something, with the words that reach it."""
    if not hasattr(command, "commands"):
        yield path, command
        return
    for name, child in command.commands.items():
        yield from _leaves(f"{path} {name}", child)


def _option(option: Any) -> str:
    names = ", ".join(f"`{o}`" for o in option.opts)
    return names if option.is_flag else f"{names} {option.metavar or 'VALUE'}{' (repeatable)' * option.multiple}"


def _default(option: Any) -> str:
    if option.required:
        return "required"
    return "" if option.default in (None, False) or option.multiple else str(option.default)


def inputs() -> str:
    """Every uncertain input: its three quantiles, unit, label and reason."""
    intro = """An uncertain input is stated by three quantiles (5 %, 50 %, 95 %). Labels say what is behind it:
`official`, `reported`, `derived`, `fitted` to monthly exports, `practice` from licensing records, or `judgement`, ours.
A row with a date counts from that date on; the row without one serves earlier as-of dates.
A scenario may replace the quantiles of those under *Behaviour* and *The world* by name.
"""
    practice = [r.parameter for r in practice_rows()]
    scopes = [_scope(r.group, r.destination, r.end_use, r.from_week) for r in practice_rows()]
    parts = [
        _title("Uncertain inputs"), intro,
        "## Behaviour of buyers, makers and prices\n", _parameters([*load_behaviour().values(), PENDING]),
        "## Costs of actions\n", _parameters(load_costs().values()),
        "## The licence office in practice\n",
        "In a run these are named by their table, as `magnets: review_weeks_mean`; the swings and clampdowns of an\n"
        "office by its place, as `CHN office: swing_log_sd`.\n",
        _parameters(practice, scopes),
        "## The world\n", _parameters(_variants()),
    ]  # fmt: skip
    return "\n".join(parts)


def _scope(*parts: object) -> str:
    group, destination, end_use, week = parts
    said = [str(p) for p in (group, destination, end_use) if p != "any"] or ["all"]
    return ", ".join([*said, f"from week {week}"] if week is not None else said)


def _variants() -> list[Parameter]:
    """Every row of the world's parameters, in the order of the file, later records beside the earlier."""
    names = list(dict.fromkeys(p.name for p in load_parameters()))
    text = (files("sluicegate.world") / "data" / "parameters.csv").read_text("utf-8")
    days = sorted({row["known_on"] for row in csv.DictReader(text.splitlines())} - {""})
    known = [load_parameters(date.fromisoformat(day)) for day in ["0001-01-01", *days]] if days else [load_parameters()]
    found = {(p.name, p.known_on): p for batch in known for p in batch}
    return sorted(found.values(), key=lambda p: (names.index(p.name), str(p.known_on or "")))


def _parameters(found: Iterable[Parameter], scopes: Sequence[str] = ()) -> str:
    head = ["name", "5 %", "50 %", "95 %", "unit", "label", "known on", "reason"]
    rows = [[f"`{p.name}`", f"{p.p05:g}", f"{p.p50:g}", f"{p.p95:g}", p.unit, p.label, str(p.known_on or ""), p.reason]
            for p in found]  # fmt: skip
    if scopes:
        head.insert(1, "holds for")
        rows = [[row[0], scope, *row[1:]] for row, scope in zip(rows, scopes, strict=True)]
    return _table(head, rows)


def events() -> str:
    """The order of events of a week."""
    return "\n".join([
        _title("Order of events in a week"),
        "`ORDER` in `sim/step.py`, as it is run. The last step, 12, writes the record. The equations (E1 to E15) are",
        "in [the simulator](../explanation/simulator.md).\n", *order_of_events(), "",
    ])  # fmt: skip


def tables() -> str:
    """The world's files with their columns, and the tables `load_world()` gives."""
    rows = []
    folder = files("sluicegate.world") / "data"
    for name in sorted([*KEYS, "figures", "sources", "corrections", "balanced"]):
        with (folder / f"{name}.csv").open(encoding="utf-8") as text:
            columns = next(csv.reader(text))
        key = KEYS.get(name, (columns[0],))
        rows.append(
            [f"`{name}.csv`", ", ".join(f"`{k}`" for k in key), ", ".join(f"`{c}`" for c in columns if c not in key)]
        )
    parts = [
        _title("Tables of the world"),
        "Files of the package, one row a key. A cell may be arithmetic on the names of `anchors.csv`; `figure` stands\n"
        "for the first figure in `refs`. An empty cell is absent, never zero.\n",
        _table(["file", "key", "other columns"], rows),
        "## What `load_world()` gives\n", _fields(load_world.__globals__["World"]),
        "## A figure\n", _fields(Figure),
    ]  # fmt: skip
    return "\n".join(parts)


def _fields(kind: Any) -> str:
    """The `Parameters` part of a docstring as a table: name, what it is."""
    lines = (kind.__doc__ or "").partition("Parameters\n")[2].split("\n")[1:]
    rows: list[list[str]] = []
    for line in (text.strip() for text in lines):
        if not line or set(line) == {"-"}:
            continue
        name, colon, rest = line.partition(" : ")
        if colon:
            rows.append([", ".join(f"`{n.strip()}`" for n in name.split(",")), rest])
        else:
            rows[-1][1] += f" {line}"
    return _table(["name", "what it is"], rows)


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
    parts = [_title("Scenarios"), _table(["name", "title", "start", "weeks", "as of", "controls"], rows),
             "## What a file may hold\n"]  # fmt: skip
    parts.append("[How to write one](../howto/write-a-scenario.md). A place is a code or an English name.\n")
    for kind in (Scenario, Control, Easing, Outage, Plant, StockOrder, SecondSource, ParameterChange):
        parts += [f"### {kind.__name__}\n", f"{(kind.__doc__ or '').split(chr(10))[0]}\n", _model(kind)]
    return "\n".join(parts)


def _model(kind: type[BaseModel]) -> str:
    properties = kind.model_json_schema(by_alias=True)
    required = set(properties.get("required", []))
    rows = []
    for name, shape in properties["properties"].items():
        default = "required" if name in required else _shown(shape.get("default"))
        rows.append([f"`{name}`", _shape(shape), default])
    return _table(["field", "kind", "default"], rows)


def _shape(shape: dict[str, Any]) -> str:
    """A JSON schema's type in a few words."""
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    if "enum" in shape:
        return " or ".join(map(str, shape["enum"]))
    if "anyOf" in shape:
        return " or ".join(dict.fromkeys(_shape(s) for s in shape["anyOf"] if s.get("type") != "null"))
    if "prefixItems" in shape:
        return "list of low, middle, high"
    if shape.get("type") == "array":
        return f"list of {_shape(shape['items'])}"
    if shape.get("type") == "object":
        return f"mapping to {_shape(shape['additionalProperties'])}"
    bounds = [f"{sign} {shape[key]}" for key, sign in _BOUNDS.items() if key in shape]
    return " ".join([str(shape.get("format") or shape.get("type", "value")), *bounds])


_BOUNDS = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤"}


def _shown(value: Any) -> str:
    return "" if value in (None, "", [], {}) else str(value)


def metrics() -> str:
    """What a figure may measure, with how many figures do."""
    printed = printed_figures()
    used = printed.groupby("metric")["material"].agg(lambda m: ", ".join(sorted({x for x in m if x})))
    rows = [[f"`{m}`", used.get(m, "none")] for m in sorted(METRICS)]
    return "\n".join([
        _title("Metrics of figures"), f"Grades, best first: {', '.join(f'`{g}`' for g in GRADES)}.\n",
        f"Stages: {', '.join(f'`{s}`' for s in sorted(STAGES) if s)}; empty where there is none.\n",
        _table(["metric", "materials with figures"], rows),
    ])  # fmt: skip


def claims() -> str:
    """Types of claims, and what each does to the model."""
    rows = [[f"`{kind}`", _moves(kind)] for kind in CLAIM_TYPES]
    return "\n".join([
        _title("Claims"), f"Statuses: {', '.join(f'`{s}`' for s in STATUSES)}. [The reader](../explanation/reader.md) "
        "says how they are told; a denied claim never changes anything.\n",
        _table(["type", "what it does to the model"], rows),
    ])  # fmt: skip


def _moves(kind: str) -> str:
    if kind in IMPOSING:
        return "enters the base when asserted or said by an office; else makes a future"
    if kind in EASING or kind == "deal_statement":
        return "makes a future; an asserted easing or lifting changes the base"
    if kind == "licence_granted":
        return "the office decides by that day; how much passes stays as practice has it"
    return f"nothing: {LEFT_ALONE[kind]}" if kind in LEFT_ALONE else "nothing"


def register() -> str:
    """The measures of the register, each with its items and clauses, and the licences known of."""
    found = sorted(load_register().measures.values(), key=lambda m: (m.announced_on, m.id))
    rows = [
        [f"`{m.id}`", m.title, m.kind, str(m.announced_on), str(m.effective_from or ""), _spells(m),
         str(m.ends_on or ""), m.status, m.confidence]
        for m in found
    ]  # fmt: skip
    parts = [
        _title("Register of controls"),
        "`sluicegate register show ID` gives an entry in full, `sluicegate why ID` its source. A suspension runs from\n"
        "its first to its last day; where the record does not say what followed, a question mark stands behind it.\n"
        "An empty limit means that the item is listed whatever its properties. Not legal advice.\n",
        _table(["id", "title", "kind", "announced", "in effect", "suspended", "ends", "status", "confidence"], rows),
        "## Items and clauses\n", *(part for m in found for part in _measure(m)),
        "## Licences known of\n",
        "An empty cell is not known, never zero.\n",
        _table(["id", "known on", "goods", "to", "who", "kind", "outcome", "approved of", "share", "reported by"],
               [_licence(r) for r in load_licences()]),
    ]  # fmt: skip
    return "\n".join(parts)


def _spells(measure: Measure) -> str:
    """The suspensions of a measure, by whom."""
    said = [f"{s.first} to {s.last}{' ?' if s.afterwards == 'not known' else ''} (`{s.by}`)" for s in measure.suspended]
    return "; ".join(said)


def _measure(measure: Measure) -> list[str]:
    """The items and the clauses of one measure; nothing for one that has neither."""
    items = [
        [item.clause, item.name, item.effect, item.control_list_code, _limits(item), ", ".join(item.hs), item.hs_basis,
         item.confidence]
        for item in measure.items
    ]  # fmt: skip
    clauses = [[c.id, c.topic, c.text, c.confidence] for c in measure.clauses]
    if not items and not clauses:
        return []
    cited = f"{measure.source.publisher}: [{measure.source.title}]({measure.source.url})"
    parts = [f"### {measure.id}\n", f"{measure.title}. {cited}. Last verified {measure.last_verified}.\n"]
    if items:
        head = ["clause", "item", "effect", "control list", "limit", "codes", "codes are", "confidence"]
        parts.append(_table(head, items))
    return parts + ([_table(["clause", "on", "what it rules", "confidence"], clauses)] if clauses else [])


def _limits(item: Item) -> str:
    """The limits of an item: alternatives parted by `or`, each a list that must hold whole."""
    return " or ".join(" and ".join(line) for line in item.caught_when)


def _licence(record: LicenceRecord) -> list[str]:
    """One record of the tracker."""
    counts = (record.approved, record.applications)
    of = " of ".join("?" if n is None else str(n) for n in counts) if any(n is not None for n in counts) else ""
    share = "" if record.share is None else f"{'under ' if record.upper_bound else ''}{record.share:.0%}"
    return [f"`{record.id}`", str(record.known_on), record.what, record.destination or "", record.who,
            record.kind or "", record.outcome, of, share, f"{record.reported_by} ([{record.publisher}]({record.url}))"]  # fmt: skip


PAGES: dict[str, Callable[[], str]] = {
    "commands": commands, "inputs": inputs, "order-of-events": events, "tables": tables, "scenarios": scenarios,
    "metrics": metrics, "claims": claims, "register": register,
}  # fmt: skip


def _title(text: str) -> str:
    return f"# {text}\n\n{NOTE}\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return (
        "\n".join("| " + " | ".join(" ".join(c.split()).replace("|", "\\|") for c in line) + " |" for line in lines)
        + "\n"
    )


def stale() -> list[str]:
    """Names of the committed pages that differ from a fresh generation."""
    path = {name: REFERENCE / f"{name}.md" for name in PAGES}
    return [n for n, page in PAGES.items() if not path[n].exists() or path[n].read_text("utf-8") != page()]


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or say which are out of date; returns the exit code."""
    if "--check" in arguments:
        found = stale()
        print("\n".join(f"out of date: reference/{name}.md" for name in found))
        return bool(found)
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / f"{name}.md").write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
