"""``dangjian run briefings.toml``: exit codes, what is said, and a briefing from a real kernel."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batches import PARAMETERS, files_of, made
from sample_notebooks import saved

from dangjian.cli import main
from dangjian.runs.folder import RunFolder

JOBS = """
reports = "corpus"
[[job]]
name = "good"
notebook = "nb/n.ipynb"
outputs = ["html", "docx"]
[job.grid]
district = ["衡川区"]
[[job]]
name = "bad"
notebook = "nb/bad.ipynb"
"""


@pytest.fixture
def jobs(tmp_path):
    place = made(tmp_path, JOBS)
    saved(tmp_path / "nb", "bad", "md:# 坏", PARAMETERS, "x = 1", "1 / 0", "x")
    return place


def test_a_batch_with_kernels(jobs, tmp_path, capfd):
    assert main(["run", str(jobs), "--dry-run"]) == 0
    assert capfd.readouterr().out == "good\tgood-衡川区\tnew\nbad\tbad\tnew\n"
    assert not (tmp_path / "outputs").exists()

    assert main(["run", str(jobs), "--jobs", "2"]) == 1
    out, err = capfd.readouterr()
    assert out.startswith("3 reports, 2 runs: 1 made, 0 unchanged, 1 failed in ")
    assert "bad failed, 2 of 4 cells ran: cell 4: ZeroDivisionError: division by zero" in err
    assert "good: 1 of 1 run" in err
    folder = tmp_path / "outputs" / "briefings"
    page = (folder / "briefings" / "good-衡川区.html").read_text("utf-8")
    assert "衡川区 []" in page
    assert (folder / "briefings" / "good-衡川区.docx").read_bytes()[:2] == b"PK"
    assert not (folder / "briefings" / "bad.html").exists()
    assert [path.name for path in (folder / "notebooks").iterdir()] == ["bad.ipynb"]  # the other is not asked for
    index = (folder / "briefings" / "index.html").read_text("utf-8")
    assert "ZeroDivisionError" in index
    assert 'href="good-衡川区.html"' in index
    told = json.loads((folder / "run.json").read_text("utf-8"))
    assert {run["name"]: run["state"] for run in told["runs"]} == {"good-衡川区": "done", "bad": "failed"}
    events = [json.loads(line)["event"] for line in (folder / "log.jsonl").read_text("ascii").splitlines()]
    assert events == ["begun", "reports", "planned", "planned", "begins", "begins", "run", "run", "ended"]

    before = files_of(folder)
    assert main(["run", str(jobs), "--only", "good"]) == 0
    assert "2 runs: 0 made, 1 unchanged, 1 failed before" in capfd.readouterr().out
    assert files_of(folder) == before


LANGUAGES = """
reports = "corpus"
[[job]]
name = "both"
notebook = "nb/two.ipynb"
lang = "zh,en"
outputs = ["html", "interactive"]
[job.grid]
district = ["衡川区"]
[[job]]
name = "solid"
notebook = "nb/solid.ipynb"
outputs = ["html", "interactive"]
"""
CHART = """
from dangjian import analysis, charts, wording
from dangjian.metrics import open_table
corpus, table = open_table(reports, metrics, mask=mask)
wording.speak(lang)
figures = analysis.by_year(table, "membership.developed")
charts.ranges_interactive(figures, source=wording.source(figures, corpus))
"""
TRANSLATION = '[prose]\n"# 发展党员" = "# Members developed"\n"每年多少？" = "How many a year?"\n[phrases]\n'


def test_a_batch_in_two_languages_with_charts_to_hover_over(tmp_path, capfd):
    place, told = made(tmp_path, LANGUAGES), f'{PARAMETERS}\nlang = "zh"'
    saved(tmp_path / "nb", "two", "md:# 发展党员", told, "md:每年多少？", CHART)
    surface = "import plotly.graph_objects as go\ngo.Figure(go.Surface(z=[[1, 2], [3, 4]]))"
    saved(tmp_path / "nb", "solid", "md:# 曲面", told, surface)
    (tmp_path / "nb" / "en.toml").write_text(TRANSLATION, "utf-8")
    assert main(["run", str(place), "--jobs", "1"]) == 1
    out, err = capfd.readouterr()
    assert "3 reports, 3 runs: 2 made, 0 unchanged, 1 failed" in out
    assert "solid failed, 2 of 2 cells ran: no bundle of plotly.js here draws surface; use bar, " in err
    assert "Traceback" not in err
    folder = tmp_path / "outputs" / "briefings" / "briefings"
    chinese, english = (
        [(folder / f"both-衡川区{part}").read_text("utf-8") for part in (f"{lang}.html", f"{lang}.interactive.html")]
        for lang in ("", "-en")
    )
    for page in chinese:
        assert '<html lang="zh-CN"' in page and "<h1>发展党员</h1>" in page and "每年多少？" in page
    for page in english:
        assert '<html lang="en"' in page and "<h1>Members developed</h1>" in page and "How many a year?" in page
    assert all('id="plots"' in page for page in (chinese[1], english[1]))
    assert not list(folder.glob("solid*"))
    index = "".join(path.read_text("utf-8") for path in folder.glob("index*.html"))
    assert "draws surface" in index
    assert all(
        f'href="both-衡川区{part}"' in index for part in ("-en.html", "-en.interactive.html", ".interactive.html")
    )


WRONG = [
    # options, what is said
    (["--only", "god"], "did you mean 'good'?"),
    (["--since", "yesterday"], "is no time"),
    (["--jobs", "0"], "--jobs"),
    (["--name", "../x"], "cannot name a folder"),
    (["--mask", "digits"], "--mask goes with --reports"),
    (["--lang", "en"], "--lang goes with --reports"),
    (["--docx"], "--docx goes with --reports"),
    (["--notebooks", "nb"], "--notebooks goes with --reports"),
    (["--reports", "corpus"], "name a file of jobs, or a folder with --reports"),
]


@pytest.mark.parametrize(("options", "says"), WRONG, ids=lambda value: " ".join(value) if value else "")
def test_a_wrong_call_ends_with_2_and_nothing_is_written(jobs, tmp_path, capfd, options, says):
    assert main(["run", str(jobs), *options]) == 2
    assert says in capfd.readouterr().err
    assert not (tmp_path / "outputs").exists()


def test_a_parameter_that_a_notebook_does_not_take_ends_with_2(jobs, tmp_path, capfd):
    jobs.write_text(JOBS + "[job.parameters]\nyaers = [2021]\n", "utf-8")
    assert main(["run", str(jobs)]) == 2
    assert "did you mean 'years'?" in capfd.readouterr().err
    assert not (tmp_path / "outputs").exists()


def test_data_that_cannot_be_used_ends_with_3(jobs, tmp_path, capfd):
    (tmp_path / "corpus" / "bad.txt").write_bytes(b"")
    assert main(["run", str(jobs), "--only", "good"]) == 3
    assert "bad.txt: the file is empty" in capfd.readouterr().err
    assert main(["run", str(jobs), "--only", "good", "--json"]) == 3
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert [line["event"] for line in lines if line["event"] in ("skipped", "ended")] == ["skipped", "ended"]
    assert lines[-1]["exit"] == 3


def test_a_batch_at_work_holds_another_off(jobs, tmp_path, capfd):
    with RunFolder(tmp_path / "outputs", "briefings"):
        assert main(["run", str(jobs)]) == 1
    assert "another run (process " in capfd.readouterr().err
    assert [path.name for path in (tmp_path / "outputs" / "briefings").iterdir()] == []


def test_the_example_of_a_file_of_jobs_is_sound(request):
    from dangjian.runs.batch.jobs import read_jobs

    jobs = read_jobs(request.config.rootpath / "examples" / "briefings.toml")
    assert [job.name for job in jobs.jobs] == ["rectification", "training", "report", "compare"]
    assert all(job.when for job in jobs.jobs)


def started(call, *, until):
    """The command in a process of its own, once something has come to be."""
    process = subprocess.Popen(
        [sys.executable, "-c", "import sys; from dangjian.cli import main; sys.exit(main())", *call]
    )
    deadline = time.monotonic() + 90
    while not until() and time.monotonic() < deadline:
        time.sleep(0.05)
    return process


def gone(pid):
    """Whether a process ends within five seconds."""
    for _ in range(50):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("number", "code", "state"), [(signal.SIGTERM, 130, "stopped"), (signal.SIGKILL, -9, "running")]
)
def test_a_batch_that_is_ended_leaves_no_process_and_is_gone_on_with(tmp_path, capfd, number, code, state):
    place = made(tmp_path, 'reports = "corpus"\n[[job]]\nname = "n"\nnotebook = "nb/n.ipynb"\n')
    waits = f"import os, time; open({str(tmp_path / 'pid')!r}, 'a').write(str(os.getpid())); time.sleep(60)"
    saved(tmp_path / "nb", "n", PARAMETERS, f"import os\nif not os.path.exists({str(tmp_path / 'pid')!r}): {waits}")
    pid = tmp_path / "pid"
    process = started(["run", str(place), "--cold"], until=lambda: pid.exists() and pid.read_text())
    process.send_signal(number)
    assert process.wait(30) == code
    assert gone(int(pid.read_text()))
    folder = tmp_path / "outputs" / "briefings"
    assert json.loads((folder / "run.json").read_text("utf-8"))["state"] == state
    assert main(["run", str(place), "--cold"]) == 0
    assert "1 runs: 1 made" in capfd.readouterr().out
    assert list(folder.rglob("*.part*")) == []
    assert not (folder / ".lock").exists()
