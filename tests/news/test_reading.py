import contextlib
from datetime import date
from pathlib import Path

import pytest

from sluicegate.news import Reading, extract_claims, load_source, read_article
from sluicegate.terms import InputError

EXAMPLE = Path(__file__).parents[2] / "examples" / "april-2025.txt"
STORY = (
    "China halted exports of gallium on Friday, the ministry said.\n"
    "Prices in Europe have doubled since then, traders said."
)
CARDS = """
___

Try Our AI Features

Comments

No comments yet...

Related Articles

Court blocks waiting period in 18 counties
Court blocks waiting period in 18 counties

The Courier

time23 minutes ago

  • The Courier

Court blocks waiting period in 18 counties

A panel of judges banned exports of gallium on Tuesday, which is not the story above.
"""


def page(lines: str) -> str:
    divs = "".join(f"<div>{line}</div>" for line in lines.splitlines() if line.strip())
    return f"<!doctype html><html><head><title>Page</title></head><body>{divs}</body></html>"


def test_offsets_count_code_points_of_the_text_as_it_was() -> None:
    data = (
        "\ufeffA headline, not a sentence\r\nWire 2025-06-12\r\n𝒮ome say — China banned exports of tungsten.".encode()
    )
    article = read_article(data).article
    claims = extract_claims(article)
    assert article.text.startswith("A headline")
    assert "\r\n" in article.text
    assert [article.text[c.start : c.end] for c in claims] == [c.quote for c in claims]
    assert len(claims) == 1


def test_furniture_and_other_stories_are_no_part_of_the_article() -> None:
    reading = read_article(f"Gallium stops\n\nGallium stops\n\nThe Courier12-06-2025\n{STORY}\n{CARDS}")
    assert reading.article.body == STORY
    assert [(r.title, r.publisher, r.age, r.published) for r in reading.related] == [
        ("Court blocks waiting period in 18 counties", "The Courier", "23 minutes ago", None)
    ]


def test_a_page_of_flat_divs_leaks_nothing() -> None:
    long = "\n".join([STORY] + [f"Sentence number {i} says nothing of any weight at all." for i in range(20)])
    reading = read_article(page(f"Gallium stops here\nThe Courier 2025-06-12\n{long}\n{CARDS}"))
    assert "Court" not in reading.article.body
    assert "A panel of judges" not in " ".join(c.quote for c in extract_claims(reading.article))
    assert len(reading.related) == 1


@pytest.mark.parametrize("marker", ["Related Coverage", "Read more", "Subscribe to our newsletter"])
def test_a_marker_in_the_middle_does_not_end_the_article(marker: str) -> None:
    text = f"A headline\n2025-06-12\n{STORY}\n{marker}\nGermanium exports were suspended by China in August too."
    assert read_article(text).article.body.endswith("in August too.")


@pytest.mark.parametrize(
    ("header", "body", "url", "expected", "noted"),
    [
        ("Wire 12-06-2025", STORY, None, date(2025, 6, 12), True),
        ("Wire 12-06-2025", STORY, "https://example.org/2025/12/06/a", date(2025, 12, 6), False),
        ("Wire Thursday 12-06-2025", STORY, None, date(2025, 6, 12), False),
        ("Wire 12-06-2025", "On December 3 China banned exports of gallium to the US.", None, date(2025, 12, 6), False),
        ("Wire 25/06/2025", STORY, None, date(2025, 6, 25), False),
        ("Wire, June 12, 2025", STORY, None, date(2025, 6, 12), False),
        ("Wire, 12 June 2025", STORY, None, date(2025, 6, 12), False),
        ("Wire", STORY, None, None, True),
    ],
)
def test_the_date_is_settled_by_evidence(
    header: str, body: str, url: str | None, expected: date | None, noted: bool
) -> None:
    reading = read_article(f"A headline of five words\n{header}\n{body}", url=url, html=False)
    assert reading.article.published == expected
    assert bool(reading.notes) == noted


@pytest.mark.parametrize(
    "data",
    [
        "“Größe”: China banned exports of gallium to Germany on Friday.".encode("cp1252"),
        "“Größe”: China banned exports of gallium to Germany on Friday.".encode("utf-16"),
        "“Größe”: China banned exports of gallium to Germany on Friday.".encode("utf-8-sig"),
    ],
)
def test_other_encodings_are_told_by_evidence(data: bytes) -> None:
    assert read_article(data).article.text.startswith("“Größe”")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "nothing"),
        (b"  \n ", "nothing"),
        (b"\x00\x01\x02" * 50, "binary"),
        (b"%PDF-1.7 abc", "a PDF file"),
        (bytes(range(128, 256)) * 20, "no encoding"),
        (b"Home\nMenu\nSearch\n", "no article"),
        (b"<html><body><nav>Home</nav></body></html>", "no article"),
        ("words without an end " * 3, "no article"),
        ("a\x00b", "binary"),
    ],
)
def test_wrong_input_is_refused_in_words(data: bytes | str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_article(data)
    assert caught.value.do
    assert caught.value.expected


@pytest.mark.parametrize(
    "text",
    ["export " * 100_000, "9" * 500_000, "1," * 200_000, "ABC " * 100_000, "said, " * 100_000, "x\n" * 100_000,
     "<div>" * 100_000, "Alpha Beta " * 50_000 + "Co."],
)  # fmt: skip
def test_long_runs_end_soon(text: str) -> None:
    with contextlib.suppress(InputError):
        assert extract_claims(read_article(text).article) == []


@pytest.fixture(scope="module")
def example() -> Reading:
    return read_article(load_source(str(EXAMPLE), network=False))


def test_the_example_reads_as_an_article(example: Reading) -> None:
    assert example.article.publisher == "Sluicegate sample desk"
    assert example.article.published == date(2025, 5, 28)
    assert example.article.language == "en"
    assert [r.age for r in example.related] == ["2 hours ago", "5 hours ago"]
    assert "library" not in example.article.body


def test_nothing_in_the_example_is_dated_after_it(example: Reading) -> None:
    dates = [d for c in extract_claims(example.article) for d in c.dates]
    assert dates
    assert max(d for d in dates if len(d) >= 7) <= "2025-06"


def test_the_example_states_the_april_licences(example: Reading) -> None:
    [licences] = [c for c in extract_claims(example.article) if c.type == "control_imposed" and "2025-04-04" in c.dates]
    assert licences.actor == ("CHN",)
    assert licences.status == "asserted"
    assert {"samarium", "dysprosium", "yttrium", "magnets"} <= set(licences.materials)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("control_lifted", "claimed"),
        ("control_eased", "conditional"),
        ("deal_statement", "negated"),
        ("control_imposed", "negated"),
        ("financing", "planned"),
        ("stockpiling", "claimed"),
    ],
)
def test_the_example_keeps_talk_apart_from_fact(example: Reading, kind: str, status: str) -> None:
    assert (kind, status) in {(c.type, c.status) for c in extract_claims(example.article)}
