from pathlib import Path

import pytest

from sluicegate.terms import InputError
from sluicegate.world import load_world
from sluicegate.world.check import balance_residuals
from sluicegate.world.table import DATA, KEYS, number, read_table


def _overlay(folder: Path, name: str, *lines: str) -> Path:
    header = (DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / f"{name}.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return folder


def test_a_users_row_replaces_ours_and_the_balance_is_struck_anew(tmp_path: Path) -> None:
    row = "gallium extraction,DEU,20,0.1,33,104,alumina,judgement,restarted,"
    world = load_world(overlay=_overlay(tmp_path, "producers", row))
    assert world.producers["activity_t_per_yr"]["gallium extraction|DEU"] == pytest.approx(20, rel=0.5)
    assert balance_residuals(world)["relative"].max() < 1e-9


def test_other_columns_than_ours_are_refused(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("place,gdp\nDEU,1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"columns place, gdp.*gdp_bn_usd"):
        read_table("places", tmp_path)


def test_two_rows_with_one_key_are_named(tmp_path: Path) -> None:
    row = "coal mining,judgement"
    overlay = _overlay(tmp_path, "industries", row, row)
    assert len(read_table("industries", overlay)) == len(read_table("industries")) + 1


@pytest.mark.parametrize("name", sorted(KEYS))
def test_every_shipped_table_reads(name: str) -> None:
    assert len(read_table(name)) > 0


def test_an_expression_may_use_every_figure_of_its_row() -> None:
    ids = "mine-output.graphite.CHN.2024.usgs-mcs-2026;mine-output.graphite.MDG.2024.usgs-mcs-2026"
    assert number("figure / (figure + figure2)", ids, {}, where="here") == pytest.approx(1_270 / 1_355)


def test_a_figure_the_row_does_not_cite_is_told() -> None:
    with pytest.raises(InputError, match="figure3"):
        number("figure3", "mine-output.graphite.CHN.2024.usgs-mcs-2026", {}, where="here")
