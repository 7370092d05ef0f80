"""News in the desk: an article added, its claims in the text, a decision that can be undone, notes, a question."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from sluicegate.web.pages.news import pieces_of

TEXT = (
    "Sluicegate Sample Wire\n\nChina licenses gallium for every shipment\n\n4 July 2023\n\n"
    "China will require a licence for exports of gallium from 1 August 2023, the ministry of commerce said. "
    "China makes 98 percent of the world's gallium, according to the US Geological Survey. <script>alert(1)</script>\n"
)


@pytest.fixture(scope="module")
def story(alone: TestClient) -> str:
    """The address of an article that was pasted."""
    answer = alone.post("/news", data={"text": TEXT, "form_token": token(alone)})
    assert answer.status_code == 200
    return str(answer.url.path)


def token(client: TestClient) -> str:
    """The token of a form of this desk."""
    return re.findall(r'name="form_token" value="([^"]+)"', client.get("/news").text)[0]


def claim_of(page: str) -> str:
    return re.findall(r'name="claim" value="(\d+)"', page)[0]


def test_an_article_shows_its_claims_in_its_text_and_its_text_is_no_markup(alone: TestClient, story: str) -> None:
    page = alone.get(story).text
    assert re.findall(r"<mark class=\"[a-z]+\"><a href=\"#claim-\d+\"", page)
    assert "<script>alert" not in page
    shown = html.unescape(
        re.sub(r"<[^>]+>", "", page.split('<div class="article"')[1].split("</div>")[0].split(">", 1)[1])
    )
    assert "98 percent of the world's gallium" in shown


def test_a_claim_is_rejected_and_that_is_undone(alone: TestClient, story: str) -> None:
    number = claim_of(alone.get(story).text)
    for verdict, said in (("reject", "rejected"), ("undo", 'value="accept"')):
        page = alone.post(
            f"{story}/decide", data={"claim": number, "verdict": verdict, "form_token": token(alone)}
        ).text
        assert said in page.split(f'id="claim-{number}"')[1].split('class="claim"')[0]


def test_a_note_is_kept_and_taken_away(alone: TestClient, story: str) -> None:
    page = alone.post(f"{story}/note", data={"text": "ask <b>Jane</b>", "form_token": token(alone)}).text
    assert "ask &lt;b&gt;Jane" in page
    number = re.findall(r'name="note" value="(\d+)"', page)[0]
    assert "ask &lt;b&gt;" not in alone.post(f"{story}/unnote", data={"note": number, "form_token": token(alone)}).text


def test_a_form_without_its_token_changes_nothing(alone: TestClient, story: str) -> None:
    assert alone.post(f"{story}/note", data={"text": "from elsewhere"}).status_code == 403
    assert "from elsewhere" not in alone.get(story).text


def test_a_question_is_answered_with_the_claim_or_says_it_is_not_there(alone: TestClient, story: str) -> None:
    assert f'href="{story}#claim-' in alone.get("/news", params={"q": "How much gallium does China produce?"}).text
    assert "Not in what I have read" in alone.get("/news", params={"q": "cobalt strike in Peru"}).text


def test_pieces_put_together_are_the_body() -> None:
    said = {"text": "before abcdef after", "body_start": 7, "body_end": 13}
    claims = [{"start": 8, "end": 12, "number": 1}, {"start": 9, "end": 10, "number": 2}]
    pieces = pieces_of(said, claims)
    assert "".join(text for text, _ in pieces) == "abcdef"
    assert [c and c["number"] for _, c in pieces] == [None, 1, 2, 1, None]
