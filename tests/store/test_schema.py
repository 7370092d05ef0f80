"""The tables in code and those the migrations make are the same, on both engines."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from sluicegate.store.schema import LIBRARY

BY_HAND = ("article_index", "words", "article_newest", "article_original")


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_the_migrations_make_the_tables_that_the_code_names(database):
    with database.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), LIBRARY)
    mine = set(LIBRARY.tables)
    foreign = [d for d in found if d[0] in ("remove_table", "remove_index") and d[1].name not in mine]
    assert [d for d in found if d not in foreign and not any(n in str(d) for n in BY_HAND)] == []
