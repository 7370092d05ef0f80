"""The overlay takes a claim of a person, an official source or two independent ones, and gives it back."""

from datetime import date

import pytest

from sluicegate.desk import library
from sluicegate.regime import load_register
from sluicegate.terms import InputError
from sluicegate.world.figures import load_figures
from sluicegate.world.overlay import imports

SHARE = "China mined 74% of the world's antimony in 2024."
BAN = "Tajikistan banned exports of antimony to all countries on August 15, 2025."
WIRE = (
    "The notice came late on a Friday, after the markets had closed, and traders in Antwerp and Houston spent the "
    "weekend on the telephone. One of them had eleven containers at sea and did not know whether they would be let in."
)


def first(document, kind):
    return next(c["number"] for c in document["claims"] if c["type"] == kind)


@pytest.mark.usefixtures("own_home")
def test_an_accepted_share_is_a_figure_with_its_quote_until_it_is_undone(shelf, told):
    claim = first(told(shelf, "Antimony", SHARE, url="https://courier.example/s"), "production_share")
    entry = library.accept(shelf, claim)["entry"]
    figure = next(f for f in load_figures().find(metric="share of world output", material="antimony")
                  if f.figure_id.startswith("own."))  # fmt: skip
    assert (entry["form"], figure.value, figure.place) == ("figure", 0.74, "CHN")
    assert "74%" in figure.note
    assert figure.source.publisher == "Harbour Courier"
    library.undo(shelf, claim)
    assert imports() == ()
    assert [d["undone_by"] for d in library.list_decisions(shelf)["decisions"]] == ["me"]


@pytest.mark.usefixtures("own_home")
def test_a_share_without_a_year_is_an_undated_figure(shelf, told):
    text = "China produces around 71% of the world's antimony. Traders in Antwerp had feared that it might be more."
    claim = first(told(shelf, "Antimony", text, day="2025-06-12"), "production_share")
    assert library.accept(shelf, claim)["entry"]["form"] == "figure"
    own = [f for f in load_figures().find(metric="share of world output", material="antimony")
           if f.figure_id.startswith("own.")]  # fmt: skip
    assert [(f.value, f.period) for f in own] == [(0.71, "undated")]


@pytest.mark.usefixtures("own_home")
def test_an_accepted_control_is_a_measure_that_the_register_holds(shelf, told):
    claim = first(told(shelf, "Antimony", BAN), "control_imposed")
    entry = library.accept(shelf, claim)["entry"]
    measure = load_register().measure(entry["name"])
    assert (entry["form"], measure.jurisdiction, measure.kind, str(measure.effective_from)) == (
        "measure", "TJK", "ban", "2025-08-15")  # fmt: skip
    library.undo(shelf, claim)
    assert entry["name"] not in load_register().measures


def test_a_claim_is_decided_once(shelf, told):
    claim = told(shelf, "Antimony", SHARE)["claims"][0]["number"]
    library.reject(shelf, claim)
    with pytest.raises(InputError, match="already rejected"):
        library.accept(shelf, claim)
    library.undo(shelf, claim)
    with pytest.raises(InputError, match="nothing decided"):
        library.undo(shelf, claim)


@pytest.mark.usefixtures("own_home")
def test_by_rule_one_paper_is_not_enough_and_two_are(shelf, told):
    told(shelf, "Dushanbe stops antimony", BAN, "Harbour Courier", url="https://courier.example/1")
    assert library.accept_by_rule(shelf)["accepted"] == []
    told(shelf, "A ban in Dushanbe",
         "Exports of antimony were banned by Tajikistan on August 15, 2025. Nobody had expected it so soon.",
         "Morning Ledger", url="https://ledger.example/2")  # fmt: skip
    taken = library.accept_by_rule(shelf)["accepted"]
    assert {t["reason"] for t in taken} == {"two independent sources"}


@pytest.mark.usefixtures("own_home")
def test_by_rule_an_office_is_enough(shelf, told):
    told(shelf, "Notice", BAN, "Ministry", url="https://mintrade.gov.tj/notice")
    assert [t["reason"] for t in library.accept_by_rule(shelf)["accepted"]] == ["an official source"]


