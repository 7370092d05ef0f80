"""The JSON behind the commands has the fields of the contract; more may be there, none may lack."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sluicegate as package

Document = dict[str, Any]
Ask = Callable[..., Any]
Q = {"q05", "q25", "q50", "q75", "q95"}
CLAIM = {"id", "type", "quote", "start", "end", "materials", "actor", "target", "organisations", "amounts", "dates",
         "status", "attribution", "confidence"}  # fmt: skip
SHORTAGE = {"id", "product", "place", "industry", "p_short", "starts", "share_short", "value_added_lost_per_week",
            "value_added_lost_total", "unit", "evidence", "judgement_share"}  # fmt: skip
EDGE = {"controller", "target", "path", "undefined_share", "expires", "p_not_within_horizon", "levers_included"}
PROVENANCE = {"as_of", "dataset_version", "model_version", "seed", "draws", "sources"}
MEASURE = {"id", "measure", "item", "clause", "effective", "until", "source", "confidence"}
SHARES = {"p_short", "judgement_share", "undefined_share", "p_not_within_horizon", "confidence", "p_no_edge"}
DATED = {
    "at",
    "on",
    "as_of",
    "published",
    "effective",
    "announced_on",
    "effective_from",
    "known_on",
    "edge_on",
    "start",
    "until",
}


def objects(value: Any) -> Iterator[Document]:
    """Every JSON object anywhere in a document."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from objects(item)


def lacking(row: Document, fields: set[str]) -> set[str]:
    return fields - row.keys()


@pytest.fixture(scope="module")
def read(document: Ask, article: Path) -> Document:
    return dict(document("claims", article))


@pytest.fixture(scope="module")
def edge(document: Ask) -> Document:
    return dict(document("edge", "april-2025", "--draws", 16))


@pytest.fixture(scope="module")
def series(document: Ask) -> Document:
    asked = ("--measure", "exports", "--hs", "850511", "--from", "CN", "--to", "US", "--every", "month", "--samples", 3)
    return dict(document("series", "april-2025", *asked, "--draws", 16))


@pytest.fixture(scope="module")
def checked(document: Ask) -> Document:
    return dict(document("check", "--hs", "850511", "--from", "CN", "--to", "DE", "--on", "2025-06-01"))


@pytest.fixture(scope="module")
def everything(brief: Document, ran: Document, read: Document, edge: Document, series: Document,
               checked: Document) -> list[Document]:  # fmt: skip
    return [brief, ran, read, edge, series, checked]


def test_the_reading(read: Document) -> None:
    assert not lacking(read, {"article", "related", "claims"})
    assert not lacking(read["article"], {"title", "publisher", "published", "url", "language", "text", "body"})
    assert all(not lacking(c, CLAIM) for c in read["claims"])
    assert {"check"} == {k for c in read["claims"] if c["type"] == "production_share" for k in c} - CLAIM


def test_quotes_stand_in_the_text_where_they_say(brief: Document, read: Document) -> None:
    assert read["claims"] == brief["claims"]
    for c in read["claims"]:
        assert read["article"]["text"][c["start"] : c["end"]] == c["quote"]


def test_the_text_is_the_file_and_the_body_is_in_it(read: Document, article: Path) -> None:
    assert read["article"]["text"] == article.read_text("utf-8")
    assert "China mines" in read["article"]["body"]


def test_the_brief(brief: Document) -> None:
    assert not lacking(brief, {"article", "claims", "scenario", "outcome", "futures", "edge", "response", "moved",
                               "unknown", "provenance"})  # fmt: skip
    assert not lacking(brief["scenario"], {"base", "events", "ignored", "overrides"})
    assert all(not lacking(r, {"claim", "kind"}) for r in brief["scenario"]["events"])
    assert all(not lacking(r, {"claim", "why"}) for r in brief["scenario"]["ignored"])
    assert all(not lacking(r, {"measure", "register", "article"}) for r in brief["scenario"]["overrides"])
    assert all(not lacking(r, {"name", "from_claims", "what", "shortages", "edge"}) for r in brief["futures"])
    assert all(not lacking(r, {"action", "cost", "benefit", "unit", "why"}) for r in brief["response"])
    assert all(not lacking(r, {"number", "before", "after", "unit", "by"}) for r in brief["moved"])
    assert brief["response"]
    assert brief["moved"]


def test_outcome_edge_and_provenance_of_brief_and_run(brief: Document, ran: Document) -> None:
    for document in (brief, ran):
        outcome = document["outcome"]
        assert outcome["shortages"]
        assert all(not lacking(s, SHORTAGE) for s in outcome["shortages"])
        assert all(not lacking(s, {"product", "place", "industry", "days"}) for s in outcome["days_of_cover"])
        assert all(not lacking(s, {"product", "area", "change", "at"}) for s in outcome["prices"])
        assert not lacking(document["edge"], EDGE)
        assert not lacking(document["provenance"], PROVENANCE)


