"""Rules hit what they are about, backwards too, and go out as a feed, a mail file or a post."""

import email
import json
from xml.etree import ElementTree as ET

import pytest

from sluicegate.desk import library
from sluicegate.terms import InputError, NotFoundError

BAN = "China banned exports of antimony to the United States on August 15, 2025, the ministry of commerce said."
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def shelf_with_a_ban(shelf, told):
    told(shelf, "China <bans> antimony & more", BAN, url="https://courier.example/a?x=1&y=2")
    return shelf


def test_a_rule_is_applied_to_what_is_on_record_and_to_what_comes(shelf_with_a_ban, told):
    made = library.add_rule(shelf_with_a_ban, "bans", types=["control_imposed"], materials=["antimony"], places=["CN"])
    assert made["hits"] == 1
    told(shelf_with_a_ban, "Again a ban", BAN.replace("15", "25"), url="https://courier.example/b")
    found = library.alerts(shelf_with_a_ban)["alerts"]
    assert [a["type"] for a in found] == ["control_imposed"] * 2
    assert library.alerts(shelf_with_a_ban, rule="bans")["alerts"] == found


@pytest.mark.parametrize("wish", [{"types": ["quota_set"]}, {"materials": ["tin"]}, {"places": ["Chile"]},
                                  {"statuses": ["negated"]}])  # fmt: skip
def test_a_rule_hits_nothing_else(shelf_with_a_ban, wish):
    assert library.add_rule(shelf_with_a_ban, "x", **wish)["hits"] == 0


def test_a_threshold_of_exposure_lets_through_what_reaches_it(shelf_with_a_ban):
    bans = {"types": ["control_imposed"], "region": "USA"}
    assert library.add_rule(shelf_with_a_ban, "low", least_exposure=0.01, **bans)["hits"] == 1
    share = library.alerts(shelf_with_a_ban, rule="low")["alerts"][0]["exposure"]
    assert 0.01 <= share <= 1
    if share < 1:
        assert library.add_rule(shelf_with_a_ban, "high", least_exposure=1.0, **bans)["hits"] == 0


@pytest.mark.parametrize(("wish", "error"), [
    ({"types": ["gossip"]}, NotFoundError), ({"materials": ["unobtainium"]}, NotFoundError),
    ({"places": ["Atlantis"]}, NotFoundError), ({"least_exposure": 0.5}, InputError),
    ({"region": "DE", "least_exposure": 20.0}, InputError), ({"region": "VAT", "least_exposure": 0.5}, NotFoundError),
    ({"webhook": "file:///etc/passwd"}, InputError),
])  # fmt: skip
def test_a_rule_that_cannot_be_is_refused(shelf, wish, error):
    with pytest.raises(error):
        library.add_rule(shelf, "x", **wish)
    assert library.list_rules(shelf)["rules"] == []


def test_names_are_taken_once_and_can_be_dropped(shelf):
    library.add_rule(shelf, "x")
    with pytest.raises(InputError, match="there is a rule"):
        library.add_rule(shelf, "x")
    library.drop_rule(shelf, "x")
    with pytest.raises(NotFoundError):
        library.drop_rule(shelf, "x")


def test_alerts_as_a_feed_are_atom_and_say_the_quote(shelf_with_a_ban):
    library.add_rule(shelf_with_a_ban, "b <& r>", types=["control_imposed"])
    feed = ET.fromstring(library.as_atom(library.alerts(shelf_with_a_ban), title="<Alerts>"))
    entry = feed.find(f"{ATOM}entry")
    assert feed.find(f"{ATOM}title").text == "<Alerts>"
    assert "banned exports of antimony" in entry.find(f"{ATOM}content").text
    assert entry.find(f"{ATOM}link").get("href") == "https://courier.example/a?x=1&y=2"
    assert all(feed.find(f"{ATOM}{name}") is not None for name in ("id", "updated", "author"))


def test_alerts_as_mail_are_a_message_and_no_header_can_be_slipped_in(shelf_with_a_ban):
    library.add_rule(shelf_with_a_ban, "bans", types=["control_imposed"])
    message = email.message_from_bytes(library.as_mail(library.alerts(shelf_with_a_ban), to="me@desk.example"))
    assert (message["To"], message["Subject"]) == ("me@desk.example", "Sluicegate: 1 alert")
    assert "antimony" in message.get_payload(decode=True).decode()
    for bad in ("a@b\r\nBcc: x@y", "nobody", "a@b, c@d"):
        with pytest.raises(InputError):
            library.as_mail(library.alerts(shelf_with_a_ban), to=bad)


def test_a_webhook_is_told_once_and_only_with_the_network(shelf_with_a_ban, server):
    server.says("/hook", b"")
    library.add_rule(shelf_with_a_ban, "bans", types=["control_imposed"], webhook=f"{server.address}/hook")
    with pytest.raises(InputError, match="network is off"):
        library.send(shelf_with_a_ban)
    assert "not a public address" in library.send(shelf_with_a_ban, network=True)["problems"][0]["problem"]
    assert [library.send(shelf_with_a_ban, network=True, private=True)["sent"] for _ in range(2)] == [1, 0]
    assert json.loads(server.asked[0][2])["alerts"][0]["type"] == "control_imposed"
