"""An accepted claim that states a control becomes questions; one that is not accepted does not."""

from datetime import date

import pytest

from sluicegate.desk import library
from sluicegate.desk.claim_forecast import accepted_claim, forecast_of_claim
from sluicegate.terms import InputError, NotFoundError

LICENCE = "China requires a licence for exports of gallium from August 1, 2023."


@pytest.fixture
def shelf(on_sqlite):
    """One kind of database is enough here: what takes long is the model."""
    return on_sqlite


@pytest.mark.usefixtures("own_home")
def test_an_accepted_control_is_asked_about_and_one_undone_is_not(shelf, told):
    claims = told(shelf, "Gallium", LICENCE, day="2023-07-10")["claims"]
    number = next(c["number"] for c in claims if c["type"] == "control_imposed")
    with pytest.raises(InputError, match="news accept"):
        accepted_claim(shelf, number)
    library.accept(shelf, number)
    found = forecast_of_claim(accepted_claim(shelf, number), on=date(2023, 7, 10), draws=16)
    assert all(0 < q["probability"] < 1 and "gallium" in q["text"] for q in found["questions"])
    library.undo(shelf, number)
    with pytest.raises(InputError, match="not accepted"):
        accepted_claim(shelf, number)
    with pytest.raises(NotFoundError):
        accepted_claim(shelf, 999)
