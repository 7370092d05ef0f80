"""Short articles of our own, each briefed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import sluicegate

Document = dict[str, Any]
CONTROL = "China imposed export controls on rare earths and magnets on April 4, 2025."
SHARE = "China mines 80% of the world's antimony."


@pytest.fixture(scope="session")
def article(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """A file with these sentences under a title and a date line."""
    folder = tmp_path_factory.mktemp("articles")

    def write(*sentences: str, title: str = "Minerals and trade", day: str = "2025-05-28") -> str:
        path = folder / f"{abs(hash((sentences, title, day)))}.txt"
        path.write_text(f"{title}\n\nHarbour Courier {day}\n\n{' '.join(sentences)}\n", encoding="utf-8")
        return str(path)

    return write


@pytest.fixture(scope="session")
def ask(article: Callable[..., str]) -> Callable[..., Document]:
    """The brief of some sentences, on few draws; the same question is computed once."""
    answered: dict[object, Document] = {}

    def brief(*sentences: str, draws: int = 4, **more: Any) -> Document:
        key = (sentences, draws, *more.items())
        if key not in answered:
            answered[key] = sluicegate.brief(article(*sentences), draws=draws, **more)
        return answered[key]

    return brief


@pytest.fixture(scope="session")
def plain(ask: Callable[..., Document]) -> Document:
    """The brief of an article with one control and one share."""
    return ask(CONTROL, SHARE)


@pytest.fixture(scope="session")
def ran() -> Document:
    """A bundled scenario, run."""
    return sluicegate.run("april-2025", draws=16)