def test_the_edge_of_a_scenario_is_that_of_its_run(edge: Document, ran: Document) -> None:
    assert {k: edge[k] for k in EDGE} == {k: ran["edge"][k] for k in EDGE}
    assert all(not lacking(p, {"date", "A", "loss_target", "loss_controller"}) for p in edge["path"])


def test_a_series(series: Document) -> None:
    assert series["unit"] == "t gross per month"
    assert all(not lacking(r, {"date", "observed", "samples"} | Q) for r in series["series"])
    assert all(len(r["samples"]) == 3 for r in series["series"])
    first = date.fromisoformat(series["series"][0]["date"])
    assert (date(2025, 4, 4) - first).days >= 365


def test_a_check(checked: Document) -> None:
    assert not lacking(checked, {"licence_required", "barred", "general_licence", "licence_valid", "measures",
                                 "questions", "file", "waiting_days", "approval_share", "as_of"})  # fmt: skip
    assert checked["licence_required"] in (True, False, "depends")
    assert all(not lacking(m, MEASURE) for m in checked["measures"])


def test_why(document: Ask, brief: Document) -> None:
    first = document("why", brief["outcome"]["shortages"][0]["id"], "--run", brief["provenance"]["run"])
    assert not lacking(first, {"id", "what", "formula", "inputs", "causes"})


def test_the_world(document: Ask) -> None:
    assert not lacking(document("world", "list"), {"products", "places", "industries", "processes"})
    assert document("world", "show", "dysprosium oxide")["name"] == "dysprosium oxide"
    assert document("world", "check")["largest_residual"] < 1e-6
    assert document("world", "facility", "mountain-pass")["numbers"]
    assert document("world", "facility", "--material", "gallium")["facilities"]
    assert document("world", "sources", "baci-2026")["figure_count"] > 1000


def test_the_indices_side_by_side(document: Ask) -> None:
    compared = document("world", "compare", "tungsten", "--place", "JP")
    assert (compared["place"], [m["material"] for m in compared["materials"]]) == ("JPN", ["tungsten"])
    for value in compared["materials"][0]["values"]:
        assert not lacking(value, {"id", "method", "value", "unit", "year", "source", "rank", "of"})
        assert not lacking(document("why", value["id"]), {"id", "what", "formula", "inputs"})
    assert not lacking(compared["materials"][0]["disagreement"], {"riskier_by", "less_risky_by", "apart", "why"})


def test_scenarios(document: Ask) -> None:
    listed = document("scenario", "list")
    assert all(not lacking(r, {"name", "title", "start", "weeks", "as_of"}) for r in listed)
    assert document("scenario", "validate", listed[0]["name"])["name"] == listed[0]["name"]


def test_bands_are_in_order(everything: list[Document]) -> None:
    bands = [o for d in everything for o in objects(d) if o.keys() >= Q and not isinstance(o["q05"], list)]
    assert len(bands) > 100
    for band in bands:
        values = [band[q] for q in sorted(Q)]
        assert values == sorted(values)


def test_shares_are_between_nought_and_one(everything: list[Document]) -> None:
    shares = [v for d in everything for o in objects(d) for k, v in o.items()
              if k in SHARES and isinstance(v, float | int)]  # fmt: skip
    shares += [v for d in everything for o in objects(d) if "share_short" in o for v in o["share_short"].values()]
    assert all(0 <= v <= 1 for v in shares)


def test_dates_are_iso(everything: list[Document]) -> None:
    dated = [v for d in everything for o in objects(d) for k, v in o.items()
             if k in DATED and isinstance(v, str)]  # fmt: skip
    starts = [v for d in everything for o in objects(d) if "p_short" in o for v in o["starts"].values()]
    for text in dated + starts:
        date.fromisoformat(text)


def test_nothing_absent_is_written_as_a_word(everything: list[Document]) -> None:
    texts = [v for d in everything for o in objects(d) for v in o.values() if isinstance(v, str)]
    assert not [t for t in texts if re.fullmatch(r"(nan|NaN|NaT|None|inf|True|False)", t)]


def test_the_other_door_gives_the_same_document(brief: Document, article: Path) -> None:
    assert package.brief(str(article), draws=16) == brief


def test_the_same_question_prints_the_same_bytes(sluicegate: Callable[..., Any], article: Path) -> None:
    first, second = (sluicegate("claims", article, "--json").stdout_bytes for _ in range(2))
    assert first == second


def test_standard_input_reads_as_the_file_does(sluicegate: Callable[..., Any], article: Path, read: Document) -> None:
    import json

    given = sluicegate("claims", "-", "--json", standard_input=article.read_bytes())
    assert json.loads(given.stdout)["claims"] == read["claims"]


def test_public_names_agree_with_their_homes() -> None:
    assert package.load_world.__module__.startswith("sluicegate.world")
    for name in package.__all__:
        found = getattr(package, name)
        assert callable(found)
        assert found.__doc__
        assert name in dir(package)
    with pytest.raises(AttributeError):
        _ = package.nothing
