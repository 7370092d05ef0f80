"""The hindcast: what is shipped is what comes out, it beats what is naive, and nothing later is known."""

import json
from datetime import date
from importlib.resources import files

import pytest

from sluicegate.desk.hindcast import calibration, hindcasts
from sluicegate.desk.past import past_sentence
from sluicegate.desk.why import why
from sluicegate.history.episode import load_episodes
from sluicegate.history.naive import NAIVES, Asked
from sluicegate.history.past import past, stored
from sluicegate.scenario import load_scenario
from sluicegate.sim.practice import border_parameters
from sluicegate.world import load_world


@pytest.fixture(scope="module")
def made():
    return hindcasts()


@pytest.fixture(scope="module")
def taught():
    return calibration()


def points(document):
    return {p["id"]: p for e in document["episodes"] for s in e["series"] for p in s["points"]}


def test_the_shipped_hindcast_is_what_the_command_gives(made):
    old, new = points(stored()), points(made)
    assert old.keys() == new.keys()
    for name, p in new.items():
        assert p["prior"]["crps"] == pytest.approx(old[name]["prior"]["crps"], rel=1e-6), name
        assert p["fitted"]["crps"] == pytest.approx(old[name]["fitted"]["crps"], rel=1e-6), name


def test_v9_the_mean_score_is_below_what_was_asked_and_every_naive(made):
    scores = made["scores"]
    assert scores["prior"]["crps"] < 0.30
    assert scores["fitted"]["crps"] < 0.32
    assert all(n["ours"] < n["error"] for n in scores["naive"])
    assert scores["updating"]["updated"] < scores["updating"]["last_month_again"]


def test_nothing_that_became_known_after_the_announcement_enters():
    for e in load_episodes():
        assert (e.scenario.as_of - e.announced).days <= 4
        known = [p.known_on for p in border_parameters(e.scenario).values() if p.known_on]
        assert all(day <= e.scenario.as_of for day in known)


def test_an_episode_is_fitted_on_the_others_alone(made):
    assert all(e["name"] not in e["fitted_on"] and len(e["fitted_on"]) == 2 for e in made["episodes"])


def test_a_naive_that_does_not_exist_is_none():
    graphite = next(e for e in load_episodes() if e.name == "graphite-2023")
    series = graphite.series[0]
    asked = Asked(graphite, series, graphite.scored(series)[0], ())
    found = {name: naive(asked) for name, naive in NAIVES.items()}
    assert found["last value"] is None
    assert found["average shape of the others"] is None
    assert found["mean before control"] == 1.0


def test_a_brief_of_an_earlier_day_knows_only_what_was_over():
    assert past(date(2010, 1, 1)) is None
    early, late = past(date(2011, 1, 20)), past(date(2025, 5, 28))
    assert early.months < late.months == len(points(stored()))
    assert "no episode" in past_sentence(date(2010, 1, 1))


def test_the_fit_narrows_or_moves_settings_and_says_how_many_draws_count(taught):
    assert all(s["posterior"]["q05"] < s["posterior"]["q50"] < s["posterior"]["q95"] for s in taught["settings"])
    assert all(e["draws_that_count"] > 90 for e in taught["episodes"])


def test_the_shipped_posterior_is_what_the_command_gives(taught):
    shipped = json.loads((files("sluicegate.history") / "data" / "posterior.json").read_text("utf-8"))
    for old, new in zip(shipped["settings"], taught["settings"], strict=True):
        assert new["name"] == old["name"]
        assert new["posterior"] == pytest.approx(old["posterior"], rel=1e-6)


@pytest.mark.parametrize("name", ["april-2025", "antimony-2024", "october-2025"])
def test_a_forecast_kept_back_uses_nothing_dated_after_its_first_day(name):
    scenario = load_scenario(name, load_world())
    first = {"april-2025": "2025-04-04", "antimony-2024": "2024-09-15", "october-2025": "2025-10-09"}[name]
    assert str(scenario.as_of) == first
    known = [p.known_on for p in border_parameters(scenario).values() if p.known_on]
    assert all(day <= scenario.as_of for day in known)
    world = load_world(scenario.as_of)
    assert all(p.known_on is None or p.known_on <= scenario.as_of for p in world.parameters)


def test_one_episode_alone_has_the_points_it_has_among_all(made):
    alone = hindcasts("graphite-2023")
    assert points(alone) == {name: p for name, p in points(made).items() if "graphite" in name}
    assert len(alone["episodes"]) == 1


def test_every_month_names_where_it_was_read_and_every_setting_is_explained(made, taught):
    assert all(p["source"] for p in points(made).values())
    setting = taught["settings"][0]
    assert why(setting["id"])["value"]["posterior"] == setting["posterior"]
