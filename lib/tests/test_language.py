"""Another language: every message is told in it, the notebooks' prose is in step, and figures read the same."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tables import record, table

from dangjian import analysis, charts, wording
from dangjian.bounds import Bounds
from dangjian.errors import UnknownNameError
from dangjian.runs import translated as translation
from dangjian.runs.parameters import ParameterError
from dangjian.runs.translated import PARAGRAPHS, translated
from dangjian.wording.language import messages

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FIELD = re.compile(r"\{(\w+)[^}]*\}")
HAN = re.compile("[\u4e00-\u9fff]")
DEVELOPED = "membership.developed"


@pytest.fixture
def english() -> object:
    with wording.spoken("en"):
        yield


def said_in_code() -> set[str]:
    """Every message that `say` is given as it stands in the code."""
    found = set()
    for room in ("wording", "charts"):
        for path in sorted((ROOT / "lib/dangjian" / room).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say" and node.args:
                    found |= {each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)}
    return {each for each in found if isinstance(each, str) and HAN.search(each)}


def test_every_message_of_the_code_is_told_in_english_with_the_same_fields() -> None:
    told = messages("en")
    assert len(said_in_code()) > 60 and said_in_code() - told.keys() == set()
    for chinese, text in told.items():
        assert set(FIELD.findall(chinese)) == set(FIELD.findall(text)), chinese
        assert not HAN.search(text), chinese


def test_what_runs_are_asked_in_is_what_figures_and_pages_are_told_in() -> None:
    assert translation.LANGUAGES == wording.LANGUAGES
    pages = files("dangjian.briefings").joinpath("messages")
    assert {f"{code}.toml" for code in wording.LANGUAGES} == {file.name for file in pages.iterdir()}
    others = {f"{code}.toml" for code in wording.LANGUAGES if code != "zh"}
    assert others == {file.name for file in files("dangjian.wording").joinpath("messages").iterdir()}
    assert others == {path.name for path in (ROOT / "notebooks").glob("*.toml")} - {"jupytext.toml"}


def test_names_of_themes_dimensions_and_systems_are_told_in_english() -> None:
    from dangjian.indicators.catalogue import load_catalogue

    dims = tomllib.loads(files("dangjian.indicators").joinpath("dims.toml").read_text("utf-8"))
    systems = tomllib.loads(files("dangjian.analysis").joinpath("systems.toml").read_text("utf-8"))["system"]
    names = {name for values in dims.values() for name in values} | set(load_catalogue().titles.values())
    names |= {str(system.get("title") or system["name"]) for system in systems}
    assert names - messages("en").keys() == set()


def flat(found: dict, above: str = "") -> dict[str, str]:
    """Nested tables as one, keys dotted."""
    told: dict[str, str] = {}
    for key, value in found.items():
        told |= {f"{above}{key}": value} if isinstance(value, str) else flat(value, f"{key}.")
    return told


def test_the_pages_have_the_same_keys_and_fields_in_both_languages() -> None:
    folder = files("dangjian.briefings").joinpath("messages")
    read = (tomllib.loads(folder.joinpath(f"{code}.toml").read_text("utf-8")) for code in ("zh", "en"))
    chinese, english = map(flat, read)
    assert chinese.keys() == english.keys()
    assert {key: set(FIELD.findall(value)) for key, value in chinese.items()} == {
        key: set(FIELD.findall(value)) for key, value in english.items()
    }


def test_the_notebooks_in_english_are_in_step() -> None:
    told = tomllib.loads((ROOT / "notebooks/en.toml").read_text("utf-8"))
    prose, phrases = set(), set()
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                prose |= set(source.split(PARAGRAPHS))
            else:
                found = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
                phrases |= {value for value in found if isinstance(value, str) and HAN.search(value)}
    assert prose == told["prose"].keys()
    assert phrases == told["phrases"].keys() | set(told["kept"])
    for text in (*told["prose"].values(), *told["phrases"].values()):
        assert not HAN.search(re.sub("“[^”]*”|0.1万|（[名人次]+）|\\([名人次]+\\)", "", text)), text


WORDS = [
    # lower, upper, unit, in words
    (100, 199, "名", "100–199 people"),
    (93.5, 93.5, "%", "93.5%"),
    (32, None, "学时", "≥32 hours (no upper bound)"),
    (0, None, "", "not disclosed"),
    (1_000_000, 9_990_000, "元", "1,000,000–9,990,000 yuan"),  # no 万 in English
    (-9, -1, "%", "-9 to -1%"),
    (1, 1, "名", "1 person"),
    (63, 63, "个", "63"),
    (3, 3, "捆", "3 捆"),  # no word for it
]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("lower", "upper", "unit", "told"), WORDS)
def test_bounds_in_english(lower: float, upper: float | None, unit: str, told: str) -> None:
    assert wording.bounds_words(Bounds(lower, upper), unit) == told


FINDINGS = [
    # (district, year, lower, upper) of each, the sentence
    ([("甲区", 2021, 236, 236), ("甲区", 2022, 240, 249)],
     "Members developed, 甲区: 236 people in 2021, 240–249 people in 2022: rose (by 4–13 people)"),
    ([("甲区", 2021, 100, 199), ("甲区", 2022, 150, 150)],
     "Members developed, 甲区: 100–199 people in 2021, 150 people in 2022: cannot tell"),
    ([("甲区", 2022, 5, 5), ("乙区", 2022, 9, 9)], "Members developed, 2022: 乙区 is highest (9 people)"),
    ([("甲区", 2021, 1, 1), ("甲区", 2022, 2, 2), ("乙区", 2021, 1, 9), ("乙区", 2022, 2, 2)],
     "Members developed, 2021 to 2022: of 2 districts, 1 rose, 1 cannot tell"),
]  # fmt: skip


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("told", "sentence"), FINDINGS)
def test_findings_in_english(told: list, sentence: str) -> None:
    rows = [record(lower=low, upper=top, district=name, period=year, year=year) for name, year, low, top in told]
    assert wording.finding(analysis.by_year(table(*rows), DEVELOPED)) == sentence


@pytest.mark.usefixtures("english")
def test_tables_and_charts_in_english_keep_the_reports_own_words() -> None:
    figures = analysis.by_year(table(record(dims={"group": "女性"}, text="128名")), DEVELOPED, by="group")
    told = wording.year_table(figures)
    assert told.columns.tolist() == ["Category", "2022"] and told["Category"].tolist() == ["women"]
    proof = wording.evidence_table((), figures)
    assert proof.columns.tolist() == [
        "Report",
        "Year",
        "Indicator",
        "Label",
        "Figure",
        "As written",
        "Place",
        "Sentence",
    ]
    assert proof["As written"].tolist() == ["128名"]
    drawn = charts.svg(charts.ranges(figures, source=wording.source(figures)))
    assert "women" in drawn and "exact" in drawn and "Source: r" in drawn and "Unit: people" in drawn


def test_the_language_ends_with_its_block_and_must_be_known() -> None:
    with wording.spoken("en"), pytest.raises(UnknownNameError, match="en, zh"):
        wording.speak("fr")
    assert wording.language() == "zh" and wording.say("年份不明") == "年份不明"


def test_a_translated_notebook_has_other_words_and_the_same_code(tmp_path: Path) -> None:
    place = tmp_path / "甲.ipynb"
    (tmp_path / "en.toml").write_text('[prose]\n"# 甲" = "# A"\n[phrases]\n"人数" = "People \\"x\\""\n', "utf-8")
    code = 'title = f"人数{1}" + "人数"  # 人数\nkind == "热线"'
    notebook = new_notebook(cells=[new_markdown_cell("# 甲\n\n乙"), new_code_cell(code)])
    told = translated(notebook, place, "en")
    assert told.cells[0].source == "# A\n\n乙"
    assert told.cells[1].source == 'title = f"人数{1}" + "People \\"x\\""  # 人数\nkind == "热线"'
    with pytest.raises(ParameterError, match=r"fr\.toml: there is no such translation; leave out --lang fr"):
        translated(notebook, place, "fr")


def test_a_run_in_english_is_told_in_english(tmp_path: Path) -> None:
    pytest.importorskip("papermill")
    from dangjian.runs.notebook import run_notebook

    (tmp_path / "en.toml").write_text('[prose]\n"# 甲" = "# A"\n', "utf-8")
    parameters = new_code_cell('lang = "zh"  # 语言', metadata={"tags": ["parameters"]})
    cells = [new_markdown_cell("# 甲"), parameters, new_markdown_cell("乙"), new_code_cell("lang")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), tmp_path / "a.ipynb")
    run = run_notebook(tmp_path / "a.ipynb", tmp_path / "out.ipynb", {}, lang="en")
    shown = nbformat.read(tmp_path / "out.ipynb", 4)
    assert (run.done, run.lang, run.title) == (True, "en", "A")
    assert shown.cells[-1].outputs[0].data["text/plain"] == "'en'"


def test_runs_and_wording_speak_the_same_languages() -> None:
    from dangjian.runs import translated as runs

    assert (wording.language(), wording.LANGUAGES) == (runs.CHINESE, runs.LANGUAGES)
    assert all((ROOT / "notebooks" / f"{code}.toml").is_file() for code in runs.LANGUAGES[1:])


def test_a_language_that_is_not_spoken_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from dangjian.cli import main

    (tmp_path / "甲.txt").write_text("甲区2022年工作报告", "utf-8")
    assert main(["run", "--reports", str(tmp_path), "--lang", "zh,fr", "--out", str(tmp_path / "o")])
    assert "fr is not spoken; there are zh, en" in capfd.readouterr().err and not (tmp_path / "o").exists()


def test_a_table_keeps_what_it_carries() -> None:
    figures = analysis.by_year(table(record()), DEVELOPED)
    with wording.spoken("en"):
        told = wording.year_table(figures)
    assert isinstance(told, pd.DataFrame) and told.attrs["carried"]["form"] == "table"