def test_many_copies_are_one_source(shelf, told):
    for k in range(60):
        told(shelf, "Dushanbe stops antimony", f"{BAN} {WIRE} Printed in edition {k}.", f"Paper {k}",
             url=f"https://paper{k}.example/x")  # fmt: skip
    assert library.accept_by_rule(shelf)["accepted"] == []
    assert library.list_articles(shelf)["articles"][0]["copies"] == 59


LIFTED = (
    "China suspended its ban on exports of gallium and antimony to the United States until November 27, 2027, "
    "officials said."
)
UNBANNED = "Tajikistan on Tuesday lifted its ban on exports of antimony."


@pytest.mark.usefixtures("own_home")
def test_an_accepted_suspension_amends_the_entry_it_is_about_until_it_is_undone(shelf, told):
    claim = first(told(shelf, "Antimony", LIFTED, day="2025-06-12"), "control_lifted")
    entry = library.accept(shelf, claim)["entry"]
    register, day = load_register(), date(2025, 7, 1)
    ban = register.measure("CN-2024-46")
    assert (entry["form"], register.state(ban, day), ban.suspended[-1].by) == ("amendment", "suspended", entry["name"])
    assert (ban.clauses[-1].text, register.measure(entry["name"]).kind) == (LIFTED.removesuffix(", officials said."),
                                                                            "suspension")  # fmt: skip
    assert register.state(ban, day, date(2025, 6, 1)) == "in force"  # nobody knew it then
    library.undo(shelf, claim)
    assert load_register().state(load_register().measure("CN-2024-46"), day) == "in force"


@pytest.mark.usefixtures("own_home")
def test_an_entry_that_another_acceptance_amends_is_not_undone_before_it(shelf, told):
    imposed = first(told(shelf, "Antimony", BAN, url="https://courier.example/1"), "control_imposed")
    measure = library.accept(shelf, imposed)["entry"]["name"]
    story = told(shelf, "Ban ends", UNBANNED, url="https://courier.example/2", day="2025-10-02")
    ended = first(story, "control_lifted")
    assert library.accept(shelf, ended)["entry"]["form"] == "amendment"
    register = load_register()
    assert register.state(register.measure(measure), date(2025, 10, 3)) == "ended"
    with pytest.raises(InputError, match="is amended by"):
        library.undo(shelf, imposed)
    library.undo(shelf, ended)
    library.undo(shelf, imposed)
    assert measure not in load_register().measures


@pytest.mark.usefixtures("own_home")
def test_an_easing_that_fits_no_entry_or_several_asks_for_its_name(shelf, told):
    story = told(shelf, "Easing", "China has eased its export controls on gallium and antimony.", day="2024-12-20")
    claim = first(story, "control_eased")
    with pytest.raises(InputError, match=r"\d entries of the register fit: .*CN-2023-23"):
        library.accept(shelf, claim)
    with pytest.raises(InputError, match="unknown measure"):
        library.accept(shelf, claim, measure="CN-1999-1")
    assert library.list_decisions(shelf)["decisions"] == []
    assert library.accept(shelf, claim, measure="CN-2023-23")["entry"]["form"] == "amendment"
    eased = load_register().measure("CN-2023-23")
    assert (eased.clauses[-1].topic, load_register().state(eased, date(2025, 1, 1))) == ("eased", "in force")
    library.undo(shelf, claim)
    assert library.accept(shelf, claim, measure="none")["entry"]["form"] == "none"


@pytest.mark.usefixtures("own_home")
def test_by_rule_what_needs_a_name_is_left_and_said(shelf, told):
    text = "China's commerce ministry said it has eased its export controls on gallium and antimony."
    told(shelf, "Easing", text, day="2024-12-20")
    done = library.accept_by_rule(shelf)
    assert (done["accepted"], len(done["unsettled"])) == ([], 1)
    assert "--measure" in done["unsettled"][0]["do"]
