"""Which entries an easing is about, and from when to when."""

from datetime import date

import pytest

from sluicegate.news import Claim, extract_claims, read_article
from sluicegate.news.amendable import days_of, entries_about, how
from sluicegate.regime import load_register
from sluicegate.world import load_world

TOLD = date(2025, 6, 12)


def easing(text: str) -> Claim:
    article = read_article(f"A headline\nExample Wire {TOLD}\n{text}", html=False).article
    return next(c for c in extract_claims(article) if c.type in ("control_eased", "control_lifted"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("China lifted its ban on exports of gallium and antimony to the United States on Monday.", {"CN-2024-46"}),
        ("China lifted its ban on exports of gallium and antimony to Japan on Monday, officials said.", set()),
        ("Peru lifted its ban on exports of gallium and antimony to the United States on Monday.", set()),
    ],
)
def test_an_entry_is_of_the_acting_place_the_goods_and_the_destination(text: str, ids: set[str]) -> None:
    found = entries_about(easing(text), register=load_register(), world=load_world(TOLD), on=TOLD)
    assert {m.id for m in found} == ids


@pytest.mark.parametrize(
    ("text", "first", "last", "act"),
    [
        (
            "China suspended its ban on exports of gallium until November 27, 2026.",
            TOLD,
            date(2026, 11, 27),
            "suspended",
        ),
        ("China has suspended its export controls on gallium for one year.", TOLD, date(2026, 6, 11), "suspended"),
        ("China lifted its ban on exports of gallium on June 3, 2025.", date(2025, 6, 3), None, "lifted"),
        ("China has eased its export controls on gallium, traders said.", TOLD, None, "eased"),
    ],
)
def test_the_days_of_an_easing_are_those_it_names_or_the_article_s(
    text: str, first: date, last: date | None, act: str
) -> None:
    claim = easing(text)
    assert (days_of(claim, TOLD), how(claim, days_of(claim, TOLD)[1])) == ((first, last), act)
