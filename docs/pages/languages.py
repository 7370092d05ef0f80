"""The page of languages: how much of the interface each says."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

import sluicegate
from pages.markdown import table, title
from sluicegate.terms.language import SOURCE, languages, load_language

ROOT = Path(sluicegate.__file__).parent


def said_in() -> str:
    """Phrases of the interface that each language of ours says, beside those of the fullest."""
    held = {code: _phrases(code) for code in languages() if code != SOURCE and (ROOT / _file(code)).exists()}
    whole = set().union(*held.values())
    pages = "".join(file.read_text("utf-8") for file in (ROOT / "web" / "templates").glob("*.html"))
    fixed = {t for t in re.findall(r't\("([^"]+)"\)', pages) if re.search("[A-Za-z]{3}", t)}
    rows = [[f"`{code}`", load_language(code).name, load_language(code).direction,
             f"{len(said) / len(whole):.0%}", "all" if fixed <= said else f"{len(fixed - said)} missing"]
            for code, said in sorted(held.items())]  # fmt: skip
    return "\n".join([
        title("Languages of the interface"),
        "English is what phrases are written in. What a language does not say is shown in English; names of places "
        "come from the Unicode tables. [Add one](../howto/read-the-desk-in-your-language.md).\n",
        table(["code", "name", "runs", "phrases it says", "fixed words of the pages"], rows),
    ])  # fmt: skip


def _file(code: str) -> Path:
    return Path("terms") / "languages" / f"{code}.po"


def _phrases(code: str) -> set[str]:
    with (ROOT / _file(code)).open("rb") as file:
        return {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file) if m.id and m.string}
