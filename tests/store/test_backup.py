"""A copy brings back what was there, from either kind of database into either."""

import zipfile

import pytest
from sqlalchemy import select

from sluicegate.store.backup import back_up, bring_back
from sluicegate.store.database import open_database
from sluicegate.store.desk_tables import DESK, PERSON
from sluicegate.store.job import add_job, claim_job, finish_job, job_of
from sluicegate.store.own_file import files_of, keep_file
from sluicegate.store.person import add_person, signed_in
from sluicegate.terms import InputError

PASSWORD = "a long enough password"


@pytest.fixture(params=["from sqlite", "from postgresql"])
def held(request, fresh, tmp_path):
    """A database of either kind that holds something of everything, beside the one to fill."""
    folder = tmp_path / "held"
    folder.mkdir()
    with fresh(request.param.removeprefix("from "), folder) as address:
        engine = open_database(address)
        ada = add_person(engine, "ada", PASSWORD, "analyst")
        keep_file(engine, ada.id, "company", "mine", bytes(range(256)))
        job = add_job(engine, ada.id, "run", {"draws": 8}, key="k", private=False, model_version="1",
                      dataset_version="2")  # fmt: skip
        claim_job(engine, "w")
        finish_job(engine, job.id, "w", b'{"answer": 1}')
        yield engine
        engine.dispose()


def test_a_copy_brings_everything_back_and_new_rows_come_after(held, database, tmp_path):
    told = back_up(held, tmp_path / "copy.zip")
    assert bring_back(database, tmp_path / "copy.zip") == told
    ada = signed_in(database, "ada", PASSWORD)
    assert files_of(database, ada.id)[0].content == bytes(range(256))
    for table in DESK.sorted_tables:
        with held.connect() as one, database.connect() as other:
            assert one.execute(select(table)).all() == other.execute(select(table)).all()
    assert add_person(database, "bob", None).id > ada.id


def test_nothing_is_overwritten(held, tmp_path):
    back_up(held, tmp_path / "copy.zip")
    with pytest.raises(InputError, match="an empty database"):
        bring_back(held, tmp_path / "copy.zip")


@pytest.mark.parametrize("content", [b"", b"no zip", None])
def test_what_is_no_copy_leaves_the_database_empty(database, tmp_path, content):
    file = tmp_path / "copy.zip"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError, match="desk backup"):
        bring_back(database, file)


def test_a_copy_cut_short_brings_back_nothing(held, database, tmp_path):
    back_up(held, tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as whole, zipfile.ZipFile(tmp_path / "cut.zip", "w") as cut:
        for name in whole.namelist():
            if name != "tables/desk_job.jsonl":
                cut.writestr(name, whole.read(name))
    with pytest.raises(InputError, match="desk_job is missing"):
        bring_back(database, tmp_path / "cut.zip")
    with database.connect() as connection:
        assert connection.execute(select(PERSON)).all() == []


def test_a_copy_cannot_write_outside_its_folder(held, database, tmp_path):
    back_up(held, tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip", "a") as archive:
        archive.writestr("home/../../evil", "x")
    with pytest.raises(InputError, match="leads out"):
        bring_back(database, tmp_path / "copy.zip")


def test_a_copy_that_cannot_be_written_leaves_none(held, tmp_path):
    with pytest.raises(InputError):
        back_up(held, tmp_path / "no such folder" / "copy.zip")
    assert job_of(held, "none") is None
