"""A hundred articles made of our own sentences, each on another kind of page."""

import random
from pathlib import Path

import pytest
import yaml

from sluicegate.news import Reading, extract, read_article

TEXTS = [r["text"] for r in yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))]
OTHER = "A panel of judges banned exports of osmium cheese on Tuesday, which is another story."
DATES = ["2025-06-12", "12-06-2025", "June 12, 2025", "12 June 2025", "Updated 12.06.2025 09:14", ""]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]


def words_of_a_page(dice: random.Random) -> str:
    """Headline, date line, paragraphs, furniture and another story, as plain text."""
    story = dice.sample(TEXTS, dice.randint(6, 16))
    paragraphs = [" ".join(story[i : i + 3]) for i in range(0, len(story), 3)]
    if dice.random() < 0.3:
        paragraphs.insert(1, "Related Coverage")
    head = "Metals of the day in brief"
    lines = [head, head, f"The Wire {dice.choice(DATES)}", *paragraphs, "___", "Comments", "No comments yet..."]
    card = "Court blocks a waiting period in 18 counties"
    lines += ["Related Articles", card, card, "The Courier", f"time{dice.randint(2, 59)} minutes ago", OTHER]
    return "\n\n".join(lines)


def wrapped(text: str, width: int) -> str:
    """The text broken at a width."""
    lines = []
    for line in text.split("\n"):
        while len(line) > width and " " in line[:width]:
            cut = line.rindex(" ", 0, width)
            lines.append(line[:cut])
            line = line[cut + 1 :]
        lines.append(line)
    return "\n".join(lines)


def page(number: int) -> bytes:
    """One of the hundred pages: plain, wrapped, with other line ends, or HTML of two kinds."""
    dice = random.Random(number)
    text = words_of_a_page(dice)
    kind = number % 5
    if kind == 1:
        text = wrapped(text, 60)
    elif kind == 2:
        text = text.replace("\n", "\r\n")
    elif kind >= 3:
        tag = "p" if kind == 3 else "div"
        inner = "".join(f"<{tag}>{line}</{tag}>" for line in text.split("\n") if line)
        text = f"<!doctype html><html><head><title>Metals</title></head><body>{inner}</body></html>"
    return text.encode(dice.choice(ENCODINGS) if kind < 3 else "utf-8")


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read_article(page(number)) for number in range(100)]


def test_a_hundred_articles_are_read_and_quoted_to_the_letter(readings: list[Reading]) -> None:
    found = 0
    for reading in readings:
        text = reading.article.text
        extraction = extract(reading.article)
        assert all(text[c.start : c.end] == c.quote for c in (*extraction.claims, *extraction.candidates))
        assert OTHER not in reading.article.body
        assert not any("osmium" in c.quote for c in extraction.claims)
        found += len(extraction.claims)
    assert found > 500


def test_the_other_story_of_each_page_is_found_with_its_age(readings: list[Reading]) -> None:
    aged = [r for reading in readings for r in reading.related if r.age and r.age.endswith("minutes ago")]
    assert len(aged) >= 95
    assert all(r.published is None for r in aged)
