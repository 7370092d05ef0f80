from datetime import date
from typing import Any

import pytest

from sluicegate.desk.check import check
from sluicegate.desk.page.verdict import check_text


def told(destination: str = "DE", **goods: Any) -> str:
    return check_text(check(origin="CN", destination=destination, **goods))


@pytest.mark.parametrize(
    ("goods", "first"),
    [
        ({"material": "SmCo magnet", "on": date(2025, 6, 1)}, "YES"),
        ({"material": "ferrite magnet", "on": date(2025, 6, 1)}, "NO export licence"),
        ({"hs": "850511", "on": date(2025, 6, 1)}, "IT DEPENDS"),
        ({"material": "gallium", "on": date(2025, 3, 1), "destination": "US", "end_use": "civil"}, "NO EXPORT"),
        ({"material": "gallium", "on": date(2026, 12, 1), "destination": "US", "end_use": "civil"}, "YES"),
    ],
)
def test_the_answer_comes_first(goods: dict[str, Any], first: str) -> None:
    assert told(**goods).startswith(first)


def test_why_papers_and_days_follow_and_fit_a_screen() -> None:
    text = told(hs="850511", on=date(2026, 6, 1), content={"Dy": "2.5%"}, end_use="civil")
    order = [text.index(word) for word in ("CN-2025-18 IV(1)4", "File", "How long", "Ask", "Looked at")]
    assert order == sorted(order)
    assert len(text.splitlines()) <= 45
    assert max(map(len, text.splitlines())) <= 100


def test_nothing_is_said_of_days_where_none_are_waited() -> None:
    text = told(material="ferrite magnet", on=date(2025, 6, 1))
    assert "How long" not in text
    assert "None" not in text
