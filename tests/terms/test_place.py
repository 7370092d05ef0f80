import pytest

from sluicegate.terms import NotFoundError, parse_place, place_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USA", "USA"),
        ("de", "DEU"),
        ("Burma", "MMR"),
        ("Guinea", "GIN"),
        ("cn-jx", "CN-JX"),
        ("EUO", "EUO"),
        ("EU", "EUU"),
    ],
)
def test_a_place_is_known_by_code_and_by_name(text: str, code: str) -> None:
    assert parse_place(text) == code


def test_a_province_keeps_its_code() -> None:
    assert place_name("CN-JX") == "China (CN-JX)"


def test_an_unknown_place_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Germany"):
        parse_place("Germny")
