"""Score the reader of claims on our own labelled sentences: types found, attributes right, false alarms.

Usage: python -m bench.sentences_score [--show]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from sluicegate.news import Claim, extract_claims, read_article

SENTENCES = Path(__file__).parents[1] / "tests" / "news" / "sentences.yaml"


def claims_of(text: str) -> list[Claim]:
    """Claims of one sentence, read as an article published on 12 June 2025."""
    return extract_claims(read_article(f"A headline\nExample Wire 2025-06-12\n{text}", html=False).article)


def judge(expected: dict[str, Any], claim: Claim) -> dict[str, bool]:
    """Which of the attributes that the row gives are right."""
    got = {
        "actor": sorted(claim.actor),
        "target": sorted(claim.target),
        "materials": sorted(claim.materials),
        "amounts": sorted([a.value, a.unit] for a in claim.amounts),
        "status": claim.status,
    }
    return {k: (sorted(v) if isinstance(v, list) else v) == got[k] for k, v in expected.items() if k != "type"}


def score(show: bool) -> Counter[str]:
    """Counts over all rows: expected, predicted, matched, and attributes judged and right."""
    count: Counter[str] = Counter()
    for row in yaml.safe_load(SENTENCES.read_text(encoding="utf-8")):
        claims = claims_of(row["text"])
        free = list(claims)
        count.update(expected=len(row["expect"]), predicted=len(claims))
        for expected in row["expect"]:
            same = [c for c in free if c.type == expected["type"]]
            if not same:
                if show:
                    print("MISS ", expected["type"], "|", row["text"])
                continue
            claim = max(same, key=lambda c: sum(judge(expected, c).values()))
            free.remove(claim)
            count["matched"] += 1
            for name, right in judge(expected, claim).items():
                count[f"{name} judged"] += 1
                count[f"{name} right"] += right
                if show and not right:
                    print("WRONG", name, getattr(claim, name), "not", expected[name], "|", claim.quote)
        if show:
            for claim in free:
                print("EXTRA", claim.type, "|", claim.quote, "|", row["text"])
    return count


if __name__ == "__main__":
    total = score("--show" in sys.argv)
    print(f"P {total['matched'] / total['predicted']:.2f}  R {total['matched'] / total['expected']:.2f}", dict(total))
