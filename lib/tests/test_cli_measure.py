"""The commands that measure and mend: evaluate, unbound, check catalogue, and corrections in check."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dangjian.cli import main
from dangjian.errors import CatalogueError
from dangjian.indicators import load_catalogue, proofs
from dangjian.reports import Report

TEXT = "衡川区2021年工作报告\n\n全年发展党员12名，整改率95%。栽种银杏30棵，栽种银杏40棵。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "hengchuan-2021.txt"
    path.write_text(TEXT, "utf-8")
    return path


def gold(path: Path, *marks: tuple[str, float, str]) -> Path:
    """A hand-read file: the bare number as it stands, its value, its unit."""
    lines = []
    for surface, value, unit in marks:
        start = TEXT.index(surface, 14)
        mark = {
            "start": start,
            "end": start + len(surface),
            "surface": surface,
            "lower": value,
            "upper": value,
            "unit": unit,
        }
        lines.append(json.dumps(mark, ensure_ascii=False))
    place = path.with_name("gold.jsonl")
    place.write_text("\n".join(lines) + "\n", "utf-8")
    return place


def test_evaluate_prints_one_line_of_figures(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold(report, ("12", 12, "名"), ("95", 95, "%"))), str(report)]) == 0
    out, err = capfd.readouterr()
    assert (
        out.startswith("precision 0.500  recall 1.000  f1 0.667  bounds 1.000  unit 1.000  ") and out.count("\n") == 1
    )
    assert out.endswith("gold 2  records 4  core 0\n") and err == ""


def test_evaluate_lists_each_difference_first(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold(report, ("12", 21, "人次"))), str(report), "--misses"]) == 0
    lines = capfd.readouterr().out.splitlines()
    at = TEXT.index("12名")
    assert f"lower      {at}-{at + 2} '12': expected 21, got 12.0" in lines
    assert f"unit       {at}-{at + 2} '12': expected 人次, got 名" in lines
    assert sum(line.startswith("spurious") for line in lines) == 3 and lines[-1].startswith("precision")


def test_evaluate_compares_up_to_a_character(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    marks = gold(report, ("12", 12, "名"), ("40", 40, "棵"))
    assert main(["evaluate", str(marks), str(report), "--until", str(TEXT.index("12名") + 1)]) == 0
    assert capfd.readouterr().out.endswith("gold 1  records 1  core 0\n")


def test_evaluate_refuses_marks_of_another_text(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    marks = gold(report, ("12", 12, "名"))
    report.write_text("另" + TEXT, "utf-8")
    assert main(["evaluate", str(marks), str(report)]) == 1
    out, err = capfd.readouterr()
    assert out == "" and "'12' is not at" in err and "1 of 1 records were read in another text" in err


@pytest.mark.parametrize("content", [b"{\n", b"\xff\xfe\n", b'{"start": 1}\n'])
def test_evaluate_names_a_file_that_is_no_gold(report: Path, content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    place = report.with_name("gold.jsonl")
    place.write_bytes(content)
    assert main(["evaluate", str(place), str(report)]) == 1
    out, err = capfd.readouterr()
    assert out == "" and err.startswith(f"dangjian: {place}: ") and err.count("\n") == 1


def test_unbound_writes_entries_that_can_be_pasted(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["unbound", str(report)]) == 0
    out, err = capfd.readouterr()
    entries = tomllib.loads(out)["indicator"]
    assert [entry["title"] for entry in entries] == ["栽种银杏"]
    assert out.startswith("# 2 x 栽种银杏 (") and "1 reports: hengchuan-2021" in out
    assert "2 of 4 quantities in 1 reports are bound to no indicator, 1 labels" in err


def test_unbound_takes_folders_and_goes_on_where_a_place_cannot_be_read(
    report: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["unbound", str(report.parent / "missing"), str(report.parent), str(report), "--top", "1"]) == 1
    out, err = capfd.readouterr()
    assert out.count("[[indicator]]") == 1 and "missing" in err and "in 1 reports" in err


def test_check_catalogue_names_each_fault(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    faults = [
        CatalogueError("law.toml", "law.cases", "units", "wrong"),
        CatalogueError("law.toml", "file", "TOML", "broken"),
    ]
    monkeypatch.setattr(proofs, "check_entries", lambda texts: (7, faults))
    assert main(["check", "catalogue"]) == 1
    out, err = capfd.readouterr()
    assert out == "law.toml: law.cases: units: wrong\nlaw.toml: file: TOML: broken\n"
    assert err == "dangjian: 7 entries checked, 2 faults\n"


def test_check_catalogue_reads_the_projects_own(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "catalogue"]) in (0, 1)
    assert f"dangjian: {len(load_catalogue())} entries checked" in capfd.readouterr().err


CORRECTION = """
[[correction]]
report = "{hash}"
start = {start}
end = {end}
text = "{text}"
field = "unit"
value = "人"
who = "甲"
why = "统一写法"
when = 2024-05-01
"""


@pytest.mark.parametrize(
    ("text", "code", "said"), [("12名", 0, "1 corrections fit"), ("12人", 1, "'12名', not '12人'")]
)
def test_check_says_which_corrections_fit(
    report: Path, text: str, code: int, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    start = TEXT.index("12名")
    entry = CORRECTION.format(hash=Report.from_text(TEXT).sha256, start=start, end=start + 3, text=text)
    report.with_name("corrections.toml").write_text(entry, "utf-8")
    assert main(["check", str(report)]) == code
    assert said in capfd.readouterr().err


def test_measuring_needs_no_plotting() -> None:
    code = (
        "import sys; from dangjian.cli import main; main(['check', 'catalogue']);"
        "sys.exit(any(name in sys.modules for name in ('matplotlib', 'plotly', 'papermill', 'pandas')))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
