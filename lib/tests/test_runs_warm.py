"""Kernels forked from a preloaded process: like ordinary ones, alone, and gone when their run is."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from sample_notebooks import saved

from dangjian.runs import engine, private
from dangjian.runs.notebook import run_notebook, warm_server
from dangjian.runs.warm import client, likeness, shared

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not client.can_fork(), reason="kernels are forked on Linux alone")


@pytest.fixture(autouse=True, scope="module")
def servers():
    yield
    shared.close_shared()


def gone(pid: int) -> bool:
    """Whether a process ends within some seconds; a zombie has."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def outputs(path: Path) -> list:
    return [cell.outputs for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def said(path: Path, cell: int = -1) -> str:
    return "".join(output.get("text", "") for output in outputs(path)[cell])


def both(source: Path, folder: Path, parameters: dict | None = None) -> tuple[list, list]:
    """The outputs of a notebook in a forked kernel and in an ordinary one."""
    for name, warm in (("warm", True), ("cold", False)):
        run = run_notebook(source, folder / f"{name}.ipynb", parameters or {}, warm=warm)
        assert run.done, run.error
    return outputs(folder / "warm.ipynb"), outputs(folder / "cold.ipynb")


DIRTY = """
import builtins, locale, logging, os, random, sys, types, warnings
import matplotlib, matplotlib.pyplot as plt, numpy, pandas, plotly.io, jieba
import dangjian, dangjian.wording
pandas.set_option('display.max_rows', 3); pandas.DataFrame.shape = property(lambda self: 'spoilt')
matplotlib.rcParams['font.size'] = 31; plt.figure()
plotly.io.templates.default = 'ggplot2'
os.environ['SPOILT'] = '1'; os.environ.pop('HOME', None); os.chdir('/'); os.umask(0)
builtins.spoilt = 1; sys.path.insert(0, '/spoilt'); sys.modules['spoilt'] = types.ModuleType('spoilt')
sys.setrecursionlimit(500); warnings.simplefilter('error'); logging.disable(logging.CRITICAL)
jieba.add_word('党建引领基层治理'); dangjian.wording.spoilt = 1
random.seed(1); numpy.random.seed(1)
"""
LOOK = """
import builtins, logging, os, sys, warnings
import matplotlib, matplotlib.pyplot as plt, pandas, plotly.io, jieba, dangjian.wording
jieba.setLogLevel(60)  # an ordinary kernel says that it loads the dictionary
old = os.umask(0o77); os.umask(old)
for seen in (
    pandas.get_option('display.max_rows'), pandas.DataFrame({'a': [1]}).shape, matplotlib.rcParams['font.size'],
    plt.get_fignums(), matplotlib.get_backend(), plotly.io.templates.default, plotly.io.renderers.default,
    os.environ.get('SPOILT'), os.environ.get('HOME'), os.path.basename(os.getcwd()), old,
    hasattr(builtins, 'spoilt'), '/spoilt' in sys.path, 'spoilt' in sys.modules, sys.getrecursionlimit(),
    ('error', None, Warning, None, 0) in warnings.filters, logging.root.manager.disable, jieba.lcut('党建引领基层治理'),
    hasattr(dangjian.wording, 'spoilt'), sys.modules.get('rfc3987_syntax', 'not barred'), sorted(globals()),
):
    print(seen)
"""


def test_a_run_leaves_nothing_to_the_next(tmp_path):
    dirty = saved(tmp_path, "dirty", DIRTY)
    assert run_notebook(dirty, tmp_path / "first.ipynb", {}, warm=True).done
    warm, cold = both(saved(tmp_path, "look", LOOK), tmp_path)
    assert warm == cold
    assert "None" in said(tmp_path / "warm.ipynb")


def test_random_numbers_differ_between_runs(tmp_path):
    source = saved(tmp_path, "draw", "import random, numpy; print(random.random(), numpy.random.rand())")
    drawn = set()
    for place in (tmp_path / "1.ipynb", tmp_path / "2.ipynb"):
        assert run_notebook(source, place, {}, warm=True).done
        drawn |= set(said(place).split())
    assert len(drawn) == 4


SHOWN = (
    """
    import matplotlib.pyplot as plt, pandas as pd, plotly.graph_objects as go
    from matplotlib import rcParams
    rcParams['font.size'] = 7
    pd.DataFrame({'发展党员': [1, 2.5]})
    """,
    "plt.bar([0, 1], [3, 4]); plt.title('12%')",
    "go.Figure(go.Bar(x=[1], y=[2])).show()",
    "!echo $((6 * 7))",
    "import asyncio; await asyncio.sleep(0); 6 * 7",
    """
    import multiprocessing, concurrent.futures as futures
    with futures.ThreadPoolExecutor(2) as pool:
        print(list(pool.map(abs, [-1, 2])))
    with multiprocessing.get_context('fork').Pool(2) as pool:
        print(pool.map(abs, [-1, 2]))
    """,
    "__name__, __IPYTHON__, get_ipython().__class__.__name__",
    "import __main__; __main__.pd is pd",
)


def test_outputs_are_those_of_an_ordinary_kernel(tmp_path):
    warm, cold = both(saved(tmp_path, "shown", *SHOWN), tmp_path)
    assert warm == cold
    assert "image/png" in warm[1][-1]["data"]


def test_a_notebook_of_the_collection_gives_the_same_outputs(tmp_path):
    parameters = {"reports": str(ROOT / "data/reports"), "district": "衡川区"}
    warm, cold = both(ROOT / "notebooks/03_rectification.ipynb", tmp_path, parameters)
    assert warm == cold


def test_a_killed_kernel_fails_its_own_run_alone(tmp_path):
    death = saved(tmp_path, "death", "import os, time; time.sleep(1); os.kill(os.getpid(), 9)", "1")
    life = saved(tmp_path, "life", "import time; time.sleep(2)", "print('lived')")
    with ThreadPoolExecutor(2) as pool:
        dead, alive = pool.map(
            lambda source: run_notebook(source, tmp_path / f"out-{source.name}", {}, warm=True), (death, life)
        )
    assert (dead.state, dead.ran, dead.failed_cell) == ("failed", 0, 1)
    assert "the kernel died" in dead.error
    assert alive.done


CHILDREN = """
import os, subprocess, time
child = subprocess.Popen(['sleep', '600'])
open('pids.part', 'w').write(f'{os.getpid()} {child.pid} {os.getppid()}')
os.rename('pids.part', 'pids')
time.sleep(600)
"""


def pids(folder: Path) -> list[int]:
    """The kernel, a process that a cell started, and the server, once the cell runs."""
    for _ in range(600):
        if (folder / "pids").exists():
            found = [int(pid) for pid in (folder / "pids").read_text().split()]
            assert os.getpid() not in found, "the kernel was not forked"
            return found
        time.sleep(0.1)
    raise AssertionError("the cell never began")


def test_a_killed_server_fails_its_runs_and_the_next_one_gets_another(tmp_path, caplog):
    source = saved(tmp_path, "children", CHILDREN, "1")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run_notebook, source, tmp_path / "out.ipynb", {}, warm=True)
        kernel, child, server = pids(tmp_path)
        os.kill(server, signal.SIGKILL)
        run = running.result(60)
    assert (run.state, run.ran, run.failed_cell) == ("failed", 0, 1)
    assert "the kernel died" in run.error
    states = [cell.metadata.papermill.status for cell in nbformat.read(tmp_path / "out.ipynb", as_version=4).cells]
    assert states == ["failed", "not run"]
    assert [pid for pid in (kernel, child, server) if not gone(pid)] == []
    parent = saved(tmp_path, "parent", "import os; print(os.getppid())")
    assert run_notebook(parent, tmp_path / "next.ipynb", {}, warm=True).done
    assert int(said(tmp_path / "next.ipynb")) not in (server, os.getpid())
    assert caplog.records == []


