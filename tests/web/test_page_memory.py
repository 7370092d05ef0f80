"""Pages given again within a second: to the same reader alone, and never after something was written."""

import pytest
from starlette.responses import HTMLResponse

from sluicegate.store.audit import note
from sluicegate.web.page_memory import PageMemory

PERSON = type("Person", (), {"id": 1})
OTHER = type("Person", (), {"id": 2})


@pytest.fixture
def ask(database):
    """Ask for a page that counts how often it was made."""
    import anyio

    made = []

    async def page(scope, receive, send):
        made.append(scope["path"])
        await HTMLResponse(f"page {len(made)}", scope.get("status", 200))(scope, receive, send)

    memory = PageMemory(page, database)

    def asked(path="/", person=PERSON, **more):
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [],
                 "state": {"person": person, "bearer": False}} | more  # fmt: skip
        sent = []

        async def send(message):
            sent.append(message)

        anyio.run(memory, scope, None, send)
        return sent[-1]["body"].decode()

    return asked


def test_the_same_page_is_made_once_for_the_same_reader(ask):
    assert [ask(), ask(), ask("/x"), ask()] == ["page 1", "page 1", "page 2", "page 1"]


def test_another_reader_look_or_language_has_a_page_of_its_own(ask):
    first = ask()
    assert first not in {ask(person=OTHER), ask(headers=[(b"cookie", b"theme=dark")]), ask(query_string=b"as_of=x")}


def test_what_was_written_is_seen_at_once(ask, database):
    first = ask()
    note(database, "a change")
    assert ask() != first


@pytest.mark.parametrize("more", [{"method": "POST"}, {"path": "/api/v1/me"}, {"status": 404}, {"state": {}}])
def test_nothing_else_is_kept(ask, more):
    more = {"state": {"person": PERSON, "bearer": False}} | more
    path = more.pop("path", "/")
    assert ask(path, **more) != ask(path, **more)
