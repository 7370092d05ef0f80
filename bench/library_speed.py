"""The library: pages to claims on one core, memory while it fills, and how soon words are found.

`python -m bench.library_speed [ARTICLES] [--pages N] [--in FOLDER] [--write]`. Without numbers 10,000 articles, each
read from a page; with --pages only the first N are, and the rest are those with half of their words exchanged, which
takes a quarter of the time. With --in the library stays in the folder, and a run that was stopped goes on from there.
"""

from __future__ import annotations

import json
import pickle
import random
import re
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

from bench.clock import least
from bench.report import report
from sqlalchemy import Engine, func, select
from trafilatura import bare_extraction

from sluicegate.desk import library
from sluicegate.desk.library.adding import keep_stories
from sluicegate.desk.library.archive import BATCH
from sluicegate.desk.library.keeping import Story, story_of
from sluicegate.news import extract_claims, read_article
from sluicegate.news.shingle import signature
from sluicegate.store.database import open_database
from sluicegate.store.fulltext import words_of
from sluicegate.store.schema import ARTICLE, CLAIM
from sluicegate.terms.writing import write_whole

PAGES = 60
POOL = 2_000
"""Stories that were read, kept to make others of."""
QUERIES = 200
STEPS = 10
MATERIALS = ("antimony", "gallium", "germanium", "tungsten", "graphite", "dysprosium", "rare earths", "cobalt")
PLACES = ("China", "Japan", "Kazakhstan", "Vietnam", "Australia", "the United States", "Germany", "Chile")
SAYINGS = (
    "{p} banned exports of {m} to {q} on {d}.", "{p} mines {n}% of the world's {m}.",
    "The ministry of commerce in {p} said that licences for {m} would be granted to buyers in {q}.",
    "Prices of {m} rose by {n}% in {q}, traders said.", "A plant in {q} will separate {n},000 tonnes of {m} a year.",
    "{q} imports {n}% of its {m} from {p}.", "{p} did not confirm that the quota on {m} would be cut by {n}%.",
)  # fmt: skip


@cache
def words_of_prose() -> tuple[str, ...]:
    """Words of our own documents, as often as they stand there, for sentences that say nothing."""
    docs = Path(__file__).parents[1] / "docs" / "explanation"
    text = " ".join(p.read_text("utf-8") for p in sorted(docs.glob("*.md")))
    return tuple(re.findall(r"[a-z]{2,14}", text))


def article(number: int) -> tuple[str, str, date]:
    """Headline, body and day of an article of some 450 words, five of whose sentences make a claim."""
    chance, prose = random.Random(number), words_of_prose()
    day = date(2023, 1, 1) + timedelta(days=chance.randrange(1_000))
    sentences = [f"{' '.join(chance.choices(prose, k=chance.randrange(12, 22))).capitalize()}." for _ in range(25)]
    for at in chance.sample(range(25), 5):
        p, q = chance.sample(PLACES, 2)
        sentences[at] = chance.choice(SAYINGS).format(
            p=p, q=q, m=chance.choice(MATERIALS), n=chance.randrange(11, 89), d=f"{day:%B} {day.day}, {day.year}"
        )
    paragraphs = [" ".join(sentences[i : i + 3]) for i in range(0, 25, 3)]
    title = f"{chance.choice(MATERIALS)} in {chance.choice(PLACES)}: {' '.join(chance.choices(prose, k=4))} {number}"
    return title.capitalize(), "\n\n".join(paragraphs), day


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


