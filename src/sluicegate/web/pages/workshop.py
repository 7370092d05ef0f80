"""Questions that need a form and no room of their own: each is asked on its page, and answered under Work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Block, words
from sluicegate.desk.series import MEASURES
from sluicegate.web.pages.answers import asked_before
from sluicegate.web.pages.asking import AS_OF, DRAWS, MANY, SEED, ask_form
from sluicegate.web.pages.cells import note, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.scenario_choice import scenario_field
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View

router = APIRouter(include_in_schema=False)
_CONTROLLED = "april-2025"
_GAME = "row_moves: [ease, hold]\ncolumn_moves: [ease, hold]\nrow: [[0, -1], [1, -10]]\ncolumn: [[0, 1], [-1, -10]]\n"


def _draws(value: int) -> Field:
    return replace(DRAWS, value=str(value))


@dataclass(frozen=True)
class Bench:
    """One question: where its page lies, what it is for, what is asked.

    Parameters
    ----------
    kind : the command's words ; fields : asked first ; more : folded away
    scenario : whether a scenario is chosen, and which stands first
    """

    kind: str
    path: str
    title: str
    says: str
    submit: str
    fields: tuple[Field, ...] = ()
    more: tuple[Field, ...] = (DRAWS, SEED, AS_OF)
    scenario: str = _CONTROLLED
    hidden: tuple[tuple[str, str], ...] = ()


_PLACE = Field("place", "Place", help="Code or name; all of them where empty.")
BENCHES = (
    Bench("years", "/years", "The years between",
          "When stocks run out and when capacity elsewhere carries users across: gaps that open and close over ten to "
          "twenty years, what a stockpile would carry, defence and civil use apart, and when to look again.",
          "How long is the gap?",
          (Field("years", "Years ahead", "number", "15", low=2, high=20, step="1"),
           Field("chance", "Chance of a control in a year", "number", low=0, high=1, step="any",
                 help="The record's own where empty: how often controls were announced since 2010.")),
          (_draws(64), SEED, AS_OF)),
    Bench("reroute", "/reroute", "Re-routing",
          "Who would ship to whom if one planner saw every week: the same losses with more and more freedom to change "
          "flows. A bound on what re-routing can save, not a forecast of it.",
          "What could it save?",
          (_PLACE, Field("on", "From", "date", help="The first measure where empty."),
           Field("weeks", "Weeks", "number", "52", low=4, high=520, step="1")), (_draws(64), SEED, AS_OF)),
    Bench("downstream", "/downstream", "Beyond the lines",
          "What stopped lines cost everybody else: their losses carried through an input-output table of countries and "
          "industries.", "What does it cost in all?"),
    Bench("sensitivity", "/sensitivity", "Which inputs decide",
          "Sobol indices: the share of the spread of an outcome that each uncertain input decides, alone and with the "
          "others.", "Which inputs decide?",
          (Field("of", "Of which outcome", "select", "loss", options=(
              ("loss", "the loss to the horizon"), ("edge", "the edge"), ("first-short-week", "the first week short"),
              ("peak-price", "the highest price"))), _PLACE,
           Field("product", "Product", help="Where the outcome is of one."),
           Field("base", "Rows of the design", "number", "64", low=16, step="1", help="A power of two; more is finer."),
           Field("top", "Inputs that stand alone", "number", "8", low=1, high=64, step="1")), (SEED, AS_OF)),
    Bench("series", "/series", "One quantity over time",
          "Exports, imports, a price, a stock, an output or days of cover, week by week with its band.", "Draw it",
          (Field("measure", "Which", "select", "exports", options=tuple((m, m.replace("_", " ")) for m in MEASURES)),
           Field("product", "Product", help="As the dataset names it, or a customs code below."),
           Field("hs", "Customs code", help="Six digits, as customs print: 850511."),
           Field("from", "From", help="Where it is sent from, of exports and imports."), Field("to", "To"), _PLACE,
           Field("area", "Price", "select", "outside", options=(("outside", "outside the controller's border"),
                                                                ("inside", "inside it"))),
           Field("every", "Each", "select", "week", options=(("week", "week"), ("month", "month"))))),
    Bench("ensemble", "/ensemble", "What a long ensemble needs",
          "Memory, disk and time of many draws, before they are run; results are then saved from the command line.",
          "What does it need?", (), (_draws(1024), SEED, AS_OF)),
    Bench("lab shapley", "/lab/shapley", "What drives the edge",
          "The edge taken apart into concentration, stock, time to substitute and retaliation, by Shapley values.",
          "Take it apart", (), (_draws(64), SEED, AS_OF)),
    Bench("lab static", "/lab/static", "Asymmetry without a simulation",
          "Who depends on whom by trade and by chain (Hirschman), and what a cut-off could extract by a nested CES.",
          "Compute it", (), (AS_OF,)),
    Bench("lab game", "/lab/game", "A game of two",
          "All equilibria of a game typed in, what dominance leaves, and the best commitment of each side.", "Solve it",
          (Field("text", "The game", "area", _GAME, rows=6, required=True,
                 help="YAML: what the row side and the column side earn, by their moves."),), (), "",
          (("form", "yaml"),)),
    Bench("lab shock", "/lab/shock", "A loss of output through an input-output table",
          "Industries lose a share of their capacity for a time; what all others then lose (ARIO). Here on the small "
          "table that pymrio ships; your own tables are read from the command line.", "What do the others lose?",
          (Field(f"{MANY}lose", "Who loses how much", value="reg1/mining=0.4", required=True,
                 help="REGION/SECTOR=SHARE, several with a semicolon; regions reg1 to reg6."),
           Field("last", "Days it lasts", "number", "30", low=1, high=3650, step="1"),
           Field("recovery", "Days in which it comes back", "number", "1", low=1, high=3650, step="1"),
           Field("inventory", "Days of inputs in stock", "number", "30", low=1, high=3650, step="any"),
           Field("days", "Days run in all", "number", "365", low=1, high=3650, step="1")), (), ""),
    Bench("calibrate", "/calibrate", "The fit on recorded episodes",
          "The licence queue fitted to the months that followed recorded announcements, and how the fit does on the "
          "episode left out. It stays out of the default; the record is shown as it is.", "Fit it again",
          (), (replace(_draws(1024), low=256), SEED), ""),
)  # fmt: skip


def _page(request: Request, bench: Bench, scenario: str) -> Response:
    fields = (scenario_field(scenario), *bench.fields) if bench.scenario else bench.fields
    form = ask_form(request, bench.kind, bench.submit, fields, hidden=bench.hidden, more=bench.more)
    parts: tuple[Block | Form, ...] = (note(bench.says), form)
    view = View(bench.title, (Group("ask", bench.submit, parts),
                              Group("before", "Asked before", (asked_before(request, bench.kind),))),
                above=words("More questions", link="/questions"), twin="/api/v1/jobs")  # fmt: skip
    return show(request, view)


_HEADS = ("Question", "What it tells")
ROOMS = (
    ("Who is short of what", "/scenarios", "Run a scenario, bundled or your own."),
    ("The talks", "/talks", "Moves of both sides, the bargain, who can wait."),
    ("The best answer", "/answers", "Stock, sources, plants and promises under a budget."),
    ("Your own lines", "/company", "How long they run, and what to do by when."),
    ("A plant", "/projects", "What it is worth, and what support adds."),
    ("A shipment", "/check", "Does it need a licence, and how long does that take?"),
)


@router.get("/questions")
def questions(request: Request) -> Response:
    """Every question that has a form of its own, and where the others are asked."""
    benches = [[text_cell(b.title, link=b.path, strong=True), text_cell(b.says)] for b in BENCHES]
    rooms = [[text_cell(title, link=path, strong=True), text_cell(says)] for title, path, says in ROOMS]
    return show(request, View("More questions", (
        Group("benches", "Asked with a form", (table_of(_HEADS, benches),)),
        Group("rooms", "Asked on pages of their own", (table_of(_HEADS, rooms),)),
        Group("programs", "The same for programs", (note("Every question has an address under /api/v1",
                                                        link="/api/v1/openapi.json"),)),
    )))  # fmt: skip


def _add(bench: Bench) -> None:
    def one(request: Request, scenario: str = bench.scenario) -> Response:
        return _page(request, bench, scenario)

    door: Any = one
    router.add_api_route(bench.path, door, methods=["GET"], name=f"bench {bench.kind}", response_model=None)


for _bench in BENCHES:
    _add(_bench)
