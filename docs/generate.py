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

import yaml
from pydantic import BaseModel
from scipy.stats import binomtest
from typer.main import get_command

from sluicegate.cli.app import app
from sluicegate.company.file import Alternative, Application, Company, Delivery, Input, Line, Supplier, Use
from sluicegate.company.rows import KINDS
from sluicegate.desk.agreement import agreement
from sluicegate.desk.exposure import template
from sluicegate.desk.page.dataset.soundness import quantity, said, spread
from sluicegate.desk.world import world_compare
from sluicegate.history.past import stored
from sluicegate.news.claim import CLAIM_TYPES, STATUSES
from sluicegate.news.consequence import EASING, IMPOSING, LEFT_ALONE
from sluicegate.regime import Item, LicenceRecord, Measure, load_licences, load_register
from sluicegate.regime.open_question import OpenQuestion, load_open_questions
from sluicegate.regime.practice import practice_rows
from sluicegate.response import load_costs
from sluicegate.scenario import (
    Abroad,
    Capacity,
    Control,
    Deposit,
    Easing,
    LeverUse,
    Office,
    Offtake,
    OpenLicence,
    Outage,
    ParameterChange,
    Part,
    Plant,
    PriceFloor,
    ProductionQuota,
    Project,
    Quota,
    Rule,
    Scenario,
    SecondSource,
    StockOrder,
    bundled_names,
    load_scenario,
)
from sluicegate.sim.behaviour import load_behaviour
from sluicegate.sim.practice import PENDING
from sluicegate.sim.twin import order_of_events
from sluicegate.terms.parameter import Parameter
from sluicegate.world import load_world
from sluicegate.world.check import check as check_world
from sluicegate.world.facility import Facility, Milestone
from sluicegate.world.figures import Figure, printed_figures
from sluicegate.world.intake.schema import SCHEMA_FILE, schema_text
from sluicegate.world.lever import load_levers
from sluicegate.world.metric import GRADES, METRICS, STAGES
from sluicegate.world.pinch import pinch
from sluicegate.world.plant import load_plants
from sluicegate.world.published import PRINTED
from sluicegate.world.table import KEYS
from sluicegate.world.uncertainty import load_parameters
from sluicegate.world.worth import crosschecks, label_shares, value_added

REFERENCE = Path(__file__).parent / "reference"
PLOT = REFERENCE / "calibration.svg"
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
    if command.invoke_without_command:
        yield path, command
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
        "## Levers of the other side\n", _parameters(p for v in load_levers().values() for p in v.inputs.values()),
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
        "`ORDER` in `sim/twin/order.py`, as it is run. The last step, 12, writes the record. The equations are",
        "in [the simulator](../explanation/simulator.md).\n", *order_of_events(), "",
    ])  # fmt: skip


