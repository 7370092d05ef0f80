"""Bad input gets one clear message on standard error and exit code 2; nothing else is printed or written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Sluicegate = Callable[..., Any]
FLOW = ("series", "april-2025", "--measure", "exports")
SHIP = ("check", "--from", "CN", "--to", "DE")
ENGLISH = "China imposed export controls on rare earths – and magnets on April 4, 2025.\n" * 3
GERMAN = """Seltene Erden werden knapp

China hat am 4. April 2025 Ausfuhrlizenzen für seltene Erden und Magnete eingeführt. Die Hersteller in Deutschland
warten seit Wochen auf Genehmigungen und fürchten um ihre Produktion.
"""
CHINESE = (
    "中国对稀土实施出口管制\n\n"
    + "中国商务部四月四日宣布，对钐、钆、铽、镝等七类中重稀土相关物项实施出口管制措施。出口经营者须申请许可证。" * 4
)
CHINESE_CLOTHES = "冬衣销售良好\n\n" + "零售商说，五月冬衣销售增长，羊毛价格比去年便宜，商店里顾客很多。" * 4
CLOTHES = (
    "Winter coats sell well\n\nHarbour Courier 2025-05-28\n\nRetailers said sales of winter coats rose 4% in May.\n"
)
PAGE = "<html><head><title>x</title></head><body><nav><a href='/'>Home</a></nav></body></html>"


def refused(result: Any) -> str:
    """The message of a refusal."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return str(result.stderr)


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(content: bytes | str, name: str = "given.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "nothing"),
        (b"  \n \n", "nothing"),
        (bytes(range(256)) * 8, "binary"),
        (b"%PDF-1.7 \n", "PDF"),
        (ENGLISH.encode("utf-16-le"), "binary"),
        (b"China \x81\x8d\x8f\x90\x9d imposed \xff\xfe controls\n" * 3, "encoding"),
    ],
    ids=["empty", "blank", "binary", "pdf", "utf-16 without mark", "no encoding"],
)
@pytest.mark.parametrize("command", ["claims", "brief"])
def test_a_file_that_is_no_text(sluicegate: Sluicegate, file: Callable[..., Path], command: str, content: bytes,
                                says: str) -> None:  # fmt: skip
    message = refused(sluicegate(command, file(content)))
    assert says in message
    assert "given.txt" in message
    assert "Expected" in message


def test_a_page_without_an_article(sluicegate: Sluicegate, file: Callable[..., Path]) -> None:
    assert "no article" in refused(sluicegate("brief", file(PAGE, "page.html")))


def test_a_huge_file_is_refused_unread(sluicegate: Sluicegate, file: Callable[..., Path]) -> None:
    path = file("China imposed export controls.\n")
    with path.open("r+b") as stream:
        stream.truncate(50_000_000)
    assert "20 MB" in refused(sluicegate("claims", path))


def test_an_old_encoding_is_read(sluicegate: Sluicegate, file: Callable[..., Path]) -> None:
    result = sluicegate("claims", file(ENGLISH.encode("cp1252")))
    assert result.exit_code == 0
    assert "control_imposed" in result.stdout


@pytest.mark.parametrize("text", [
    pytest.param(GERMAN, id="German"), pytest.param(CLOTHES, id="clothes"),
])  # fmt: skip
def test_another_language_or_subject_moves_nothing_and_says_so(sluicegate: Sluicegate, file: Callable[..., Path],
                                                               text: str) -> None:  # fmt: skip
    result = sluicegate("brief", file(text))
    assert result.exit_code == 0
    assert "Nothing here moves a number" in " ".join(result.stdout.split())


def test_the_unread_language_is_named(sluicegate: Sluicegate, file: Callable[..., Path]) -> None:
    said = " ".join(sluicegate("brief", file(GERMAN)).stdout.split())
    assert "in neither English nor Chinese (it reads as “de”)" in said


def test_chinese_that_claims_nothing_is_not_called_unread(sluicegate: Sluicegate, file: Callable[..., Path]) -> None:
    said = " ".join(sluicegate("brief", file(CHINESE_CLOTHES)).stdout.split())
    assert "No claim about the supply of minerals was found" in said


def test_a_chinese_control_is_read_and_told_as_written(sluicegate: Sluicegate, file: Callable[..., Path]) -> None:
    result = sluicegate("claims", file(CHINESE))
    assert result.exit_code == 0
    assert "control_imposed" in result.stdout
    assert "出口管制" in result.stdout


