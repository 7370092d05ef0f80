"""How likely a claim is right, from what can be seen of it: a logistic regression fitted on first scores."""

from __future__ import annotations

import itertools
import math
import re

from sluicegate.news.passage import Passage
from sluicegate.news.rules import Fit
from sluicegate.news.tables import table

NEED_NO_MATERIAL = frozenset({"deal_statement", "tariff"})
"""Types that make a claim without a material."""
_CUE = r"(?:since|after|following|amid|due to|because of|as|before|when|while|which|who|where|despite|with|if|until)"
_SUBORDINATE = re.compile(rf"\b{_CUE}\s(?:\S+\s){{0,6}}$", re.IGNORECASE)
_IN_QUOTES = re.compile(r"[“\"'‘][^”\"'’]*$")
_MODAL = re.compile(r"\b(?:could|may|might|would|should)\b")
_USUAL_TRUST = 0.75
_MOST_WORDS_BETWEEN = 8
_SHORT = 7


def confidence_of(fit: Fit, span: tuple[int, int], passage: Passage, *, amounts: bool, status: str) -> float:
    """The probability (0-1) that an annotator would have marked the claim with this type.

    Weights and features are in `vocabulary/confidence.yaml`; they were fitted, with a ridge penalty of 5, on the first
    scores of ten rounds of articles nobody had tuned on, and hold when one round after the other is left out.
    """
    seen = features(fit, span, passage, amounts=amounts, status=status)
    logit = sum(weight * seen[name] for name, weight in table("confidence")["weights"].items())
    return round(1 / (1 + math.exp(-logit)), 2)


def features(fit: Fit, span: tuple[int, int], passage: Passage, *, amounts: bool, status: str) -> dict[str, float]:
    """What the regression sees of a claim: numbers that grow with what their name says."""
    text = passage.sentence.text
    said = text[span[0] : span[1]]
    between = sum(passage.words_between(a.end, b.start) for a, b in itertools.pairwise(fit.hits))
    return {
        "one": 1.0,
        "trust in the rule": (fit.rule.trust - _USUAL_TRUST) * 5,
        "material carried": float(fit.rule.type not in NEED_NO_MATERIAL and not passage.within(("MATERIAL",), *span)),
        "amount": float(amounts),
        "date": float(any(span[0] <= start <= span[1] for start, _, _ in passage.dates)),
        "place": float(bool(passage.within(("PLACE", "NATION"), *span))),
        "subordinate": float(_SUBORDINATE.search(text[: fit.start]) is not None),
        "words between": min(between, _MOST_WORDS_BETWEEN) / 4,
        "short": float(len(said.split()) < _SHORT),
        "inside quotation marks": float(_IN_QUOTES.search(text[: fit.start]) is not None),
        "modal verb": float(_MODAL.search(said) is not None),
        "conditional or denied": float(status in {"conditional", "negated"}),
    }