def tables() -> str:
    """The world's files with their columns, and the tables `load_world()` gives."""
    rows = []
    folder = files("sluicegate.world") / "data"
    printed = {f"published/{name}": key for name, key in PRINTED.items()}
    keys = KEYS | printed | {"governance": ("place", "year"), "milestones": ("facility", "event", "date")}
    for name in sorted([*keys, "figures", "sources", "sources_published", "corrections", "balanced", "facilities"]):
        with (folder / f"{name}.csv").open(encoding="utf-8") as text:
            columns = next(csv.reader(text))
        key = keys.get(name, (columns[0],))
        rows.append(
            [f"`{name}.csv`", ", ".join(f"`{k}`" for k in key), ", ".join(f"`{c}`" for c in columns if c not in key)]
        )
    parts = [
        _title("Tables of the world"),
        "Files of the package, one row a key. A cell may be arithmetic on the names of `anchors.csv`; `figure` stands\n"
        "for the first figure in `refs`, `figure2` for the second. An empty cell is absent, never zero.\n",
        _table(["file", "key", "other columns"], rows),
        "## What `load_world()` gives\n", _fields(load_world.__globals__["World"]),
        "## A figure\n", _fields(Figure),
        "## A facility\n", _fields(Facility),
        "## A milestone of a facility\n", _fields(Milestone),
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
    asked = [[f"`{q.id}`", q.question, ", ".join(f"`{m}`" for m in q.measures), _settings(q), q.record]
             for q in load_open_questions()]  # fmt: skip
    parts = [_title("Scenarios"), _table(["name", "title", "start", "weeks", "as of", "controls"], rows),
             "## Open questions\n",
             "What the record leaves open. A scenario that takes its controls from the register (`in_force: true`) is\n"
             "run with one setting of each; `--set QUESTION=SETTING` takes another.\n",
             _table(["question", "what", "measures", "settings", "record"], asked),
             "## What a file may hold\n"]  # fmt: skip
    parts.append("[How to write one](../howto/write-a-scenario.md). A place is a code or an English name.\n")
    for kind in (Scenario, Control, Easing, Rule, Office, Part, Capacity, OpenLicence, Quota, Abroad, Outage, Plant,
                 StockOrder, SecondSource, LeverUse, ProductionQuota, PriceFloor, Offtake,
                 Project, Deposit, ParameterChange):  # fmt: skip
        parts += [f"### {kind.__name__}\n", f"{(kind.__doc__ or '').split(chr(10))[0]}\n", _model(kind)]
    return "\n".join(parts)


def company() -> str:
    """What a company's file may hold, as YAML and as CSV."""
    parts = [_title("A company's file"),
             "What `sluicegate exposure` reads. [How to use it](../howto/how-long-can-my-lines-run.md).\n"
             "A place is a code or an English name, a day is ISO. What is left out is not zero.\n",
             ]  # fmt: skip
    for kind in (Company, Input, Delivery, Supplier, Alternative, Line, Use, Application):
        parts += [f"## {kind.__name__}\n", f"{(kind.__doc__ or '').split(chr(10))[0]}\n", _model(kind), _fields(kind)]
    rows = [[f"`{kind}`", ", ".join(f"`{c}`" for c in columns)] for kind, columns in KINDS.items()]
    parts += ["## As CSV\n", "One row a thing, its kind in the column `kind`, an empty cell for a field left out.\n",
              _table(["kind", "columns it may fill"], rows), "## As YAML\n", f"```yaml\n{template()}```\n"]  # fmt: skip
    return "\n".join(parts)


def _settings(question: OpenQuestion) -> str:
    """The settings with the day the measures come back, the default marked."""
    shown = [f"`{name}`{' (default)' if name == question.default else ''}: "
             + (f"back on {setting.back_on}" if setting.back_on else "suspended throughout")
             for name, setting in question.settings.items()]  # fmt: skip
    return "; ".join(shown) or "none: no lever in the model yet"


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
        return "list of low, middle, high" if len(shape["prefixItems"]) == 3 else "first and last day"
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
        _table(["type", "what it does to the model"], rows), "## Score\n", _SCORE, _rounds(),
    ])  # fmt: skip


_SCORE = """\
A claim counts when its type is equal and its span covers half of the quote an annotator marked. Each round is a set of
articles of the press that nobody had tuned the reader on, marked by one annotator before seeing what the reader finds.
The reader was tuned on a round afterwards, so only its first score, shown here with its 95 % interval (Wilson), says
anything; a round said to be kept was not tuned on. One annotator, dense marking, a few dozen facts a round. Candidates,
a layer made after the first eight rounds, hold 95 to 100 % of the facts of each of these. Of 138 facts in sentences of
our own, 72 % were found at first sight, and 93 % of what was found was right.
"""


def _rounds() -> str:
    """The ledger of rounds, oldest first."""
    ledger = yaml.safe_load((REFERENCE.parents[1] / "bench" / "claims_rounds.yaml").read_text("utf-8"))["rounds"]
    attributes = ("amounts", "actor", "materials", "status")
    rows = [
        [r["round"], r["topics"], str(r["articles"]), str(r["facts"]), _share(r["matched"], r["predicted"]),
         _share(r["matched"], r["facts"]), *(f"{r[a][0]} of {r[a][1]}" for a in attributes)]
        for r in ledger
    ]  # fmt: skip
    return _table(["round", "about", "articles", "facts", "precision", "recall", *attributes], rows)


def _share(hits: int, of: int) -> str:
    """A share with its 95 % interval by Wilson."""
    interval = binomtest(hits, of).proportion_ci(0.95, method="wilson")
    return f"{hits / of:.2f} ({interval.low:.2f}-{interval.high:.2f})"


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
    told = f"{record.reported_by} ([{record.publisher}]({record.url}))"
    return [f"`{record.id}`", str(record.known_on), record.what, record.destination or "", record.who,
            record.kind or "", record.outcome, of, share, told]  # fmt: skip