@pytest.mark.parametrize(("source", "says"), [
    ("nowhere.txt", "no such file"), (".", "a folder"), ("https://example.org/a", "--network"),
])  # fmt: skip
def test_a_source_that_is_none(sluicegate: Sluicegate, source: str, says: str) -> None:
    assert says in refused(sluicegate("brief", source))


@pytest.mark.parametrize(("arguments", "says"), [
    (("run", "april-2052"), "'april-2025'"),
    (("edge", "april-2052"), "'april-2025'"),
    (("scenario", "validate", "status-qou"), "'status-quo'"),
    (("world", "show", "dysprosum oxide"), "'dysprosium oxide'"),
    (("world", "facility", "mountain-pas"), "'Mountain Pass'"),
    (("world", "facility", "--place", "Atlantis"), "Atlantis"),
    (("world", "facility", "narva", "--place", "EST"), "--place"),
    (("world", "sources", "baci-2026", "--material", "cobalt"), "--material"),
    (("world", "sources", "baci-2025"), "'baci-2026'"),
    (("world", "compare", "tungstun"), "'tungsten'"),
    (("world", "compare", "tungsten", "--place", "Jappan"), "'Japan'"),
    (("world", "compare", "tungsten", "--place", "FJI"), "place of the model"),
    (("world", "compare", "tungsten", "--year", "1907"), "--year"),
    (("why", "index:hhi-mine.tungstun.USA.2024"), "unknown id"),
    (("why", "CN-2025-188"), "'CN-2025-18'"),
    (("why", "parameter:price elastisity"), "price elasticity'"),
    (("why", "x", "--run", "nowhere"), "no run"),
    ((*SHIP, "--hs", "8505"), "6 to 10 digits"),
    ((*SHIP, "--hs", "999999"), "999999"),
    ((*SHIP, "--material", "dysprosum"), "'dysprosium'"),
    (SHIP, "neither a code nor a material"),
    (("check", "--from", "CN", "--to", "Germny", "--hs", "850511"), "'Germany'"),
    ((*SHIP, "--hs", "850511", "--content", "Dy"), "Dy=2.5%"),
    ((*SHIP, "--hs", "850511", "--content", "Dy=half"), "no share"),
    ((*SHIP, "--hs", "850511", "--purity", "150%"), "no share"),
    ((*SHIP, "--hs", "850511", "--on", "2025-13-01"), "2025-06-12"),
    ((*SHIP, "--hs", "850511", "--on", "0001-01-01"), "1990"),
    ((*SHIP, "--hs", "850511", "--licence", "gneral"), "single or general"),
    ((*SHIP, "--hs", "850512"), "'850511'"),
    ((*SHIP, "--hs", "85O511"), "6 to 10 digits"),
    ((*SHIP, "--hs", "850511", "--on", "2025-02-30"), "is no date"),
    ((*SHIP, "--hs", "850511", "--on", "2025-06-01", "--licence", "single", "--licence-issued", "2025-07-01"), "after"),
    ((*SHIP, "--hs", "850511", "--made-in", "Chna"), "'China'"),
    ((*SHIP, "--hs", "850511", "--purity", "99.99"), "percent with the sign %"),
    ((*SHIP, "--hs", "850511", "--purity", "-1%"), "no share"),
    ((*SHIP, "--hs", "850511", "--content", "Dy=-2%"), "no share"),
    ((*SHIP, "--hs", "850511", "--content", "Dy=2%", "--content", "Dy=3%"), "given twice"),
    ((*SHIP, "--hs", "850511", "--content", "Fe=70%", "--content", "Nd=60%"), "1.3 in all"),
    ((*SHIP, "--hs", "850511", "--content", "Unobtainium=2%"), "Unobtainium"),
    ((*SHIP, "--hs", "850511", "--chinese-content", "1.2"), "no share"),
    ((*SHIP, "--material", "W-Ni-Fe alloy", "--property", "density=17 mm"), "a density"),
    ((*SHIP, "--material", "W-Ni-Fe alloy", "--property", "density=17 furlong"), "unit 'furlong'"),
    ((*SHIP, "--material", "W-Ni-Fe alloy", "--property", "densty=17 g/cm3"), "'density'"),
    ((*SHIP, "--material", "tungsten block", "--property", "size=big"), "120 x 120 x 50 mm"),
    (("register", "show", "CN-2025-188"), "'CN-2025-18'"),
    (("register", "list", "--material", "tungstn"), "'tungsten'"),
    (("register", "list", "--jurisdiction", "Chna"), "'China'"),
    (("register", "list", "--on", "2025-02-30"), "is no date"),
    (("register", "licences", "--destination", "Germny"), "'Germany'"),
    (("why", "waiting:magnets.DEU.civil.2025-04-04.2025-06-01"), "waiting:"),
    ((*FLOW, "--product", "dysprosum oxide"), "'dysprosium oxide'"),
    ((*FLOW, "--hs", "123456"), "123456"),
    ((*FLOW, "--hs", "85"), "6 to 10 digits"),
    (FLOW, "--product NAME or --hs CODE"),
    ((*FLOW, "--hs", "850511", "--from", "Chna"), "'China'"),
    ((*FLOW, "--hs", "850511", "--every", "day"), "week or month"),
    (("series", "april-2025", "--measure", "exprts", "--hs", "850511"), "exports"),
    (("series", "april-2025", "--measure", "price", "--hs", "850511"), "one product"),
    (("series", "april-2025", "--measure", "price", "--product", "dysprosium oxide", "--area", "mid"), "inside or"),
    (("run", "april-2025", "--as-of", "4 April 2025"), "--as-of"),
    (("run", "april-2025", "--as-of", "9999-12-31"), "2100"),
    (("run", "april-2025", "--draws", "0"), "--draws"),
    (("run", "april-2025", "--draws", "2.5"), "--draws"),
    (("run", "april-2025", "--seed", "x"), "--seed"),
    (("run", "april-2025", "--draws", "900000000"), "of memory"),
    (("run", "april-2025", "--draws", "4000000"), "of memory"),
    (("run", "april-2025", "--save", "nowhere/x.nc"), "nowhere"),
    (("ensemble", "april-2025", "--keep", "prise"), "'price'"),
    (("ensemble", "april-2025", "--draws", "900000000"), "draws alone need"),
    (("ensemble", "april-2025", "--block", "0"), "--block"),
    (("ensemble", "april-2025", "--save", "nowhere/x.nc"), "nowhere"),
    (("sensitivity", "april-2025", "--of", "los"), "'loss'"),
    (("sensitivity", "april-2025", "--base", "100"), "power of two"),
    (("sensitivity", "april-2025", "--top", "0"), "--top"),
    (("sensitivity", "april-2025", "--base", "1073741824"), "of memory"),
    (("run", "."), "a folder"),
    (("run", "april-2025", "--save", "x.zarr"), "FILE.nc, or a folder"),
    (("ensemble", "april-2025", "--save", "x.csv"), "FILE.nc, or a folder"),
    (("sensitivity", "april-2025", "--of", "peak-price"), "--product"),
    (("run",), "SCENARIO"),
    (("nonsense",), "nonsense"),
], ids=lambda given: " ".join(given) if isinstance(given, tuple) else "")  # fmt: skip
def test_a_word_that_means_nothing(sluicegate: Sluicegate, arguments: tuple[str, ...], says: str) -> None:
    assert says in refused(sluicegate(*arguments))


