"""What moves an office by itself: a slow swing of mean one, and spells in which it closes without a text."""

import numpy as np
import pytest

from sluicegate.sim.office import clampdowns, office_swing
from sluicegate.sim.prepare import prepare

DRAWS, WEEKS = 600, 80
STATED = {"label": "judgement", "reason": "test"}
OFFICE = {"swing_log_sd": 0.4, "swing_memory_weeks": 13.0, "clampdown_per_year": 0.0, "clampdown_weeks": 4.0,
          "clampdown_depth": 0.75}  # fmt: skip


@pytest.fixture
def model(toy, scenario, control):
    """A model whose magnets and gallium wait at one office that lets half of each pass, but for what moves it."""

    def make(draws=DRAWS, **office):
        rules = ({"setting": "eligible_share", "value": 0.5, **STATED},)
        controls = [control(p, kind="licence", week=2, name=p, rules=rules) for p in ("magnet", "gallium, low purity")]
        fixed = {f"CHN office: {n}": v for n, v in (OFFICE | office).items()}
        return prepare(scenario(*controls, weeks=WEEKS, fixed=fixed), toy, draws=draws, seed=5)

    return make


def test_the_swing_has_mean_one_its_spread_and_its_memory(model):
    swing = office_swing(model().draws, "CHN", WEEKS)
    log = np.log(swing)
    assert swing.mean() == pytest.approx(1, abs=0.03)
    assert log.std(axis=1).mean() == pytest.approx(0.4, abs=0.03)
    kept = [np.corrcoef(log[t], log[t + 1])[0, 1] for t in range(WEEKS - 1)]
    assert np.mean(kept) == pytest.approx(np.exp(-1 / 13), abs=0.02)


def test_clampdowns_come_at_their_rate_last_their_weeks_and_stop_their_share(model):
    working = clampdowns(model(clampdown_per_year=2.0).draws, "CHN", WEEKS)
    assert set(np.unique(working)) == {0.25, 1.0}
    closed = (working[10:] < 1).mean()
    assert closed == pytest.approx(1 - (1 - 2 / 52.18) ** 4, abs=0.015)  # no start in any of the last four weeks


def test_all_items_of_an_office_swing_together(model):
    made = model(draws=8, clampdown_per_year=2.0)
    swing = office_swing(made.draws, "CHN", WEEKS)
    levels = [b.level for b in made.compiled.knobs.borders]
    assert len(levels) == 2
    for level in levels:
        assert np.allclose(level, 0.5 * swing[:, None, :])
