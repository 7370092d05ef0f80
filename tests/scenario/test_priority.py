"""Priorities of a scenario: what is wrong is said with the nearest names; one that would change nothing is wrong."""

import pytest
import yaml

from sluicegate.scenario import parse_scenario
from sluicegate.terms import InputError

WHAT = {"name": "mine", "title": "A try", "start": "2025-01-06", "weeks": 60, "as_of": "2025-01-06"}
FIRST = {"place": "JPN", "products": ["NdFeB magnet, Dy/Tb"], "first": ["motor vehicles"], "share": 1,
         "effective_from": "2025-03-01", "reason": "cars first"}  # fmt: skip
GALLIUM = {"products": ["gallium, high purity"], "first": ["compound semiconductors"]}


def _read(world, *priorities):
    return parse_scenario(yaml.safe_dump(WHAT | {"priorities": list(priorities)}), world, where="mine.yaml")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first": ["motor vehicle"]}, "priorities.0.first: unknown 'motor vehicle'; did you mean 'motor vehicles'"),
        ({"then": ["machinery"]}, "priorities.0.then: unknown 'machinery'; did you mean 'machinery and robots'"),
        ({"first": ["gallium refinin"]}, "'gallium refining'"),
        ({"products": ["NdFeB magnet, Dy"]}, "priorities.0.products: unknown 'NdFeB magnet, Dy'"),
        ({"place": "Atlantis"}, "priorities.0.place"),
        ({"place": "FJI"}, "nobody in FJI uses NdFeB magnet, Dy/Tb; known are"),
        ({"then": ["wind turbines"]}, "wind turbines uses no NdFeB magnet, Dy/Tb in JPN; known are"),
        ({"then": ["gallium refining"]}, "gallium refining uses no NdFeB magnet, Dy/Tb in JPN"),
        ({"products": ["NdFeB magnet, Dy/Tb", "gallium, high purity"]}, "motor vehicles uses no gallium, high purity"),
        (GALLIUM, "nobody in JPN uses gallium, high purity but who comes first"),
        ({"first": []}, "at least 1 item"),
        ({"then": ["motor vehicles"]}, "first: named twice: motor vehicles"),
        ({"products": ["NdFeB magnet, Dy/Tb"] * 2}, "products: named twice"),
        ({"until": "2025-02-01"}, "is not after"),
        ({"effective_from": "2024-03-01", "until": "2024-05-01"}, "ends on 2024-05-01, before the scenario starts"),
        ({"effective_from": "2035-03-01"}, "begins on 2035-03-01"),
        ({"share": [0.9, 0.5, 0.1]}, "do not rise"),
        ({"share": [0, 0.5, 0.9]}, "not on the edge"),
        ({"share": 1.5}, "less than or equal to 1"),
        ({"share": [0.1, 0.5]}, "one number, or three"),
        ({"reason": ""}, "at least 1 character"),
        ({"rank": 1}, "no such field"),
    ],
    ids=str,
)
def test_a_priority_that_names_nobody_or_changes_nothing_is_a_mistake(change, said, bundled):
    with pytest.raises(InputError) as caught:
        _read(bundled, FIRST | change)
    assert said in str(caught.value)


def test_two_at_once_for_the_same_goods_of_a_place_are_a_mistake(bundled):
    with pytest.raises(InputError, match="priorities 0 and 1 hold for the same goods in JPN at once"):
        _read(bundled, FIRST | {"until": "2025-06-01"}, FIRST | {"effective_from": "2025-05-31"})


def test_they_may_follow_one_another_and_hold_in_several_places_at_once(bundled):
    found = _read(bundled, FIRST | {"until": "2025-06-01"}, FIRST | {"effective_from": "2025-06-01"},
                  FIRST | {"place": "USA", "then": ["aerospace and defence"]})  # fmt: skip
    assert [p.place for p in found.priorities] == ["JPN", "JPN", "USA"]
    assert found.without_controls().priorities == found.priorities


def test_makers_are_named_by_their_process(bundled):
    maker = {"place": "CHN", "products": ["neodymium oxide"], "first": ["neodymium metal making"]}
    with pytest.raises(InputError, match="neodymium metal making"):
        _read(bundled, FIRST | maker | {"then": ["motor vehicles"]})
    assert _read(bundled, FIRST | maker).priorities[0].first == ("neodymium metal making",)