def test_every_mistake_of_a_scenario_file_is_told_at_once(sluicegate: Sluicegate, file: Callable[..., Path]) -> None:
    text = (
        "name: x\nstart: soon\nweeks: -3\nas_of: 2025-01-01\nbogus: 1\ncontrols:\n- register: CN-2025-188\n- name: y\n"
    )
    message = refused(sluicegate("scenario", "validate", file(text, "x.yaml")))
    for part in ("start", "weeks", "title", "bogus", "controls.1", "CN-2025-18'"):
        assert part in message
    assert refused(sluicegate("run", file(text, "x.yaml"))) == message


@pytest.mark.parametrize("text", ["name: [", "- a\n- b\n", "", "\x00\x01"])
def test_a_file_that_is_no_scenario(sluicegate: Sluicegate, file: Callable[..., Path], text: str) -> None:
    assert "x.yaml" in refused(sluicegate("scenario", "validate", file(text, "x.yaml")))


@pytest.mark.parametrize("more", [
    "parameters: {order weeks: {p05: 0, p50: 0, p95: 0, reason: x}}",
    "parameters: {order week: {p05: 1, p50: 2, p95: 3, reason: x}}",
    "settings: {no-such-question: lapsed}",
    "parameters: {'elasticity: supply, gallium': {p05: 1, p50: 2, p95: 3, reason: x}}",
    "outages: [{process: gallium extraction, place: FJI, share: 1, effective_from: 2024-05-06}]",
])  # fmt: skip
def test_what_does_not_run_is_not_valid(sluicegate: Sluicegate, file: Callable[..., Path], more: str) -> None:
    path = file(f"{sluicegate('scenario', 'new').stdout}\n{more}\n", "x.yaml")
    assert refused(sluicegate("scenario", "validate", path)) == refused(sluicegate("run", path, "--draws", 1))


