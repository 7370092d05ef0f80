"""Every number of a document leads to a source, a formula or a named assumption, and to nothing later than its day."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sluicegate
from sluicegate.regime import MATERIAL_GROUPS
from sluicegate.terms import InputError, NotFoundError

Document = dict[str, Any]
EXAMPLE = Path(__file__).parents[2] / "examples" / "april-2025.txt"


def ids(value: Any) -> Iterator[str]:
    """Every `id` anywhere in a document."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from ids(item)


def walked(document: Document) -> dict[str, Document]:
    """What `why` says of every id of a document and of all that these rest on."""
    run = document["provenance"]["run"]
    todo = [*ids(document), *document["provenance"].get("sources", {})]
    found: dict[str, Document] = {}
    while todo:
        number = todo.pop()
        if number not in found:
            found[number] = sluicegate.why(number, run=run)
            todo += found[number].get("inputs", [])
    return found


def ends(explanation: Document) -> bool:
    """Whether it rests on other ids, on a source, or on an assumption that gives its reason."""
    assumed = explanation.get("label") and explanation.get("reason")
    return bool(explanation.get("inputs") or explanation.get("source") or assumed)


@pytest.fixture(scope="module")
def example() -> Document:
    return sluicegate.brief(str(EXAMPLE), draws=16)


def test_nothing_in_a_brief_dangles(example: Document) -> None:
    found = walked(example)
    assert [number for number, e in found.items() if not ends(e)] == []
    assert {"shortage", "cover", "price", "edge", "future", "response", "parameter", "flow"} <= {
        n.partition(":")[0] for n in found
    }


def test_nothing_in_an_edge_or_a_series_dangles(ran: Document) -> None:
    series = sluicegate.series("april-2025", measure="exports", hs="850511", origin="CN", destination="US", draws=2)
    edge = {"edge": ran["edge"], "provenance": ran["provenance"]}
    for document in (edge, series):
        assert [number for number, e in walked(document).items() if not ends(e)] == []


def test_no_input_of_a_run_was_known_only_later(example: Document, home: Path) -> None:
    day = example["provenance"]["as_of"]
    kept = json.loads((home / "runs" / example["provenance"]["run"] / "explanations.json").read_text("utf-8"))
    inputs = [e for number, e in kept.items() if number.startswith("parameter:")]
    assert len(inputs) > 20
    assert all(e["known_on"] is None or e["known_on"] <= day for e in inputs)


def test_no_figure_a_claim_is_checked_with_was_known_only_later(example: Document) -> None:
    day = example["provenance"]["as_of"]
    figures = [f for c in example["claims"] for f in c.get("check", {}).get("figures", [])]
    assert figures
    assert all(f["known_on"] <= day for f in figures)


def test_the_causes_of_a_shortage_sum_to_one_and_name_the_measure(example: Document) -> None:
    first = sluicegate.why(example["outcome"]["shortages"][0]["id"], run=example["provenance"]["run"])
    assert sum(c["share"] for c in first["causes"]) == pytest.approx(1, abs=1e-3)
    assert first["causes"][0]["what"] == "CN-2025-18"


def test_an_input_is_shown_as_its_run_used_it() -> None:
    name = "parameter:magnets, EUU: eligible share"
    runs = [sluicegate.run("april-2025", draws=1, as_of=day) for day in (date(2025, 3, 1), date(2026, 3, 1))]
    then, later = (sluicegate.why(name, run=r["provenance"]["run"]) for r in runs)
    assert then["reason"] != later["reason"]


@pytest.mark.parametrize("kind", ["figure", "source", "measure", "parameter"])
def test_dataset_ids_need_no_run(kind: str) -> None:
    named = {"figure": "mine-share.antimony.CHN.2024.usgs-mcs-2025", "measure": "CN-2025-18",
             "parameter": "parameter:price elasticity"}  # fmt: skip
    if kind == "source":
        from sluicegate.world.source import load_sources

        named["source"] = next(iter(load_sources()))
    assert ends(sluicegate.why(named[kind]))


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="CN-2025-18"):
        sluicegate.why("CN-2025-188")


def test_an_unknown_run_is_refused() -> None:
    with pytest.raises(InputError, match="no run"):
        sluicegate.why("CN-2025-18", run="nowhere")


def test_a_stop_walks_back_to_producers_and_lines() -> None:
    document = sluicegate.why("pinch:antimony smelting|CHN")
    assert document["value"] > 0
    assert "producer:antimony smelting|CHN" in document["inputs"]
    assert all(sluicegate.why(i)["what"] for i in document["inputs"][:3])


def test_an_index_is_walked_back_to_figures_printed_rows_and_parameters():
    from sluicegate.desk.world import world_compare

    values = world_compare("gallium")["materials"][0]["values"]
    behind = {i for v in values for i in sluicegate.why(v["id"])["inputs"]}
    assert {i.partition(":")[0] for i in behind} >= {"published", "parameter", "product"}
    assert all(sluicegate.why(i)["what"] for i in behind)


@pytest.mark.parametrize("group", MATERIAL_GROUPS)
def test_practice_of_every_group_of_goods_is_explained(group: str) -> None:
    value = sluicegate.why(f"parameter:{group}: review_weeks_mean")["value"]
    assert value["p05"] < value["p95"]
