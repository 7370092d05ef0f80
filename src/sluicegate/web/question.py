"""The questions of the interface: each a command of the command line, its desk function, and what it takes."""

from __future__ import annotations

import inspect
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine

from sluicegate.desk.schema import SHAPES
from sluicegate.sim.run import Progress
from sluicegate.terms.errors import InputError, NotFoundError
from sluicegate.web import asked, asked_company, asked_import, asked_news, asked_people, asked_scenario, asked_world
from sluicegate.web.asked import Asked
from sluicegate.web.fault import invalid

LONG = 1024
"""Draws from which a run keeps its finished blocks, so that it goes on from them when its process is killed."""


@dataclass(frozen=True)
class Question:
    """One question.

    Parameters
    ----------
    name : the command's words ; home : `module:function` under `sluicegate.desk`
    heavy : it runs the model, so it is a job ; changes : it changes what others see
    settled : its answer depends on the data and the day alone, so it is remembered
    library : its function takes the database first, and whose marks it reads as `reader`
    kept_home : the function of an article of the library, where the question also takes one
    network : it asks other machines, so that the desk must have been allowed to
    role : who may ask; an analyst where it is heavy or changes what others see
    says_of : the name of the shape of its document, where that is another command's
    """

    name: str
    home: str
    takes: type[Asked]
    says: str
    heavy: bool = False
    changes: bool = False
    settled: bool = False
    library: bool = False
    kept_home: str = ""
    network: bool = False
    role: str = ""
    says_of: str = ""

    @property
    def least_role(self) -> str:
        """Who may ask."""
        return self.role or ("analyst" if self.heavy or self.changes else "reader")

    @property
    def path(self) -> str:
        """Its path below /api/v1."""
        return "/" + self.name.replace(" ", "/")

    @property
    def shape(self) -> Any:
        """The shape of its document."""
        return SHAPES.get(self.says_of or self.name, dict[str, Any])

    def of_library(self, wanted: Asked) -> bool:
        """Whether its function takes the database."""
        return self.library or (bool(self.kept_home) and bool(getattr(wanted, "is_kept", False)))

    def function(self, wanted: Asked) -> Callable[..., Any]:
        """The desk's function; of two, the second answers where no single thing is named."""
        kept = self.kept_home and self.of_library(wanted)
        module, _, names = (self.kept_home if kept else self.home).partition(":")
        one, _, all_of_them = names.partition("|")
        name = all_of_them if all_of_them and not wanted.names_one else one
        found: Callable[..., Any] = getattr(import_module(f"sluicegate.desk.{module}"), name)
        return found

    def read(self, arguments: dict[str, Any]) -> Asked:
        """Arguments as this question takes them.

        Raises
        ------
        InputError : some are not; it names each.
        """
        try:
            return self.takes.model_validate(arguments)
        except ValidationError as error:
            raise invalid([e | {"loc": ("", *e["loc"])} for e in error.errors()]) from error


