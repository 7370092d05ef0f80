"""The part of the world a scenario is about behaves as it does in the whole."""

import numpy as np

from sluicegate.scenario import load_scenario
from sluicegate.sim import focused, simulate


def test_a_focused_world_gives_what_the_whole_gives(bundled):
    what = load_scenario("gallium-germanium-2023", bundled).model_copy(update={"weeks": 90})
    part = focused(bundled, what)
    assert set(part.products["material"]) == {"gallium", "germanium"}
    whole = simulate(what, bundled, draws=3, threads=1)
    small = simulate(what, part, like=whole.model.draws, threads=1)
    rows = whole.uses.merge(small.uses.reset_index(names="row"), on=["line", "product"], how="left")["row"]
    alone = ~small.uses.duplicated("line", keep=False)  # lines with uses of other materials may stop for those
    for i, j in rows.dropna().astype(int).items():
        if alone[j]:
            np.testing.assert_allclose(whole.record.use[i], small.record.use[j], rtol=2e-2, atol=1e-4)


def test_a_world_that_is_cut_already_is_given_back_itself(bundled):
    what = load_scenario("gallium-germanium-2023", bundled)
    part = focused(bundled, what)
    assert focused(part, what) is part


def test_a_scenario_that_touches_nothing_keeps_the_whole_world(bundled, scenario):
    assert focused(bundled, scenario()) is bundled
