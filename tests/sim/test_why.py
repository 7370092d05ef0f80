"""Why a line loses or lacks: shares by measure, link, input and outage that sum to one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sluicegate.sim import causes
from sluicegate.terms import InputError, NotFoundError


def _shares(found):
    assert sum(c.share for c in found) == pytest.approx(1)
    return {(c.what, c.where): c.share for c in found}


def test_a_ban_on_magnets_is_named_on_its_link(ask, calm, control):
    run = ask(control("magnet"), fixed=calm, draws=2)
    shares = _shares(causes(run, "magnet", "USA", until_week=40))
    assert shares["the measure", "magnet, CHN to USA"] > 0.9


def test_a_ban_on_oxide_reaches_the_user_of_magnets_through_the_maker_abroad(ask, calm, control):
    run = ask(control("neodymium oxide"), fixed=calm, draws=2)
    shares = _shares(causes(run, "magnet", "DEU", until_week=60))
    held = {where for what, where in shares if what == "the measure"}
    assert "neodymium oxide, CHN to DEU" in held
    assert sum(s for (what, _), s in shares.items() if what == "the measure") > 0.9


def test_an_outage_is_named_with_its_maker(ask, calm, day):
    outage = {"process": "making", "place": "CHN", "share": 0.8, "effective_from": day(10)}
    run = ask(outages=[outage], fixed=calm, draws=2)
    shares = _shares(causes(run, "magnet", "USA", until_week=60))
    assert max(shares, key=shares.get) == ("outage", "making|CHN")


def test_an_ore_outage_is_found_at_the_far_end_of_the_chain(ask, calm, day):
    outage = {"process": "mining", "place": "CHN", "share": 0.8, "effective_from": day(5)}
    run = ask(outages=[outage], fixed=calm, draws=2)
    shares = _shares(causes(run, "magnet", "USA", until_week=80))
    assert max(shares, key=shares.get) == ("outage", "mining|CHN")


def test_a_product_that_is_not_used_there_has_no_causes(ask, control):
    assert causes(ask(control("magnet")), "ore", "DEU", until_week=40) == []


def test_the_loss_of_a_line_under_one_ban_is_all_of_that_ban(ask, calm, control):
    run = ask(control("magnet"), fixed=calm, draws=2)
    assert sum(c.share for c in run.why("cars", "USA") if c.what == "the measure") > 0.99


def test_a_line_short_of_two_inputs_loses_through_the_worst_of_them(ask, calm, control):
    bans = [control("magnet", name="magnets"), control("gallium, low purity", name="gallium", week=11)]
    run = ask(*bans, fixed=calm, draws=2)
    loss, lack = ({c.what: c.share for c in run.why("radar", "USA", of=of)} for of in ("loss", "shortage"))
    assert sum(loss.values()) == pytest.approx(1)
    assert set(lack) >= {"magnets", "gallium"}
    assert loss["gallium"] > lack["gallium"]  # magnets also come from elsewhere, gallium hardly


def _licensed_and_quota(ask, calm, control, *, t_per_year):
    """Shares of what is missing of magnets in the USA, under a licence and a quota at once."""
    quota = {"t_per_period": t_per_year, "period": "year"}
    both = control("magnet", name="licence", kind="licence"), control("magnet", name="quota", kind="quota", quota=quota)
    return _shares(causes(ask(*both, fixed=calm, draws=4), "magnet", "USA", until_week=60))


def test_two_measures_on_one_link_share_what_is_missing(ask, calm, control):
    shares = _licensed_and_quota(ask, calm, control, t_per_year=260)
    named = {what for what, where in shares if where == "magnet, CHN to USA"}
    assert named == {"licence", "quota"}


def test_a_quota_above_what_is_wanted_is_no_cause(ask, calm, control):
    shares = _licensed_and_quota(ask, calm, control, t_per_year=5200)
    assert not any(what == "quota" for what, _ in shares)


def test_without_the_measures_named_the_loss_is_gone(ask, calm, control):
    run, free = ask(control("neodymium oxide"), fixed=calm, draws=2), ask(fixed=calm, draws=2)
    named = sum(c.share for c in run.why("cars", "DEU") if c.what == "the measure")
    lost, left = (r.lost_value_added().sum() for r in (run, free))
    assert named * (lost - left) / lost > 0.9
    assert free.why("cars", "DEU") == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    products=st.sets(st.sampled_from(["magnet", "neodymium oxide", "cerium oxide", "ore"]), min_size=1),
    lost=st.floats(0, 0.9),
    week=st.integers(20, 79),
)
def test_shares_of_any_loss_are_shares_and_sum_to_one(products, lost, week, ask, control, day):
    outage = {"process": "making", "place": "JPN", "share": lost, "effective_from": day(10)}
    run = ask(*[control(p, name=p, kind="licence") for p in sorted(products)], outages=[outage], draws=2)
    for line in run.lines.itertuples():
        found = run.why(line.industry, line.place, week=week)
        assert all(0 <= c.share <= 1 + 1e-9 for c in found)
        assert not found or sum(c.share for c in found) == pytest.approx(1, abs=1e-9)


def test_a_line_or_week_that_is_not_there_is_refused(ask, control):
    run = ask(control("magnet"))
    with pytest.raises(NotFoundError, match="cars"):
        run.why("car", "USA")
    with pytest.raises(InputError, match="a week from 0 to 79"):
        run.why("cars", "USA", week=80)
