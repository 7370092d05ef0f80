"""The indices side by side, on the terminal."""

from collections.abc import Callable
from typing import Any

Sluicegate = Callable[..., Any]


def test_all_materials_give_ranks_and_reasons(sluicegate: Sluicegate) -> None:
    said = sluicegate("world", "compare").stdout
    ranks, _, reasons = said.partition("Furthest apart")
    assert all(head in ranks for head in ("HHI mine", "EU SR", "GPR", "N-1", "NIR"))
    assert "tungsten" in ranks
    assert "China mines" in reasons


def test_one_material_gives_values_with_units_years_and_sources(sluicegate: Sluicegate) -> None:
    said = sluicegate("world", "compare", "gallium").stdout
    assert "3.1 (1.7 to 8.2)" in said
    assert "eu-crm-2023" in said
    assert "of 22" in said


def test_a_bound_is_shown_as_one_and_has_no_rank(sluicegate: Sluicegate) -> None:
    line = next(x for x in sluicegate("world", "compare", "tungsten").stdout.splitlines() if "reliance, printed" in x)
    assert "over 50%" in line
    assert " of " not in line
