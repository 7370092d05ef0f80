import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy import event, inspect, text

from sluicegate.store import database
from sluicegate.store.database import open_database
from sluicegate.terms import InputError


def test_a_database_is_brought_to_its_present_form_once_and_again(tmp_path):
    address = f"sqlite:///{tmp_path / 'new' / 'desk.db'}"
    for _ in range(2):
        engine = open_database(address)
        with engine.connect() as connection:
            assert connection.execute(text("select version_num from alembic_version")).scalar() == "0004"
            assert connection.execute(text("pragma journal_mode")).scalar() == "wal"
        assert "alembic_version" in inspect(engine).get_table_names()
        engine.dispose()


@pytest.mark.parametrize("table", [1, 9, 20])
def test_a_stop_while_the_tables_are_made_leaves_none(tmp_path, table):
    address, made = f"sqlite:///{tmp_path / 'desk.db'}", []

    def stop(_connection, _cursor, statement, *_rest):
        if statement.strip().startswith("CREATE TABLE"):
            made.append(statement)
            if len(made) == table:
                raise KeyboardInterrupt

    engine = database._engine(address)
    event.listen(engine, "before_cursor_execute", stop)
    with pytest.raises(KeyboardInterrupt):
        database.upgrade(engine)
    engine.dispose()
    assert inspect(open_database(address)).has_table("article")


def test_a_statement_refused_without_a_wait_is_tried_again():
    class Busy:
        refusals = 2

        def execute(self, _statement):
            self.refusals -= 1
            if self.refusals >= 0:
                raise sqlite3.OperationalError("database is locked")

    database._patiently(busy := Busy(), "PRAGMA journal_mode=WAL")
    assert busy.refusals == -1


def test_several_processes_open_a_new_database_at_once(tmp_path):
    code = f"from sluicegate.store.database import open_database; open_database('sqlite:///{tmp_path / 'desk.db'}')"
    started = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(3)]
    assert [p.communicate()[1] for p in started] == [b""] * 3


@pytest.mark.parametrize("address", ["nonsense", "oracle9://x", "postgresql://nobody:secret@127.0.0.1:1/none"])
def test_a_database_that_does_not_answer_is_said_without_its_password(address):
    with pytest.raises(InputError) as refused:
        open_database(address)
    assert "secret" not in str(refused.value)
