"""Score the reader of claims on a folder of labelled articles.

A prediction counts when its type is equal and its span overlaps at least half of the gold quote; each gold quote
counts once. Precision is matched predictions over predictions.

Usage: python -m bench.claims_score FOLDER [--show] [--round NAME --topics TEXT]

`--round` adds the score to the ledger of rounds (`claims_rounds.yaml`), from which the documentation makes its table:
to be given once for a folder, before anyone has looked at what the reader finds in it. `--fit` adds what the regression
of confidence sees of every find to `claims_first_sight.csv`; not to be given for a round that is kept.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sluicegate.news import Claim, confidence, extract_claims, extraction, read_article
from sluicegate.terms import parse_place

Gold = dict[str, Any]
LEDGER = Path(__file__).parent / "claims_rounds.yaml"
SEEN = Path(__file__).parent / "claims_first_sight.csv"
ATTRIBUTES = ("amounts", "actor", "materials", "status")


def matches(golds: list[Gold], claims: list[Claim]) -> list[tuple[Gold, Claim]]:
    """Pairs of gold and claim, best overlap first, each used once."""
    pairs = []
    for gold in golds:
        for claim in claims:
            shared = min(gold["end"], claim.end) - max(gold["start"], claim.start)
            if claim.type == gold["type"] and shared >= 0.5 * (gold["end"] - gold["start"]):
                pairs.append((shared / (max(gold["end"], claim.end) - min(gold["start"], claim.start)), gold, claim))
    taken: set[str] = set()
    found = []
    for _, gold, claim in sorted(pairs, key=lambda p: -p[0]):
        if gold["id"] not in taken and claim.id not in taken:
            taken |= {gold["id"], claim.id}
            found.append((gold, claim))
    return found


def attributes(gold: Gold, claim: Claim) -> dict[str, bool]:
    """Which attributes of a matched claim are right; gold without an actor is not judged."""
    numbers = {(float(a["value"]), a["unit"]) for a in gold["amounts"] if not isinstance(a["value"], str)}
    right = {
        "amounts": numbers == {(a.value, a.unit) for a in claim.amounts},
        "materials": {m.replace("_", " ") for m in gold["minerals"]} == set(claim.materials),
        "status": gold["status"] == claim.status,
    }
    if gold["actor"]:
        right["actor"] = claim.actor == (parse_place(gold["actor"]),)
    return right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="print misses, false alarms and wrong attributes")
    parser.add_argument("--round", help="name of the round, to be added to the ledger")
    parser.add_argument("--fit", action="store_true", help="add the finds to those the confidence is fitted on")
    parser.add_argument("--topics", default="", help="what the articles of the round are about")
    arguments = parser.parse_args()
    total: Counter[str] = Counter()
    for path in sorted(arguments.folder.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        claims = extract_claims(read_article(label["text"], url=label["url"] or None, html=False).article)
        pairs = matches(label["facts"], claims)
        count = Counter(gold=len(label["facts"]), predicted=len(claims), matched=len(pairs))
        for gold, claim in pairs:
            for name, right in attributes(gold, claim).items():
                count[f"{name} judged"] += 1
                count[f"{name} right"] += right
        leaks = [
            s
            for s in label["must_not_appear_in_facts"]
            for c in claims
            if s in json.dumps(c.as_json(), ensure_ascii=False)
        ]
        count["leaks"] = len(leaks)
        print(f"{path.stem:12s} {line(count)}")
        if arguments.show:
            show(label["facts"], claims, pairs)
        total += count
    print(f"{'total':12s} {line(total)}")
    for name in ATTRIBUTES:
        print(f"  {name:10s} {total[f'{name} right']}/{total[f'{name} judged']}")
    if arguments.fit:
        add_features(arguments.round, arguments.folder)
    if arguments.round:
        add_round(arguments.round, arguments.topics, len(list(arguments.folder.glob("*.json"))), total)


def add_features(name: str, folder: Path) -> None:
    """Append what the regression sees of every find of a folder, sure or not, and whether it was marked."""
    with SEEN.open("a", encoding="utf-8") as out, _everything_found() as seen:
        for path in sorted(folder.glob("*.json")):
            label = json.loads(path.read_text(encoding="utf-8"))
            seen.clear()
            claims = extract_claims(read_article(label["text"], url=label["url"] or None, html=False).article)
            right = {c.id for _, c in matches(label["facts"], claims)}
            for claim in claims:
                row = [value for key, value in seen[claim.confidence].items() if key != "one"]
                out.write(",".join(f"{x:g}" for x in (int(name), claim.id in right, *row)) + "\n")


@contextmanager
def _everything_found() -> Iterator[dict[float, dict[str, float]]]:
    """Lets every find through as a claim; its confidence becomes the key of its features."""
    seen: dict[float, dict[str, float]] = {}

    def numbered(*found: Any, **told: Any) -> float:
        seen[float(len(seen) + 1)] = confidence.features(*found, **told)
        return float(len(seen))

    usual, extraction.confidence_of = extraction.confidence_of, numbered
    try:
        yield seen
    finally:
        extraction.confidence_of = usual


def add_round(name: str, topics: str, articles: int, total: Counter[str]) -> None:
    """Append a round to the ledger; a round is never written twice."""
    ledger = LEDGER.read_text(encoding="utf-8")
    if any(row["round"] == name for row in yaml.safe_load(ledger)["rounds"]):
        raise SystemExit(f"round {name} is in the ledger already")
    shares = ", ".join(f"{a}: [{total[f'{a} right']}, {total[f'{a} judged']}]" for a in ATTRIBUTES)
    row = (
        f'- {{round: "{name}", day: {date.today()}, topics: "{topics}", articles: {articles}, '
        f"facts: {total['gold']}, predicted: {total['predicted']}, matched: {total['matched']},\n   {shares}}}\n"
    )
    LEDGER.write_text(ledger + row, encoding="utf-8")


def line(count: Counter[str]) -> str:
    """Precision, recall and F1 of a count."""
    precision = count["matched"] / max(1, count["predicted"])
    recall = count["matched"] / max(1, count["gold"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    shares = f"P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}"
    counts = "  ".join(f"{name} {count[name]}" for name in ("gold", "predicted", "matched", "leaks"))
    return f"{shares}  {counts}"


def show(golds: list[Gold], claims: list[Claim], pairs: list[tuple[Gold, Claim]]) -> None:
    """Print what was missed, what was too much, and what was wrong in the rest."""
    for gold in golds:
        if all(gold is not g for g, _ in pairs):
            print("   MISS ", gold["type"], "|", gold["quote"])
    for claim in claims:
        if all(claim is not c for _, c in pairs):
            print("   EXTRA", claim.type, "|", claim.quote, "|", claim.status, claim.confidence)
    for gold, claim in pairs:
        wrong = [name for name, right in attributes(gold, claim).items() if not right]
        if wrong:
            print(
                "   WRONG",
                wrong,
                claim.quote,
                "|",
                claim.actor,
                claim.materials,
                claim.status,
                claim.amounts,
                claim.attribution,
            )
            print("          ", gold["actor"], gold["minerals"], gold["status"], gold["amounts"], gold["attribution"])


if __name__ == "__main__":
    main()
