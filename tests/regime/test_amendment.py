"""Entries that amend others: suspended, lifted, eased; and those that cannot."""

from datetime import date

import pytest
from pydantic import ValidationError

from sluicegate.regime import Measure, load_register
from sluicegate.regime.amendment import amended
from sluicegate.regime.register import Register, build_register
from sluicegate.regime.tariff import TariffFile
from sluicegate.terms import InputError

BAN = load_register().measure("CN-2024-46")


def act(how: str, first: str, last: str | None = None, measure: str = "CN-2024-46") -> Measure:
    return Measure.model_validate({
        "id": "OWN-CHN-1", "title": "told", "jurisdiction": "CHN", "kind": "suspension",
        "announced_on": min(first, "2025-06-01"), "effective_from": first,
        "amends": [{"measure": measure, "how": how, "first": first, "last": last}],
        "status": "told", "scope": "“the ban is off”", "confidence": "secondary", "last_verified": "2025-06-01",
        "source": {"publisher": "Harbour Courier", "title": "x", "url": "news:1"},
    })  # fmt: skip


def state(entry: Measure, on: str, as_of: str) -> str:
    known = load_register().measures | amended([*load_register().measures.values(), entry])
    register = Register(known, (), ())
    return register.state(known["CN-2024-46"], date.fromisoformat(on), date.fromisoformat(as_of))


@pytest.mark.parametrize(
    ("entry", "during", "after"),
    [
        (act("suspended", "2025-06-02", "2025-08-01"), "suspended", "doubtful"),
        (act("lifted", "2025-06-02"), "ended", "ended"),
        (act("eased", "2025-06-02"), "in force", "in force"),
    ],
)
def test_an_amendment_holds_from_its_first_day_once_it_is_known(entry: Measure, during: str, after: str) -> None:
    assert state(entry, "2025-06-01", "2025-09-01") == "in force"
    assert state(entry, "2025-07-01", "2025-09-01") == during
    assert state(entry, "2025-08-20", "2025-09-01") == after
    assert state(entry, "2025-07-01", "2025-05-31") == "in force"


def test_the_amended_entry_says_who_amends_it_and_in_what_words() -> None:
    clause = amended([BAN, act("eased", "2025-06-02")])["CN-2024-46"].clauses[-1]
    assert (clause.id, clause.topic, clause.text, clause.dated) == (
        "OWN-CHN-1", "eased", "“the ban is off”", date(2025, 6, 2))  # fmt: skip


@pytest.mark.parametrize(("how", "last"), [("suspended", None), ("lifted", "2025-08-01"), ("suspended", "2025-01-01")])
def test_an_amendment_whose_days_do_not_fit_is_refused(how: str, last: str | None) -> None:
    with pytest.raises(ValidationError):
        act(how, "2025-06-02", last)


@pytest.mark.parametrize(
    ("measure", "first", "why"),
    [("CN-1999-1", "2025-06-02", "which is not there"), ("CN-2024-46", "2020-01-01", "lies before effective_from")],
)
def test_an_amendment_that_no_entry_can_take_is_named(measure: str, first: str, why: str) -> None:
    entry = act("lifted", first, measure=measure)
    texts = {f"{m.id}.yaml": m.model_dump_json(exclude_none=True) for m in (BAN, entry)}
    texts |= {f"{n}.yaml": load_register().measure(n).model_dump_json(exclude_none=True) for n in _named(BAN)}
    with pytest.raises(InputError, match=why):
        build_register(texts, TariffFile(last_verified=date(2025, 6, 1), rates=(), talks=()))


def _named(measure: Measure) -> set[str]:
    """Every entry that an entry refers to, and those these refer to."""
    found: set[str] = set()
    waiting = [measure]
    while waiting:
        one = waiting.pop()
        names = {s.by for s in one.suspended} | {n.split(" ")[0] for i in one.items for n in i.items_of} - {"all"}
        waiting += [load_register().measure(n) for n in names - found]
        found |= names
    return found - {measure.id}