def worth() -> str:
    """Value added by line, its band, and theta by product."""
    found = value_added(load_world())
    rows = [
        [
            row["industry"],
            row["place"],
            f"{row['value_added_musd_per_yr'] / 1000:.3g}",
            f"{row['low'] / 1000:.3g} to {row['high'] / 1000:.3g}",
            row["label"],
            row["reason"],
            ", ".join(f"`{ref}`" for ref in row["refs"].split(";")[:2] if ref),
        ]
        for row in sorted(found, key=lambda r: (r["industry"], -r["value_added_musd_per_yr"]))
    ]
    held = {(r["industry"], t["product"]): t for r in reversed(found) for t in r["theta"]}
    shares = [
        [i, t["material"], p, t["criticality"], *(f"{100 * t[q]:.3g}" for q in ("p05", "p50", "p95")), t["label"],
         t["reason"], ", ".join(f"`{ref}`" for ref in t["refs"].split(";") if ref)]
        for (i, p), t in sorted(held.items())
    ]  # fmt: skip
    other = [
        [
            "; ".join(line.replace("|", ", ") for line in c["lines"]),
            *(f"{c[k] / 1000:.3g}" for k in ("value_added_musd_per_yr", "lines_musd_per_yr")),
            f"{c['low'] / 1000:.3g} to {c['high'] / 1000:.3g}",
            "yes" if c["within_band"] else "no",
            c["reason"],
            f"`{c['refs'].split(';')[0]}`",
        ]
        for c in crosschecks(load_world())
    ]
    labels = ", ".join(f"{100 * share:.0f} % {label}" for label, share in label_shares(found).items())
    return "\n".join([
        _title("Value added"),
        "Every loss in money is value added of a line (an industry in a place), times the share of it in goods that\n"
        "hold the product (theta), times what the line lacks. `sluicegate world value-added` gives the same.\n",
        "## Lines\n", f"bn USD of 2024 a year. Of the sum: {labels}. The first two figures are named.\n",
        _table(["industry", "place", "value added", "band", "label", "reason", "figures"], rows),
        "## The same, another way\n",
        "Sales or sold production times the US ratio of value added to output, bn USD. Sales of firms hold goods made\n"
        "elsewhere, so these lean high; where they leave the band, both stand.\n",
        _table(["lines", "other way", "lines", "band", "within", "how", "figure"], other),
        "## Theta\n", "Percent of the line's value added; where a place has its own, the largest line's is shown.\n",
        _table(["industry", "material", "product", "criticality", "5 %", "50 %", "95 %", "label", "reason", "figures"],
               shares),
    ])  # fmt: skip


def world_check() -> str:
    """What `sluicegate world check` finds, with every contradiction that carries the chain and every correction."""
    found = check_world(load_world())
    disputed = found["contradictions"]["quantities"]
    carrying = [[quantity(q), _amounts(q["figures"][:1]), _amounts(q["figures"][1:]), spread(q["spread"])]
                for q in disputed if q["used"] and not q["revision"]]  # fmt: skip
    moved = [[m["quantity"], f"{m['prior_t_per_yr']:,.0f}", f"{m['balanced_t_per_yr']:,.0f}",
              f"{m['adjustment_in_sd']:+.1f}"] for m in [*found["conflicts"], *found["adjusted"]]]  # fmt: skip
    labels = found["assumptions"]["counts"]
    names = sorted({name for counts in labels.values() for name in counts})
    rows = [[f"`{table}`", *(str(counts.get(n, "")) for n in names)] for table, counts in labels.items()]
    mended = [[f"`{c['figure_id']}`", c["field"], c["from"], c["to"] or "absent", c["reason"]]
              for c in found["corrections"]]  # fmt: skip
    years = sorted(found["figures"]["by_year"].items(), reverse=True)
    return "\n".join([
        _title("How sound the world is"), "`sluicegate world check` prints this; `--json` gives it in full.\n",
        _table(["subject", "found"], [[k, v] for k, v in said(found).items()]),
        "## Moved by the balance\n", _table(["quantity", "prior, t", "balanced, t", "standard deviations"], moved),
        "## Rows by label\n", _table(["table", *names], rows),
        "## Years of the figures that carry the chain\n", _table(["year", "figures"], [[y, str(n)] for y, n in years]),
        "## Contradictions that carry the chain\n", "Both values stay in the dataset; one is preferred.\n",
        _table(["quantity", "preferred", "others", "apart"], carrying),
        "## Corrections\n", "A guard stops the figures from loading once a source no longer says what was corrected.\n",
        _table(["figure", "field", "from", "to", "why"], mended),
    ])  # fmt: skip


