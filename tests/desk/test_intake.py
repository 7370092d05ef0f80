"""Imports are there whole or not at all, are told of in documents, and change the version of the data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import sluicegate.desk.intake as desk
from sluicegate.desk.intake import import_file, list_imports, remove_import
from sluicegate.desk.version import dataset_version, provenance
from sluicegate.desk.why import why
from sluicegate.desk.world import world_check, world_pinch, world_show
from sluicegate.terms import InputError, NotFoundError
from sluicegate.world import load_world
from sluicegate.world.intake import IntakeError, Wish
from sluicegate.world.output import world_output
from sluicegate.world.overlay import kept_balance, overlay_folder

LINES = "metric,material,stage,place,period,value,unit", "production,antimony,mine,CHN,2024,70000,t"
PLANTS = (
    "process,place,activity_t_per_yr,activity_sd_rel,capacity_t_per_yr,restart_weeks,label,reason",
    "gallium extraction,DEU,20,0.1,33,104,judgement,restarted",
)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path / "home"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "My figures.csv"
    path.write_text("\n".join(LINES) + "\n", "utf-8")
    return path


def left(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()) if folder.exists() else []


def test_a_manifest_says_what_was_taken_from_where(file):
    document = import_file(file, wish=Wish(said={"publisher": "Example Survey", "licence": "CC BY 4.0"}))
    assert (document["name"], document["figures"], document["file"]) == ("my-figures", 1, "My figures.csv")
    assert document["sources"][0]["publisher"] == "Example Survey"
    assert [i["name"] for i in list_imports()["imports"]] == ["my-figures"]


def test_the_version_of_the_data_hangs_on_the_contents_of_the_imports(file):
    shipped = dataset_version()
    import_file(file, name="a")
    first = dataset_version()
    import_file(file, name="a", replace=True)
    assert dataset_version() == first != shipped
    remove_import("a")
    assert dataset_version() == shipped


def test_documents_say_that_a_users_overlay_was_used(file):
    day = date(2025, 4, 4)
    assert "overlay" not in provenance(day, draws=1, seed=1)
    import_file(file, name="a")
    assert [o["name"] for o in provenance(day, draws=1, seed=1)["overlay"]] == ["a"]
    assert [o["name"] for o in world_check()["overlay"]] == ["a"]


def test_why_walks_back_to_the_users_file(file):
    import_file(file, name="a")
    found = why("own.a.production.antimony.mine.CHN.2024")
    assert found["value"] == 70_000
    assert "My figures.csv" in found["source"]


def test_a_name_that_is_taken_is_not_overwritten_unasked(file):
    import_file(file, name="a")
    before = left(overlay_folder())
    with pytest.raises(InputError, match="--replace"):
        import_file(file, name="a")
    assert left(overlay_folder()) == before


@pytest.mark.parametrize("name", ["", "../up", "A", "a/b", ".hidden", "a" * 41])
def test_a_name_that_is_no_plain_word_is_refused(file, name):
    with pytest.raises(InputError, match="--name"):
        import_file(file, name=name)


def test_a_file_with_problems_leaves_nothing(file):
    file.write_text("\n".join([*LINES, "production,antimony,mine,Chnia,2024,1,t"]), "utf-8")
    with pytest.raises(IntakeError):
        import_file(file)
    assert left(overlay_folder()) == []


def test_rows_that_do_not_fit_the_world_leave_nothing(tmp_path):
    path = tmp_path / "parameters.csv"
    path.write_text("name,kind,p05,p50,p95,unit,label,reason\ncover: motor vehicles,lognormal,9,8,7,weeks,"
                    "judgement,ours\n", "utf-8")  # fmt: skip
    with pytest.raises(InputError, match="rising quantiles"):
        import_file(path)
    assert left(overlay_folder()) == []


def test_an_import_interrupted_while_writing_leaves_nothing(file, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(desk, "write_together", interrupted)
    with pytest.raises(KeyboardInterrupt):
        import_file(file)
    assert left(overlay_folder()) == []
    assert list(overlay_folder().iterdir()) == []


def test_what_an_earlier_interruption_left_is_no_import():
    (overlay_folder() / ".incoming-x").mkdir(parents=True)
    (overlay_folder() / ".incoming-x" / "manifest.json").write_text("{", "utf-8")
    assert list_imports()["imports"] == []


def test_a_folder_that_cannot_be_written_is_told(file, tmp_path, monkeypatch):
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path / "locked"))
    monkeypatch.setattr(Path, "mkdir", denied)
    with pytest.raises(InputError, match="SLUICEGATE_HOME"):
        import_file(file)


def test_a_home_that_is_a_file_is_told(file, tmp_path, monkeypatch):
    (tmp_path / "plain").write_text("", "utf-8")
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path / "plain"))
    with pytest.raises(InputError, match="SLUICEGATE_HOME"):
        import_file(file)


def test_an_import_that_is_not_there_cannot_be_removed():
    with pytest.raises(NotFoundError, match="no-such"):
        remove_import("no-such")


def test_rows_of_the_chain_are_counted_by_table(tmp_path):
    path = tmp_path / "producers.csv"
    path.write_text("\n".join(PLANTS) + "\n", "utf-8")
    assert import_file(path)["tables"] == {"producers": 1}


def test_an_input_of_the_user_is_explained_as_the_users(tmp_path):
    path = tmp_path / "parameters.csv"
    header = "name,kind,p05,p50,p95,unit,label,reason,known_on"
    path.write_text(f"{header}\ncover: motor vehicles,lognormal,7,8,9,weeks,reported,ours,2026-01-31\n", "utf-8")
    before = why("parameter:cover: motor vehicles")
    import_file(path)
    assert why("parameter:cover: motor vehicles")["reason"] == "ours"
    remove_import("parameters")
    assert why("parameter:cover: motor vehicles") == before


def test_the_balance_kept_with_an_import_is_the_one_struck_anew(tmp_path):
    path = tmp_path / "producers.csv"
    path.write_text("\n".join(PLANTS) + "\n", "utf-8")
    import_file(path)
    kept = load_world().balance
    (overlay_folder() / "producers" / "balanced.csv").unlink()
    struck = load_world().balance
    assert kept["balanced_t_per_yr"].to_numpy() == pytest.approx(struck["balanced_t_per_yr"].to_numpy(), rel=1e-9)


def test_a_kept_balance_does_not_outlive_its_imports(tmp_path):
    for name, plant in (("first", "gallium extraction,DEU,20"), ("second", "gallium extraction,JPN,9")):
        path = tmp_path / "producers.csv"
        path.write_text(f"{PLANTS[0]}\n{plant},0.1,33,104,judgement,restarted\n", "utf-8")
        import_file(path, name=name)
    assert kept_balance(overlay_folder()) is not None
    remove_import("first")
    assert kept_balance(overlay_folder()) is None
    assert "gallium extraction|JPN" in load_world().producers.index


def test_a_users_plant_beside_the_chain_is_shown_and_asked_for_as_ours_are(tmp_path):
    text = "plant,process,place,capacity_t_per_yr,label,reason\nMy works,gallium extraction,JPN,0.5,judgement,ours\n"
    (tmp_path / "plants.csv").write_text(text, "utf-8")
    import_file(tmp_path / "plants.csv")
    assert "My works" in {row["plant"] for row in world_show("gallium extraction")["plants"]}
    assert "My works" in {row["stop"] for row in world_pinch("gallium")["stops"]}


def test_imported_output_is_counted_by_the_indices_at_once(tmp_path):
    assert world_output("scandium", ("mine",), 2023) is None
    rows = [f"production,scandium,mine,{place},2023,{t},t" for place, t in (("CHN", 20), ("PHL", 9), ("RUS", 3))]
    path = tmp_path / "scandium.csv"
    path.write_text("\n".join([LINES[0], *rows]) + "\n", "utf-8")
    import_file(path)
    found = world_output("scandium", ("mine",), 2023)
    assert found is not None
    assert found.made == {"CHN": 20, "PHL": 9, "RUS": 3}