def processor_seconds() -> float:
    """Processor time of this process so far, the system's on its behalf with it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def reading() -> list[list[object]]:
    """Pages a second of one core: the text alone by trafilatura, our reading, and the claims."""
    pages = [page(*article(k)) for k in range(PAGES)]
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


def read_story(number: int) -> Story:
    """A story read from its page, as a folder of pages would give it."""
    return story_of(read_article(page(*article(number)), html=True, url=f"https://courier.example/{number}"))


def other(story: Story, number: int) -> Story:
    """A story with other words in its prose, at another address, that claims the same."""
    article, chance = story.reading.article, random.Random(number)
    body = article.body.split(" ")
    for at in chance.sample(range(len(body)), len(body) // 2):
        body[at] = body[chance.randrange(len(body))] if body[at].islower() else body[at]
    text = f"{article.text[: article.body_start]}{' '.join(body)}"
    url = f"https://courier.example/{number}"
    changed = replace(article, text=text, body_end=len(text), url=url, title=f"{article.title} {number}")
    return replace(story, reading=replace(story.reading, article=changed), print_of=signature(changed.body))


def stories(first: int, pages: int, kept: Path) -> Iterator[Story]:
    """Stories from one on: read from pages while there are pages, then others made of those kept in a file."""
    pool: list[Story] = pickle.loads(kept.read_bytes()) if kept.exists() else []
    for number in range(first, pages):
        story = read_story(number)
        if number == len(pool) < POOL:
            pool.append(story)
            if len(pool) == POOL:
                write_whole(kept, pickle.dumps(pool))
        yield story
    pool = pool or [read_story(k) for k in range(min(POOL, max(pages, 1)))]
    for number in range(max(first, pages), 10**9):
        yield other(pool[number % len(pool)], number)


def filled(folder: Path, count: int, pages: int) -> list[dict[str, float]]:
    """Fill a library from where it stands; at each step how many there are, what it took, and the memory."""
    noted, engine = folder / "steps.json", open_database(f"sqlite:///{folder / 'library.db'}")
    steps = json.loads(noted.read_text()) if noted.exists() else [{"articles": 0, "memory_mb": memory_mb()}]
    done = int(steps[-1]["articles"])
    coming = stories(done, pages, folder / "pool.pickle")
    while done < count:
        start, kept_s, worked = time.perf_counter(), 0.0, processor_seconds()
        end = min(done + max((pages if done < pages else count) // STEPS, BATCH), count)
        while batch := list(islice(coming, min(BATCH, end - done))):
            before = processor_seconds()
            keep_stories(engine, batch)
            kept_s, done = kept_s + processor_seconds() - before, done + len(batch)
        steps.append({"articles": done, "seconds": time.perf_counter() - start, "keeping_s": kept_s,
                      "processor_s": processor_seconds() - worked, "memory_mb": memory_mb(),
                      "file_mb": (folder / "library.db").stat().st_size / 1e6})  # fmt: skip
        write_whole(noted, json.dumps(steps))
        print(" ".join(f"{k} {v:,.0f}" for k, v in steps[-1].items()), file=sys.stderr, flush=True)
    engine.dispose()
    return steps


def timed(ask: Callable[[str], object], questions: list[str]) -> tuple[float, float, float]:
    """Median and 95th percentile of the wall time in ms, and the median of the processor's."""
    took, worked = [], []
    for question in questions:
        start, before = time.perf_counter(), time.process_time()
        ask(question)
        took.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - before) * 1000)
    return median(took), quantiles(took, n=20)[-1], median(worked)


def questions(kind: str, count: int = QUERIES) -> list[str]:
    """Words to search for, by how many articles hold them."""
    chance, prose = random.Random(4), words_of_prose()
    rare = sorted({w for w in prose if prose.count(w) == 1})
    return {
        "a common word": lambda: chance.choices(MATERIALS, k=count),
        "a rare word": lambda: chance.sample(rare, min(count, len(rare))),
        "two words": lambda: [f"{chance.choice(MATERIALS)} {chance.choice(prose)}" for _ in range(count)],
        "two common words": lambda: [f"{chance.choice(MATERIALS)} {chance.choice(PLACES)}" for _ in range(count)],
        "two rare words": lambda: [" ".join(chance.sample(rare, 2)) for _ in range(count)],
        "a phrase": lambda: [f'"exports of {chance.choice(MATERIALS)}"' for _ in range(count)],
    }[kind]()


def bare(file: Path) -> Callable[[str], object]:
    """SQLite's own full text asked by hand, without the articles around it."""
    connection = sqlite3.connect(file)
    query = (
        "SELECT rowid FROM article_index WHERE article_index MATCH ? ORDER BY bm25(article_index, 4.0, 1.0) LIMIT 20"
    )
    return lambda q: connection.execute(query, (" AND ".join(f'"{w}"' for w in words_of(q)),)).fetchall()


def asking(file: Path, count: int) -> list[list[object]]:
    """How soon words are found, articles listed and questions answered."""
    engine, by_hand = open_database(f"sqlite:///{file}"), bare(file)
    rows: list[tuple[str, tuple[float, float, float], float | None, str]] = []
    for kind in ("a rare word", "two rare words", "two words", "a common word", "two common words", "a phrase"):
        asked = questions(kind)
        base = timed(by_hand, asked)
        rows.append((f"search, {kind}", timed(partial(library.search, engine), asked), base[-1], "10"))
    chance, wish = random.Random(5), library.Wish
    codes = ("CHN", "JPN", "KAZ", "VNM", "AUS", "USA", "DEU", "CHL")
    narrowed: dict[str, Callable[[str], object]] = {
        "list, newest": lambda _: library.list_articles(engine),
        "list of a material": lambda m: library.list_articles(engine, wish(materials=[m])),
        "list of a country": lambda _: library.list_articles(engine, wish(places=[chance.choice(codes)])),
        "list of a type of claim": lambda _: library.list_articles(engine, wish(types=["quota_set"])),
        "list of all three": lambda m: library.list_articles(
            engine, wish(materials=[m], places=[chance.choice(codes)], types=["control_imposed"])),
        "show": lambda _: library.show(engine, chance.randrange(1, count + 1)),
        "timeline of a material": lambda m: library.timeline(engine, m),
        "ask": lambda m: library.ask(engine, f"Who banned exports of {m}?"),
    }  # fmt: skip
    some = questions("a common word", 40)
    rows += [(name, timed(ask, some), None, "") for name, ask in narrowed.items()]
    return [[name, f"{worked:.1f} ms of the processor; {p50:.1f} ms by the clock, 95 %: {p95:.1f} ms",
             f"FTS5 alone {base:.1f} ms" if base else "", bound]
            for name, (p50, p95, worked), base, bound in rows]  # fmt: skip


