"""Forecasts in public form: kept once, never changed, settled by a figure, scored."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from sluicegate.desk.claim_forecast import claim_in, forecast_of_claim
from sluicegate.desk.forecast import list_forecasts, make_forecast, score_forecasts, settle_forecast
from sluicegate.desk.why import why
from sluicegate.history.question import FILE, FOLDER, probability_above
from sluicegate.terms import InputError, NotFoundError
from sluicegate.terms.home import home

GALLIUM = {"product": "gallium, low purity", "origin": "CHN"}


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path))


def made(month="2023-10", **more):
    return make_forecast("gallium-germanium-2023", month=month, draws=32, **(GALLIUM | more))


def test_a_question_is_kept_with_its_probability_day_and_versions():
    question = made()
    assert 0 < question["probability"] < 1
    assert question["made_for"] == "2023-08-01"
    assert {"dataset_version", "model_version", "seed"} <= set(question["version"])
    assert [q["id"] for q in list_forecasts()["questions"]] == [question["id"]]


def test_the_same_question_is_kept_once_and_its_answer_is_not_changed():
    made(above=5)
    made(above=5)
    with pytest.raises(InputError, match="not changed once made"):
        made(above=5, seed=2)
    assert len(list_forecasts()["questions"]) == 1


def test_a_higher_threshold_is_less_likely():
    low, high = made(above=1), made(above=20)
    assert low["probability"] > high["probability"]


def test_a_settled_question_has_the_brier_score_of_its_probability():
    question = made(above=5)
    settled = settle_forecast(question["id"], 0.25, source="customs", on=date(2023, 11, 20))
    assert settled["happened"] is False
    assert settled["brier"] == pytest.approx(question["probability"] ** 2)
    found = score_forecasts()
    assert found["settled"] == 1
    assert found["brier"] == settled["brier"]
    assert sum(row["n"] for row in found["calibration"]) == 1
    assert list_forecasts(still_open=True)["questions"] == []


def test_nothing_settled_has_no_score():
    assert score_forecasts()["brier"] is None


def test_a_figure_is_not_entered_before_its_month_is_over_or_twice_otherwise():
    name = made(above=5)["id"]
    with pytest.raises(InputError, match="after the month"):
        settle_forecast(name, 1, source="customs", on=date(2023, 10, 31))
    settle_forecast(name, 1, source="customs", on=date(2023, 11, 20))
    with pytest.raises(InputError, match="is settled at 1"):
        settle_forecast(name, 2, source="customs", on=date(2023, 11, 21))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_figure_is_refused(value):
    with pytest.raises(InputError, match="a number"):
        settle_forecast(made()["id"], value, source="customs", on=date(2023, 12, 1))


def test_an_unknown_question_names_the_nearest():
    name = made(above=5)["id"]
    with pytest.raises(NotFoundError, match="forecast:"):
        settle_forecast(name[:-1] + "6", 1, source="customs")


@pytest.mark.parametrize(
    ("month", "said"), [("2023-13", "no month"), ("2022-12", "2023-08 to"), ("2099-01", "2023-08 to")]
)
def test_a_month_that_is_none_or_out_of_reach_is_refused(month, said):
    with pytest.raises(InputError, match=said):
        made(month)


def test_a_price_is_no_public_figure():
    with pytest.raises(InputError, match="exports or imports"):
        made(measure="price")


def test_a_spoilt_file_is_named_and_left_as_it_is():
    (home() / FILE).write_text("[{")
    with pytest.raises(InputError, match="backup"):
        made()
    assert (home() / FILE).read_text() == "[{"


def test_a_probability_is_never_quite_certain():
    assert 0 < probability_above([1.0, 2.0], 9) < 0.5 < probability_above([1.0, 2.0], 0) < 1


@pytest.mark.parametrize("above", [float("nan"), float("inf")])
def test_a_threshold_that_is_no_number_is_refused(above):
    with pytest.raises(InputError, match="--above"):
        made(above=above)


def test_one_draw_is_no_forecast():
    with pytest.raises(InputError, match="from 2 up"):
        make_forecast("gallium-germanium-2023", month="2023-10", draws=1, **GALLIUM)


@pytest.mark.parametrize("text", ["null", "{}", '{"a": 1}', "[null]"])
def test_a_file_that_holds_no_questions_is_named(text):
    (home() / FILE).write_text(text)
    with pytest.raises(InputError, match="backup"):
        list_forecasts()


def test_the_same_month_asked_on_a_later_day_is_another_question():
    first, later = made(above=5), made(above=5, as_of=date(2023, 8, 20))
    assert first["id"] != later["id"]
    assert len(list_forecasts()["questions"]) == 2


def test_a_question_is_explained_and_names_the_command_that_makes_it_again():
    question = made(above=5)
    assert "--product 'gallium, low purity' --from CHN" in question["command"]
    assert why(question["id"])["value"] == question["probability"]


def test_a_figure_below_nothing_is_refused():
    with pytest.raises(InputError, match="not below 0"):
        settle_forecast(made()["id"], -1, source="customs", on=date(2023, 12, 1))


def test_two_forecasts_made_at_the_same_moment_are_both_kept():
    from sluicegate.history.question import Question, _write, load_questions

    first = Question.model_validate({k: v for k, v in made(above=5).items() if k in Question.model_fields}
                                    | {"samples": (1.0, 2.0)})  # fmt: skip
    names = [f"forecast:try-{k}" for k in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: _write(first.model_copy(update={"id": n})), names))
    assert {q.id for q in load_questions()} == {first.id, *names}


def test_questions_kept_by_an_earlier_version_are_read_and_settled():
    question = made(above=5)
    (file,) = (home() / FOLDER).glob("*.json")
    (home() / FILE).write_text(f"[{file.read_text()}]")
    file.unlink()
    assert [q["id"] for q in list_forecasts()["questions"]] == [question["id"]]
    settle_forecast(question["id"], 1, source="customs", on=date(2023, 11, 20))
    assert score_forecasts()["settled"] == 1


CLAIM = {
    "id": "claim-1", "type": "control_imposed", "quote": "China requires a licence for gallium exports", "start": 0,
    "end": 44, "materials": ["gallium"], "actor": ["CHN"], "target": [], "organisations": [], "amounts": [],
    "dates": ["2023-08-01"], "status": "asserted", "attribution": "", "confidence": 0.9,
}  # fmt: skip


def test_a_claim_that_states_a_control_becomes_questions_that_customs_will_settle():
    found = forecast_of_claim(CLAIM, on=date(2023, 7, 10), draws=32)
    assert found["claim"] == "claim-1"
    assert all("gallium" in q["text"] and 0 < q["probability"] < 1 for q in found["questions"])
    assert {q["month"] for q in found["questions"]} == {"2023-11-01"}
    kept = Path(found["questions"][0]["scenario"])
    again = make_forecast(str(kept), month="2023-11", above=found["questions"][0]["threshold"], draws=32,
                          product="gallium, low purity", origin="CHN")  # fmt: skip
    assert again["probability"] == found["questions"][0]["probability"]


@pytest.mark.parametrize(("change", "said"), [
    ({"status": "negated"}, "denied"), ({"status": "conditional"}, "control that is asserted"),
    ({"type": "price_move"}, "an outcome"), ({"type": "rumour"}, "a claim as"),
])  # fmt: skip
def test_a_claim_of_which_nothing_can_be_asked_says_why(change, said):
    with pytest.raises(InputError, match=said):
        forecast_of_claim(CLAIM | change, on=date(2023, 7, 10), draws=8)


def test_a_claim_is_taken_out_of_a_document_by_its_id(tmp_path):
    file = tmp_path / "claims.json"
    file.write_text(json.dumps({"claims": [CLAIM, CLAIM | {"id": "claim-2"}]}))
    assert claim_in(file, "claim-2")["id"] == "claim-2"
    with pytest.raises(NotFoundError, match="claim-2"):
        claim_in(file, "claim-3")
    file.write_text("{")
    with pytest.raises(InputError, match="cannot be read"):
        claim_in(file)
