from datetime import date

import pytest
from pydantic import ValidationError

from sluicegate.regime import LicenceRecord, load_licences, load_register
from sluicegate.terms import NotFoundError

RECORD = {
    "id": "LIC-2025-01", "what": "magnets", "materials": "magnets", "measures": "CN-2025-18", "who": "somebody",
    "outcome": "counted", "reported_by": "nobody", "publisher": "nobody", "url": "https://example.org/",
    "known_on": "2025-06-01", "confidence": "secondary",
}  # fmt: skip


def test_every_record_names_measures_that_are_there_and_were_announced_by_then() -> None:
    register = load_register()
    for record in load_licences():
        assert all(register.measure(name).announced_on <= record.known_on for name in record.measures), record.id


def test_the_counts_of_the_chamber_are_those_of_september_2025() -> None:
    chamber = next(r for r in load_licences() if r.applications == 141)
    assert (chamber.approved, chamber.refused, chamber.pending) == (19, 1, 121)
    assert chamber.share == pytest.approx(19 / 141)


def test_nothing_known_later_is_shown() -> None:
    day = date(2025, 6, 10)
    assert all(record.known_on <= day for record in load_licences(as_of=day))
    assert len(load_licences(as_of=day)) < len(load_licences())


def test_a_member_of_the_union_sees_the_records_of_the_union_and_not_those_of_japan() -> None:
    ids = {record.id for record in load_licences(destination="Germany")}
    assert "LIC-2025-06-EU" in ids
    assert not ids & {record.id for record in load_licences(destination="JP") if record.destination == "JPN"}


def test_a_material_is_a_filter() -> None:
    assert {"graphite"} == {name for record in load_licences(material="graphite", as_of=date(2024, 12, 31))
                            for name in record.materials}  # fmt: skip


def test_an_unknown_destination_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Germany"):
        load_licences(destination="Germny")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"applications": 3, "approved": 2, "pending": 2}, "4 decided or pending of 3"),
        ({"from_day": "2025-05-02", "to_day": "2025-05-01"}, "lies before"),
        ({"from_day": "2025-07-01"}, "before it happened"),
        ({"approved_share": 1.2}, "less than or equal to 1"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_record_that_cannot_be_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        LicenceRecord.model_validate(RECORD | change)
