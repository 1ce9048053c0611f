"""The notebooks as written (plain parameters, nothing defined or saved, prose before code), and run on odd corpora."""

from __future__ import annotations

import ast
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import matplotlib
import pandas as pd
import plotly.io as pio
import pytest

from dangjian import charts, metrics

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BY_HAND = {"08_explore"}
ONE_REPORT = {"01_report", "05_themes"}
PARAMETERS = {"reports": "../data/reports", "metrics": "", "district": "", "years": [], "mask": "auto"}
HARD = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def cells(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notebooks_script", ROOT / "scripts/notebooks.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_topic_has_its_notebook() -> None:
    found = {path.stem.split("_")[0] for path in NOTEBOOKS}
    assert found == {"01", "02", "03", "04", "05", "06", "07", "08", "90"}


def test_each_notebook_says_what_its_reviewed_text_says() -> None:
    assert script().apart() == []


def test_a_notebook_with_outputs_or_other_words_is_out_of_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool, first = script(), NOTEBOOKS[0]
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    (tmp_path / "a.py").write_text(first.with_suffix(".py").read_text("utf-8"), "utf-8")
    assert [line.split(":")[0] for line in tool.apart()] == ["a.ipynb"]  # the twin is missing
    notebook = json.loads(first.read_text("utf-8"))
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1"}]
    (tmp_path / "a.ipynb").write_text(json.dumps(notebook), "utf-8")
    assert len(tool.apart()) == 1
    assert tool.main(["strip", str(tmp_path / "a.ipynb")]) == 0
    assert tool.apart() == [] and (tmp_path / "a.ipynb").read_text("utf-8") == first.read_text("utf-8")
    (tmp_path / "a.py").write_text((tmp_path / "a.py").read_text("utf-8").replace("**问题：**", "**问：**"), "utf-8")
    assert len(tool.apart()) == 1
    assert tool.main(["build", str(tmp_path / "a.py")]) == 0 and tool.apart() == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_parameters_are_plain_literals(path: Path) -> None:
    (cell,) = [cell for cell in cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    found = {line.targets[0].id: ast.literal_eval(line.value) for line in ast.parse(source(cell)).body}
    assert found.items() >= PARAMETERS.items()
    assert all(" = " in line and "#" in line for line in source(cell).split("\n"))  # one a line, each explained


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_papermill_sees_every_parameter(path: Path) -> None:
    pytest.importorskip("papermill")
    from papermill.inspection import _infer_parameters
    from papermill.iorw import load_notebook_node

    (cell,) = [cell for cell in cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    seen = _infer_parameters(load_notebook_node(str(path)))
    assert [each.name for each in seen] == [line.split(" = ")[0] for line in source(cell).split("\n")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_opens_with_question_and_limits(path: Path) -> None:
    head = source(cells(path)[0])
    assert head.startswith("# ") and all(f"**{said}：**" in head for said in ("问题", "读什么", "不能说明什么"))


def test_only_notebooks_for_the_hand_say_so() -> None:
    told = {path.stem for path in NOTEBOOKS if json.loads(path.read_text("utf-8"))["metadata"].get("dangjian")}
    assert told == BY_HAND


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_is_prose_with_short_code(path: Path) -> None:
    before = ""
    for cell in cells(path):
        if cell["cell_type"] == "code":
            source = "".join(cell["source"])
            assert cell["outputs"] == [] and cell["execution_count"] is None
            assert before == "markdown"
            assert len(cell["source"]) <= 10
            assert not any(isinstance(node, HARD) for node in ast.walk(ast.parse(source)))
            assert "HTML(" not in source
        before = cell["cell_type"]
    kernel = json.loads(path.read_text(encoding="utf-8"))["metadata"]["kernelspec"]["name"]
    assert kernel == "python3"


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.stem not in BY_HAND], ids=lambda path: path.stem)
def test_each_has_charts_and_the_evidence_of_what_they_show(path: Path) -> None:
    code = [source(cell) for cell in cells(path) if cell["cell_type"] == "code"]
    assert any("charts." in line and "source=" in line for line in code)
    if path.stem not in ("07_words", "90_quality"):
        assert any("_interactive(" in line for line in code)
        assert any("charts.years(" in line or "charts.ranges(" in line for line in code)
    if path.stem != "90_quality":
        assert "wording.evidence_table(corpus, " in code[-1]


ODD = {
    "one report": {"甲.txt": "甲区2022年工作报告\n\n全年发展党员128名，完成计划的98.5%。举办培训班12期。"},
    "one year": {
        "甲.txt": "甲区2022年工作报告\n\n全年发展党员128名。巡察发现问题30个，已整改29个。",
        "乙.txt": "乙县2022年工作总结\n\n发展党员一百二十名。巡察反馈问题约40个，整改率95%以上。",
    },
    "all masked": {
        "甲.txt": "甲区****年工作报告\n\n发展党员***名，其中女性**名。巡察发现问题**个，整改率**%。"
        "轮训党员***人次，轮训率**.*%。"
    },
    "nothing to chart": {"甲.txt": "甲区2022年工作报告\n\n植树300棵。"},
    "no number at all": {"甲.txt": "甲区2022年工作报告\n\n各项工作稳步推进。"},
    "markup": {
        "<img src=x onerror=1>.txt": "<b>甲区</b>2022年[x](javascript:1)\n\n<script>1</script>$x$"
        "发展党员1**名，女性*名。举办培训班12期。"
    },
}


@pytest.fixture
def _settings(monkeypatch: pytest.MonkeyPatch) -> object:
    """Keep what `charts.apply` sets to the test at hand."""
    with matplotlib.rc_context(), pd.option_context("display.max_rows", 60, "display.max_colwidth", 50):
        default = pio.templates.default, pio.renderers.default
        yield monkeypatch.chdir(ROOT / "notebooks")
        pio.templates.default, pio.renderers.default = default


def shown(path: Path, **parameters: object) -> list[object]:
    """What the notebook's cells show, run one after another with these parameters."""
    names: dict[str, object] = {}
    results = []
    for cell in cells(path):
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, path.name, "exec"), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names.update(parameters)
            if last is not None:
                results.append(eval(compile(ast.Expression(last.value), path.name, "eval"), names))
    return results


def check(results: list[object], names: str) -> list[str]:
    """Draw what a notebook shows; the drawings as SVG. Nothing in it may be markup."""
    drawn = [charts.svg(result) for result in results if isinstance(result, matplotlib.figure.Figure)]
    for result in results:
        if hasattr(result, "data") and isinstance(result.data, str):  # Markdown
            assert "<" not in result.data and "](" not in result.data
        if isinstance(result, pd.DataFrame):
            assert all("<script" not in line for line in result.to_html().split("\n"))
    assert drawn or names in BY_HAND
    return drawn


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """The odd corpora and the sample corpus: of each the folder and its stored table, read once."""
    folders = {"sample": ROOT / "data" / "reports"}
    for odd, files in ODD.items():
        folders[odd] = tmp_path_factory.mktemp("odd")
        for name, text in files.items():
            (folders[odd] / name).write_text(text, encoding="utf-8")
    kept = tmp_path_factory.mktemp("tables")
    return {
        name: (folder, metrics.write(metrics.open_table(folder)[1], kept / f"{at}.parquet"))
        for at, (name, folder) in enumerate(folders.items())
    }


@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run_on_odd_corpora(path: Path, odd: str, corpora: dict[str, tuple[Path, Path]]) -> None:
    folder, stored = corpora[odd]
    results = shown(path, reports=str(folder), metrics=str(stored))
    drawn = check(results, path.stem)
    if odd == "no number at all" and path.stem not in BY_HAND:
        assert any("未述及" in picture for picture in drawn)


@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run_on_the_sample_corpus(path: Path, corpora: dict[str, tuple[Path, Path]]) -> None:
    folder, stored = corpora["sample"]
    results = shown(path, reports=str(folder), metrics=str(stored))
    check(results, path.stem)
    if path.stem not in BY_HAND | {"90_quality"}:
        assert len(results[-1])  # there is evidence
    tables = [result for result in results if isinstance(result, pd.DataFrame)]
    wanting = [table for table in tables if table.empty]
    assert len(wanting) <= 2, [list(table.columns) for table in wanting]


@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run_on_a_stored_table_without_its_texts(
    path: Path, corpora: dict[str, tuple[Path, Path]], tmp_path: Path
) -> None:
    results = shown(path, reports="", metrics=str(corpora["one report"][1]))
    assert "原文不在本机" in results[0].data
    if path.stem not in BY_HAND | {"90_quality"}:
        assert set(results[-1]["句子"]) <= {"原文不在本机"}


@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.stem in ONE_REPORT], ids=lambda path: path.stem)
def test_the_report_that_is_named_is_shown(path: Path, corpora: dict[str, tuple[Path, Path]]) -> None:
    folder, stored = corpora["sample"]
    results = shown(path, reports=str(folder), metrics=str(stored), report="lanan-2021")
    assert "（lanan-2021）" in results[1].data
    assert set(results[-1]["报告"]) == {"lanan-2021"}


