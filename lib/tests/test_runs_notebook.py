"""Notebooks run for real: the verdict is true, nothing is left behind."""

from __future__ import annotations

import json
import os
import time

import nbformat
import pytest
from sample_notebooks import saved

from dangjian.runs.notebook import run_notebook
from dangjian.runs.parameters import ParameterError

PARAMETERS = 'par: reports: str = "x"\nyears: list = []'


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as stat:  # a zombie is dead
        return stat.read().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_notebook_that_runs(tmp_path, capfd):
    source = saved(
        tmp_path,
        "good",
        "md:# 题目",
        PARAMETERS,
        "import os, sys; print(reports, years, os.path.basename(os.getcwd()))",
        "print('aside', file=sys.stderr)",
        "",
    )
    run = run_notebook(source, tmp_path / "out.ipynb", {"reports": "衡川 \"'{x}", "years": [2021]})
    assert (run.state, run.cells, run.ran, run.failed_cell, run.error) == ("done", 3, 3, None, "")
    assert run.title == "题目"
    done = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert done.cells[3].outputs[0].text == f"衡川 \"'{{x}} [2021] {tmp_path.name}\n"
    assert "reports = '衡川" in done.cells[2].source  # Chinese as Chinese
    assert done.metadata.dangjian.state == "done"
    assert str(tmp_path) not in json.dumps(done.metadata)
    assert capfd.readouterr() == ("", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["good.ipynb", "out.ipynb"]


FAILURES = [
    # name, cells, cells that ran, place of the cell that failed, what the error says
    ("error", ["x = 1", "1 / 0", "x"], 1, 2, "ZeroDivisionError: division by zero"),
    ("exit", ["x = 1", "import sys; sys.exit(0)", "x"], 1, 2, "sys.exit"),
    ("exit_in_the_last_cell", ["x = 1", "raise SystemExit"], 1, 2, "sys.exit"),
    ("death", ["x = 1", "import os; os._exit(1)", "x"], 1, 2, "the kernel died"),
    ("kill", ["x = 1", "import os; os.kill(os.getpid(), 9)"], 1, 2, "the kernel died"),
    ("endless", ["x = 1", "while True: pass", "x"], 1, 2, "the cell took longer than 2 s"),
]


@pytest.mark.parametrize(("name", "cells", "ran", "failed", "says"), FAILURES, ids=[case[0] for case in FAILURES])
def test_a_failure_is_told_in_the_result_and_in_the_saved_notebook(tmp_path, name, cells, ran, failed, says):
    run = run_notebook(saved(tmp_path, name, *cells), tmp_path / "out.ipynb", {}, cell_limit=2)
    assert (run.state, run.ran, run.cells, run.failed_cell) == ("failed", ran, len(cells), failed)
    assert says in run.error
    done = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert done.metadata.dangjian.failed_cell == failed
    states = [cell.metadata.papermill.status for cell in done.cells if cell.cell_type == "code"]
    assert states == ["completed"] * ran + ["failed"] + ["not run"] * (len(cells) - ran - 1)


def test_the_limit_of_the_whole_run(tmp_path):
    source = saved(tmp_path, "slow", *["import time; time.sleep(1.5)"] * 9)
    run = run_notebook(source, tmp_path / "out.ipynb", {}, cell_limit=60, run_limit=10)
    assert run.state == "failed"
    assert "the run took longer than 10 s" in run.error
    assert 0 < run.ran < 9


def test_no_process_is_left(tmp_path):
    source = saved(
        tmp_path,
        "children",
        """
        import os, subprocess
        child = subprocess.Popen(['sleep', '600'])
        open('pids', 'w').write(f'{os.getpid()} {child.pid}')
        """,
        "1 / 0",
    )
    run_notebook(source, tmp_path / "out.ipynb", {})
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    for _ in range(50):
        if not any(map(alive, pids)):
            break
        time.sleep(0.1)
    assert [pid for pid in pids if alive(pid)] == []


def test_a_bad_parameter_is_refused_before_a_kernel_starts(tmp_path):
    source = saved(tmp_path, "n", PARAMETERS, "open('ran', 'w')")
    with pytest.raises(ParameterError, match="did you mean 'reports'"):
        run_notebook(source, tmp_path / "out.ipynb", {"report": "x"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["n.ipynb"]


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\xfe", b"[1]"])
def test_a_file_that_is_no_notebook(tmp_path, content):
    path = tmp_path / "n.ipynb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ParameterError, match=r"n\.ipynb"):
        run_notebook(path, tmp_path / "out.ipynb", {})
