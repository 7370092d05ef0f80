"""The dataset as text: within the width, nothing absent printed as a number, every source told."""

import re

import pytest

from sluicegate.desk.facility import facilities, facility
from sluicegate.desk.page.dataset import (
    check_text,
    facilities_text,
    facility_text,
    show_text,
    source_text,
    sources_text,
)
from sluicegate.desk.sources import source, sources
from sluicegate.desk.world import world_check, world_show

TEXTS = {
    "product": lambda width: show_text(world_show("dysprosium oxide"), width=width),
    "element": lambda width: show_text(world_show("scandium"), width=width),
    "place": lambda width: show_text(world_show("United States"), width=width),
    "industry": lambda width: show_text(world_show("motor vehicles"), width=width),
    "process": lambda width: show_text(world_show("tungsten mining"), width=width),
    "plant": lambda width: facility_text(facility("mountain-pass"), width=width),
    "plants": lambda width: facilities_text(facilities(), width=width),
    "source": lambda width: source_text(source("wmd-2026"), width=width),
    "sources": lambda width: sources_text(sources("tungsten"), width=width),
    "check": lambda width: check_text(world_check(), width=width),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("width", [60, 100])
def test_text_stays_within_its_width_and_prints_nothing_absent(name: str, width: int) -> None:
    text = TEXTS[name](width)
    assert max(map(len, text.splitlines())) <= width
    assert not re.search(r"\b(nan|None|null)\b|inf ", text)


def test_a_number_has_a_mark_that_leads_to_its_source() -> None:
    text = TEXTS["element"](100)
    marks = {int(n) for n in re.findall(r"\[(\d+)\]", text.partition("Sources")[0])}
    assert marks == {int(n) for n in re.findall(r"\[(\d+)\]", text.partition("Sources")[2])}
    assert "US Geological Survey" in text


def test_the_check_fits_one_screen() -> None:
    assert len(TEXTS["check"](100).splitlines()) <= 64


def test_what_is_cut_is_counted() -> None:
    assert re.search(r"6 of \d{3,}; all with --json", TEXTS["place"](100))
