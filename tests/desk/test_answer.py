"""What an answer records is what it reads."""

import numpy as np
import pytest

from sluicegate.desk.answer import answer, rows_read
from sluicegate.desk.edge import edge_document
from sluicegate.desk.opening import opened
from sluicegate.desk.outcome import chart_document, outcome_document
from sluicegate.desk.public_money import public_money_document
from sluicegate.sim.budget import NOTHING
from sluicegate.sim.prepare import room_of


@pytest.mark.parametrize("name", ["april-2025", "april-2025-answered"])
def test_means_of_what_is_read_as_a_mean_leave_every_number_as_it_was(name):
    scenario, world = opened(name)
    scenario = scenario.model_copy(update={"weeks": 90})
    ran = [answer(scenario, world, draws=8, places=places) for places in ((), None)]
    for read in (lambda a: outcome_document(a, scenario.as_of), lambda a: public_money_document(a.result),
                 lambda a: edge_document(a.result, a.edge), chart_document):  # fmt: skip
        few, every = map(read, ran)
        assert few == every
    assert few["shortage_paths"]
    sizes = [sum(array.nbytes for array in a.result.record.whole.values()) for a in ran]
    assert sizes[0] < 0.8 * sizes[1]


def test_every_row_is_read_where_the_target_is_found_by_what_everyone_loses(toy, scenario, control):
    named = scenario(control("magnet"), weeks=30)
    assert named.target
    few = answer(named, toy, draws=2, places=())
    every = answer(named.model_copy(update={"target": None}), toy, draws=2, places=())
    assert rows_read(few.result.model) is not None
    assert rows_read(every.result.model) is None
    assert every.result.record.exports.shape[0] == len(every.result.record.watched)


def test_the_memory_asked_for_is_that_of_the_rows_kept(toy, scenario, control):
    model = answer(scenario(control("magnet"), weeks=30), toy, draws=2, places=()).result.model
    rows = rows_read(model)
    assert NOTHING.record < room_of(model, rows=rows).record < room_of(model).record
    assert np.isin(model.compiled.knobs.borders[0].links, model.compiled.watched[rows["exports"]]).all()
