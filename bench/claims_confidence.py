"""Fit the confidence of claims on the first scores of the rounds, and say how it does on the round left out.

`claims_first_sight.csv` holds what the regression sees of every claim the reader made of articles nobody had tuned
it on, and whether an annotator had marked it; no text. `sluicegate.news.confidence` says what each feature is.

Usage: python -m bench.claims_confidence [--write]
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from sluicegate.news import confidence

SEEN = Path(__file__).parent / "claims_first_sight.csv"
WEIGHTS = Path(confidence.__file__).parent / "vocabulary" / "confidence.yaml"
RIDGE = 5.0
BANDS = ((0.0, 0.4), (0.4, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 1.0))


def read() -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Features (with a column of ones), whether each claim was right, and its round."""
    table = pd.read_csv(SEEN)
    seen = table.drop(columns=["round", "right"])
    seen.insert(0, "one", 1.0)
    return seen, table["right"].to_numpy(float), table["round"].to_numpy()


def fit(seen: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights of the ridge-penalised logistic regression; the intercept is not penalised."""
    penalty = np.full(seen.shape[1], RIDGE)
    penalty[0] = 0.0

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logit = seen @ weights
        value = np.sum(np.logaddexp(0, logit) - right * logit) + 0.5 * np.sum(penalty * weights**2)
        return float(value), seen.T @ (1 / (1 + np.exp(-logit)) - right) + penalty * weights

    return np.asarray(minimize(loss, np.zeros(seen.shape[1]), jac=True, method="L-BFGS-B").x)


def left_out(seen: np.ndarray, right: np.ndarray, rounds: np.ndarray) -> np.ndarray:
    """The probability of every claim from weights fitted on the other rounds."""
    found = np.zeros(len(right))
    for name in np.unique(rounds):
        own = rounds == name
        found[own] = 1 / (1 + np.exp(-seen[own] @ fit(seen[~own], right[~own])))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights into the reader's vocabulary")
    arguments = parser.parse_args()
    table, right, rounds = read()
    seen = table.to_numpy(float)
    weights = dict(zip(table.columns, fit(seen, right).round(2), strict=True))
    found = left_out(seen, right, rounds)
    print(f"{len(right)} claims, {right.sum():.0f} right")
    for low, high in BANDS:
        own = (found >= low) & (found < high)
        print(f"  said {low:.1f}-{high:.1f}: {own.sum():4d} claims, {right[own].mean():.2f} right")
    for least in (0.4, 0.45, 0.5, 0.55, 0.6):
        kept = found >= least
        share = right[kept].sum() / right.sum()
        print(f"  from {least:.2f}: precision {right[kept].mean():.3f}, {share:.2f} of the right kept")
    print("\n".join(f"  {name}: {weight}" for name, weight in weights.items()))
    if arguments.write:
        block = "weights:\n" + "".join(f"  {name}: {weight}\n" for name, weight in weights.items())
        text = WEIGHTS.read_text(encoding="utf-8")
        WEIGHTS.write_text(re.sub(r"weights:\n(?:  .*\n)+", block, text), encoding="utf-8")


if __name__ == "__main__":
    main()
