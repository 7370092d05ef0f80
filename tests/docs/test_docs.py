"""The documents say everything there is, once, and nothing of the machine they were written on."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest
from typer.main import get_command

from sluicegate import scenario
from sluicegate.cli.app import app
from sluicegate.news.claim import CLAIM_TYPES
from sluicegate.regime import load_register
from sluicegate.regime.practice import practice_rows
from sluicegate.response import load_costs
from sluicegate.scenario import bundled_names
from sluicegate.sim.behaviour import load_behaviour
from sluicegate.world.lever import load_levers
from sluicegate.world.metric import METRICS
from sluicegate.world.uncertainty import load_parameters

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
ABSOLUTE = re.compile(r"(?<![\w.:/<])/[a-z]+/[a-z]+/")
"""A path from the root of somebody's machine."""


def reference(name: str) -> str:
    return (DOCS / "reference" / f"{name}.md").read_text("utf-8")


def leaves(path, command):
    if not hasattr(command, "commands"):
        return [(path, command)]
    own = [(path, command)] if command.invoke_without_command else []
    return own + [leaf for name, child in command.commands.items() for leaf in leaves(f"{path} {name}", child)]


def test_the_committed_reference_is_what_the_code_says_now(monkeypatch):
    monkeypatch.syspath_prepend(DOCS)
    stale = importlib.import_module("generate").stale()
    assert stale == [], "run `python docs/generate.py` and commit docs/reference"


@pytest.mark.parametrize(("path", "command"), leaves("sluicegate", get_command(app)))
def test_every_command_and_every_option_is_in_the_reference(path, command):
    part = reference("commands").partition(f"## `{path}`\n")[2].partition("\n## ")[0]
    names = [name for p in command.params if p.name != "help" for name in p.opts if name.startswith("--")]
    assert part
    assert [n for n in names if f"`{n}`" not in part] == []


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("inputs", {p.name for p in load_parameters()} | {*load_behaviour(), *load_costs()}),
        ("inputs", {p.name for lever in load_levers().values() for p in lever.inputs.values()}),
        ("inputs", {row.parameter.name for row in practice_rows()}),
        ("scenarios", bundled_names()),
        ("metrics", METRICS),
        ("claims", CLAIM_TYPES),
        ("register", load_register().measures),
    ],
)
def test_every_name_is_in_the_reference(page, names):
    assert [name for name in names if f"`{name}`" not in reference(page)] == []


def test_everything_a_scenario_may_hold_is_in_the_reference():
    kinds = {name for name in scenario.__all__ if inspect.isclass(getattr(scenario, name))} - {"Priced"}
    assert [kind for kind in kinds if f"### {kind}\n" not in reference("scenarios")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_page_names_the_machine_it_was_written_on(page):
    assert ABSOLUTE.findall(page.read_text("utf-8")) == []


def test_every_page_can_be_reached_from_the_readme():
    seen, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop().resolve()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        ahead += [page.parent / link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert {p.resolve() for p in DOCS.rglob("*.md")} - seen == set()


def test_every_equation_the_code_cites_is_written_down():
    cited = {
        e for f in (ROOT / "src" / "sluicegate").rglob("*.py") for e in re.findall(r"\bE\d+\b", f.read_text("utf-8"))
    }
    written = set(re.findall(r"^\*\*(E\d+)", (DOCS / "explanation" / "simulator.md").read_text("utf-8"), re.MULTILINE))
    assert cited <= written
    assert written == {f"E{k}" for k in range(1, 24)}
