"""A company's file: what is refused, in which words; YAML and CSV say the same."""

import copy

import pytest
import yaml

from sluicegate.company import parse_company, read_company
from sluicegate.company.goods import product_of
from sluicegate.company.unit import tonnes
from sluicegate.desk.exposure import template
from sluicegate.terms import InputError

CSV = """kind,name,place,counted_on,industry,currency,note,line,input,product,piece_kg,stock,unit,value_per_week,\
per_week,criticality,amount,arrives,origin,share,lead_weeks,qualification_weeks,filed_on,price_per_kg,qualification_cost
company,Example motors,DEU,2026-11-23,motor vehicles,EUR,"invented numbers, to show the form",,,,,,,,,,,,,,,,,,
input,rotor magnets,,,,,,,,"NdFeB magnet, Dy/Tb",0.025,120000,pieces,,,,,,,,,,,95,
on order,,,,,,,,rotor magnets,,,,t,,,,1.5,2026-12-10,,,,,,,
supplier,,,,,,,,rotor magnets,,,,,,,,,,CHN,0.9,,,,,
supplier,,,,,,,,rotor magnets,,,,,,,,,,JPN,0.1,8,,,,
alternative,,,,,,,,rotor magnets,,,,,,,,,,JPN,0.3,,40,,,60000
line,drive motors,,,,,,,,,,,,900000,,,,,,,,,,,
use,,,,,,,drive motors,rotor magnets,,,,t,,0.75,critical,,,,,,,,,
application,file 1,,,,,,,rotor magnets,,,,t,,,,4,,CHN,,,,2026-10-05,,
"""


@pytest.fixture
def data():
    return copy.deepcopy(yaml.safe_load(template()))


def refused(data):
    with pytest.raises(InputError) as error:
        parse_company(data, where="x.yaml")
    return str(error.value)


def test_the_template_is_a_company(data):
    assert parse_company(data, where="template").name == "Example motors"


def test_csv_says_the_same_as_yaml(tmp_path, data):
    file = tmp_path / "company.csv"
    file.write_text(CSV, encoding="utf-8")
    assert read_company(file) == parse_company(data, where="template")


@pytest.mark.parametrize(("row", "says"), [
    ("suplier,,,", "'supplier'"), ("line,a,DEU,", "only name, value_per_week"), ("use,,,", "row of its own"),
    ("line,a,,,,", "more cells"),
])  # fmt: skip
def test_a_row_that_means_nothing(tmp_path, row, says):
    file = tmp_path / "company.csv"
    file.write_text(f"kind,name,place,input\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_company(file)


def test_a_csv_of_something_else_is_refused_by_its_columns(tmp_path):
    file = tmp_path / "company.csv"
    file.write_text("date,price\n2025-01-01,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="columns date, price"):
        read_company(file)


@pytest.mark.parametrize(("part", "value", "says"), [
    (("inputs", 0, "stock"), -1, "greater than or equal to 0"),
    (("inputs", 0, "unit"), "barrel", "'kg'"),
    (("inputs", 0, "suppliers", 0, "share"), 0.8, "sum to 0.9"),
    (("inputs", 0, "suppliers", 0, "origin"), "Chna", "'China'"),
    (("inputs", 0, "suppliers", 0, "origin"), "JPN", "stands twice"),
    (("inputs", 0, "hs"), 850511, "one of the two"),
    (("lines", 0, "uses", 0, "per_week"), 0, "greater than 0"),
    (("lines", 0, "uses", 0, "input"), "cobalt", "no input 'cobalt'"),
    (("lines", 0, "value_per_week"), float("inf"), "finite"),
    (("applications", 0, "filed_on"), "soon", "date"),
    (("place",), "Atlantis", "Atlantis"),
    (("colour",), "red", "Extra inputs"),
])  # fmt: skip
def test_a_value_that_cannot_be(data, part, value, says):
    inner = data
    for key in part[:-1]:
        inner = inner[key]
    inner[part[-1]] = value
    assert says in refused(data)


def test_every_mistake_is_told_at_once(data):
    data["inputs"][0]["stock"] = -1
    data["lines"][0]["uses"][0]["unit"] = "barrel"
    assert "2 mistakes" in refused(data)


@pytest.mark.parametrize(("part", "says"), [("lines", "at least one of `lines`"), ("uses", "one row of `uses`")])
def test_a_company_that_makes_nothing_is_refused(data, part, says):
    (data if part == "lines" else data["lines"][0])[part] = []
    assert says in refused(data)


def test_an_input_no_line_uses_is_told(data):
    data["inputs"].append({"name": "cobalt", "product": "cobalt metal"})
    assert "no line uses cobalt" in refused(data)


@pytest.mark.parametrize(("amount", "unit", "kg"), [
    (2, "t", 2000), (2, "kg", 2), (500, "g", 0.5), (1, "lb", 0.45359237), (40, "pieces", 1),
])  # fmt: skip
def test_amounts_in_tonnes(amount, unit, kg):
    assert tonnes(amount, unit, piece_kg=0.025, where="x") * 1000 == pytest.approx(kg)


def test_pieces_without_a_mass_are_refused():
    with pytest.raises(InputError, match="piece_kg"):
        tonnes(40, "pieces", piece_kg=None, where="x")


@pytest.mark.parametrize(("named", "says"), [
    ({"product": "dysprosum oxide"}, "'dysprosium oxide'"),
    ({"product": "NdFeB magnet"}, "NdFeB magnet, Dy/Tb-free; NdFeB magnet, Dy/Tb"),
    ({"hs": "850511"}, "several products"),
    ({"hs": "610910"}, "of no product"),
])  # fmt: skip
def test_goods_the_world_lacks_or_cannot_tell_apart(bundled, data, named, says):
    asked = parse_company(data, where="x").inputs[0].model_copy(update={"product": None, "hs": None} | named)
    with pytest.raises(InputError, match=says):
        product_of(asked, bundled)


def test_a_customs_code_of_one_product_is_that_product(bundled, data):
    asked = parse_company(data, where="x").inputs[0].model_copy(update={"product": None, "hs": "284610"})
    assert product_of(asked, bundled) == "cerium oxide"
