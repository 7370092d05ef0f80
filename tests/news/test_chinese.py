from pathlib import Path
from typing import Any

import pytest
import yaml

from sluicegate.news import Claim, extract, extract_claims, read_article

ROWS = yaml.safe_load((Path(__file__).parent / "chinese.yaml").read_text(encoding="utf-8"))
HEAD = "关于稀土的消息\n2025-06-12\n"


def claims(text: str) -> list[Claim]:
    return extract_claims(read_article(HEAD + text, html=False).article)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["expect"]["type"])
def test_the_main_types_are_read_from_chinese(row: dict[str, Any]) -> None:
    expected = row["expect"]
    claim = next(c for c in claims(row["text"]) if c.type == expected["type"])
    assert (list(claim.actor), set(claim.materials)) == (expected["actor"], set(expected["materials"]))
    assert [[a.value, a.unit] for a in claim.amounts] == expected["amounts"]
    assert claim.status == expected["status"]


def test_a_denial_in_chinese_is_negated() -> None:
    [claim] = claims("外交部发言人否认中国对稀土出口实施新的禁令，强调中国没有禁止稀土出口。")[:1]
    assert claim.status == "negated"


def test_a_plan_in_chinese_is_planned() -> None:
    assert claims("印度尼西亚计划从明年起禁止铜精矿出口，以便在国内建设更多的冶炼厂。")[0].status == "planned"


def test_quotes_in_chinese_stand_in_the_text() -> None:
    text = (
        "中国自2024年12月3日起禁止向美国出口镓、锗、锑。商务部表示已批准部分稀土出口许可。镓价格上涨了百分之二十以上。"
    )
    article = read_article(HEAD + text, html=False).article
    found = extract(article)
    assert len(found.claims) >= 2
    assert all(article.text[c.start : c.end] == c.quote for c in (*found.claims, *found.candidates))


def test_a_material_is_carried_and_trusted_less_in_chinese() -> None:
    first, second = claims("中国自2024年12月起禁止向美国出口锑，公告立即生效。今年价格上涨了两倍，买家还在等待许可。")[
        :2
    ]
    assert second.materials == ("antimony",)
    assert second.confidence < first.confidence


def test_another_language_gives_no_claims_and_says_so() -> None:
    told = read_article(
        "Eine Überschrift\n2025-06-12\nChina hat die Ausfuhr von Gallium und Germanium nach Japan verboten."
    )
    assert extract_claims(told.article) == []
    assert any("English and Chinese only" in note for note in told.notes)
