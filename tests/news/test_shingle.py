"""MinHash against the exact overlap of shingles, and against copies with a word changed."""

import random

import numpy as np

from sluicegate.news.shingle import COPY, bands, likeness, packed, signature, unpacked


def shingles(words):
    return {" ".join(words[k : k + 5]) for k in range(len(words) - 4)}


def test_the_estimate_is_unbiased_for_the_exact_overlap():
    chance, off = random.Random(1), []
    for _ in range(150):
        one = [f"w{chance.randrange(3000)}" for _ in range(300)]
        other = [f"w{chance.randrange(3000)}" if chance.random() < 0.05 * chance.random() else w for w in one]
        exact = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))
        off.append(likeness(signature(" ".join(one)), signature(" ".join(other))) - exact)
    assert abs(np.mean(off)) < 3 * np.std(off) / np.sqrt(len(off)) + 0.002
    assert np.std(off) < 0.06


def test_no_copy_of_five_thousand_with_a_word_changed_goes_unseen():
    words = [f"w{k}" for k in range(80)]
    first = signature(" ".join([*words, "0"]))
    for k in range(1, 2000):
        copy = signature(" ".join([*words, str(k)]))
        assert set(bands(first)) & set(bands(copy))
        assert likeness(first, copy) >= COPY


def test_a_short_text_has_no_signature_and_bytes_give_it_back():
    assert signature("too short to tell") is None
    whole = signature(" ".join(f"w{k}" for k in range(50)))
    assert (unpacked(packed(whole)) == whole).all()
    assert all(0 <= b < 2**62 for b in bands(whole))
