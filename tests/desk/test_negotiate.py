"""The question `negotiate`, through the door."""

from datetime import date

import numpy as np
import pytest

import sluicegate
from sluicegate.desk.shapes.talks import NegotiateShape
from sluicegate.terms import InputError
from sluicegate.world import load_world

NAME = "april-2025"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("talks") / "deal.yaml"


@pytest.fixture(scope="module")
def document(file):
    return sluicegate.negotiate(NAME, draws=16, deal=file)


def _payoff(document, mine, theirs):
    return next(p for p in document["payoffs"] if (p["controller_move"], p["target_move"]) == (mine, theirs))


def test_the_document_has_its_shape(document):
    NegotiateShape.model_validate(document)


def test_a_harder_move_never_helps_the_target(document):
    values = [_payoff(document, move, "wait")["target"]["q50"] for move in ("lift", "ease", "keep", "ban")]
    assert values == sorted(values, reverse=True)


def test_equilibria_have_no_regret(document):
    worst = max(abs(p["target"]["q05"]) for p in document["payoffs"])
    assert all(e["regret"] < 1e-5 * worst for e in document["equilibria"])


def test_who_commits_to_a_mix_does_no_worse_than_with_one_move(document):
    for leader in document["leaders"]:
        assert leader["value"] >= leader["value_with_one_move"] - 1e-6


def test_the_zone_is_as_wide_as_the_surplus(document):
    deal = document["bargain"]
    assert deal["zone"]["most"] == deal["gain_target"]
    assert deal["zone"]["least"]["q50"] == pytest.approx(-deal["gain_controller"]["q50"])
    assert deal["p_worth_it"] > 0.5


def test_a_month_of_licences_is_worth_something_to_the_target(document):
    assert document["worth"][0]["target"]["q50"] > 0


def test_the_deal_is_a_scenario_that_can_be_run(document, file):
    scenario = sluicegate.load_scenario(str(file), load_world())
    assert scenario.name == f"{NAME}-deal"
    assert {c.until for c in scenario.controls} == {date.fromisoformat(document["on"])}


def test_a_deal_that_breaks_is_worth_less_to_the_target_and_can_be_run(document, file):
    told = document["bargain"]["if_broken"]["target"]
    assert told["gain"]["q50"] < document["bargain"]["gain_target"]["q50"]
    broken = sluicegate.load_scenario(document["deal_broken_file"], load_world())
    assert all(control.suspended for control in broken.controls)
    assert file.with_name("deal-broken.yaml").exists()


def test_offers_in_turn_favour_who_offers_first(document):
    told = document["bargain"]["offers"]
    assert told["controller_first"] >= 1 - told["target_first"] - 1e-12  # the least there is, but for rounding
    assert 0 <= told["controller_first"] <= 1


def test_a_truce_says_what_tempts(document):
    told = document["bargain"]["truce"]
    assert told["patience_needed"] is None or 0 < told["patience_needed"] < 1
    assert told["why"]


def test_an_equilibrium_of_the_mean_is_regretted_in_single_draws(document):
    for told in document["equilibria"]:
        assert told["regret_in_draws"]["q95"] >= told["regret"] - 1e-6
    assert (document["mixed_in_draws"] is None) == (document["no_pure_equilibrium_share"] == 0)


def test_five_moves_meet_five_and_levers_hurt_both(document):
    assert [len(document["moves"][side]) for side in ("controller", "target")] == [5, 5]
    for lever in ("withhold", "tariff"):
        held, waits = _payoff(document, "keep", lever), _payoff(document, "keep", "wait")
        assert held["controller"]["q50"] < waits["controller"]["q50"]
        assert held["target"]["q50"] < waits["target"]["q50"]


def test_a_point_of_tariff_costs_the_controller_more_than_the_target(document):
    point = next(row for row in document["worth"] if "tariff" in row["what"])
    assert point["controller"]["q50"] < point["target"]["q50"] < 0


def test_what_is_stopped_midway_leaves_nothing_behind(tmp_path):
    def stop(done, _total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sluicegate.negotiate(NAME, draws=4, deal=tmp_path / "deal.yaml", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_every_number_can_be_asked_why(document):
    run = document["provenance"]["run"]
    for row in (document["payoffs"][0], document["bargain"], document["waiting"], document["worth"][0]):
        assert sluicegate.why(row["id"], run=run)["formula"]


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2040, 1, 1)])
def test_talks_before_the_control_or_after_the_end_are_refused(day):
    with pytest.raises(InputError, match="talks on"):
        sluicegate.negotiate(NAME, draws=16, on=day)


def test_shares_are_shares(document):
    shares = [p["equilibrium_share"] for p in document["payoffs"]]
    assert np.all(np.array(shares) >= 0)
    assert sum(shares) + document["no_pure_equilibrium_share"] >= 1 - 1e-9


def test_a_stock_held_before_lowers_what_a_deal_must_give(document):
    stock = document["stock"]
    assert stock["transfer_with"]["q50"] < stock["transfer_without"]["q50"]
    assert stock["cost"]["q05"] > 0
    assert 0 <= stock["p_pays_in_the_deal"] <= 1
    for which in ("without", "with"):
        assert sum(stock[f"controller_does_{which}"].values()) == pytest.approx(1)
        assert stock[f"prize_needed_{which}"]["q05"] >= 0
    assert sluicegate.why(stock["id"], run=document["provenance"]["run"])["formula"]
