"""A model may propose and doubt by words of the article; whatever else it says is dropped, and nothing is kept."""

import json
import time

import pytest

from sluicegate.desk import library
from sluicegate.desk.library.second_reading import KEY
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
    '{"verdicts": [{"claim": [], "supported": true, "quote": "' + SMELTER + '"}]}', '{"proposals": [5, null, [], {}]}',
    '{"proposals": [{"type": ["quota_set"], "quote": "' + SMELTER + '"}]}', '{"proposals": [{"quote": 1e999}]}',
    '{"verdicts": [{"claim": {}, "supported": "yes", "quote": "\\ud800 stands in no article"}]}', "", "null",
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


def test_the_key_goes_to_the_endpoint_and_nowhere_else(asked, server, monkeypatch):
    monkeypatch.setenv(KEY, "a-key-of-mine")
    told = {"proposals": [{"type": "quota_set", "quote": "Bearer a-key-of-mine"}], "note": "a-key-of-mine"}
    found, _ = asked(json.dumps(told))
    assert server.asked[0][1]["authorization"] == "Bearer a-key-of-mine"
    assert "a-key-of-mine" not in json.dumps(found)
    with pytest.raises(SluicegateError) as refused:
        asked("a-key-of-mine", status=401)
    assert "a-key-of-mine" not in f"{refused.value!r} {refused.value}"


def test_an_endpoint_that_drips_is_left_and_one_that_sends_us_elsewhere_is_not_followed(shelf, told, server):
    number, endpoint = told(shelf, "China bans antimony", BODY)["id"], f"{server.address}/v1"

    def drip(client):
        client.sendall(b"HTTP/1.1 200 X\r\n\r\n")
        while True:
            client.sendall(b" ")
            time.sleep(0.05)

    how = {"model": "m", "network": True, "private": True, "timeout_s": 0.5}
    server.answers["/v1"] = drip
    with pytest.raises(InputError, match=r"not finished after 0\.5 seconds|broken off"):
        library.second_reading(shelf, number, endpoint=endpoint, **how)
    server.says("/v1", status=307, Location=f"{server.address}/elsewhere")
    with pytest.raises(SluicegateError, match="answered 307"):
        library.second_reading(shelf, number, endpoint=endpoint, **how)
    assert {path for path, _, _ in server.asked} == {"/v1"}