def copied(count: int) -> list[list[object]]:
    """What many papers printing one story take, and what they come to."""
    base = read_story(0)
    with tempfile.TemporaryDirectory() as folder:
        engine, memory = open_database(f"sqlite:///{Path(folder) / 'library.db'}"), [memory_mb()]
        before = processor_seconds()
        for first in range(0, count, BATCH):
            keep_stories(engine, [printed(base, k) for k in range(first, min(first + BATCH, count))])
            memory.append(memory_mb())
        kept, listed = processor_seconds() - before, library.list_articles(engine)
        voices = {c["standing"]["independent_sources"] for c in library.show(engine, 1)["claims"]}
        shown = timed(lambda _: library.show(engine, 1), ["", "", ""])[-1]
        taken = len(library.accept_by_rule(engine)["accepted"])
    return [[f"{count:,} copies of one story kept", f"{count / kept:.0f} a second of processor time", "", ""],
            ["memory before and after", f"{memory[1]:.0f} to {memory[-1]:.0f} MB", "", ""],
            ["stories listed, voices of its claims, claims taken by rule",
             f"{listed['total']}, {max(voices)}, {taken}", "", "1, 1, 0"],
            ["the story shown", f"{shown:.0f} ms of the processor", "", ""]]  # fmt: skip


def printed(story: Story, edition: int) -> Story:
    """A story as a paper prints it, with a line of its own."""
    article = story.reading.article
    text = f"{article.text} Printed in edition {edition}."
    url = f"https://paper{edition}.example/story"
    changed = replace(article, text=text, body_end=len(text), url=url, publisher=f"Paper {edition}")
    return replace(story, reading=replace(story.reading, article=changed), print_of=signature(changed.body))


def option(name: str) -> str | None:
    """What stands behind an option of the command line."""
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None


def of_steps(steps: list[dict[str, float]], pages: int) -> list[list[object]]:
    """What filling took, and the memory at each step."""
    rows: list[list[object]] = []
    worked = [s for s in steps if "processor_s" in s]
    for name, part in (("read from pages and kept", [s for s in worked if s["articles"] <= pages]),
                       ("kept, read before", [s for s in worked if s["articles"] > pages])):  # fmt: skip
        for when, found in (("first step", part[:1]), ("last step", part[-1:])):
            if found:
                count = found[0]["articles"] - steps[steps.index(found[0]) - 1]["articles"]
                what = "processor_s" if name.startswith("read") else "keeping_s"
                rows.append([f"{name}, {when}", f"{count / found[0][what]:.0f} a second of processor time", "", ""])
    told = ", ".join(f"{s['articles'] / 1000:g}: {s['memory_mb']:.0f}" for s in worked)
    rows.append(["memory at thousands of articles", f"{told} MB",
                 f"{worked[-1]['memory_mb'] / worked[0]['memory_mb']:.2f} of the first", "flat"])  # fmt: skip
    return rows


def counted(engine: Engine) -> str:
    """How many articles, copies among them, and claims there are."""
    with engine.connect() as connection:
        articles, copies = connection.execute(select(func.count(), func.count(ARTICLE.c.copy_of))).one()
        claims = connection.execute(select(func.count()).select_from(CLAIM)).scalar_one()
    return f"{articles:,} articles, {copies:,} of them copies, {claims:,} claims"


def main() -> None:
    count = next((int(a) for a in sys.argv[1:2] if a.isdecimal()), 10_000)
    pages = min(int(option("--pages") or count), count)
    stays = option("--in")
    with nullcontext(stays) if stays else tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "library.db"
        file.parent.mkdir(parents=True, exist_ok=True)
        steps = filled(file.parent, count, pages)
        rows = [*reading(), *of_steps(steps, pages)]
        rows.append(["file", f"{file.stat().st_size / count / 1000:.1f} kB an article", "", ""])
        rows += [*asking(file, count), *copied(5_000)]
        held = counted(open_database(f"sqlite:///{file}"))
    title = f"The library with {count:,} articles, as measured"
    report("library", title, ["what", "measured", "against", "bound"], rows,
           notes=[f"{held}; the first {pages:,} articles were read from HTML pages, the rest are made of {POOL:,} of "
                  "those with half of their words exchanged.",
                  "Articles of some 450 words with five sentences that claim something, written by a program.",
                  "Reading and keeping in seconds of the processor. Answers in medians; by the clock they wait for "
                  "the disk and for other work on the machine.",
                  "FTS5 alone: SQLite's full text asked by hand for the same words, of the processor."])  # fmt: skip


if __name__ == "__main__":
    main()
