from pathlib import Path

import pytest

from sluicegate.news import Claim, extract, extract_claims, read_article
from sluicegate.news.tables import table


def first(text: str) -> Claim:
    return extract_claims(read_article(f"A headline\nExample Wire 2025-06-12\n{text}", html=False).article)[0]


def test_the_weights_are_those_of_the_recorded_first_scores() -> None:
    fitted = pytest.importorskip("bench.claims_confidence")
    seen, right, _ = fitted.read()
    weights = fitted.fit(seen.to_numpy(float), right)
    assert table("confidence")["weights"] == pytest.approx(dict(zip(seen.columns, weights, strict=True)), abs=0.006)


def test_left_out_rounds_are_right_about_as_often_as_said() -> None:
    fitted = pytest.importorskip("bench.claims_confidence")
    seen, right, rounds = fitted.read()
    found = fitted.left_out(seen.to_numpy(float), right, rounds)
    for low, high in ((0.5, 0.65), (0.65, 0.8), (0.8, 1.0)):
        own = (found >= low) & (found < high)
        assert right[own].mean() == pytest.approx(found[own].mean(), abs=0.08)


@pytest.mark.parametrize(
    ("likely", "less"),
    [
        ("China banned exports of gallium on Monday.", "China could ban exports of gallium on Monday."),
        ("Peru produced 30,000 tonnes of tin in 2024.", "Tin matters. Peru produced 30,000 tonnes in 2024."),
        ("China banned exports of gallium on 3 June.", "Prices slid after China banned exports of gallium."),
    ],
)
def test_what_is_said_plainly_is_more_likely_right(likely: str, less: str) -> None:
    weaker = extract(read_article(f"A headline\nExample Wire 2025-06-12\n{less}", html=False).article)
    kind = first(likely).type
    rivals = [c.confidence for c in weaker.claims if c.type == kind]
    rivals += [share for c in weaker.candidates for guess, share in c.guesses if guess == kind]
    assert rivals
    assert first(likely).confidence > max(rivals)


def test_no_text_of_the_articles_is_kept() -> None:
    rows = (Path(__file__).parents[2] / "bench" / "claims_first_sight.csv").read_text(encoding="utf-8").splitlines()
    assert all(c in "0123456789.,-" for row in rows[1:] for c in row)