def test_a_killed_driver_leaves_no_process_no_folder_and_no_file(tmp_path):
    source = saved(tmp_path, "children", CHILDREN)
    (tmp_path / "t").mkdir()
    code = f"""
        from pathlib import Path
        from dangjian.runs.notebook import run_notebook
        run_notebook(Path({str(source)!r}), Path({str(tmp_path / "out.ipynb")!r}), {{}}, warm=True)
    """
    short = Path(tempfile.mkdtemp(prefix="t", dir="/tmp"))  # short, as names of sockets must be
    try:
        environment = os.environ | {"TMPDIR": str(short), "PYTHONPATH": os.pathsep.join(sys.path)}
        driver = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], env=environment)
        left = pids(tmp_path)
        driver.kill()
        driver.wait()
        assert [pid for pid in left if not gone(pid)] == []
        for _ in range(50):
            if not list(short.glob("dj*")):
                break
            time.sleep(0.1)
        assert [path for path in short.iterdir() if path.name != "jieba.cache"] == []
    finally:
        shutil.rmtree(short)
    assert not (tmp_path / "out.ipynb").exists()


def test_what_a_killed_driver_and_server_left_is_swept_by_the_next(tmp_path, monkeypatch):
    source = saved(tmp_path, "children", CHILDREN)
    short = Path(tempfile.mkdtemp(prefix="t", dir="/tmp"))
    monkeypatch.setattr(tempfile, "tempdir", str(short))
    code = f"""
        from pathlib import Path
        from dangjian.runs.notebook import run_notebook
        run_notebook(Path({str(source)!r}), Path({str(tmp_path / "out.ipynb")!r}), {{}}, warm=True)
    """
    try:
        environment = os.environ | {"TMPDIR": str(short), "PYTHONPATH": os.pathsep.join(sys.path)}
        driver = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], env=environment)
        kernel, child, server = pids(tmp_path)
        for pid in (driver.pid, server):
            os.kill(pid, signal.SIGKILL)
        driver.wait()
        assert [pid for pid in (kernel, server) if not gone(pid)] == []
        os.kill(child, signal.SIGKILL)
        mine = private.private_folder()
        assert list(short.glob("dj*")) == [mine]
        private.remove(mine)
        assert list(short.glob("dj*")) == []
    finally:
        shutil.rmtree(short)


