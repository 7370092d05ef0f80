import pytest

from sluicegate.news import Claim, extract_claims, read_article
from sluicegate.news.speech import find_speech


def claims(text: str) -> list[Claim]:
    return extract_claims(read_article(f"A headline\nExample Wire 2025-06-12\n{text}", html=False).article)


def test_what_follows_an_attribution_is_the_article_s_own_word() -> None:
    first, second = claims(
        "Chile mined 27% of the world's copper, according to a survey office, and China banned gallium exports."
    )
    assert (first.status, first.attribution) == ("claimed", "survey office")
    assert (second.status, second.attribution) == ("asserted", "")


def test_what_stands_before_a_speaker_inside_the_sentence_is_read_too() -> None:
    [claim] = claims("Zambia's copper output fell 12% in May, a drop that a miner at the time said was temporary.")
    assert (claim.type, claim.status) == ("production_volume", "asserted")


def test_figures_speak_without_a_clause() -> None:
    [claim] = claims("Chinese customs data show no shipments of gallium to the United States in May.")
    assert (claim.type, claim.status, claim.attribution) == ("trade_volume", "claimed", "Chinese customs data")


@pytest.mark.parametrize("reason", ["national security concerns", "a sharp fall in prices", "weak demand from makers"])
def test_a_reason_that_is_cited_is_no_speaker(reason: str) -> None:
    assert find_speech(f"Peru suspended exports of tin on Friday, citing {reason}.").who == ""


@pytest.mark.parametrize("source", ["two people", "a ministry document", "customs data", "Reuters"])
def test_a_source_that_is_cited_speaks(source: str) -> None:
    assert find_speech(f"Peru suspended exports of tin on Friday, a newspaper wrote citing {source}.").who


def test_an_agency_that_reports_adds_no_doubt() -> None:
    [claim] = claims("Operations at the Lubin copper mine in Poland resumed in May, Reuters reported.")
    assert (claim.type, claim.status) == ("mine_restart", "asserted")


def test_hearsay_is_claimed() -> None:
    assert claims("Laos has reportedly banned exports of tin ore.")[0].status == "claimed"


def test_what_somebody_argues_is_claimed() -> None:
    text = "The union fought the plan, arguing that the closure of the Lubin copper mine in May had cost 900 jobs."
    assert {c.status for c in claims(text)} <= {"claimed"}


def test_not_until_says_when_and_denies_nothing() -> None:
    [claim] = claims("Operations at the Lubin copper mine would not resume until 2027, the company said.")
    assert (claim.type, claim.status) == ("mine_restart", "planned")


def test_a_control_dated_after_the_article_is_planned() -> None:
    assert claims("Gabon announced a ban on exports of manganese from January 2029.")[0].status == "planned"
    assert claims("Gabon announced a ban on exports of manganese from January 2024.")[0].status == "asserted"
