"""A model may propose and doubt by words of the article; whatever else it says is dropped, and nothing is kept."""

import json

import pytest

from sluicegate.desk import library
from sluicegate.terms import InputError, SluicegateError

BODY = "China banned exports of antimony on August 15, 2025. A smelter in Belgium will run at half its rate."
SMELTER = "A smelter in Belgium will run at half its rate"


@pytest.fixture
def asked(shelf, told, server):
    """`asked(content)` is the second reading where the model's message is `content`, and the article's document."""
    shown = told(shelf, "China bans antimony", BODY)

    def ask(content, status=200):
        body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        server.says("/v1/chat/completions", body, status=status)
        return library.second_reading(shelf, shown["id"], endpoint=f"{server.address}/v1/chat/completions", model="m",
                                      network=True, private=True), shown  # fmt: skip

    return ask


def test_what_stands_in_the_article_is_given_with_its_place(asked, server):
    said = {"proposals": [{"type": "supply_disruption", "quote": SMELTER}], "verdicts": []}
    found, shown = asked(f"```json\n{json.dumps(said)}\n```")
    proposal = found["proposals"][0]
    assert shown["article"]["text"][proposal["start"] : proposal["end"]] == SMELTER
    assert json.loads(server.asked[0][2])["messages"][0]["role"] == "system"


def test_a_claim_of_ours_may_be_doubted_by_its_words(asked):
    _, shown = asked("{}")
    claim = shown["claims"][0]
    verdict = {"claim": claim["id"], "supported": False, "quote": claim["quote"]}
    found, _ = asked(json.dumps({"verdicts": [verdict]}))
    assert found["verdicts"] == [{"claim": claim["number"], "supported": False, "quote": claim["quote"]}]


@pytest.mark.parametrize("content", [
    "not json", "[]", "{}", '{"proposals": 5}',
    '{"proposals": [{"type": "quota_set", "quote": "a quota of 0 tonnes"}]}',
    '{"proposals": [{"type": "gossip", "quote": "' + SMELTER + '"}]}', '{"proposals": [{"type": "quota_set"}]}',
    '{"verdicts": [{"claim": "claim-0", "supported": true, "quote": "' + SMELTER + '"}]}', "[" * 5000,
])  # fmt: skip
def test_what_no_quote_proves_is_dropped(asked, shelf, content):
    found, _ = asked(content)
    assert (found["proposals"], found["verdicts"]) == ([], [])
    assert library.list_decisions(shelf)["decisions"] == []


def test_the_network_is_asked_for_and_the_inside_is_not_reached_unasked(shelf, told, server, asked):
    number = told(shelf, "China bans antimony", BODY)["id"]
    how = {"endpoint": server.address, "model": "m"}
    with pytest.raises(InputError, match="network is off"):
        library.second_reading(shelf, number, **how)
    with pytest.raises(InputError, match="not a public address"):
        library.second_reading(shelf, number, network=True, **how)
    assert server.asked == []
    with pytest.raises(SluicegateError, match="answered 500"):
        asked("{}", status=500)
