import pytest

from sluicegate.regime.wording import goods, head, said_constituents, said_content, said_purity, turned


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nd-Fe-B", "NdFeB"), ("Sb₂O₃", "antimony trioxide"), ("aluminum", "aluminium"),
        ("WC powder", "tungsten carbide powder"),
        ("Pr-Nd oxide", "NdPr oxide"), ("trimethyl indium", "TMIn"), ("neodymium magnets", "NdFeB magnet"),
    ],
)  # fmt: skip
def test_two_names_of_one_thing_are_one(one: str, other: str) -> None:
    assert goods(one) == goods(other)


def test_ordinary_words_are_not_taken_for_symbols() -> None:
    assert goods("in a box, as is, no tin") == " in a box as is no tin "
    assert goods("LED") == " led "


def test_the_goods_are_what_stands_before_use_and_contents() -> None:
    assert head("EV motor with NdFeB magnets") == "EV motor"
    assert head("NdFeB magnets for motors") == "NdFeB magnets"


def test_an_inverted_name_is_put_straight() -> None:
    assert turned("graphite, natural flake") == "natural flake graphite"
    assert turned("oxide of dysprosium") == "dysprosium oxide"


def test_contents_are_read_from_words() -> None:
    assert said_content("magnet, Dy 2.5 %, 0.1% Tb") == {"Dy": 0.025, "Tb": 0.001}
    assert said_content("magnet free of Dy and Tb") == {"Dy": 0.0, "Tb": 0.0}
    assert said_content("magnet without heavy rare earths") == {"Dy": 0.0, "Tb": 0.0}
    assert said_content("magnet, no plating") == {}


def test_a_named_constituent_has_no_figure() -> None:
    assert said_constituents("magnet containing dysprosium and terbium") == {"Dy", "Tb"}
    assert said_constituents("magnet not containing dysprosium") == frozenset()


def test_a_purity_in_the_name_is_read_and_two_are_not() -> None:
    assert said_purity("gallium 6N") == 0.999999
    assert said_purity("antimony oxide 99.8 %") == pytest.approx(0.998)
    assert said_purity("gallium 6N or 7N") is None
    assert said_purity("graphite with 2 % ash") is None
