"""A run says what promises cost and duties bring."""

import pytest

from sluicegate.desk.run import run
from sluicegate.desk.why import why

SCENARIO = """
name: money-try
title: A floor and a duty
start: 2025-01-06
weeks: 60
as_of: 2026-11-23
controller: CHN
target: USA
controls:
  - register: CN-2025-18
tariffs:
  - {by: USA, on_goods_of: CHN, products: ["NdFeB magnet, Dy/Tb"], added_rate: 0.5, effective_from: 2025-03-03}
floors:
  - {payer: USA, product: "gallium, low purity", place: JPN, share_of_base_price: 1.4, effective_from: 2025-01-06}
"""


def test_a_run_says_what_a_floor_costs_and_a_duty_brings_and_why(tmp_path):
    (tmp_path / "money-try.yaml").write_text(SCENARIO)
    floor, duty = run(str(tmp_path / "money-try.yaml"), draws=8)["public_money"]
    assert (floor["kind"], floor["treasury"], duty["kind"]) == ("price floor", "USA", "duty")
    assert floor["cost"]["q50"] > 0 > duty["cost"]["q50"]
    assert why(duty["id"])["value"]["q50"] == pytest.approx(duty["cost"]["q50"])
