from datetime import date

import pytest

from sluicegate.regime import Shipment, read_shipment
from sluicegate.regime.limit import Limit
from sluicegate.terms import InputError, NotFoundError

ROUTE = {"origin": "CN", "destination": "Germany", "on": "2025-06-01"}


def test_places_and_codes_are_tidied() -> None:
    shipment = read_shipment(**ROUTE, hs="8505.11 1000")
    assert (shipment.origin, shipment.destination, shipment.made_in, shipment.hs) == ("CHN", "DEU", "CHN", "8505111000")


@pytest.mark.parametrize("hs", ["85051", "85051110001", "8505ab", ""])
def test_a_malformed_code_is_an_input_error(hs: str) -> None:
    with pytest.raises(InputError, match="6 to 10 digits"):
        read_shipment(**ROUTE, hs=hs)


@pytest.mark.parametrize(
    "change",
    [
        {"on": "1 June"},
        {"origin": "Atlantis"},
        {"licence_issued": "2026-01-01"},
        {"licence": "eternal"},
        {"content": ["Dy"]},
        {"content": ["Dy=3"]},
        {"content": ["Dy=-1%"]},
        {"content": ["Nd=60%", "Fe=60%"]},
        {"purity": "99.99"},
        {"purity": ">=99.99%"},
        {"purity": "-0.5"},
        {"on": "2025-02-30"},
        {"licence": "single or general"},
        {"properties": ["size=big"]},
        {"chinese_content": "101%"},
        {"content": ["Xx=3%"]},
        {"purity": "pure"},
    ],
)
def test_malformed_facts_are_input_errors(change: dict[str, str]) -> None:
    with pytest.raises(InputError):
        read_shipment(**{**ROUTE, "hs": "850511", **change})  # type: ignore[arg-type]


def test_a_shipment_needs_a_code_or_a_name() -> None:
    with pytest.raises(InputError, match="neither"):
        Shipment(origin="CN", destination="DE", on=date(2025, 6, 1))


def test_an_unknown_place_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Germany"):
        read_shipment(origin="CN", destination="Germny", on="2025-06-01", hs="850511")


@pytest.mark.parametrize(
    ("use", "military"),
    [
        (None, None),
        ("civil", False),
        ("non-military drones", False),
        ("missile fins", True),
        ("defence electronics", True),
    ],
)
def test_military_use_is_read_from_the_words(use: str | None, military: bool | None) -> None:
    assert read_shipment(**ROUTE, hs="850511", end_use=use).is_military is military


def test_a_stated_use_is_never_taken_as_proof() -> None:
    limit = Limit.read("use = missile parts")
    assert read_shipment(**ROUTE, hs="810210", end_use="civil").meets(limit) is None
    assert read_shipment(**ROUTE, hs="810210", end_use="missile parts").meets(limit) is True


@pytest.mark.parametrize(
    ("use", "user", "military"),
    [
        (None, "US Army Research Laboratory", True),
        ("sensors", "Ministry of Defense of Japan", True),
        ("F-35 fighter jet", None, True),
        ("sensors", "Siemens AG", False),
        (None, "Siemens AG", None),
        (None, "civil", False),
    ],
)
def test_a_military_user_is_as_good_as_a_military_use(use: str | None, user: str | None, military: bool | None) -> None:
    assert read_shipment(**ROUTE, hs="850511", end_use=use, end_user=user).is_military is military


def test_a_property_may_carry_its_unit_in_its_name() -> None:
    shipment = read_shipment(
        **ROUTE, material="artificial graphite", properties=["density_g_cm3=1.78", "flexural_MPa=45"]
    )
    assert shipment.meets(Limit.read("density > 1.73 g/cm3")) is True
    assert shipment.meets(Limit.read("flexural strength > 50 MPa")) is False


def test_sizes_may_stand_in_one_text() -> None:
    rod = read_shipment(**ROUTE, material="tungsten rod", properties=["size=dia 50 x 300 mm"])
    assert dict(rod.properties) == {"diameter": "50 mm", "length": "300 mm"}


@pytest.mark.parametrize(
    ("text", "used"), [("single", False), ("single, used", True), ("unused single licence", False)]
)
def test_a_licence_says_whether_it_was_used(text: str, used: bool) -> None:
    assert read_shipment(**ROUTE, hs="850511", licence=text).licence_used is used
