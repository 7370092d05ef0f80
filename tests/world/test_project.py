from datetime import date

from sluicegate.world import World, load_world


def test_a_project_is_not_known_before_it_was_announced() -> None:
    early = load_world(date(2025, 4, 4)).projects
    assert "Narva, Neo" not in early.index
    assert "Narva, Neo" in load_world(date(2025, 10, 9)).projects.index


def test_starts_rise_and_processes_exist(world: World) -> None:
    table = world.projects
    assert (table["starts_p05"] <= table["starts_p50"]).all()
    assert (table["starts_p50"] <= table["starts_p95"]).all()
    assert set(table["process"]) <= set(world.processes.index)
    assert set(table["place"]) <= set(world.places.index)
    assert (table["capacity_t_per_yr"] > 0).all()
