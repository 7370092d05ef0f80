"""Pages in the reader's language: Chinese whole, right to left where that is how it is read, the rest put together."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient

import sluicegate
from sluicegate.desk.register import register_list
from sluicegate.sim.cause_name import FILLED, FIXED
from sluicegate.sim.stopped import HOW
from sluicegate.terms import InputError
from sluicegate.terms.language import Language, load_language
from sluicegate.web import render
from sluicegate.web.said import say, say_picture

ROOT = Path(sluicegate.__file__).parent
PAGES = ["/", "/news", "/materials", "/materials/gallium", "/chain", "/map", "/countries", "/facilities", "/register",
         "/check?origin=CHN&destination=DEU&hs=850511", "/scenarios", "/talks", "/answers", "/company", "/projects",
         "/hindcast", "/forecasts", "/jobs", "/help", "/offline", "/since", "/alerts", "/feeds", "/account", "/people",
         "/imports", "/questions", "/years", "/series", "/lab/game", "/lab/shock", "/calibrate"]  # fmt: skip
NOT_WORDS = re.compile(r"[A-Z]{3}|[a-z]+(-[a-z]+)*-\d{4}|status-quo|suspension-ends|[A-Z]{2,4}|[a-z]+(_[a-z]+)+|.{0,3}")
"""Codes, names of scenarios, names of columns."""


FILLING = {"number": "145", "place": "USA", "origin": "CHN", "measure": "CN-2025-18", "product": "gallium metal",
           "products": "gallium metal, tin", "process": "making", "users": "motor vehicles",
           "name": "Nolans"}  # fmt: skip
"""What fills the places in the name of a cause."""


def literals() -> set[str]:
    """Every fixed text of the pages' sources."""
    found = set()
    for file in [*(ROOT / "web").rglob("*.py"), *(ROOT / "desk" / "page").rglob("*.py")]:
        found |= {n.value for n in ast.walk(ast.parse(file.read_text("utf-8")))
                  if isinstance(n, ast.Constant) and isinstance(n.value, str)}  # fmt: skip
    for file in (ROOT / "web" / "templates").glob("*.html"):
        found |= set(re.findall(r't\("([^"]+)"\)', file.read_text("utf-8")))
    return found


