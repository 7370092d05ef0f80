import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.terms.inert import inert, inert_text, shortened


@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("a\x9b2Jb", "ab"),
        ("abc\u202efed\u2066", "abcfed"),
        ("two\r\nlines\u2028three", "two lines three"),
        ("zero\u200bwidth\ufeff\u00ad", "zerowidth"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Tiếng Việt, 稀土, naïve", "Tiếng Việt, 稀土, naïve"),
    ],
)
def test_steering_characters_go_and_words_stay(hostile: str, kept: str) -> None:
    assert inert_text(hostile) == kept


@given(st.text(st.characters(exclude_categories=[])))
def test_nothing_that_steers_is_left(text: str) -> None:
    clean = inert_text(text)
    clean.encode("utf-8")
    assert {unicodedata.category(c) for c in clean if c not in "\u200c\u200d"}.isdisjoint(
        {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert inert_text(inert_text(text)) == inert_text(text)


def test_keys_are_cleaned_too() -> None:
    assert inert({"a\x1b[1m": ["b\u202e", 1, None]}) == {"a": ["b", 1, None]}


@given(st.text(max_size=200), st.integers(2, 60))
def test_shortened_is_short(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most
