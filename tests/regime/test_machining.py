from decimal import Decimal

import pytest

from sluicegate.regime.machining import yields_listed_size


def sizes(**mm: float) -> dict[str, Decimal]:
    return {name.replace("_", " "): Decimal(str(value)) for name, value in mm.items()}


@pytest.mark.parametrize(
    ("given", "caught"),
    [
        (sizes(diameter=120, length=50), True),  # the listed cylinder itself
        (sizes(inner_diameter=65, wall_thickness=25, length=50), True),  # the listed tube itself
        (sizes(length=120, width=120, thickness=50), True),  # the listed block itself
        (sizes(diameter=115, length=50), True),  # can be bored to the listed tube
        (sizes(diameter=114, length=500), False),
        (sizes(inner_diameter=100, diameter=140, length=500), False),  # wall of 20 mm
        (sizes(length=500, width=114, thickness=114), False),
        (sizes(diameter=200, length=49), False),
        (sizes(diameter=200), None),
        (sizes(thickness=40), False),
        (sizes(), None),
    ],
)
def test_a_solid_is_caught_when_a_listed_size_can_be_cut_from_it(
    given: dict[str, Decimal], caught: bool | None
) -> None:
    assert yields_listed_size(given) is caught
