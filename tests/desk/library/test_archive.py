"""What goes out comes back the same; a killed import loses nothing and keeps nothing twice."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import func, select, text

from sluicegate.desk import library
from sluicegate.desk.library import keeping
from sluicegate.store.database import open_database
from sluicegate.store.schema import ARTICLE, BAND, CLAIM, MENTION, TOPIC
from sluicegate.terms import InputError

BAN = "China banned exports of antimony to the United States on August {day}, 2025, as traders in {place} had feared."


def lines(count):
    return "".join(json.dumps({
        "url": f"https://courier.example/{k}", "title": f"A ban of day {k}", "published": "2025-08-20",
        "text": f"A ban of day {k}\n\n{BAN.format(day=1 + k % 28, place=f'Port {k}')}",
    }) + "\n" for k in range(count))  # fmt: skip


def counts(engine):
    with engine.connect() as connection:
        return [connection.execute(select(func.count()).select_from(t)).scalar_one()
                for t in (ARTICLE, CLAIM, MENTION, TOPIC, BAND)]  # fmt: skip


def test_an_export_read_again_gives_the_same_claims(shelf, told, tmp_path):
    first = told(shelf, "China bans antimony", BAN.format(day=15, place="Antwerp"), url="https://courier.example/a")
    out = tmp_path / "library.jsonl"
    out.write_text("".join(library.export_lines(shelf)), "utf-8")
    assert library.import_path(shelf, out)["known"] == 1
    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    assert library.import_path(other, out)["new"] == 1
    again = library.show(other, 1)
    assert again["article"] == first["article"]
    assert [c["id"] for c in again["claims"]] == [c["id"] for c in first["claims"]]


def test_the_stories_beside_an_article_come_back_and_its_class_is_judged_anew(shelf, tmp_path):
    page = f"A ban of some words\n\nHarbour Courier 2025-08-20\n\n{BAN.format(day=15, place='Antwerp')}\n\n"
    shown = library.add_text(
        shelf, f"{page}Related Articles\n\nAnother story on another thing\n\nThe Post\n\n2 hours ago\n"
    )
    assert shown["related"]
    line = json.loads("".join(library.export_lines(shelf))) | {"source_class": "official"}
    line["related"] += [5, {"title": 7}, {"publisher": "no title"}]
    out = tmp_path / "library.jsonl"
    out.write_text(json.dumps(line) + "\n", "utf-8")
    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    library.import_path(other, out)
    again = library.show(other, 1)
    assert (again["related"], again["source_class"]) == (shown["related"], "press")


def test_what_is_on_record_is_not_read_for_claims_again(shelf, tmp_path, monkeypatch):
    path = tmp_path / "in.jsonl"
    path.write_text(lines(3), "utf-8")
    library.import_path(shelf, path)
    monkeypatch.setattr(keeping, "extract_claims", None)
    assert library.import_path(shelf, path)["known"] == 3


def test_a_killed_import_loses_nothing_and_keeps_nothing_twice(address, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(lines(330), "utf-8")
    whole = open_database(f"sqlite:///{tmp_path / 'whole.db'}")
    library.import_path(whole, path)
    code = f"""
from pathlib import Path
from sluicegate.desk import library
from sluicegate.store.database import open_database
library.import_path(open_database({address!r}), Path({str(path)!r}), progress=lambda n: print(n, flush=True))
"""
    for kill_after in (100, 200):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for line in process.stdout:
            if (told := int(line)) >= kill_after:
                time.sleep(0.01 * (kill_after % 7))
                os.kill(process.pid, signal.SIGKILL)
                break
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        engine = open_database(address)
        assert counts(engine)[0] >= told
        engine.dispose()
    engine = open_database(address)
    library.import_path(engine, path)
    assert counts(engine) == counts(whole)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            connection.execute(text("INSERT INTO article_index (article_index) VALUES ('integrity-check')"))
    engine.dispose()
    whole.dispose()


def test_cells_that_a_spreadsheet_would_run_are_text(shelf, told):
    told(shelf, "=cmd|' /C calc'!A0 is what the headline says", BAN.format(day=15, place="Antwerp"), "+Courier")
    rows = list(csv.DictReader(io.StringIO("".join(library.export_claims(shelf)))))
    assert rows
    assert rows[0]["title"].startswith("'=cmd")
    assert not any(str(v).startswith(("=", "+", "-", "@")) for r in rows for v in r.values())


BAD = ["not json", "[]", '{"url": 1}', '{"text": ""}', '{"text": 5}', "[" * 100_000, '{"text": "\\u0000"}',
       '{"html": "<p>"}', '{"text":"x","published":"never"}']  # fmt: skip


@pytest.mark.parametrize("line", BAD)
def test_bad_lines_are_named_and_the_good_ones_kept(shelf, tmp_path, line):
    path = tmp_path / "in.jsonl"
    path.write_text(f"{line}\n{lines(1)}", "utf-8")
    done = library.import_path(shelf, path)
    assert (done["new"], done["refused"]) == (1, 1)
    assert done["problems"][0]["where"] == "line 1"


def test_a_folder_of_articles_is_taken_in(shelf, tmp_path):
    for k in range(3):
        (tmp_path / f"{k}.txt").write_text(json.loads(lines(k + 1).splitlines()[-1])["text"])
    (tmp_path / "empty.html").write_text("")
    assert {k: library.import_path(shelf, tmp_path)[k] for k in ("new", "refused")} == {"new": 3, "refused": 1}


def test_nothing_to_import_is_said(shelf, tmp_path):
    (tmp_path / "empty.jsonl").write_text("")
    for path in (tmp_path / "none.jsonl", tmp_path / "empty.jsonl"):
        with pytest.raises(InputError):
            library.import_path(shelf, path)
