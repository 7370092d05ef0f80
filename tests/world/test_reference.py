from sluicegate.world import World
from sluicegate.world.check import TABLES, check
from sluicegate.world.figures import load_figures
from sluicegate.world.reference import figure_ids


def test_every_reference_is_a_figure(world: World) -> None:
    assert check(world)["unresolved_refs"] == []


def test_a_row_that_claims_a_record_cites_one(world: World) -> None:
    bare = [
        f"{name}: {row}"
        for name in TABLES
        for row, label, refs in getattr(world, name)[["label", "refs"]].itertuples()
        if label in ("official", "reported") and not refs
    ]
    assert bare == []
    assert [p.name for p in world.parameters if p.label in ("official", "reported", "derived") and not p.refs] == []


def test_every_row_gives_its_reason(world: World) -> None:
    for name in TABLES:
        table = getattr(world, name)
        assert (table["reason"] != "").all() or name == "recipes", name
        assert set(table["label"]) <= {"official", "reported", "derived", "fitted", "practice", "judgement"}
    assert all(parameter.reason for parameter in world.parameters)


def test_anchors_with_one_figure_are_that_figure_in_another_unit(world: World) -> None:
    values = load_figures().table["value"]
    plain = world.anchors[world.anchors["expression"] == "figure"]
    assert len(plain) > 100
    assert (plain["value"] == [values[figure_ids(refs)[0]] for refs in plain["refs"]]).all()


def test_a_derived_number_inherits_the_figures_it_rests_on(world: World) -> None:
    refs = figure_ids(world.producers["refs"]["magnet making, NdFeB Dy/Tb|CHN"])
    assert "magnet-share.magnets.CHN.2024.iea-commentary-2025" in refs
    assert any(ref.startswith("magnet-output.magnets.WLD.2024") for ref in refs)
