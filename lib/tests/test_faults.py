"""Whichever open, write, fsync or rename fails: the old file or the new one is there, whole, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from failing import failing
from sample_notebooks import executed, shown

from dangjian.briefings import publish
from dangjian.cli import main
from dangjian.errors import DangjianError
from dangjian.indicators import extract
from dangjian.metrics import write
from dangjian.reports import Report
from dangjian.runs.folder import LOCK, RunFolder
from dangjian.runs.notebook import NotebookRun, _save
from dangjian.runs.run import RECORD, Outcome, run_reports

MOST = 200
"""More things than any writer does."""
TEXT = "衡川区{0}年工作报告\n\n一、党员发展\n全年发展党员{1}名，整改率9{1}%。\n"
Writer = Callable[[Path, int], None]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def try_every_fault(tmp_path: Path, act: Writer) -> int:
    """Write anew over an old state with each fault in turn, until a run meets none; the number of faults tried."""
    old, new, place = tmp_path / "old", tmp_path / "new", tmp_path / "place"
    act(old, 1)
    shutil.copytree(old, new)
    act(new, 2)
    before, after = tree(old), tree(new)
    assert any(before.get(name) != data for name, data in after.items()), "nothing would be seen to change"
    for nth in range(1, MOST):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(old, place)
        with failing(place, nth) as disk:
            try:
                act(place, 2)
            except (OSError, DangjianError) as fault:
                assert "\n" not in str(fault)
        for name, data in tree(place).items():
            if Path(name).name == RECORD:
                assert json.loads(data)["state"] in ("running", "done", "stopped"), disk.failed
            else:
                assert data in (before.get(name), after.get(name)), f"{name} after a failed {disk.failed}"
        assert set(before) <= set(tree(place)), f"an old file is gone after a failed {disk.failed}"
        if not disk.failed:
            assert tree(place) == after
            return nth - 1
    raise AssertionError("it never came to an end")


def reports(folder: Path, version: int) -> Path:
    """Two reports, other ones for each version."""
    place = folder.parent / f"reports-{version}"
    place.mkdir(exist_ok=True)
    for year in (2021, 2022):
        (place / f"{year}.txt").write_text(TEXT.format(year, version + 3), "utf-8")
    return place


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_a_metrics_table(tmp_path, suffix):
    def act(folder: Path, version: int) -> None:
        report = Report.from_text(TEXT.format(2021, version + 3))
        write(extract(report).observations, folder / f"metrics{suffix}", (report,))

    assert try_every_fault(tmp_path, act) >= 3


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_the_output_of_extract(tmp_path, form, capfd):
    def act(folder: Path, version: int) -> None:
        folder.mkdir(exist_ok=True)
        files = [str(path) for path in sorted(reports(folder, version).iterdir())]
        main(["extract", "-q", "--out", str(folder / f"table.{form}"), *files])

    assert try_every_fault(tmp_path, act) >= 4
    assert "No space left" in capfd.readouterr().err


def test_a_run_folder(tmp_path):
    def act(folder: Path, version: int) -> None:
        with RunFolder(folder, "r") as run:
            run_reports(reports(folder, version), run, [], progress=False)
            run.sweep()

    assert try_every_fault(tmp_path, act) >= 20


RUN = NotebookRun("01_report.ipynb", "党员发展", "done", 1, 1, 0.1, output="notebooks/01_report.ipynb")


def saved(folder: RunFolder, version: int) -> None:
    """An executed notebook as a run saves it."""
    made = executed("# 党员发展", [shown(html=f"<p>{version}</p>")])
    for at, cell in enumerate(made.cells):
        cell.id = f"cell-{at}"
    _save(made, RUN, SimpleNamespace(ran={1}), folder.place("notebooks", "01_report.ipynb"))


def test_an_executed_notebook(tmp_path):
    def act(folder: Path, version: int) -> None:
        with RunFolder(folder, "r") as run:
            saved(run, version)

    assert try_every_fault(tmp_path, act) >= 4


def test_briefing_pages(tmp_path):
    outcomes: dict[Path, Outcome] = {}

    def act(folder: Path, version: int) -> None:
        with RunFolder(folder, "r") as run:
            if not (run.path / "metrics.parquet").exists():
                outcomes[tmp_path] = run_reports(reports(folder, 1), run, [], progress=False)
            saved(run, version)
            publish(run, replace(outcomes[tmp_path], subject=f"第{version}次", notebooks=[RUN]))

    assert try_every_fault(tmp_path, act) >= 8


def test_a_lock_is_given_back_whatever_fails(tmp_path):
    for nth in range(1, 5):
        with failing(tmp_path, nth):
            try:
                with RunFolder(tmp_path, "r") as run:
                    saved(run, 1)
            except (OSError, DangjianError):
                pass
        with RunFolder(tmp_path, "r"):
            pass
        assert not (tmp_path / "r" / LOCK).exists()