def test_every_fixed_phrase_of_the_pages_is_said_in_chinese(alone: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()

    def heard(language: Language, text: str) -> str:
        asked.add(text)
        return say(language, text)

    monkeypatch.setattr(render, "say", heard)
    for page in PAGES:
        assert alone.get(page, params={"lang": "zh"}).status_code == 200
    chinese = load_language("zh")
    fixed = {t for t in asked & literals() if re.search("[A-Za-z]{3}", t) and not NOT_WORDS.fullmatch(t)}
    assert len(fixed) > 150
    assert sorted(t for t in fixed if say(chinese, t) == t) == []


def _fixed(node: ast.AST) -> Iterator[str]:
    """Texts in a page's source that stand as they are: no part of a filled sentence, no message, no docstring."""
    for child in ast.iter_child_nodes(node):
        called = getattr(child, "func", None)
        inner = getattr(called, "attr", getattr(called, "id", "")) in {"InputError", "removeprefix"}
        docs = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if inner or docs or isinstance(child, ast.JoinedStr | ast.Raise):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        yield from _fixed(child)


@pytest.mark.parametrize("code", ["zh", "ar"])
def test_every_fixed_text_of_every_page_is_said_also_where_it_is_rarely_shown(code: str) -> None:
    language = load_language(code)
    texts = {t for file in (ROOT / "web" / "pages").rglob("*.py") for t in _fixed(ast.parse(file.read_text("utf-8")))}
    words = {t for t in texts if re.match("[A-Z][a-z]", t) and re.search("[a-z]{3}", t)}
    assert len(words) > 600
    assert sorted(t for t in words if say(language, t) == t) == []


@pytest.mark.parametrize("code", ["zh", "ar"])
def test_every_phrase_of_the_templates_is_said_in_the_languages_we_ship(code: str) -> None:
    language = load_language(code)
    asked = {t for file in (ROOT / "web" / "templates").glob("*.html")
             for t in re.findall(r't\("([^"]+)"\)', file.read_text("utf-8"))}  # fmt: skip
    assert len(asked) > 50
    assert sorted(t for t in asked if re.search("[A-Za-z]{3}", t) and say(language, t) == t) == []


@pytest.mark.parametrize("code", ["zh", "ar"])
def test_a_translation_fills_in_what_its_phrase_does(code: str) -> None:
    with (ROOT / "terms" / "languages" / f"{code}.po").open("rb") as file:
        rows = [m for m in read_po(file) if m.id and isinstance(m.id, str) and m.string]
    holes = re.compile(r"\{\w*\}")
    assert [m.id for m in rows if set(holes.findall(m.id)) != set(holes.findall(str(m.string)))] == []


def test_a_text_is_put_together_of_what_is_known() -> None:
    chinese = load_language("zh")
    assert say(chinese, "Germany") == "德国"
    assert say(chinese, "dysprosium oxide · Germany · motor vehicles") == "氧化镝 · 德国 · 汽车"
    assert say(chinese, "61 measures") == "61 措施"
    assert say(chinese, "no such words") == "no such words"
    assert say(load_language("en"), "Germany") == "Germany"


def test_a_sentence_with_numbers_is_said_in_the_order_of_the_language() -> None:
    chinese, arabic = load_language("zh"), load_language("ar")
    sentence = "The controls in force as known on 23 November 2026, 256 draws"
    assert say(chinese, sentence) == "截至2026年11月23日已知的现行管制，抽样256次"
    assert say(arabic, sentence).endswith("256 سحبة")
    assert say(chinese, "China makes 85.8 %") == "中国占85.8 %"
    assert say(chinese, "Sep 2025 to Jun 2028") == "2025年9月至2028年6月"
    other = "China makes 98 percent of the world's gallium"
    assert say(chinese, other) == other


@pytest.mark.parametrize(
    "text", ["31 Feb 2024", "{what}", "{0.__class__}: ends", "a" * 100_000, "announced 2025-99-99"]
)
def test_no_text_of_others_breaks_the_sentences(text: str) -> None:
    assert say(load_language("zh"), text)


@pytest.mark.parametrize("code", ["zh", "ar"])
def test_every_name_of_a_cause_is_said_in_the_languages_we_ship(code: str) -> None:
    language = load_language(code)
    filled = [name.format_map(FILLING) for name in FILLED]
    held = [f"the measure, {how}: gallium metal, CHN to JPN" for how in HOW]
    assert [t for t in (*FIXED, *HOW, *filled, *held) if say(language, t) == t] == []


def test_a_cause_is_said_with_its_goods_and_its_route() -> None:
    chinese = load_language("zh")
    assert say(chinese, "outage: dysprosium oxide, CHN") == "停产: 氧化镝，CHN"
    assert say(chinese, "CN-2025-18, refused: dysprosium oxide, CHN to JPN") == "CN-2025-18，被拒：氧化镝，CHN至JPN"
    assert say(chinese, "wait for files, then go to USA") == "wait for files, then go to USA"


@pytest.mark.parametrize("name", FILLED)
def test_a_name_with_places_is_said_by_its_own_sentence_and_keeps_what_fills_it(name: str) -> None:
    said = say(load_language("zh"), name.format_map(FILLING))
    assert not re.search(r"\b(duty|levies|ahead|orders|offtake|source|programme|plant|project)\b", said)
    assert all(FILLING[place] in said or say(load_language("zh"), FILLING[place]) in said
               for place in re.findall(r"{(\w+)}", name))  # fmt: skip


def test_no_shipped_language_says_a_phrase_that_another_lacks() -> None:
    said = {code: {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(io.StringIO(text)) if m.id and m.string}
            for code in ("zh", "ar")
            for text in [(ROOT / "terms" / "languages" / f"{code}.po").read_text("utf-8")]}  # fmt: skip
    assert said["zh"] ^ said["ar"] == set()


def test_every_measure_on_china_has_a_chinese_title() -> None:
    chinese = load_language("zh")
    titles = [m["title"] for m in register_list()["measures"] if m["jurisdiction"] == "CHN"]
    assert [t for t in titles if say(chinese, t) == t] == []


def test_a_translation_that_names_a_place_its_sentence_lacks_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path))
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "fr.po").write_text('msgid "{place} on the map"\nmsgstr "{lieu} sur la carte"\n', "utf-8")
    with pytest.raises(InputError, match="lieu"):
        load_language("fr")


def test_what_stays_english_is_marked_for_whoever_has_the_page_read_aloud(alone: TestClient) -> None:
    page = alone.get("/register/CN-2025-18", params={"lang": "zh"}).text
    alone.get("/", params={"lang": "en"})
    assert re.search(r'<(a|span|dt|h2)[^>]* lang="en"', page)
    for text in re.findall(
        r'<(?:a|span|dt|h2)[^>]* lang="en"[^>]*>([^<]+)<', page.split("<main", 1)[1].split("<footer")[0]
    ):
        assert not re.search("[\u4e00-\u9fff]", text)


def test_a_chart_is_said_with_its_numbers_as_they_were() -> None:
    svg = '<svg><title>a &lt; b</title><text>Germany</text><text>0.5</text><path data-values="1,2" d="M0 0"/></svg>'
    said = say_picture(load_language("zh"), svg)
    assert said == svg.replace("Germany", "德国")


def test_a_chosen_language_and_look_are_kept_for_the_next_page(alone: TestClient) -> None:
    alone.get("/help", params={"lang": "ar", "theme": "dark"})
    page = alone.get("/help").text
    assert '<html lang="ar" dir="rtl" class="dark"' in page
    alone.get("/help", params={"lang": "en", "theme": "auto"})
