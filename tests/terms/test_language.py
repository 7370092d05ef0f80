"""The interface in the reader's language; dates and numbers by CLDR."""

from datetime import UTC, datetime, timedelta

import pytest

from sluicegate.terms import InputError, NotFoundError
from sluicegate.terms.language import languages, load_language, preferred

NOW = datetime(2025, 6, 12, 12, tzinfo=UTC)


def test_words_dates_and_counts_are_those_of_the_language():
    zh = load_language("zh")
    assert (zh.text("Related stories"), zh.direction, zh.name) == ("相关报道", "ltr", "中文")
    assert (zh.date("2025-06-12"), zh.place("CHN")) == ("2025年6月12日", "中国")
    assert zh.ago(NOW - timedelta(minutes=25), NOW) == "25分钟前"


def test_arabic_runs_from_the_right_and_counts_in_six_ways():
    ar = load_language("ar")
    said = {n: ar.count("{n} article", "{n} articles", n) for n in (0, 1, 2, 3, 11, 100)}
    assert ar.direction == "rtl"
    assert len({text.replace(ar.number(n), "") for n, text in said.items()}) == 6


def test_what_is_not_translated_stays_english():
    assert load_language("zh").text("No such message") == "No such message"
    assert load_language("en").ago(NOW - timedelta(minutes=25), NOW) == "25 minutes ago"


def test_a_file_of_the_user_adds_a_language_and_goes_before_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path))
    (tmp_path / "languages").mkdir()
    for code, said in (("fr", "Récits liés"), ("zh", "别的")):
        (tmp_path / "languages" / f"{code}.po").write_text(f'msgid "Related stories"\nmsgstr "{said}"\n', "utf-8")
    assert "fr" in languages()
    assert load_language("fr").text("Related stories") == "Récits liés"
    assert (load_language("zh").text("Related stories"), load_language("zh").text("Claims")) == ("别的", "说法")


def test_a_spoilt_translation_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path))
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "fr.po").write_bytes(b'msgid "a\nmsgstr \xff')
    with pytest.raises(InputError, match=r"fr\.po"):
        load_language("fr")
    with pytest.raises(NotFoundError):
        load_language("xx")


@pytest.mark.parametrize(("accept", "code"), [("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("de,ar;q=0.5,en;q=0.2", "ar"),
                                               ("xx", "en"), (None, "en"), (";q=,,;;q=x", "en")])  # fmt: skip
def test_a_browser_gets_the_best_of_our_languages(accept, code):
    assert preferred(accept) == code


@pytest.mark.parametrize(("days", "said"), [(400, "13 months ago"), (540, "18 months ago"), (730, "2 years ago"),
                                            (45, "6 weeks ago"), (1, "1 day ago")])  # fmt: skip
def test_a_larger_unit_is_taken_from_two_of_it_on(days: int, said: str) -> None:
    assert load_language("en").ago(NOW - timedelta(days=days), NOW) == said
