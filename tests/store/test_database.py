import pytest
from sqlalchemy import inspect, text

from sluicegate.store.database import open_database
from sluicegate.terms import InputError


def test_a_database_is_brought_to_its_present_form_once_and_again(tmp_path):
    address = f"sqlite:///{tmp_path / 'new' / 'desk.db'}"
    for _ in range(2):
        engine = open_database(address)
        with engine.connect() as connection:
            assert connection.execute(text("select version_num from alembic_version")).scalar() == "0003"
            assert connection.execute(text("pragma journal_mode")).scalar() == "wal"
        assert "alembic_version" in inspect(engine).get_table_names()
        engine.dispose()


@pytest.mark.parametrize("address", ["nonsense", "oracle9://x", "postgresql://nobody:secret@127.0.0.1:1/none"])
def test_a_database_that_does_not_answer_is_said_without_its_password(address):
    with pytest.raises(InputError) as refused:
        open_database(address)
    assert "secret" not in str(refused.value)
