"""An import of many articles that is killed again and again: nothing is lost, and nothing comes twice.

`python -m bench.library_killed [ARTICLES] [KILLS] [--write]`; without numbers 10,000 articles and 10 kills.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.library_speed import article
from bench.report import report

SAID = {
    "article": "SELECT key, digest, revision, copy_of, voice FROM article",
    "claim": "SELECT article_id, type, status, day, event_id, document FROM claim",
    "mention": "SELECT * FROM mention",
    "topic": "SELECT * FROM topic",
    "band": "SELECT * FROM band",
    "event": "SELECT * FROM event",
}
"""What each table holds but for the moment it came."""


def write(path: Path, count: int) -> None:
    """Articles of two paragraphs as lines of JSON."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            title, body, day = article(number)
            text = "\n\n".join([title, *body.split("\n\n")[:2]])
            line = {"url": f"https://courier.example/{number}", "title": title, "published": str(day), "text": text}
            file.write(json.dumps(line) + "\n")


def begin(path: Path, database: Path) -> subprocess.Popen[str]:
    """The command as a user gives it, its document on a pipe."""
    command = [str(Path(sys.executable).parent / "sluicegate"), "news", "import", str(path), "--json", "--database",
               f"sqlite:///{database}"]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def held(database: Path) -> int:
    """How many articles are on record, seen from outside; none before the tables are there."""
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def killed(path: Path, database: Path, at: int, chance: random.Random) -> int:
    """Kill an import somewhere after it holds `at` articles; how many it had taken in."""
    process = begin(path, database)
    while held(database) < at and process.poll() is None:
        time.sleep(0.02)
    time.sleep(chance.uniform(0.0, 2.0))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    if process.returncode != -signal.SIGKILL:
        raise RuntimeError("the import was done before it was killed: ask for more articles")
    return held(database)


def contents(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the tables hold, after SQLite itself has looked the file and the full text through."""
    with sqlite3.connect(database) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise RuntimeError("the file is broken")
        if not connection.execute("SELECT name FROM sqlite_master WHERE name = 'article_index'").fetchall():
            return {}  # killed before it had made its tables
        connection.execute("INSERT INTO article_index (article_index) VALUES ('integrity-check')")
        return {name: sorted(connection.execute(query).fetchall(), key=repr) for name, query in SAID.items()}


def main() -> None:
    numbers = [int(a) for a in sys.argv[1:] if a.isdecimal()]
    count, kills = [*numbers, *(10_000, 10)[len(numbers) :]]
    chance, rows = random.Random(7), list[list[object]]()
    with tempfile.TemporaryDirectory() as folder:
        path, whole, again = Path(folder) / "in.jsonl", Path(folder) / "whole.db", Path(folder) / "again.db"
        write(path, count)
        begin(path, whole).communicate()
        before = 0
        for kill in range(kills):
            after = killed(path, again, max(before, kill * count // (kills + 1)), chance)
            if after < before:
                raise RuntimeError(f"{before} articles were on record, {after} are")
            contents(again)
            rows.append([f"kill {kill + 1}", f"{after:,}", ""])
            print(rows[-1], file=sys.stderr, flush=True)
            before = after
        document = json.loads(begin(path, again).communicate()[0])
        undisturbed, found = contents(whole), contents(again)
        rows.append(["run to its end", f"{held(again):,}", f"{document['new']:,} new, {document['known']:,} known"])
        rows += [[f"table `{name}`", f"{len(found[name]):,}",
                  "as undisturbed" if found[name] == undisturbed[name] else "DIFFERS"] for name in SAID]  # fmt: skip
        lost = {f"courier.example/{k}" for k in range(count)} ^ {str(a[0]) for a in found["article"]}
        rows.append(["articles lost or twice", f"{len(lost) + len(found['article']) - count:,}", ""])
    title = f"An import of {count:,} articles killed {kills} times"
    notes = ["`sluicegate news import FILE`, ended by SIGKILL within two seconds of the next eleventh being on record, "
             "then begun again; the first while the tables may still be made.",
             "After each kill SQLite's own check of the file and of the full text found nothing wrong."]  # fmt: skip
    report("library-killed", title, ["when", "on record", ""], rows, notes=notes)


if __name__ == "__main__":
    main()
