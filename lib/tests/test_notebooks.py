"""The notebooks as written: parameters plain, nothing defined, nothing saved, prose before code."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import matplotlib
import pandas as pd
import plotly.io as pio
import pytest

from dangjian import charts, metrics

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
PARAMETERS = {"reports": "../data/reports", "metrics": "", "district": "", "years": [], "mask": "auto"}
HARD = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def cells(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_parameters_are_plain_literals(path: Path) -> None:
    (cell,) = [cell for cell in cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    found = {line.targets[0].id: ast.literal_eval(line.value) for line in ast.parse("".join(cell["source"])).body}
    assert found == PARAMETERS


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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_has_charts_of_both_sorts_and_ends_with_its_evidence(path: Path) -> None:
    code = ["".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "code"]
    assert any("_interactive(" in source for source in code)
    assert any("charts.years(" in source or "charts.ranges(" in source for source in code)
    assert code[-1].startswith("wording.evidence_table(corpus, ")


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
        yield monkeypatch.chdir(Path(__file__).parents[2] / "notebooks")
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


@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run_on_odd_corpora(path: Path, odd: str, tmp_path: Path) -> None:
    for name, text in ODD[odd].items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    results = shown(path, reports=str(tmp_path))
    pictures = [result for result in results if isinstance(result, matplotlib.figure.Figure)]
    assert pictures and all(charts.svg(picture).startswith("<svg") for picture in pictures)
    if odd.startswith("no"):
        assert any("未述及" in charts.svg(picture) for picture in pictures)
        assert results[-1].empty
    for result in results:
        if hasattr(result, "data") and isinstance(result.data, str):  # Markdown
            assert "<" not in result.data and "](" not in result.data


@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run_on_a_stored_table_without_its_texts(path: Path, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(ODD["one report"]["甲.txt"], encoding="utf-8")
    _, table = metrics.open_table(tmp_path)
    stored = metrics.write(table, tmp_path / "stored" / "m.jsonl")
    results = shown(path, reports="", metrics=str(stored))
    assert "原文不在本机" in results[0].data
    assert set(results[-1]["句子"]) <= {"原文不在本机"}
