"""One card per source, and what hangs on it."""

import pytest

from sluicegate.desk.sources import source, sources
from sluicegate.terms import NotFoundError
from sluicegate.world.figures import load_figures


def test_every_figure_hangs_on_one_card() -> None:
    cards = sources()["sources"]
    assert sum(card["figure_count"] for card in cards) == len(load_figures())
    assert all(card["publisher"] and card["title"] and card["year"] > 1950 and card["licence"] for card in cards)


def test_cards_of_a_material_count_its_figures_alone() -> None:
    cards = sources("scandium")["sources"]
    assert sum(card["figure_count"] for card in cards) == len(load_figures().find(material="scandium"))


def test_a_card_shows_its_corrections_and_who_says_otherwise() -> None:
    card = source("baci-2026")
    assert card["licence"] == "Etalab 2.0"
    assert any("Benin" in one["reason"] for one in card["corrections"])
    wmd = source("wmd-2026")
    assert all(any(f["source_id"] == "wmd-2026" for f in one["figures"]) for one in wmd["contradicted"])
    assert wmd["contradicted"]


def test_the_pages_of_a_long_card_are_the_whole_of_it() -> None:
    whole = source("wmd-2026", limit=10_000)
    offset, pages = 0, []
    while offset is not None:
        part = source("wmd-2026", limit=400, offset=offset)
        pages += [f["id"] for group in part["figures"] for f in group["figures"]]
        offset = part["next_offset"]
    assert pages == [f["id"] for group in whole["figures"] for f in group["figures"]]
    assert len(pages) == whole["figure_count"] == sum(group["count"] for group in whole["figures"])


def test_an_unknown_source_or_material_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="wmd-2026"):
        source("wmd-2025")
    with pytest.raises(NotFoundError, match="scandium"):
        sources("scandum")
