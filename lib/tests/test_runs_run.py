"""A whole run on two small reports: what the folder holds, and what is told of what went wrong."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from sample_notebooks import saved

from dangjian.briefings import publish
from dangjian.errors import ReportError
from dangjian.metrics import load
from dangjian.reports import read_corpus
from dangjian.runs.folder import RunFolder
from dangjian.runs.parameters import ParameterError
from dangjian.runs.run import read_outcome, run_name, run_reports

PARAMETERS = 'par: reports = ""\nmetrics = ""\nmask = "auto"'
TEXT = "衡川区2021年工作报告\n\n全年发展党员12名，整改率95%。\n"
MANIFEST = '[[report]]\nfile = "a.txt"\nid = "衡川 2021"\ndistrict = "衡川\\"区"\ninvented = true\n'


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_bytes(TEXT.replace("衡川", "澜岸").encode("gb18030"))
    (folder / "bad.txt").write_bytes(b"%PDF-1.7")
    (folder / "corpus.toml").write_text(MANIFEST, "utf-8")
    return folder


@pytest.fixture
def notebooks(tmp_path):
    folder = tmp_path / "nb"
    folder.mkdir()
    good = [
        "md:# 好",
        PARAMETERS,
        "import dangjian",
        "corpus, table = dangjian.open_table(reports, metrics, mask=mask)",
        "print(len(corpus), sorted(report.district for report in corpus), sorted(set(table.report_id)))",
    ]
    return [saved(folder, "01_good", *good), saved(folder, "02_bad", PARAMETERS, "1 / 0")]


def test_a_run(tmp_path, reports, notebooks):
    said = []
    with RunFolder(tmp_path / "outputs", "r") as folder:
        outcome = run_reports(reports, folder, notebooks, progress=False, note=said.append)
        published = publish(folder, outcome)
        folder.sweep()
    place = tmp_path / "outputs" / "r"
    assert outcome.state == "failed"
    assert outcome.counts["reports"] == 2
    assert outcome.counts["skipped"] == 1
    assert outcome.counts["found"] == 4
    assert len(said) == 2
    assert "PDF" in said[0]
    assert said[1].startswith("02_bad.ipynb failed, 1 of 2 cells ran: cell 2: ZeroDivisionError")
    assert sorted(str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()) == [
        "briefings/01_good.html",
        "briefings/index.html",
        "metrics.jsonl",
        "metrics.parquet",
        "notebooks/01_good.ipynb",
        "notebooks/02_bad.ipynb",
        "reports/b.txt",
        "reports/corpus.toml",
        *[f"reports/{path.name}" for path in (place / "reports").glob("衡川*.txt")],
        "run.json",
    ]
    assert [path.name for path in published.briefings] == ["01_good.html"]
    assert load(place / "metrics.parquet").equals(load(place / "metrics.jsonl"))
    assert "2 [&#x27;" in (place / "briefings" / "01_good.html").read_text("utf-8")
    assert read_outcome(place).as_json() == outcome.as_json() == json.loads((place / "run.json").read_text("utf-8"))
    again = read_corpus(place / "reports")
    (id_of,) = [one.report_id for one in again if one.report_id.startswith("衡川")]
    assert again[id_of].district == '衡川"区'
    assert again[id_of].invented
    assert {report.text for report in again} == {report.text for report in read_corpus(reports)}


def test_equal_reports_give_equal_pages_and_a_failed_notebook_takes_its_old_page_away(tmp_path, reports, notebooks):
    def run():
        with RunFolder(tmp_path / "outputs", "r") as folder:
            published = publish(folder, run_reports(reports, folder, notebooks[:1], progress=False))
            folder.sweep()
        return {path.name: path.read_bytes() for path in (published.index, *published.briefings)}

    first = run()
    assert sorted(first) == ["01_good.html", "index.html"]
    assert run() == first
    saved(notebooks[0].parent, "01_good", PARAMETERS, "1 / 0")
    assert sorted(run()) == ["index.html"]
    assert not (tmp_path / "outputs" / "r" / "briefings" / "01_good.html").exists()


def test_a_chart_that_no_bundle_draws_fails_its_notebook_and_no_other(tmp_path, reports):
    figure = "import plotly.graph_objects as go\ngo.Figure(go.{}(z=[[1, 2], [3, 4]]))"
    each = [
        saved(tmp_path, name, PARAMETERS, figure.format(kind)) for name, kind in (("a", "Surface"), ("b", "Heatmap"))
    ]
    said = []
    with RunFolder(tmp_path / "outputs", "r") as folder:
        outcome = run_reports(reports, folder, each, progress=False)
        published = publish(folder, outcome, interactive=True, note=said.append)
    assert [line.split(";")[0] for line in said] == ["a.ipynb failed: no bundle of plotly.js here draws surface"]
    assert [path.name for path in published.briefings] == ["b.html"]
    assert "draws surface" in published.index.read_text("utf-8")
    assert read_outcome(folder.path).counts["failed"] == outcome.counts["failed"] == 1
    assert outcome.state == "failed"


def test_a_parameter_that_a_notebook_does_not_take_stops_the_run_at_its_beginning(tmp_path, reports):
    odd = saved(tmp_path, "odd", 'par: report = ""', "1")
    with RunFolder(tmp_path / "outputs", "r") as folder, pytest.raises(ParameterError, match="odd"):
        run_reports(reports, folder, [odd], progress=False)
    assert list((tmp_path / "outputs" / "r").iterdir()) == []


def test_a_corpus_of_which_nothing_can_be_read(tmp_path):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.txt").write_bytes(b"")
    said = []
    with RunFolder(tmp_path / "outputs", "r") as folder, pytest.raises(ReportError, match="none of its 1 files"):
        run_reports(tmp_path / "c", folder, [], progress=False, note=said.append)
    assert said == ["a.txt: the file is empty"]


def test_names_of_runs(tmp_path):
    now = datetime(2022, 3, 4, 5, 6, 7)
    assert run_name(Path("data/reports"), now) == "reports-20220304-050607"
    (tmp_path / "report-2022.txt").write_text("x")
    assert run_name(tmp_path / "report-2022.txt", now) == "report-2022-20220304-050607"


def test_the_manifest_of_a_run_is_toml_whatever_a_title_holds():
    from dangjian.runs.run import _toml

    for text in ('a"b\\', "换\n行\x7f\x01", "\U0001f600", "\ud800"):
        assert tomllib.loads(f"x = {_toml(text)}")["x"] == text.replace("\ud800", "\ufffd")


def test_a_run_that_is_told_to_stop_leaves_no_process_and_says_so(tmp_path, reports):
    import subprocess
    import sys
    import time

    waits = f"import os, time; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    slow = saved(tmp_path, "slow", PARAMETERS, waits)
    call = ["run", "--reports", str(reports), "--notebooks", str(slow), "--out", str(tmp_path / "o"), "--name", "r"]
    code = "import sys; from dangjian.cli import main; sys.exit(main())"
    with subprocess.Popen([sys.executable, "-c", code, *call], stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 60
        while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.terminate()
        assert process.wait(30) == 130
    stored = json.loads((tmp_path / "o" / "r" / "run.json").read_text("utf-8"))
    assert stored["state"] == "stopped"
    assert not (tmp_path / "o" / "r" / ".lock").exists()
    kernel = int((tmp_path / "pid").read_text())
    for _ in range(50):
        if not Path(f"/proc/{kernel}").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{kernel}").exists()