def _amounts(figures: Sequence[dict[str, Any]]) -> str:
    return "; ".join(f"{f['amount']} (`{f['source_id']}`)" for f in figures)


def hangs() -> str:
    """The largest stops of all, and of each material."""
    world = load_world()
    found = pinch(world, None, load_plants(world))
    material = {row["id"]: str(world.processes.at[row["process"], "material"]) for row in found}
    first: dict[tuple[str, str], int] = {}
    for row in found:
        key = (material[row["id"]], row["kind"])
        first[key] = first.get(key, 0) + 1
        row["rank"] = first[key]
    shown = [r for r in found if (r["rank"] <= 3 and r["value_added_lost_musd"] > 0) or r["kind"] == "plant"]
    rows = [
        [material[r["id"]], r["kind"], r["stop"].replace("|", ", "), r["product"], f"{100 * r['share_of_output']:.0f}",
         f"{100 * r['share_lost']:.0f}", f"{r['value_added_lost_musd'] / 1000:.3g}"]
        for r in sorted(shown, key=lambda r: (material[r["id"]], -r["value_added_lost_musd"]))
    ]  # fmt: skip
    return "\n".join([
        _title("What hangs on one producer"),
        "`sluicegate world pinch`: the least value added lost in a year without the producer or plant, idle capacity\n"
        "elsewhere counted. Of each material the three largest producers, and every plant whose capacity is known.\n"
        "[How it is reckoned](../explanation/world.md).\n",
        _table(["material", "kind", "what stops", "makes", "% of output", "% of use lost", "bn USD a year"], rows),
    ])  # fmt: skip


def indices() -> str:
    """The indices beside their publishers', and beside each other."""
    parts = [
        _title("Indices against their publishers"),
        "[What each index is and is not](../explanation/indices.md).\n",
    ]
    for sheet in agreement(load_world()):
        parts += [f"## {sheet.title}\n", f"{sheet.text}\n"] if sheet.text else [f"## {sheet.title}\n"]
        parts.append(_table(sheet.head, sheet.rows))
    return "\n".join([*parts, *_side_by_side()])


def _side_by_side() -> list[str]:
    """Ranks of every material by every method, for the United States in the base year."""
    document = world_compare()
    methods = document["methods"]
    heads = {m["method"]: m["short"] for m in methods}
    rows, apart = [], []
    for entry in document["materials"]:
        ranked = {v["method"]: f"{v['rank']}/{v['of']}" for v in entry["values"] if v["rank"]}
        rows.append([entry["material"], *(ranked.get(m, "") for m in heads)])
        gap = entry["disagreement"]
        apart += [[entry["material"], heads[gap["riskier_by"]], heads[gap["less_risky_by"]], gap["why"]]] if gap else []
    return [
        "## Side by side\n", "Ranks for the United States, 2024, 1 the riskiest, of the materials each method has a "
        "value for; `sluicegate world compare` gives the values.\n",
        _table(["method", "what it is", "formula"], [[m[k] for k in ("short", "title", "formula")] for m in methods]),
        _table(["material", *heads.values()], rows), "## Where they disagree most\n",
        _table(["material", "riskier by", "less risky by", "why"], apart),
    ]  # fmt: skip


def hindcast() -> str:
    """How the model did on recorded episodes, from the shipped document."""
    found = stored()
    scores, later = found["scores"], found["scores"]["updating"]
    ours = [[name, str(scores["n"]), *(f"{scores[k][x]:.3f}" for x in ("crps", "mean_of_announcements")),
             f"{scores[k]['held_50']} of {scores['n']}", f"{scores[k]['held_90']} of {scores['n']}"]
            for k, name in (("prior", "as known on the day"), ("fitted", "fitted on the other episodes"))]  # fmt: skip
    naive = [[n["name"], str(n["n"]), _past(n["error"]), _past(n["ours"])] for n in scores["naive"]]
    naive.append(["last month again, ours updated by the months seen", str(later["n"]),
                  _past(later["last_month_again"]), _past(later["updated"])])  # fmt: skip
    points = [[s["name"], p["month"][:7], _past(p["observed"]), _past(p["prior"]["q50"]),
               f"{p['prior']['q05']:.2f} to {p['prior']['q95']:.2f}", _past(p["prior"]["crps"]),
               _past(p["fitted"]["crps"]), _past(p["updated"]), *(_past(x) for x in p["naive"].values())]
              for e in found["episodes"] for s in e["series"] for p in s["points"]]  # fmt: skip
    bases = [[s["name"], f"{s['base']['value']:,.0f} {s['base']['unit']}", s["base"]["from"], ", ".join(s["missing"])]
             for e in found["episodes"] for s in e["series"]]  # fmt: skip
    columns = ["series", "month", "came", "median", "90 % band", "CRPS", "fitted", "updated"]
    return "\n".join([
        _title("How the model did on recorded episodes"),
        f"{found['title']}: `{found['provenance']['command']}`. Numbers are a {found['unit']}; the "
        "score is the fair CRPS of the ensemble, of a plain number its distance. [What it means, and where it "
        "fails](../explanation/hindcast.md)\n\n![How often what came lay below the quantiles "
        "forecast](calibration.svg)\n",
        _table(["forecast", "months", "CRPS", "mean of announcements", "in the 50 % band", "in the 90 % band"], ours),
        _table(["naive forecast", "months", "its error", "our CRPS on these"], naive),
        "## Month by month\n", _table([*columns, *(n["name"] for n in scores["naive"])], points),
        "## Bases, and months nobody reported\n", _table(["series", "base", "from", "missing"], bases),
    ])  # fmt: skip


