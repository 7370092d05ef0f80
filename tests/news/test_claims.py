from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.news import Claim, extract_claims, read_article
from sluicegate.news.claim import CLAIM_TYPES, STATUSES
from sluicegate.news.rules import rules

ROWS = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))


def read(text: str) -> list[Claim]:
    return extract_claims(read_article(f"A headline\nExample Wire 2025-06-12\n{text}", html=False).article)


def one(text: str, kind: str) -> Claim:
    [claim] = [c for c in read(text) if c.type == kind]
    return claim


def given_attributes(claim: Claim) -> dict[str, Any]:
    return {
        "actor": sorted(claim.actor),
        "target": sorted(claim.target),
        "materials": sorted(claim.materials),
        "amounts": sorted([a.value, a.unit] for a in claim.amounts),
        "status": claim.status,
    }


@pytest.fixture(scope="module")
def score() -> Counter[str]:
    count: Counter[str] = Counter()
    for row in ROWS:
        free = read(row["text"])
        count["predicted"] += len(free)
        for expected in row["expect"]:
            count["expected"] += 1
            same = [c for c in free if c.type == expected["type"]]
            if same:
                count["matched"] += 1
                free.remove(same[0])
                for name in expected.keys() - {"type"}:
                    wanted = expected[name]
                    right = given_attributes(same[0])[name] == (sorted(wanted) if isinstance(wanted, list) else wanted)
                    count[f"{name} {right}"] += 1
    return count


def test_most_claims_of_our_sentences_are_found(score: Counter[str]) -> None:
    assert score["matched"] >= 0.92 * score["expected"]


def test_few_claims_of_our_sentences_are_false(score: Counter[str]) -> None:
    assert score["matched"] >= 0.96 * score["predicted"]


@pytest.mark.parametrize("name", ["actor", "target", "materials", "amounts", "status"])
def test_most_attributes_of_our_sentences_are_right(score: Counter[str], name: str) -> None:
    assert score[f"{name} True"] >= 0.96 * (score[f"{name} True"] + score[f"{name} False"])


def test_every_type_has_rules_and_a_sentence() -> None:
    assert {r.type for r in rules()} == set(CLAIM_TYPES)
    assert {e["type"] for row in ROWS for e in row["expect"]} == set(CLAIM_TYPES)


@pytest.mark.parametrize("row", [r for r in ROWS if not r["expect"]], ids=lambda r: r["text"][:40])
def test_colour_makes_no_claim(row: dict[str, Any]) -> None:
    assert read(row["text"]) == []


def test_each_amount_keeps_its_own_materials() -> None:
    claims = read("Peru mines about 30% of the world's silver and zinc, and 12 percent of its tin.")
    assert [(c.materials, c.amounts[0].value, c.amounts[0].qualifier) for c in claims] == [
        (("silver", "zinc"), 30.0, "about"),
        (("tin",), 12.0, ""),
    ]


def test_a_denial_is_negated_and_not_a_fact() -> None:
    assert (
        one("Beijing denied that it had banned exports of germanium to Japan.", "control_imposed").status == "negated"
    )


def test_one_side_s_word_is_claimed_and_names_who() -> None:
    claim = one("Prime Minister Anwar said Beijing would ease its curbs on exports of magnets.", "control_eased")
    assert (claim.status, claim.attribution, claim.actor) == ("claimed", "Anwar", ("CHN",))


def test_a_condition_makes_the_claim_conditional() -> None:
    claim = one("China will lift its ban on gallium exports only if the tariffs are dropped first.", "control_lifted")
    assert claim.status == "conditional"


def test_a_past_event_keeps_its_dates() -> None:
    claims = read("In 2010 China suspended rare earth exports to Japan. The ban was lifted after about two months.")
    assert (claims[0].type, claims[0].dates, claims[0].target) == ("control_imposed", ("2010",), ("JPN",))
    assert claims[1].type == "control_lifted"
    assert [(a.value, a.unit, a.qualifier) for a in claims[1].amounts] == [(2.0, "month", "about")]


def test_what_is_carried_from_the_sentence_before_is_trusted_less() -> None:
    first, second = read("China banned exports of cobalt on Monday. Prices rose 40% on Tuesday.")
    assert second.materials == ("cobalt",)
    assert second.confidence < first.confidence


def test_a_set_of_metals_named_before_is_meant() -> None:
    claims = read("China mines gallium and germanium. Beijing restricted exports of the two metals in August 2023.")
    assert claims[-1].materials == ("gallium", "germanium")


def test_a_soft_wrap_and_a_missing_space_do_not_hide_a_sentence() -> None:
    claims = read("China banned exports of\ngallium to the U.S.\nin December.The ban on germanium\nwas lifted in May.")
    assert [c.type for c in claims] == ["control_imposed", "control_lifted"]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Zambia produced 31.3K tons of cobalt.", [(31300.0, "t", "")]),
        ("The mine produced 120 koz of gold and nothing else.", [(120.0, "koz", "")]),
        ("Exports of gallium fell to 1,250.5 kilograms.", [(1250.5, "kg", "")]),
        ("Congo mines roughly three quarters of the world's cobalt.", [(75.0, "percent", "roughly")]),
        ("Nickel prices rose to $15,400 a tonne.", [(15400.0, "USD/t", "")]),
        ("Japan lent the cobalt mine up to 1.2 trillion yen.", [(1.2e12, "JPY", "up to")]),
        ("Magnet stocks in Korea will last 45 to 60 days.", [(45.0, "day", "from"), (60.0, "day", "to")]),
    ],
)
def test_amounts_keep_the_article_s_unit(text: str, amounts: list[tuple[float, str, str]]) -> None:
    assert [(a.value, a.unit, a.qualifier) for a in read(text)[0].amounts] == amounts


@pytest.mark.parametrize("text", ["Give us gallium, they said, and we will limit exports of nothing."])
def test_us_the_pronoun_is_no_country(text: str) -> None:
    assert all("USA" not in c.actor + c.target for c in read(text))


def test_an_article_told_twice_makes_each_claim_once() -> None:
    text = "China banned exports of gallium to Japan."
    assert len(read(f"{text}\n{text}")) == 1


@given(st.lists(st.sampled_from([row["text"] for row in ROWS]), min_size=1, max_size=4))
def test_every_quote_stands_in_the_text(texts: list[str]) -> None:
    article = read_article("A headline\nWire 2025-06-12\n" + "\n".join(texts), html=False).article
    for claim in extract_claims(article):
        assert article.text[claim.start : claim.end] == claim.quote
        assert article.body_start <= claim.start < claim.end <= article.body_end
        assert claim.type in CLAIM_TYPES
        assert claim.status in STATUSES
        assert 0 < claim.confidence <= 1


def test_ids_stay_the_same_from_run_to_run() -> None:
    text = "China banned exports of gallium to Japan."
    assert [c.id for c in read(text)] == [c.id for c in read(text)]
    assert read(text)[0].id.startswith("claim-")