def test_a_server_of_old_code_forks_no_more_and_ends_with_its_last_kernel(tmp_path, monkeypatch):
    source = saved(tmp_path, "children", CHILDREN.replace("sleep(600)", "sleep(8)"), "print('ran to its end')")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run_notebook, source, tmp_path / "old.ipynb", {}, warm=True)
        _, _, old = pids(tmp_path)
        monkeypatch.setattr(likeness, "code", lambda: "edited")
        parent = saved(tmp_path, "parent", "import os; print(os.getppid())")
        assert run_notebook(parent, tmp_path / "new.ipynb", {}, warm=True).done
        assert int(said(tmp_path / "new.ipynb")) != old
        assert running.result(60).done
    assert gone(old)


def test_an_edited_file_is_seen(tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text("a = 1")
    monkeypatch.setattr(likeness, "_PACKAGE", tmp_path)
    before = likeness.code()
    assert likeness.code() == before
    (tmp_path / "a.py").write_text("a = 22")
    assert likeness.code() != before


def refused(*args, **kwargs):
    raise client.ServerGone("kernels are forked on Linux alone")


def test_where_there_is_no_server_ordinary_kernels_run_and_a_warning_says_so_once(tmp_path, monkeypatch, caplog):
    shared.close_shared()
    monkeypatch.setattr(client, "start", refused)
    source = saved(
        tmp_path, "n", "import os, sys; print(os.getppid(), sys.modules.get('rfc3987_syntax', 'not barred'))"
    )
    for name in ("1.ipynb", "2.ipynb"):
        assert run_notebook(source, tmp_path / name, {}, warm=True).done
        assert said(tmp_path / name) == f"{os.getpid()} None\n"
    assert [record.message for record in caplog.records] == [
        "no warm kernels: kernels are forked on Linux alone; ordinary kernels run, some seconds slower each"
    ]
    shared.close_shared()


def test_a_server_that_cannot_start_says_why(tmp_path, monkeypatch, caplog):
    shared.close_shared()
    monkeypatch.setattr(client, "launch_environment", lambda environment: {"PYTHONHOME": "/nowhere"})
    run = run_notebook(saved(tmp_path, "n", "1"), tmp_path / "out.ipynb", {}, warm=True)
    assert run.done
    assert "no warm kernel: " in caplog.text
    shared.close_shared()


def test_another_start_of_python_gets_another_server(monkeypatch):
    one = warm_server()
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    assert warm_server() is not one
    monkeypatch.delenv("PYTHONOPTIMIZE")
    assert warm_server() is one
    monkeypatch.setenv("SOME_PASSWORD", "x")  # a fork takes on what is not read at the start
    assert warm_server() is one


def test_stock_papermill_takes_it_by_the_name_of_the_kernel(tmp_path):
    """The command as users call it; the entry points are made here, for a checkout that was installed before them."""
    facts = tmp_path / "site" / "named-0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: named\nVersion: 0\n")
    (facts / "entry_points.txt").write_text(
        "[jupyter_client.kernel_provisioners]\ndangjian-warm = dangjian.runs.warm.provisioner:WarmProvisioner\n"
        "[papermill.engine]\ndangjian = dangjian.runs.lean:LeanEngine\n"
    )
    saved(tmp_path, "n", "import os\nprint(os.getpid(), os.getppid())")
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "site"), *filter(None, sys.path)]),
        "JUPYTER_PATH": str(tmp_path / "share" / "jupyter"),
    }

    def command(code: str, *words: str) -> None:
        called = subprocess.run(
            [sys.executable, "-c", code, *words],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        assert called.returncode == 0, called.stderr

    command("from dangjian.cli import main; main()", "kernels", "install", "--prefix", str(tmp_path))
    command(
        "from papermill.__main__ import papermill; papermill()",
        "-k",
        "dangjian-warm",
        "--engine",
        "dangjian",
        "n.ipynb",
        "out.ipynb",
    )
    kernel, server = map(int, said(tmp_path / "out.ipynb").split())
    assert gone(kernel)
    assert gone(server)
    saved_as = json.loads((tmp_path / "out.ipynb").read_text("utf-8"))
    assert saved_as["metadata"]["papermill"]["exception"] is None


def test_names_of_entry_points_and_kernel_agree():
    import tomllib

    from dangjian.runs.warm import kernelspec

    points = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    assert kernelspec.NAME in points["jupyter_client.kernel_provisioners"]
    assert engine.ENGINE in points["papermill.engine"]