_LIST = [
    Question("brief", "brief:brief", asked.Brief, "An article in, who is short, when, and the edge out.", heavy=True,
             kept_home="library:brief_article"),
    Question("claims", "claims:claims", asked.Article, "What an article says, claim by claim.",
             kept_home="library:claims_of_article"),
    Question("run", "run:run_scenario", asked_scenario.Run, "Who is short of what and when, prices, the edge.",
             heavy=True),
    Question("edge", "run:edge_of", asked_scenario.Edge, "Who has the edge, week by week, and when it expires.",
             heavy=True),
    Question("series", "series:series", asked_scenario.Series, "One quantity over time, with its band.", heavy=True),
    Question("check", "check:check", asked_world.Check, "Does this shipment need a licence?"),
    Question("why", "why:why", asked.Why, "Where a number comes from."),
    Question("exposure", "exposure:exposure", asked_company.Company, "How long a company's lines run.", heavy=True),
    Question("plan", "plan:plan", asked_scenario.Plan, "What to hold and open under a budget.", heavy=True),
    Question("plan company", "company_plan:company_plan", asked_company.CompanyPlan, "What a company does by when.",
             heavy=True, says_of="plan"),
    Question("project", "project:project", asked_company.Project, "What one plant is worth.", heavy=True),
    Question("negotiate", "negotiate:negotiate", asked_scenario.Negotiate, "Moves, the bargain, who can wait.",
             heavy=True),
    Question("downstream", "downstream:downstream", asked_scenario.Run, "What it costs beyond the lines it stops.",
             heavy=True),
    Question("sensitivity", "sensitivity:sensitivity", asked_scenario.Sensitivity, "Which inputs decide.", heavy=True),
    Question("ensemble", "ensemble:ensemble", asked_scenario.Ensemble, "What a long ensemble needs.", heavy=True),
    Question("hindcast", "hindcast:hindcasts", asked_scenario.Past, "Recorded episodes, replayed and scored.",
             heavy=True),
    Question("calibrate", "hindcast:calibration", asked_scenario.Fit, "The fit on recorded episodes.", heavy=True),
    Question("reroute", "reroute:reroute", asked_scenario.Reroute, "Who would ship to whom if it were planned.",
             heavy=True),
    Question("years", "years:years", asked_scenario.Years, "The years between, and what bridges them.", heavy=True),
    Question("lab shapley", "shapley:drivers", asked_scenario.Drivers, "What drives the edge.", heavy=True),
    Question("lab static", "static:static", asked_scenario.Static, "Asymmetry without a simulation."),
    Question("lab game", "game:game", asked.Game, "Equilibria of a game of one's own."),
    Question("lab shock", "shock:shock", asked.Shock, "A loss of output through an input-output table.", heavy=True),
    Question("scenario list", "scenarios:scenario_list", asked.Nothing, "The bundled scenarios.", settled=True),
    Question("scenario validate", "scenarios:validate_scenario", asked_scenario.ScenarioFile,
             "A scenario as it is read."),
    Question("scenario questions", "open_questions:questions_on", asked_world.OpenOn, "What the record leaves open.",
             settled=True),
    Question("world list", "world:world_list", asked.Nothing, "Products, places, industries, processes.", settled=True),
    Question("world show", "world:world_show", asked.Named, "A product, material, place or industry.", settled=True),
    Question("world check", "world:world_check", asked.Nothing, "How well the dataset holds together.", settled=True),
    Question("world compare", "world:world_compare", asked_world.Compare, "The indices side by side.", settled=True),
    Question("world value-added", "world:world_value_added", asked_world.Worth, "Value added by industry and place.",
             settled=True),
    Question("world pinch", "world:world_pinch", asked.MaybeNamed, "Which producer a chain hangs on.", settled=True),
    Question("world facility", "facility:facility|facilities", asked_world.Facility, "A plant, or the list of them.",
             settled=True),
    Question("world sources", "sources:source|sources", asked_world.Source, "Who published the figures.", settled=True),
    Question("world import", "intake:import_file", asked_import.Import, "Lay your own figures over the world.",
             changes=True, role="admin"),
    Question("world import list", "intake:list_imports", asked.Nothing, "What was laid over it.", role="admin"),
    Question("world import remove", "intake:remove_import", asked.Named, "Take an import out again.", changes=True,
             role="admin"),
    Question("register list", "register:register_list", asked_world.Measures, "The register of controls.",
             settled=True),
    Question("register show", "register:register_show", asked_world.Measure, "One measure in full.", settled=True),
    Question("register licences", "register:register_licences", asked_world.Licences, "Licences known of.",
             settled=True),
    Question("forecast make", "forecast:make_forecast", asked_scenario.Forecast, "Ask, and keep the question.",
             heavy=True, changes=True),
    Question("forecast list", "forecast:list_forecasts", asked_scenario.Questions, "The questions kept."),
    Question("forecast settle", "forecast:settle_forecast", asked_scenario.Settle, "The figure that came.",
             changes=True),
    Question("forecast score", "forecast:score_forecasts", asked.Nothing, "How settled questions did."),
]  # fmt: skip
_NEWS = [
    Question("news list", "library:list_articles", asked_news.Articles, "Articles, the newest first."),
    Question("news show", "library:show", asked_news.OneArticle, "An article with its claims, related stories, notes."),
    Question("news related", "library:related", asked_news.OneArticle, "Stories that belong to an article."),
    Question("news timeline", "library:timeline", asked_news.Timeline, "What happened to a material, in order."),
    Question("news search", "library:search", asked_news.Search, "Articles that hold words."),
    Question("news ask", "library:ask", asked_news.Ask, "A question, answered with quotes."),
    Question("news since", "library:since", asked_news.Peek, "What changed since you last looked."),
    Question("news look", "library:since", asked_news.Since, "The same, and counted as a look.", changes=True,
             role="reader"),
    Question("news decisions", "library:list_decisions", asked.Nothing, "What was accepted and rejected."),
    Question("news alerts", "library:alerts", asked_news.Rule, "What the rules caught."),
    Question("news feeds", "library:list_feeds", asked.Nothing, "The feeds followed."),
    Question("news add", "library:add_text", asked_news.Add, "Take an article in.", changes=True),
    Question("news accept", "library:accept|accept_by_rule", asked_news.Accept, "Accept a claim.", changes=True),
    Question("news reject", "library:reject", asked_news.Claim, "Reject a claim.", changes=True),
    Question("news undo", "library:undo", asked_news.Claim, "Take a decision back.", changes=True),
    Question("news mark", "library:mark", asked_news.Mark, "Mark an article.", changes=True, role="reader"),
    Question("news note", "library:note", asked_news.Note, "Keep a note.", changes=True, role="reader"),
    Question("news reader", "library:reader_profile", asked_news.Profile, "Your region and language.", changes=True,
             role="reader"),
]  # fmt: skip
_OF_DATABASE = [
    Question("news feeds add", "library:add_feed", asked_news.Feed, "Follow a feed.", changes=True),
    Question("news feeds drop", "library:drop_feed", asked_news.FeedName, "Follow a feed no longer.", changes=True),
    Question("news feeds opml", "library:import_feeds", asked_news.Opml, "Follow the feeds of a list.", changes=True),
    Question("news fetch", "library:fetch_feeds", asked_news.Fetch, "Ask the feeds for what is new.", heavy=True,
             changes=True, network=True),
    Question("news alerts add", "library:add_rule", asked_news.NewRule, "Keep a rule on claims.", changes=True),
    Question("news alerts drop", "library:drop_rule", asked_news.RuleName, "Take a rule out.", changes=True),
    Question("news alerts send", "library:send", asked_news.Send, "Tell the webhooks what is new.", heavy=True,
             changes=True, network=True),
    Question("news export", "library:export_document", asked_news.Export, "The library as a file."),
    Question("news import", "library:import_text", asked_news.Lines, "Articles as lines of JSON.", changes=True),
    Question("news reread", "library:reread_all", asked.Nothing, "Read every kept article again.", heavy=True,
             changes=True, role="admin"),
    Question("news second-reading", "library:second_reading", asked_news.SecondReading,
             "What a model of yours proposes and doubts.", heavy=True, changes=True, network=True, role="admin"),
    Question("forecast claim", "claim_forecast:forecast_of_accepted", asked_news.ClaimForecast,
             "What a figure will say of an accepted claim.", heavy=True, changes=True),
    Question("desk people list", "people:list_people", asked.Nothing, "Who may use this desk.", role="admin"),
    Question("desk people add", "people:add_somebody", asked_people.Somebody, "Add somebody.", changes=True,
             role="admin"),
    Question("desk people change", "people:change_somebody", asked_people.Change, "Change somebody.", changes=True,
             role="admin"),
]  # fmt: skip
QUESTIONS = {
    question.name: question for question in [*_LIST, *(replace(q, library=True) for q in (*_NEWS, *_OF_DATABASE))]
}


