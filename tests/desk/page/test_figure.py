import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.desk.page.figure import (
    amount,
    change,
    edge_index,
    expiry,
    money,
    money_axis,
    money_of,
    number,
    one_share,
    percent,
    quantity,
    quarter,
    read_band,
    rounded,
    share,
    start,
    two_digits,
)
from sluicegate.terms import Band

SIZES = st.floats(min_value=1e-9, max_value=1e15)


def band(*quantiles: float) -> Band:
    return Band(*quantiles)


def value_of(text: str) -> float:
    return float(text.split("\u00a0")[0].replace(",", "").replace("−", "-").removeprefix("+"))


@given(SIZES, st.booleans())
def test_two_digits_keep_the_order_of_magnitude(x: float, negative: bool) -> None:
    signed = -x if negative else x
    assert two_digits(signed) == pytest.approx(signed, rel=0.0501)


@given(SIZES, SIZES, st.sampled_from([1, 2]))
def test_rounding_keeps_order(x: float, y: float, digits: int) -> None:
    assert (rounded(x, digits) <= rounded(y, digits)) or x > y


@given(SIZES)
def test_a_number_in_words_is_the_rounded_number(x: float) -> None:
    assert value_of(number(x)) == two_digits(x)


@given(st.lists(st.floats(min_value=-1e12, max_value=1e12), min_size=5, max_size=5))
def test_money_keeps_the_order_of_its_band(values: list[float]) -> None:
    figure = money(band(*sorted(values)), "USD")
    if figure.band:
        low, high = (value_of(part) for part in figure.band.replace("\u00a0to\u00a0", "|").split("|"))
        assert low <= value_of(figure.median) <= high


@given(st.floats(0, 1), st.floats(0, 1))
def test_percent_keeps_order(x: float, y: float) -> None:
    in_number = {"below 0.1": 0.05, "over 99": 99.5}
    a, b = (in_number.get(t := percent(v)) or float(t) for v in sorted((x, y)))
    assert a <= b


@pytest.mark.parametrize(
    ("quantiles", "said"),
    [
        ((61e6, 98e6, 134e6, 177e6, 288e6), "100 m USD (60 to 300 m USD)"),
        ((88e6, 98e6, 134e6, 177e6, 188e6), "130 m USD (88 to 190 m USD)"),
        ((1.1e9, 1.2e9, 1.34e9, 1.4e9, 1.5e9), "1.3 bn USD (1.1 to 1.5 bn USD)"),
        ((-5e6, -1e6, 2e6, 4e6, 9e6), "2 m USD (−5 to 9 m USD)"),
        ((0.0, 0.0, 0.0, 0.0, 0.0), "0 m USD"),
    ],
)
def test_money_has_the_digits_its_band_supports(quantiles: tuple[float, ...], said: str) -> None:
    assert str(money(band(*quantiles))).replace("\u00a0", " ") == said


def test_units_of_money_agree() -> None:
    assert money(band(1, 2, 3, 4, 5), "m USD per week") == money(band(1e6, 2e6, 3e6, 4e6, 5e6), "USD/week")
    units = ("USD", "musd", "bn USD", "musd_per_week", "million 2024 USD", "USD per week", "EUR")
    assert [money_of(u) for u in units] == [(1, "USD"), (1e6, "USD"), (1e9, "USD"), (1e6, "USD"), (1e6, "USD"),
                                            (1, "USD"), (1, "EUR")]  # fmt: skip
    assert [money_of(u) for u in ("t", "", "USD/kg", "days", "USD of loss")] == [None] * 5


def test_a_sum_is_billions_from_one_on_in_any_currency() -> None:
    said = [amount(x, u).replace("\u00a0", " ") for x, u in ((1e5, "million 2024 USD"), (500, "m USD"), (2e9, "EUR"))]
    assert said == ["100 bn USD", "500 m USD", "2.0 bn EUR"]
    assert amount(9.1e-5, "m USD").replace("\u00a0", " ") == "91 USD"
    assert str(money(band(-1e-5, 0, 1e-6, 2e-6, 1e-5))).replace("\u00a0", " ") == "0 m USD"
    assert str(money(band(0, 0, 5e3, 2e4, 3e6))).replace("\u00a0", " ") == "0.005 m USD (0 to 3 m USD)"
    assert amount(None) == "not known"


def test_sums_on_one_axis_have_one_unit() -> None:
    assert money_axis([500.0, 2e4, None], "m USD") == (1e-3, "bn USD")
    assert money_axis([500.0], "m EUR per week") == (1.0, "m EUR")
    assert money_axis([5.0], "t") == (1.0, "t")


@pytest.mark.parametrize("absent", [None, {}, {"q50": None}, {"q50": math.nan}, {"q50": "5"}, {"q50": True}, 5])
def test_absent_is_never_zero(absent: object) -> None:
    assert str(money(read_band(absent))) == "not known"
    assert str(share(read_band(absent))) == "not known"


def test_a_band_without_ends_shows_its_median_alone() -> None:
    assert str(quantity(read_band({"q50": 5.0, "q05": None}), "t")) == "5.0\u00a0t"


def test_shares_are_percent_and_say_their_limits() -> None:
    shown = [one_share(x).replace("\u00a0", " ") for x in (0, 0.0004, 0.003, 0.034, 0.42, 0.996, 1, None, math.nan)]
    assert shown == ["0 %", "below 0.1 %", "0.3 %", "3 %", "42 %", "over 99 %", "100 %", "not known", "not known"]


def test_a_rise_has_its_sign() -> None:
    assert change(band(0.2, 0.3, 0.4, 0.45, 0.5)).median == "+40\u00a0%"
    assert change(band(-0.5, -0.45, -0.4, -0.3, -0.2)).median == "−40\u00a0%"


def test_a_start_is_a_week_where_the_band_is_narrow_and_a_month_where_it_is_wide() -> None:
    narrow = {"q05": "2025-05-12", "q50": "2025-05-21", "q95": "2025-06-16"}
    wide = narrow | {"q95": "2025-12-01"}
    assert "week of\u00a019\u00a0May\u00a02025" in str(start(narrow))
    assert str(start(wide)).replace("\u00a0", " ") == "May 2025 (May 2025 to Dec 2025)"
    assert "beyond the horizon" in str(start(narrow | {"q95": None}))
    assert str(start(None)) == "not known"


def test_an_expiry_is_a_quarter_with_what_lies_beyond() -> None:
    ends = {"q05": "2025-10-06", "q50": "2026-02-16", "q95": None}
    said = str(expiry(ends, 0.12)).replace("\u00a0", " ")
    assert said == "2026 Q1 (2025 Q4 to beyond the horizon; not within the horizon: 12 %)"
    assert str(expiry(None, 0.7)).replace("\u00a0", " ") == "not within the horizon: 70 %"
    assert str(expiry(None)) == "not within the horizon"


@given(st.dates())
def test_a_quarter_holds_its_months(day: date) -> None:
    year, number_ = quarter(day).split("\u00a0Q")
    assert int(year) == day.year
    assert int(number_) * 3 - 2 <= day.month <= int(number_) * 3


def test_a_tiny_edge_has_no_number() -> None:
    assert str(edge_index(band(0.5, 0.6, 0.7, 0.8, 0.9), 0.00009)) == "no material edge"
    assert edge_index(band(0.5, 0.6, 0.7, 0.8, 0.9), 0.0002).median == "0.70"


def test_an_edge_of_unsettled_sign_has_one_decimal() -> None:
    assert str(edge_index(band(-0.45, -0.2, -0.04, 0.2, 0.5))).replace("\u00a0", " ") == "0 (−0.5 to 0.5)"