def test_a_run_of_one_week_is_answered(sluicegate: Sluicegate, file: Callable[..., Path]) -> None:
    text = (
        str(sluicegate("scenario", "new").stdout).replace("weeks: 156", "weeks: 1").replace("2024-04-01", "2025-04-07")
    )
    assert sluicegate("run", file(text, "x.yaml"), "--draws", 2).exit_code == 0


def test_an_unknown_parameter_names_the_nearest(sluicegate: Sluicegate, file: Callable[..., Path]) -> None:
    new = sluicegate("scenario", "new").stdout
    changed = f"{new}\nparameters:\n  price elastisity: {{p05: 1, p50: 2, p95: 3, reason: test}}\n"
    assert "price elasticity" in refused(sluicegate("run", file(changed, "x.yaml"), "--draws", 1))


def test_out_into_a_file_leaves_the_file_alone(sluicegate: Sluicegate, file: Callable[..., Path]) -> None:
    path = file("mine")
    assert str(path) in refused(sluicegate("run", "gallium-germanium-2023", "--draws", 1, "--out", path))
    assert path.read_text() == "mine"


def test_html_into_a_folder_that_is_not_there(
    sluicegate: Sluicegate, file: Callable[..., Path], tmp_path: Path
) -> None:
    page = tmp_path / "nowhere" / "page.html"
    assert str(page) in refused(sluicegate("brief", file(CLOTHES), "--html", page))
    assert not page.parent.exists()


def test_a_home_that_cannot_be_written(sluicegate: Sluicegate, file: Callable[..., Path],
                                       monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    path = file(CLOTHES)
    monkeypatch.setenv("SLUICEGATE_HOME", str(path / "home"))
    assert "SLUICEGATE_HOME" in refused(sluicegate("brief", path))


@pytest.mark.parametrize("day", ["1990-01-01", "2100-12-31"])
def test_a_far_day_is_answered_or_refused_in_words(sluicegate: Sluicegate, article: Path, day: str) -> None:
    result = sluicegate("brief", article, "--as-of", day, "--draws", 1)
    assert result.exit_code in (0, 2), result.output


def test_a_fault_of_the_program_is_one_line(sluicegate: Sluicegate, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise KeyError("x")

    monkeypatch.setattr("sluicegate.desk.world.world_list", broken)
    result = sluicegate("world", "list")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("pinch", "galium"), "'gallium'"),
        (("value-added", "--place", "Atlantis"), "Atlantis"),
        (("value-added", "--industry", "batterys"), "'batteries'"),
        (("show", "CN-GX"), "CN-GX"),
    ],
)
def test_a_mistyped_name_of_the_world(sluicegate: Sluicegate, arguments: tuple[str, ...], says: str) -> None:
    assert says in refused(sluicegate("world", *arguments))


@pytest.mark.parametrize(("table", "says"), [
    ("oecd:none.csv", "no such file or folder"), ("oecd:2020.csv", "its first line begins"),
    ("oecd:", "no such file or folder"), ("icio:2020.csv", "unknown kind of table"),
    ("oecd:broken.zip", "no whole zip file"), ("oecd:.", "2 tables: 2020.csv, 2021.csv"),
])  # fmt: skip
def test_an_input_output_table_that_cannot_be_read_is_refused(
    sluicegate: Sluicegate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for year in (2020, 2021):
        Path(f"{year}.csv").write_text("country;industry\n", "utf-8")
    Path("folder").mkdir()
    Path("folder/broken.zip").write_bytes(b"PK half a download")
    Path("map.yaml").write_text("unit: M.USD\nusd_per_unit: 1200000\n", "utf-8")
    asked = table.replace("broken", "folder/broken")
    done = sluicegate("downstream", "gallium-germanium-2023", "--draws", "16", "--table", asked, "--map", "map.yaml")
    assert says in refused(done)
