"""Feeds, alerts, what changed, the account, people and one's own figures: what their forms do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

ARTICLE = (
    "Sample Wire\n\nChina licenses gallium\n\n4 July 2023\n\nChina will require a licence for exports of gallium from "
    "1 August 2023, the ministry of commerce said."
)  # fmt: skip


def send(client: TestClient, path: str, page: str = "", **data: str) -> str:
    """The page after a form was sent from another."""
    form = re.findall(r'name="form_token" value="([^"]+)"', client.get(page or path).text)[0]
    answer = client.post(path, data=data | {"form_token": form})
    assert answer.status_code in (200, 422), answer.text[:300]
    return answer.text


def test_a_feed_is_followed_given_on_as_a_list_and_dropped(alone: TestClient) -> None:
    assert "example.org/rss" in send(alone, "/feeds", url="https://example.org/rss", folder="press")
    assert 'xmlUrl="https://example.org/rss"' in alone.get("/feeds/opml").text
    number = alone.get("/api/v1/news/feeds").json()["feeds"][0]["id"]
    assert "None is followed yet" in send(alone, "/feeds/drop", "/feeds", feed=str(number))


def test_a_desk_without_the_network_asks_no_feed(alone: TestClient) -> None:
    assert "was started without --network" in alone.get("/feeds").text
    form = re.findall(r'name="form_token" value="([^"]+)"', alone.get("/feeds").text)[0]
    assert alone.post("/feeds/fetch", data={"form_token": form}).status_code == 422


def test_a_new_rule_is_held_against_what_was_read_before(alone: TestClient) -> None:
    send(alone, "/news", text=ARTICLE)
    page = send(alone, "/alerts", name="controls <b>", type="control_imposed", country="China")
    assert "caught (1)" in page
    assert "controls &lt;b&gt;" in page
    assert "<entry>" in alone.get("/alerts/atom").text
    assert "Subject: Sluicegate: 1 alert" in alone.get("/alerts/mail").text
    assert "None yet." in send(alone, "/alerts/drop", "/alerts", rule="controls <b>")


def test_a_rule_that_cannot_be_keeps_what_was_typed(alone: TestClient) -> None:
    page = send(alone, "/alerts", name="mine", material="kryptonite")
    assert 'value="kryptonite"' in page
    assert 'role="alert"' in page


def test_a_look_counts_when_it_is_said_and_not_before(alone: TestClient) -> None:
    send(alone, "/news", text=ARTICLE)
    assert "China licenses gallium" in alone.get("/since").text
    assert "China licenses gallium" not in send(alone, "/since/look", "/since")
    assert "China licenses gallium" in alone.get("/since", params={"after": "2020-01-01"}).text


def test_a_token_is_shown_once_works_and_is_withdrawn(alone: TestClient) -> None:
    page = send(alone, "/account/tokens", "/account", name="script", days="7")
    secret = re.findall(r"sluice_[\w-]+", page)[0]
    assert secret not in alone.get("/account").text
    bearer = {"authorization": f"Bearer {secret}"}
    assert alone.get("/api/v1/me", headers=bearer).status_code == 200
    number = re.findall(r'<option value="(\d+)">script', alone.get("/account").text)[0]
    send(alone, "/account/tokens/withdraw", "/account", token=number)
    assert alone.get("/api/v1/me", headers=bearer).status_code == 401


def test_language_and_region_are_kept(alone: TestClient) -> None:
    assert "Germany" in send(alone, "/account/reader", "/account", language="en", region="Germany")
    assert alone.get("/api/v1/me").json()["region"] == "DEU"
    send(alone, "/account/reader", "/account", language="en", region="")


def test_an_article_of_the_library_is_briefed_by_its_number(alone: TestClient) -> None:
    send(alone, "/news", text=ARTICLE)
    number = alone.get("/api/v1/news/list").json()["articles"][0]["id"]
    page = send(alone, f"/news/{number}/brief", f"/news/{number}")
    assert f"article {number}</h1>" in page
    assert "It is being computed" in alone.get(f"/news/{number}").text


FIGURES = "metric,material,place,period,unit,value\nproduction,gallium,DEU,2023,t,12\n"


@pytest.mark.parametrize(("text", "said"), [(FIGURES, "mine"), ("nothing,known\n1,2\n", 'role="alert"')])
def test_figures_of_ones_own_are_laid_over_the_world_or_refused(
    alone: TestClient, text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path))
    form = re.findall(r'name="form_token" value="([^"]+)"', alone.get("/imports").text)[0]
    answer = alone.post("/imports", data={"form_token": form, "name": "mine"}, files={"sent": ("mine.csv", text)})
    assert said in answer.text


def test_the_library_is_taken_along_and_read_elsewhere(alone: TestClient) -> None:
    send(alone, "/news", text=ARTICLE)
    lines = alone.get("/news/export").text
    assert lines.count("\n") == alone.get("/api/v1/news/list").json()["total"]
    assert alone.get("/news/export?as=csv").text.startswith("claim,article,title")
    form = re.findall(r'name="form_token" value="([^"]+)"', alone.get("/news").text)[0]
    answer = alone.post("/news", data={"form_token": form}, files={"file": ("library.jsonl", lines)})
    assert answer.status_code == 200
    assert alone.get("/news/export").text == lines


def test_an_office_of_a_scenario_is_kept_shown_and_found_again_in_the_form(alone: TestClient) -> None:
    changes = "[{effective_from: 2025-11-10, swing_factor: [0.2, 0.5, 1], label: practice, reason: talks}]"
    fields = {"name": "calm", "title": "calm", "start": "2025-01-06", "weeks": "60", "as_of": "2025-06-30",
              "controls.0.register": "CN-2025-18", "offices.0.place": "CHN", "offices.0.changes": changes}  # fmt: skip
    page = send(alone, "/scenarios/new", **fields)
    assert "swing × 0.5" in page
    (number,) = set(re.findall(r"/scenarios/new\?own=([\w-]+)", page))
    assert "swing_factor:" in alone.get(f"/scenarios/new?own={number}").text
    wrong = send(alone, "/scenarios/new", **fields | {"offices.0.place": "JPN"})
    assert "no control here is licensed by JPN" in wrong


def test_every_event_of_a_scenario_stands_in_its_table(alone: TestClient) -> None:
    fields = {"name": "all", "title": "all", "start": "2025-01-06", "weeks": "60", "as_of": "2025-06-30",
              "controller": "CHN", "target": "USA", "controls.0.register": "CN-2025-18",
              "tariffs.0.by": "USA", "tariffs.0.on_goods_of": "CHN", "tariffs.0.added_rate": "0.3",
              "tariffs.0.effective_from": "2025-03-03", "tariffs.0.until": "2025-09-01",
              "export_levies.0.place": "CHN", "export_levies.0.products": "dysprosium oxide",
              "export_levies.0.rate": "0.25", "export_levies.0.effective_from": "2025-03-10",
              "levers.0.lever": "ethane", "levers.0.effective_from": "2025-04-07",
              "contracts.0.origin": "CHN", "contracts.0.products": "NdFeB magnet, Dy/Tb",
              "contracts.0.destinations": "DEU", "contracts.0.reason": "long-term"}  # fmt: skip
    page = send(alone, "/scenarios/new", **fields)
    for said in ("tariff", "all goods", "2025-03-03", "2025-09-01", "export levy", "2025-03-10", "ethane", "contract"):
        assert f">{said}<" in page, said
