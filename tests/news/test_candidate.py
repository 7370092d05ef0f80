from pathlib import Path

import pytest
import yaml

from sluicegate.news import Extraction, extract, read_article
from sluicegate.news.extraction import SURE_ENOUGH

ROWS = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[str, Extraction]:
    article = read_article(f"A headline\nExample Wire 2025-06-12\n{text}", html=False).article
    return article.text, extract(article)


def test_every_claim_stands_in_a_candidate_that_names_it() -> None:
    _, found = read("\n".join(row["text"] for row in ROWS[:300:8]))
    for claim in found.claims:
        [home] = [c for c in found.candidates if c.start <= claim.start and claim.end <= c.end]
        assert claim.id in home.claims


def test_a_sentence_with_a_metal_and_a_number_is_kept_though_no_rule_fits() -> None:
    text, found = read("The wharf at Kamsar smelt of bauxite for 14 days, an old pilot wrote.")
    [candidate] = found.candidates
    assert (candidate.claims, candidate.materials, found.claims) == ((), ("bauxite",), ())
    assert text[candidate.start : candidate.end] == candidate.quote


def test_a_metal_named_before_is_carried_into_the_candidate() -> None:
    _, found = read("Cobalt is mined in the south. By March 900 tonnes lay in sheds.")
    assert (found.candidates[-1].materials, found.candidates[-1].carried) == (("cobalt",), True)


def test_an_article_without_a_metal_has_no_candidates() -> None:
    assert read("The price of bread rose 4 percent in May, the office said.")[1] == Extraction((), ())


def test_what_is_too_uncertain_to_claim_is_guessed() -> None:
    _, found = read("\n".join(row["text"] for row in ROWS))
    told = [c for c in found.claims if c.status not in {"conditional", "negated"}]
    assert all(c.confidence >= SURE_ENOUGH for c in told)
    assert all(0 < confidence < SURE_ENOUGH for c in found.candidates for _, confidence in c.guesses)


@pytest.mark.parametrize("row", [r for r in ROWS if r["expect"]][::5], ids=lambda r: r["text"][:40])
def test_what_our_sentences_claim_is_at_least_a_candidate(row: dict[str, str]) -> None:
    assert read(row["text"] + " It concerns cobalt.")[1].candidates
