"""Promises, projects and deposits as data: what is refused, in one message."""

from datetime import date

import pytest
from pydantic import ValidationError

from sluicegate.scenario import Offtake, PriceFloor, Project, Scenario, parse_scenario
from sluicegate.terms import InputError

DAY = date(2025, 1, 1)
FLOOR = {"payer": "USA", "product": "magnet", "place": "USA", "effective_from": DAY, "usd_per_kg": 110}
PROJECT = {"name": "new", "process": "making", "place": "USA", "capacity_t_per_yr": 1000, "earliest": DAY,
           "incentive_share_of_base_price": 1.5, "cost_share_of_base_price": 1.0, "lead_weeks": 104}  # fmt: skip
PLAN = {"name": "toy", "title": "toy", "start": DAY, "weeks": 10, "as_of": DAY}


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        (PriceFloor, {"usd_per_kg": -1}, "greater than 0"),
        (PriceFloor, {"usd_per_kg": float("nan")}, "finite"),
        (PriceFloor, {"usd_per_kg": None}, "a floor needs"),
        (PriceFloor, {"share_of_base_price": 1.2}, "not both"),
        (PriceFloor, {"until": DAY}, "is not after"),
        (PriceFloor, {"payer": "Atlantis"}, "Atlantis"),
        (Offtake, {}, "an offtake needs `t_per_yr`"),
        (Project, {"capacity_t_per_yr": 0}, "greater than 0"),
        (Project, {"finance": 1.2}, "less than or equal to 1"),
        (Project, {"lead_weeks": (50, 20, 90)}, "rising order"),
    ],
)
def test_what_cannot_be_is_refused(kind, change, says):
    with pytest.raises(ValidationError, match=says):
        kind(**((PROJECT if kind is Project else FLOOR) | change))


def test_two_projects_of_one_name_and_deposits_without_depletion_are_refused():
    with pytest.raises(ValidationError, match="share a name"):
        Scenario(**PLAN, projects=[PROJECT, PROJECT])
    with pytest.raises(ValidationError, match="depletion: true"):
        Scenario(**PLAN, deposits=[{"process": "mining", "place": "USA", "reserves_t": 1}])


def test_unknown_products_and_processes_of_a_file_are_named_all_at_once(toy):
    text = """
name: wrong
title: wrong
start: 2025-01-01
weeks: 10
as_of: 2025-01-01
floors: [{payer: USA, product: magnets, place: USA, usd_per_kg: 110, effective_from: 2025-01-01}]
projects: [{name: a, process: makin, place: USA, capacity_t_per_yr: 1, earliest: 2025-01-01, lead_weeks: 1,
            incentive_share_of_base_price: 1.5, cost_share_of_base_price: 1}]
"""
    with pytest.raises(InputError, match=r"(?s)2 mistakes.*makin.*magnets"):
        parse_scenario(text, toy, where="wrong.yaml")
