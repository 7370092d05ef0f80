"""One spelling for each address, and none for what is no page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.news.address import canonical, host_of, key_of


@pytest.mark.parametrize(("url", "one"), [
    ("HTTPS://Courier.Example:443/A?utm_source=x&id=7&fbclid=q#top", "https://courier.example/A?id=7"),
    ("http://courier.example", "http://courier.example/"),
    ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
    ("http://courier.example./a", "http://courier.example/a"), ("http://a.example:8080/x", "http://a.example:8080/x"),
    ("javascript:alert(1)", None), ("file:///etc/passwd", None), ("http://u@a.example/", None), ("", None),
    ("http://a.example/" + "x" * 3000, None), ("//a.example/", None), (None, None), ("http://a.exa mple/", None),
])  # fmt: skip
def test_an_address_has_one_spelling(url, one):
    assert canonical(url) == one


def test_a_homograph_is_shown_by_its_letters():
    assert canonical("https://аpple.com/") == "https://xn--pple-43d.com/"


def test_pages_that_differ_in_scheme_or_www_alone_are_one():
    assert key_of("http://www.a.example/x/") == key_of("https://a.example/x")
    assert host_of("https://www.a.example:8080/x") == "a.example"


@given(st.text(max_size=200))
def test_any_text_is_an_address_of_one_spelling_or_none(text):
    one = canonical(text)
    assert one is None or (canonical(one) == one and one.startswith(("http://", "https://")) and one.isascii())
