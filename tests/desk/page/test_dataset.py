"""The dataset as text: within the width, nothing absent printed as a number, every source told."""

import re
from functools import cache
from typing import Any

import pytest

from sluicegate.desk.facility import facilities, facility
from sluicegate.desk.page.dataset import (
    check_text,
    facilities_text,
    facility_text,
    names_text,
    show_text,
    source_text,
    sources_text,
)
from sluicegate.desk.sources import source, sources
from sluicegate.desk.world import world_check, world_list, world_show

ASKED = {
    "names": (names_text, world_list),
    "product": (show_text, lambda: world_show("dysprosium oxide")),
    "element": (show_text, lambda: world_show("scandium")),
    "place": (show_text, lambda: world_show("United States")),
    "industry": (show_text, lambda: world_show("motor vehicles")),
    "process": (show_text, lambda: world_show("tungsten mining")),
    "plant": (facility_text, lambda: facility("mountain-pass")),
    "plants": (facilities_text, facilities),
    "source": (source_text, lambda: source("wmd-2026")),
    "sources": (sources_text, lambda: sources("tungsten")),
    "check": (check_text, world_check),
}


@cache
def document(name: str) -> dict[str, Any]:
    return ASKED[name][1]()


def text_of(name: str, width: int = 100) -> str:
    return ASKED[name][0](document(name), width=width)


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("width", [60, 100])
def test_text_stays_within_its_width_and_prints_nothing_absent(name: str, width: int) -> None:
    text = text_of(name, width)
    assert max(map(len, text.splitlines())) <= width
    assert not re.search(r"\b(nan|None|null)\b|inf ", text)


def test_a_number_has_a_mark_that_leads_to_its_source() -> None:
    text = text_of("element")
    marks = {int(n) for n in re.findall(r"\[(\d+)\]", text.partition("Sources")[0])}
    assert marks == {int(n) for n in re.findall(r"\[(\d+)\]", text.partition("Sources")[2])}
    assert "US Geological Survey" in text


def test_the_check_fits_one_screen() -> None:
    assert len(text_of("check").splitlines()) <= 66


def test_what_is_cut_is_counted() -> None:
    assert re.search(r"6 of \d{3,}; all with --json", text_of("place"))
