"""The library: pages to claims on one core, memory while it fills, and how soon words are found.

`python -m bench.library_speed [ARTICLES] [--write]`; without a number 10,000 articles.
"""

from __future__ import annotations

import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from bench.clock import least
from bench.report import report
from trafilatura import bare_extraction

from sluicegate.desk import library
from sluicegate.desk.library.adding import keep_stories
from sluicegate.desk.library.keeping import Story, story_of
from sluicegate.news import extract_claims, read_article
from sluicegate.news.shingle import signature
from sluicegate.store.database import open_database
from sluicegate.store.fulltext import words_of

PAGES, READ = 60, 300
BATCH = 50
QUERIES = 200
MATERIALS = ("antimony", "gallium", "germanium", "tungsten", "graphite", "dysprosium", "rare earths", "cobalt")
PLACES = ("China", "Japan", "Kazakhstan", "Vietnam", "Australia", "the United States", "Germany", "Chile")
SAYINGS = (
    "{p} banned exports of {m} to {q} on {d}.", "{p} mines {n}% of the world's {m}.",
    "The ministry of commerce in {p} said that licences for {m} would be granted to buyers in {q}.",
    "Prices of {m} rose by {n}% in {q}, traders said.", "A plant in {q} will separate {n},000 tonnes of {m} a year.",
    "{q} imports {n}% of its {m} from {p}.", "{p} did not confirm that the quota on {m} would be cut by {n}%.",
)  # fmt: skip


def words_of_prose() -> list[str]:
    """Words of our own documents, for sentences between those that say something."""
    docs = Path(__file__).parents[1] / "docs" / "explanation"
    text = " ".join(p.read_text("utf-8") for p in sorted(docs.glob("*.md")))
    return re.findall(r"[a-z]{2,14}", text)


def articles(count: int, seed: int = 1) -> Iterator[tuple[str, str, date]]:
    """Headline, body and day of articles of some 450 words, five of whose sentences make a claim."""
    chance, prose = random.Random(seed), words_of_prose()
    for k in range(count):
        day = date(2025, 1, 1) + timedelta(days=chance.randrange(330))
        sentences = []
        for _ in range(25):
            said = chance.choices(prose, k=chance.randrange(12, 22))
            sentences.append(f"{' '.join(said).capitalize()}.")
        for at in chance.sample(range(25), 5):
            p, q = chance.sample(PLACES, 2)
            sentences[at] = chance.choice(SAYINGS).format(
                p=p, q=q, m=chance.choice(MATERIALS), n=chance.randrange(11, 89), d=f"{day:%B} {day.day}, {day.year}"
            )
        paragraphs = [" ".join(sentences[i : i + 3]) for i in range(0, 25, 3)]
        title = f"{chance.choice(MATERIALS)} in {chance.choice(PLACES)}: {' '.join(chance.choices(prose, k=4))} {k}"
        yield title.capitalize(), "\n\n".join(paragraphs), day


def page(title: str, body: str, day: date) -> str:
    """An article as the HTML of a newspaper: navigation, related stories, a footer."""
    links = "".join(f"<li><a href='/s/{k}'>Section {k}</a></li>" for k in range(40))
    cards = "".join(f"<div><a href='/c/{k}'>Another story about things {k}</a><span>{k} hours ago</span></div>"
                    for k in range(1, 9))  # fmt: skip
    text = "".join(f"<p>{p}</p>" for p in body.split("\n\n"))
    dated = f"<meta property='article:published_time' content='{day}'>"
    return (f"<!doctype html><html lang=en><head><title>{title} - Courier</title>{dated}</head><body><nav><ul>{links}"
            f"</ul></nav><article><h1>{title}</h1>{text}</article><aside><h2>Related Articles</h2>{cards}</aside>"
            "<footer>About us, terms, contact</footer></body></html>")  # fmt: skip


