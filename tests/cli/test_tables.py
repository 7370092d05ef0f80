"""Tables of the terminal: cut to its width, or the last column whole below."""

from hypothesis import given
from hypothesis import strategies as st

from sluicegate.cli.tables import banded, table

QUOTE = (
    "China told exporters of certain key rare earths and other critical minerals to obtain licences for every shipment"
)


def test_a_quote_goes_on_below_where_it_is_asked_for_whole() -> None:
    said = table(["claim", "quote"], [[32, QUOTE], [33, "short"]], whole=True)
    assert " ".join(said.split()) == f"claim quote 32 {QUOTE} 33 short"
    assert all(len(line) <= 100 for line in said.split("\n"))
    assert table(["claim", "quote"], [[32, QUOTE]]).endswith("…")


@given(st.lists(st.text(max_size=200), min_size=1, max_size=4))
def test_no_word_of_the_last_column_is_lost(quotes: list[str]) -> None:
    said = table(["n", "quote"], [[k, q] for k, q in enumerate(quotes)], whole=True)
    kept = "".join(c if c.isprintable() else " " for q in quotes for c in f"{q} ")
    for word in kept.split():
        assert word in said or len(word) > 80


def test_a_large_number_is_written_out_and_a_small_one_keeps_its_digits() -> None:
    assert banded({"q05": 0.01234, "q50": 1_239_876.0, "q95": 2.5e9}) == "1,240,000 (0.0123 to 2,500,000,000)"
