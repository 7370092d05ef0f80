import copy
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sluicegate.desk.page import brief_html, brief_text, result_html, result_text

SAMPLE: dict[str, Any] = json.loads((Path(__file__).parent / "sample_brief.json").read_text(encoding="utf-8"))
ORDER = [
    "Who is short, and when",
    "Days until pain",
    "The edge",
    "Four futures",
    "The best answer",
    "Checked",
    "Not known",
    "How sure",
    "Reproduce",
]
HOSTILE = "<script>alert(1)</script>\u202e\x1b[31mred\x1b]0;title\x07\u2066\ud800\x9b2J"
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
VOID = {"meta"}


class Outline(HTMLParser):
    """Tags, headings, links and anchors of a page; an unclosed or crossed tag is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found[name] or "" for name in ("href", "src") if name in found]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            self.headings.append((int(self.open[-1][1]), data.strip()))


def changed(**parts: Any) -> dict[str, Any]:
    return copy.deepcopy(SAMPLE) | parts


def test_sections_stand_in_the_same_order_in_both() -> None:
    lines = [line.strip() for line in brief_text(SAMPLE).splitlines()]
    assert [line for line in lines if line in ORDER] == ORDER
    assert [text for level, text in Outline(brief_html(SAMPLE)).headings if level == 2] == ORDER


def test_the_three_lines_come_first() -> None:
    starts = [
        line[2:18].strip() for line in brief_text(SAMPLE).splitlines() if re.match("  (What it|The answer)", line)
    ]
    assert starts == ["What it says", "What it moves", "The answer"]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(len(line) for line in brief_text(SAMPLE, width=width).splitlines()) <= width


def test_wide_characters_count_double() -> None:
    article = SAMPLE["article"] | {"title": "稀土许可证" * 30}
    assert max(len(line) for line in brief_text(changed(article=article)).splitlines()[:3]) <= 50


def test_colour_changes_no_word() -> None:
    plain, coloured = brief_text(SAMPLE), brief_text(SAMPLE, colour=True)
    assert "\x1b" not in plain
    assert "\x1b" in coloured
    bare = "\n".join(line.rstrip() for line in ESCAPE.sub("", coloured).split("\n"))
    assert bare == plain


def test_nothing_moved_is_said_in_one_line_and_ends_the_page() -> None:
    document = changed(moved=[])
    text = brief_text(document)
    assert "Nothing in this article moves a number of the model." in text
    assert text.index("What it says") < text.index("Nothing in this article")
    assert not any(title in text for title in [*ORDER, "The answer"])
    assert [level for level, _ in Outline(brief_html(document)).headings] == [1]


def test_the_page_needs_nothing_from_outside() -> None:
    page = brief_html(SAMPLE)
    outline = Outline(page)
    assert not outline.tags & {"script", "link", "img", "iframe", "object"}
    assert [link for link in outline.links if not link.startswith("#")] == [SAMPLE["article"]["url"]]
    assert "url(http" not in page
    assert "@import" not in page


def test_headings_go_down_one_step_at_a_time_and_anchors_are_unique() -> None:
    outline = Outline(brief_html(SAMPLE))
    levels = [level for level, _ in outline.headings]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert len(outline.ids) == len(set(outline.ids))


def test_every_mark_leads_to_a_source() -> None:
    outline = Outline(brief_html(SAMPLE))
    marks = {link[1:] for link in outline.links if link.startswith("#source-")}
    assert len(marks) == 4
    assert marks <= set(outline.ids)


def test_marks_of_the_terminal_have_their_sources() -> None:
    body, sources = brief_text(SAMPLE).split("    Sources\n")
    assert set(re.findall(r"\[(\d+)\]", body)) == set(re.findall(r"^ +\[(\d+)\]", sources, re.MULTILINE))


def test_a_cited_figure_shows_year_and_citation() -> None:
    text = brief_text(SAMPLE)
    assert "mine output 48 % (2023) [2]; smelting 81 % (2022) [3]" in text
    assert "[2] Sample Survey, Mineral Summaries 2025, antimony" in text


def test_every_picture_has_its_numbers_beside_it() -> None:
    page = brief_html(SAMPLE)
    for part in re.split("<figure>", page)[1:]:
        figure = part.split("</figure>")[0]
        assert figure.count('<details class="twin">') >= 1
        assert figure.count("<table") >= 1


def test_text_of_others_is_inert_in_both() -> None:
    document = json.loads(json.dumps(SAMPLE).replace("motor vehicles", json.dumps(HOSTILE)[1:-1]))
    document["article"] |= {"title": HOSTILE, "url": "javascript:alert(1)", "language": '"><script>'}
    page, text = brief_html(document), brief_text(document)
    assert "<script" not in page
    assert "javascript:" not in "".join(Outline(page).links)
    for rendered in (page, text):
        rendered.encode("utf-8")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rendered)
    assert "[31m" not in text


def test_an_empty_document_says_what_is_missing() -> None:
    text = brief_text({})
    assert text.count("Not computed in this run.") == 5
    assert "not yet scored" in text
    Outline(brief_html({}))


def test_no_shortage_is_not_the_same_as_not_computed() -> None:
    text = brief_text(changed(outcome={"shortages": []}))
    assert "No industry falls short by more than can be told from noise." in text


def test_an_immaterial_edge_has_no_number() -> None:
    edge = SAMPLE["edge"] | {"loss_share_of_gdp": 0.00005}
    text = brief_text(changed(edge=edge)).split("The edge")[1].split("Four futures")[0]
    assert "No material edge of China over Germany" in text
    assert "0.78" not in text
    assert "Expires" not in text


def test_what_is_not_worth_it_is_said_with_its_reason() -> None:
    answer = brief_text(SAMPLE).split("Not worth it")[1].split("Checked")[0]
    assert "Build a separation plant" in answer
    assert "opens after the horizon" in answer


@pytest.mark.parametrize(
    ("chances", "told"),
    [([0.9, 0.2], "and 1 in fewer than half of the runs"), ([0.2, 0.1], "Nobody in half of the runs; 2 in fewer")],
)
def test_who_is_short_in_few_runs_is_counted_and_has_no_row(chances: list[float], told: str) -> None:
    row = SAMPLE["outcome"]["shortages"][0]
    rows = [row | {"id": f"short-{i}", "label": f"line {i}", "p_short": chance} for i, chance in enumerate(chances)]
    page = brief_text(changed(outcome={"shortages": rows, "days_of_cover": [], "prices": []}))
    assert told in page
    assert [f"line {i}" in page for i in range(2)] == [c >= 0.5 for c in chances]


def test_long_lists_are_cut_and_counted() -> None:
    outcome = SAMPLE["outcome"] | {"shortages": SAMPLE["outcome"]["shortages"] * 10}
    assert "and 32 more, in the JSON document" in brief_text(changed(outcome=outcome))


def test_a_page_of_the_edge_alone_does_not_speak_of_what_was_not_asked() -> None:
    page = result_text({k: SAMPLE[k] for k in ("edge", "provenance")} | {"title": "the edge"})
    assert "The edge" in page
    assert "Who is short" not in page
    assert "Not computed" not in page


def test_a_result_page_has_outcome_edge_and_provenance_alone() -> None:
    wanted = [ORDER[k] for k in (0, 1, 2, 8)]
    assert [t for level, t in Outline(result_html(SAMPLE)).headings if level == 2] == wanted
    assert "The best answer" not in result_text(SAMPLE)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value[:3]) if isinstance(value, list) else ()
    return [path, *(found for key, item in items for found in leaves(item, (*path, key)))]


def damage(value: Any, path: tuple[Any, ...], junk: Any) -> None:
    key, *rest = path
    if not isinstance(value, dict | list) or (isinstance(value, list) and key not in range(len(value))):
        return
    if rest and (key in value or isinstance(value, list)):
        damage(value[key], tuple(rest), junk)
    elif not rest:
        value[key] = copy.deepcopy(junk)


PATHS = leaves(SAMPLE)[1:]
JUNK = st.sampled_from(
    [None, float("nan"), float("inf"), -1e308, 1e308, 0, -1, "", "x", HOSTILE, [], {}, [1], {"q50": 1}, True]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PATHS), JUNK), min_size=1, max_size=8))
def test_a_damaged_document_still_makes_a_page(damages: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = copy.deepcopy(SAMPLE)
    for path, junk in damages:
        damage(document, path, junk)
    Outline(brief_html(document))
    assert brief_text(document)


def test_a_page_names_the_readers_own_figures_where_they_were_used() -> None:
    document = copy.deepcopy(SAMPLE)
    assert "Own figures" not in brief_text(document)
    document["provenance"]["overlay"] = [{"name": "mines", "file": "mines.csv", "figures": 2}]
    assert "mines (mines.csv)" in " ".join(brief_text(document).split())
    assert "Own figures" in brief_html(document)
