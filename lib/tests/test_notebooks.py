"""The notebooks as written: parameters plain, nothing defined, nothing saved, prose before code."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

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
