"""Who acts, where, on what: places, firms and amounts of claims."""

from datetime import date

import pytest

from sluicegate.news import Claim, extract_claims, read_article
from sluicegate.news.firms import short_names
from sluicegate.news.lexicon import find_words
from sluicegate.news.moments import find_dates
from sluicegate.news.quantities import find_quantities
from sluicegate.news.tables import table
from sluicegate.terms import spoken_names
from sluicegate.world.facility import load_facilities


def claims(text: str) -> list[Claim]:
    return extract_claims(read_article(f"A headline\nExample Wire 2025-06-12\n{text}", html=False).article)


def places(text: str) -> list[str]:
    return [h.value for h in find_words(text) if h.tag == "PLACE"]


def test_every_country_of_iso_is_found_by_its_name() -> None:
    names = {"Türkiye": "TUR", "Eswatini": "SWZ", "Uzbekistan": "UZB", "Malawi": "MWI", "Papua New Guinea": "PNG"}
    assert all(places(f"The government of {name} met.") == [code] for name, code in names.items())
    assert len({code for code in spoken_names().values() if len(code) == 3}) > 240


@pytest.mark.parametrize(
    ("name", "code"),
    [("Republic of Congo", "COG"), ("Democratic Republic of Congo", "COD"), ("Equatorial Guinea", "GNQ"),
     ("Guinea-Bissau", "GNB"), ("Guinea", "GIN"), ("Papua New Guinea", "PNG"), ("Nigerien", "NER"), ("Nigerian", "NGA"),
     ("Dominica", "DMA"), ("Dominican Republic", "DOM"), ("South Sudan", "SSD"), ("North Korean", "PRK")],
)  # fmt: skip
def test_names_that_hold_one_another_stay_apart(name: str, code: str) -> None:
    assert places(f"Ore went to the {name} by ship.") == [code]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Canadian miner Barrick halted operations at the Loulo-Gounkoto gold mine in January.", "MLI"),
        ("Perth-based Acme Resources shut its Kasiya graphite mine in May.", "MWI"),
        ("Exports of tin from Peru rose 4 percent in May.", "PER"),
        ("Imports of antimony into India from Tajikistan fell 30 percent in May.", "IND"),
        ("Zambia, Africa's second-largest producer, mined 820,000 tonnes of copper in 2024.", "ZMB"),
        ("Morenci makes up 33% of all American copper output.", "USA"),
    ],
)
def test_the_place_that_acts_is_where_the_metal_is(text: str, actor: str) -> None:
    assert claims(text)[0].actor == (actor,)


def test_short_names_of_firms_are_learnt_from_the_article() -> None:
    known = short_names("Guinea Alumina Corporation (GAC) waited. Kestrel Resources Ltd. did too.")
    assert known == {"GAC": "Guinea Alumina Corporation", "Kestrel": "Kestrel Resources Ltd."}
    [claim] = claims("Kestrel Resources owns a tin mine in Laos. Kestrel closed the mine in May.")
    assert claim.organisations == ("Kestrel Resources",)


def test_an_office_is_no_firm() -> None:
    assert short_names("The Authority for Minerals (ARM) and the Development Bank (DB) agreed.") == {}


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("fell 57% and 39%, respectively", [(57.0, "percent"), (39.0, "percent")]),
        ("between 40% and 60% of it", [(40.0, "percent"), (60.0, "percent")]),
        ("8.9% in 2018 and 14.6% in 2017", [(8.9, "percent"), (14.6, "percent")]),
        ("816.4kt of copper", [(816.4, "kt")]),
        ("31.3K tons of cobalt", [(31300.0, "t")]),
        ("164 000 t of metal", [(164000.0, "t")]),
        ("280.000 metric tons", [(280000.0, "t")]),
        ("1.234 tonnes", [(1.234, "t")]),
        ("$1,125-1,150 per metric ton unit", [(1125.0, "USD/mtu"), (1150.0, "USD/mtu")]),
        ("99.2% grade carbonate", []),
        ("until the first half of 2026", []),
        ("half of its ore", [(50.0, "percent")]),
    ],
)
def test_amounts_as_the_wires_write_them(text: str, amounts: list[tuple[float, str]]) -> None:
    assert [(q.value, q.unit) for q in find_quantities(text)] == amounts


@pytest.mark.parametrize(
    ("text", "iso"),
    [("banned it on December 3", "2024-12-03"), ("will ban it on December 3", "2025-12-03"),
     ("closed since Sept. 4", "2024-09-04"), ("by August 1", "2025-08-01"), ("on June 20", "2025-06-20")],
)  # fmt: skip
def test_a_day_without_a_year_is_past_unless_the_words_look_ahead(text: str, iso: str) -> None:
    assert [d for _, _, d in find_dates(text, date(2025, 6, 12))] == [iso]


def test_a_text_with_an_empty_line_after_every_line_reads_as_one() -> None:
    text = """Jakarta said on Monday that it will
        stop exports of nickel ore in May, two
        years earlier than it had said, as it
        wants the metal to be smelted at home.
        Prices of nickel in London then rose by
        3 percent to $18,470 a tonne, the most
        in nearly five years, traders said on
        Monday, and copper stood still at noon.
        Smelters in the east had asked for this
        since the last rule was written, in the
        hope of cheaper ore for their furnaces."""
    lines = [line.strip() for line in text.splitlines()]
    found = claims("\n\n".join(lines))
    assert [c.type for c in found] == ["control_imposed", "price_move"]
    assert "\n\n" in found[0].quote


def test_every_plant_of_the_dataset_has_its_spellings_listed() -> None:
    assert set(table("facilities")) == set(load_facilities())


@pytest.mark.parametrize(
    ("text", "plant", "place"),
    [
        ("MP Materials halted rare earth mining at Mountain Pass in March.", "Mountain Pass", "USA"),
        ("Teck cut germanium output at its Trail smelter by 10%.", "Trail", "CAN"),
        ("Production of dysprosium began at the Kuantan plant of Lynas.", "Kuantan (Gebeng)", "MYS"),
        ("Almonty reopened the Sangdong tungsten mine on Monday.", "Sangdong", "KOR"),
    ],
)
def test_a_plant_of_the_dataset_is_named_and_placed(text: str, plant: str, place: str) -> None:
    claim = claims(text)[0]
    assert plant in claim.organisations
    assert claim.actor == (place,)


@pytest.mark.parametrize(
    "text",
    [
        "The trail of the smuggled antimony ended in Hanoi, where 20 tonnes were sold on Independence Day.",
        "A fen near the coast holds 3 tonnes of copper, said people in Stillwater.",
        "Akita in Japan makes sake, and a plant nearby made 300 tonnes of tungsten.",
    ],
)
def test_words_and_towns_that_share_a_plant_s_name_are_no_plant(text: str) -> None:
    names = {plant.name for plant in load_facilities().values()}
    assert not [o for c in claims(text) for o in c.organisations if o in names]