def _past(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.2f}"


def calibration() -> str:
    """The calibration of the forecasts as a picture: sound is on the diagonal."""
    found, (x0, y0, side) = stored()["calibration"], (60, 20, 260)

    def at(p: float, share: float) -> tuple[str, str]:
        return f"{x0 + side * p:.1f}", f"{y0 + side * (1 - share):.1f}"

    def line(kind: str, colour: str) -> str:
        places = [at(row["probability"], row[kind]) for row in found]
        dots = "".join(f'<circle r="3.5" fill="{colour}" cx="{x}" cy="{y}"/>' for x, y in places)
        path = " ".join(",".join(place) for place in places)
        return f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{path}"/>{dots}'

    def text(x: float, y: float, words: str, rest: str = 'text-anchor="middle"') -> str:
        return f'<text x="{x:.0f}" y="{y:.0f}" {rest}>{words}</text>'

    middle = y0 + side / 2
    ticks = "".join(text(x0 + side * p, y0 + side + 18, f"{p:g}")
                    + text(x0 - 8, y0 + side * (1 - p) + 4, f"{p:g}", 'text-anchor="end"')
                    for p in (0, 0.25, 0.5, 0.75, 1))  # fmt: skip
    return "".join([
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 330" width="510" height="495" role="img" '
        'font-family="sans-serif" font-size="12"><title>Calibration of past forecasts</title>'
        '<rect width="340" height="330" fill="white"/>',
        f'<rect x="{x0}" y="{y0}" width="{side}" height="{side}" fill="none" stroke="#999"/>',
        f'<path stroke="#999" stroke-dasharray="4 4" d="M{x0} {y0 + side}L{x0 + side} {y0}"/>',
        line("prior", "#1f6f8b"), line("fitted", "#b5541c"), ticks,
        text(x0 + side / 2, y0 + side + 38, "probability stated"),
        text(16, middle, "share of months below", f'text-anchor="middle" transform="rotate(-90 16 {middle:.0f})"'),
        text(x0 + 12, y0 + 18, "as known on the day", 'fill="#1f6f8b"'),
        text(x0 + 12, y0 + 36, "fitted on the other episodes", 'fill="#b5541c"'), "</svg>\n",
    ])  # fmt: skip


PAGES: dict[str, Callable[[], str]] = {
    "hindcast": hindcast,
    "commands": commands, "inputs": inputs, "order-of-events": events, "tables": tables, "scenarios": scenarios,
    "company": company,
    "metrics": metrics, "claims": claims, "register": register, "value-added": worth, "pinch": hangs,
    "world-check": world_check, "indices": indices,
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
    old = [n for n, page in PAGES.items() if not path[n].exists() or path[n].read_text("utf-8") != page()]
    old += [PLOT.name] * (not PLOT.exists() or PLOT.read_text("utf-8") != calibration())
    return old if SCHEMA_FILE.exists() and SCHEMA_FILE.read_text("utf-8") == schema_text() else [*old, SCHEMA_FILE.name]


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or say which are out of date; returns the exit code."""
    if "--check" in arguments:
        found = stale()
        print("\n".join(f"out of date: {name}" for name in found))
        return bool(found)
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / f"{name}.md").write_text(page(), "utf-8")
    SCHEMA_FILE.write_text(schema_text(), "utf-8")
    PLOT.write_text(calibration(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