LACKING = "甲区****年工作报告\n\n发展党员***名。查摆问题**个。"
"""One report, its year and numbers masked; no plan, no rate, no training, no satisfaction."""


def test_papermill_runs_each_on_one_masked_report_that_lacks_indicators(tmp_path: Path) -> None:
    papermill = pytest.importorskip("papermill")
    from dangjian.briefings import publish
    from dangjian.runs.folder import RunFolder
    from dangjian.runs.run import run_reports

    (tmp_path / "甲.txt").write_text(LACKING, "utf-8")
    alone = [path for path in NOTEBOOKS if path.stem not in BY_HAND]
    with RunFolder(tmp_path / "runs", "odd") as folder:
        outcome = run_reports(tmp_path / "甲.txt", folder, alone, progress=False, warm=True)
        published = publish(folder, outcome, interactive=True)
    assert [(run.notebook, run.error) for run in outcome.notebooks] == [(path.name, "") for path in alone]
    pages = {path.stem: path.read_text("utf-8") for path in published.briefings}
    assert pages.keys() == {path.stem for path in alone}
    assert "100–999名" in pages["02_membership"] and "未述及" in pages["04_training"]
    assert all("<figure" in page for page in pages.values())
    given = {"reports": str(folder.path / "reports"), "metrics": str(folder.path / "metrics.parquet")}
    for path in [path for path in NOTEBOOKS if path not in alone]:
        ran = papermill.execute_notebook(path, None, given, progress_bar=False, cwd=path.parent)
        assert all(cell.execution_count for cell in ran.cells if cell.cell_type == "code")
