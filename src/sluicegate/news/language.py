"""The language of an article, told from its body."""

from __future__ import annotations

from functools import cache

import py3langid.langid

COMMON = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "ru", "uk", "tr", "ar", "ja", "ko", "zh", "id", "vi")
_SAMPLE = 1000


@cache
def _identifier() -> py3langid.langid.LanguageIdentifier:
    identifier = py3langid.langid.LanguageIdentifier.from_model_file(py3langid.langid.MODEL_FILE, norm_probs=False)
    identifier.set_languages(list(COMMON))
    return identifier


def language_of(body: str) -> str:
    """ISO 639-1 code of the body's language, among the common ones of the press."""
    return str(_identifier().classify(body[:_SAMPLE])[0])