def memory_mb() -> float:
    """Resident memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def reading() -> list[list[object]]:
    """Pages a second of one core: the text alone by trafilatura, our reading, and the claims."""
    pages = [page(*a) for a in articles(PAGES)]
    readings = [read_article(p, html=True) for p in pages]
    alone = PAGES / least(lambda: [bare_extraction(p, fast=True) for p in pages])
    read = PAGES / least(lambda: [read_article(p, html=True) for p in pages])
    claims = PAGES / least(lambda: [extract_claims(r.article) for r in readings])
    whole = PAGES / least(lambda: [story_of(read_article(p, html=True)) for p in pages])
    rows = [("trafilatura alone", alone), ("page to article", read), ("article to claims", claims),
            ("page to claims", whole)]  # fmt: skip
    bounds = {"page to claims": "40"}
    return [[name, f"{rate:.0f} a second", f"{rate / alone:.2f} of trafilatura", bounds.get(name, "")]
            for name, rate in rows]  # fmt: skip


def pool() -> list[Story]:
    """Stories that were read, from which the library is filled: reading a hundred thousand takes most of an hour."""
    return [story_of(read_article(f"{t}\n\nHarbour Courier {d}\n\n{b}")) for t, b, d in articles(READ, seed=2)]


def other(story: Story, number: int, chance: random.Random) -> Story:
    """A story with other words in its prose, at another address, that claims the same."""
    article = story.reading.article
    body = article.body.split(" ")
    for at in chance.sample(range(len(body)), len(body) // 2):
        body[at] = body[chance.randrange(len(body))] if body[at].islower() else body[at]
    text = f"{article.text[: article.body_start]}{' '.join(body)}"
    url = f"https://courier.example/{number}"
    changed = replace(article, text=text, body_end=len(text), url=url, title=f"{article.title} {number}")
    return replace(story, reading=replace(story.reading, article=changed), print_of=signature(changed.body))


def filled(address: str, count: int) -> tuple[float, list[float]]:
    """Fill a library; seconds, and the memory of the process at each tenth."""
    engine, stories, chance = open_database(address), pool(), random.Random(3)
    start, memory = time.perf_counter(), [memory_mb()]
    for first in range(0, count, BATCH):
        keep_stories(engine, [other(stories[k % READ], k, chance) for k in range(first, min(first + BATCH, count))])
        if (first + BATCH) % max(count // 10, BATCH) == 0:
            memory.append(memory_mb())
    engine.dispose()
    return time.perf_counter() - start, memory


def timed(ask: Callable[[str], object], questions: list[str]) -> tuple[float, float]:
    """Median and 95th percentile in ms."""
    took = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        took.append((time.perf_counter() - start) * 1000)
    return median(took), quantiles(took, n=20)[-1]


def questions_of(count: int) -> list[str]:
    """Two or three words that stand together in articles."""
    chance, prose = random.Random(4), words_of_prose()
    return [
        f"{chance.choice(MATERIALS)} {' '.join(chance.sample(prose, chance.randrange(1, 3)))}" for _ in range(count)
    ]


def bare(file: Path) -> Callable[[str], object]:
    """SQLite's own full text asked by hand, without the articles around it."""
    connection = sqlite3.connect(file)
    query = (
        "SELECT rowid FROM article_index WHERE article_index MATCH ? ORDER BY bm25(article_index, 4.0, 1.0) LIMIT 20"
    )
    return lambda q: connection.execute(query, (" AND ".join(f'"{w}"' for w in words_of(q)),)).fetchall()


def asking(file: Path) -> list[list[object]]:
    """How soon words are found, articles listed and questions answered."""
    engine, questions = open_database(f"sqlite:///{file}"), questions_of(QUERIES)
    asked = [f"Who banned exports of {m}?" for m in MATERIALS] * 5
    base = timed(bare(file), questions)
    rows = [("FTS5 by hand", base, ""), ("search", timed(partial(library.search, engine), questions), "10"),
            ("list", timed(lambda _: library.list_articles(engine), questions[:50]), ""),
            ("list of a material", timed(lambda q: library.list_articles(
                engine, library.Wish(materials=[q.split()[0]])), questions[:50]), ""),
            ("ask", timed(partial(library.ask, engine), asked), "")]  # fmt: skip
    return [[name, f"{p50:.1f} ms, 95 %: {p95:.1f} ms", f"{p50 / base[0]:.1f} of FTS5", bound]
            for name, (p50, p95), bound in rows]  # fmt: skip


def main() -> None:
    count = next((int(a) for a in sys.argv[1:] if a.isdecimal()), 10_000)
    rows = reading()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "library.db"
        seconds, memory = filled(f"sqlite:///{file}", count)
        rows.append([f"kept, {count:,} read before", f"{count / seconds:.0f} a second", "", ""])
        rows.append(["memory, first tenth to last", f"{memory[1]:.0f} to {memory[-1]:.0f} MB",
                     f"{memory[-1] / memory[1]:.2f}", "flat"])  # fmt: skip
        rows.append(["file", f"{file.stat().st_size / count / 1000:.1f} kB an article", "", ""])
        rows += asking(file)
    title = f"The library with {count:,} articles, as measured"
    report("library", title, ["what", "measured", "against", "bound"], rows,
           notes=["Articles of some 450 words with five sentences that claim something, written by a program.",
                  "Processor seconds of one core for reading, the least of three; wall time for the rest.",
                  "The library is filled from stories read before, half of their words exchanged."])  # fmt: skip


if __name__ == "__main__":
    main()
