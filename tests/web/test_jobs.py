"""Jobs: asked once, seen by whom they belong to, done by a worker that may be stopped or killed."""

import json

import pytest

from sluicegate.store.job import ATTEMPTS, cancel_job, claim_job, finish_job, job_of, requeue_silent
from sluicegate.store.person import add_person
from sluicegate.terms import InputError, NotFoundError
from sluicegate.web import jobs
from sluicegate.web.fault import Refused
from sluicegate.web.settings import Settings
from sluicegate.web.worker import do_job

RUN = {"scenario": "april-2025", "draws": 8}


@pytest.fixture
def ada(database):
    return add_person(database, "ada", None, "analyst")


@pytest.fixture
def ask(database, ada):
    def submit(kind="run", person=None, settings=None, **arguments):
        given = arguments or (RUN if kind == "run" else {})
        return jobs.submit(database, person or ada, kind, given, settings=settings or Settings())

    return submit


def test_the_same_question_is_asked_once(ask):
    assert ask() == ask()
    assert ask(**RUN, seed=2) != ask()


def test_two_workers_never_take_the_same_job(database, ask):
    ids = {ask(**RUN, seed=seed) for seed in range(3)}
    taken = [claim_job(database, f"worker {k}") for k in range(4)]
    assert {job.id for job in taken if job} == ids
    assert taken[3] is None


def test_whoever_has_least_running_goes_first(database, ask):
    first = [ask(**RUN, seed=seed) for seed in range(2)]
    other = ask(person=add_person(database, "bob", None, "analyst"), **RUN, seed=9)
    assert [claim_job(database, "w").id for _ in range(3)] == [first[0], other, first[1]]


def test_a_worker_answers_and_the_document_is_kept_by_its_hash(database, ask, ada):
    job_id = ask("scenario list")
    do_job(database, claim_job(database, "w"), "w")
    state = jobs.state(database, ada, job_id)
    assert (state["state"], state["percent"], state["error"]) == ("done", 100.0, None)
    assert json.loads(jobs.document(database, ada, job_id))[0]["name"]
    assert len(state["document"]) == 32


def test_a_job_that_cannot_be_says_why_and_is_not_done(database, ask, ada):
    job_id = ask("series", scenario="april-2025", measure="weather", draws=8)
    do_job(database, claim_job(database, "w"), "w")
    assert jobs.state(database, ada, job_id)["state"] == "failed"
    with pytest.raises(InputError, match="weather"):
        jobs.document(database, ada, job_id)


def test_a_job_nobody_has_begun_is_cancelled_at_once(database, ask, ada):
    job_id = ask()
    assert jobs.cancel(database, ada, job_id)["state"] == "cancelled"
    assert claim_job(database, "w") is None


def test_a_running_job_is_cancelled_between_two_blocks(database, ask, ada):
    job_id = ask()
    job = claim_job(database, "w")
    assert cancel_job(database, job_id)
    do_job(database, job, "w")
    assert jobs.state(database, ada, job_id)["state"] == "cancelled"


def test_what_a_dead_worker_held_is_begun_again_and_given_up_in_the_end(database, ask, ada):
    job_id = ask()
    for _ in range(ATTEMPTS):
        claim_job(database, "dead")
        assert requeue_silent(database, silent=1e6) == 0
        assert requeue_silent(database, workers=("dead",)) == 1
    state = jobs.state(database, ada, job_id)
    assert state["state"] == "failed"
    assert state["error"]["do"]


def test_a_worker_taken_for_dead_cannot_write_over_the_one_that_went_on(database, ask):
    job_id = ask()
    claim_job(database, "slow")
    requeue_silent(database, workers=("slow",))
    claim_job(database, "second")
    assert finish_job(database, job_id, "slow", b"{}") is None
    assert job_of(database, job_id).state == "running"
    assert finish_job(database, job_id, "second", b"[]")


def test_readers_and_the_greedy_are_refused(database, ask):
    with pytest.raises(Refused):
        ask(person=add_person(database, "eve", None, "reader"))
    with pytest.raises(InputError, match="draws"):
        ask(scenario="april-2025", draws=10**9)
    few = Settings(jobs_open=1)
    ask(settings=few)
    with pytest.raises(Refused, match="not finished"):
        ask(settings=few, **RUN, seed=2)


def test_a_private_answer_is_nobody_elses(database, ask, ada):
    eve = add_person(database, "eve", None, "admin")
    text = "China banned exports of gallium to the United States on 3 December 2024."
    job_id = ask("claims", text=text)
    do_job(database, claim_job(database, "w"), "w")
    assert json.loads(jobs.document(database, ada, job_id))["article"]["text"] == text
    for look in (jobs.state, jobs.document, jobs.cancel):
        with pytest.raises(NotFoundError):
            look(database, eve, job_id)
    assert ask("claims", person=eve, text=text) != job_id


@pytest.mark.parametrize("name", ["/etc/passwd", "../april-2025", "april-2025.yaml", "file:///etc/passwd", "x" * 199])
def test_a_scenario_is_a_bundled_name_and_never_a_file(ask, name):
    with pytest.raises(InputError, match="unknown scenario"):
        ask(scenario=name, draws=8)


def test_a_project_names_no_file_of_the_machine(ask):
    with pytest.raises(InputError, match="unknown scenario '/etc/passwd'"):
        ask("project", text="name: x\nconfrontation: {scenario: /etc/passwd}\n")