def question_of(name: str) -> Question:
    """A question by its command's words.

    Raises
    ------
    NotFoundError : there is none.
    """
    if name not in QUESTIONS:
        raise NotFoundError(name[:80], kind="question", known=QUESTIONS, where="kind")
    return QUESTIONS[name]


def ask(question: Question, wanted: Asked, folder: Path, *, progress: Progress | None = None) -> Any:
    """The document of a question.

    Parameters
    ----------
    folder : where texts are written for it, removed by the caller

    Raises
    ------
    SluicegateError : as the desk's function.
    """
    function = question.function(wanted)
    given = {k: v for k, v in wanted.given(folder).items() if v is not None}
    parameters = inspect.signature(function).parameters
    if progress is not None and "progress" in parameters:
        given["progress"] = progress
    if "resume" in parameters and given.get("draws", 0) >= LONG:
        given["resume"] = True
    found = function(**given)
    return found[0] if isinstance(found, tuple) else found


def require_whole(wanted: Asked) -> None:
    """See, before it is queued, that a question has what it needs.

    Raises
    ------
    InputError, NotFoundError : it has not.
    """
    with tempfile.TemporaryDirectory(prefix="sluicegate-") as folder, _named_in(folder):
        wanted.given(Path(folder))


def ask_library(question: Question, wanted: Asked, engine: Engine, reader: str, *,
                progress: Progress | None = None) -> Any:  # fmt: skip
    """The document of a question about what the database holds.

    Parameters
    ----------
    progress : told how far it is, where its function tells that

    Raises
    ------
    SluicegateError : as the library's function.
    """
    function = question.function(wanted)
    given = {k: v for k, v in wanted.given(Path()).items() if v is not None}
    parameters = inspect.signature(function).parameters
    if "reader" in parameters:
        given["reader"] = reader
    if progress is not None and "progress" in parameters and question.kept_home:
        given["progress"] = progress
    return function(engine, **given)


def ask_here(question: Question, wanted: Asked) -> Any:
    """The document of a light question, in this thread.

    Raises
    ------
    SluicegateError : as the desk's function.
    """
    with tempfile.TemporaryDirectory(prefix="sluicegate-") as folder, _named_in(folder):
        return ask(question, wanted, Path(folder))


@contextmanager
def _named_in(folder: str) -> Iterator[None]:
    """Messages name the file a user sent, not where it lay."""
    try:
        yield
    except InputError as error:
        error.found, error.where, error.do = (
            text.replace(folder + os.sep, "") for text in (error.found, error.where, error.do)
        )
        error.args = (f"{error.where}: {error.found}. Expected {error.expected}. {error.do}",)
        raise
