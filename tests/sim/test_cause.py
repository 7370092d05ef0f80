"""A shortage is walked back to what started it."""

import pytest

from sluicegate.sim import causes


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
