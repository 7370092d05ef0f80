"""Long-term contracts: makers serve buyers who have one as they serve customers at home."""

import numpy as np

from sluicegate.sim.prepare import prepare

DRAWS = 4


def _lost(run, place):
    return run.lost_value_added(np.flatnonzero(run.lines["place"] == place)).sum(axis=(0, 1))


def _contract(place):
    return {"origin": "CHN", "products": ("magnet",), "destinations": (place,), "reason": "test"}


def test_who_has_a_contract_loses_less_and_the_others_more_on_average(ask, day):
    outage = {"process": "making", "place": "CHN", "share": 0.6, "effective_from": day(10)}
    none, some = (ask(outages=[outage], contracts=c, fixed={"home preference": 0.95}, draws=DRAWS)
                  for c in ((), (_contract("DEU"),)))  # fmt: skip
    assert (_lost(some, "DEU") < _lost(none, "DEU")).all()
    assert _lost(some, "USA").mean() > _lost(none, "USA").mean()


def test_without_preference_a_contract_changes_nothing(ask, day):
    outage = {"process": "making", "place": "CHN", "share": 0.6, "effective_from": day(10)}
    none, some = (ask(outages=[outage], contracts=c, fixed={"home preference": 0.0}, draws=DRAWS)
                  for c in ((), (_contract("DEU"),)))  # fmt: skip
    assert np.allclose(some.record.lost_share, none.record.lost_share, atol=1e-6)


def test_the_compiled_week_serves_contracts_as_the_twin_does(toy, scenario, day, furthest):
    outage = {"process": "making", "place": "CHN", "share": 0.6, "effective_from": day(10)}
    model = prepare(scenario(outages=[outage], contracts=[_contract("USA")], weeks=60), toy, draws=3, seed=2)
    assert max(furthest(model.compiled).values()) < 1e-11
