"""Warm kernels against the stock ways, as ratios within one run: python scripts/bench_kernels.py [SETS [STOCK]]

The rectification notebook over districts, years and readings of masks, each with its HTML page. Every way is a process
of its own, timed from its start to its end, so that imports and the start of the server count; the stock ways are timed
on a few sets and scaled. They are what a user has without dangjian's runs: papermill's API in a loop and nbconvert's
exporter, the same in two processes, and the two commands in a shell's loop.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "notebooks" / "03_rectification.ipynb"
DISTRICTS = ("衡川区", "澜岸区", "松沅区", "棠川区")
YEARS = (2020, 2021, 2022, 2023)
Values = dict[str, Any]


def parameter_sets(count: int, corpus: Path) -> list[Values]:
    """So many different parameters of the notebook, on the reports and the stored metrics of a run."""
    spans = [list(chosen) for size in range(1, len(YEARS) + 1) for chosen in combinations(YEARS, size)]
    stored = {"reports": str(corpus / "reports"), "metrics": str(corpus / "metrics.parquet")}
    grid = product(("auto", "digits", "unknown"), spans, DISTRICTS)
    return [stored | {"district": place, "years": years, "mask": mask} for mask, years, place in grid][:count]


def stock_loop(sets: list[Values], out: Path) -> None:
    """papermill's API and nbconvert's exporter, one set after another."""
    import papermill
    from nbconvert import HTMLExporter

    exporter: Any = HTMLExporter
    for at, values in enumerate(sets):
        done = out / f"{at}.ipynb"
        papermill.execute_notebook(str(NOTEBOOK), str(done), values, progress_bar=False, cwd=str(NOTEBOOK.parent))
        page, _ = exporter().from_filename(str(done))
        (out / f"{at}.html").write_text(page, "utf-8")


def warm_threads(sets: list[Values], out: Path) -> None:
    """Two threads that run notebooks in forked kernels and write our pages."""
    from concurrent.futures import ThreadPoolExecutor

    from dangjian.runs.notebook import run_notebook, warm_server

    warm_server()
    from dangjian.briefings.page import read_page
    from dangjian.briefings.publish import briefing, read_proofs
    from dangjian.runs.notebook import open_notebook

    corpus = Path(sets[0]["metrics"]).parent
    facts = json.loads((corpus / "run.json").read_text("utf-8"))
    proofs = read_proofs(corpus)

    def one(at: int) -> None:
        run = run_notebook(NOTEBOOK, out / f"{at}.ipynb", sets[at], warm=True)
        assert run.done, run.error
        page = briefing(read_page(open_notebook(out / f"{at}.ipynb"), run.title, proofs.reports), run, facts, proofs)
        (out / f"{at}.html").write_text(page, "utf-8")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(len(sets))))


WAYS: dict[str, Callable[[list[Values], Path], None]] = {"stock": stock_loop, "warm": warm_threads}


def begin(way: str, sets: list[Values], out: Path, python: str = sys.executable) -> subprocess.Popen[bytes]:
    """Start one way in a process of its own."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "sets.json").write_text(json.dumps(sets), "utf-8")
    environment = os.environ | {"PYTHONWARNINGS": "ignore", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    command = [python, __file__, "--way", way, str(out)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def ended(*processes: subprocess.Popen[bytes]) -> None:
    """Wait for processes, each of which must end well."""
    for process in processes:
        _, said = process.communicate()
        if process.returncode:
            raise SystemExit(said.decode("utf-8", "replace"))


def seconds(way: str, sets: list[Values], out: Path, processes: int = 1, python: str = sys.executable) -> float:
    """Wall seconds a set, the sets dealt out to so many processes."""
    start = time.monotonic()
    ended(*(begin(way, sets[part::processes], out / str(part), python) for part in range(processes)))
    return (time.monotonic() - start) / len(sets)


def command_seconds(sets: list[Values], out: Path) -> float:
    """Wall seconds a set by the two commands."""
    out.mkdir(parents=True)
    tools = Path(sys.executable).parent
    start = time.monotonic()
    for at, values in enumerate(sets):
        done = str(out / f"{at}.ipynb")
        given = [word for name, value in values.items() for word in ("-y", json.dumps({name: value}))]
        for command in (
            [str(tools / "papermill"), str(NOTEBOOK), done, *given, "--cwd", str(NOTEBOOK.parent), "--no-progress-bar"],
            [str(tools / "jupyter"), "nbconvert", "--to", "html", done],
        ):
            subprocess.run(command, check=True, capture_output=True)
    return (time.monotonic() - start) / len(sets)


def batches(count: int, stock: int, corpus: Path, out: Path) -> None:
    """A batch our way against the stock ways."""
    sets = parameter_sets(count, corpus)
    few = sets[:: max(1, len(sets) // stock)][:stock]
    ours = seconds("warm", sets, out / "warm")
    loop = seconds("stock", few, out / "loop")
    two = seconds("stock", few, out / "two", 2)
    command = command_seconds(few[: max(2, stock // 2)], out / "command")
    print(f"{len(sets)} sets with HTML, warm, two at a time: {ours:.2f} s each, {ours * len(sets):.0f} s in all")
    for name, theirs, goal in (
        ("papermill's API in a loop", loop, 8),
        ("the same in two processes", two, 4),
        ("the two commands", command, 15),
    ):
        print(f"{name}: {theirs:.2f} s each, {theirs / ours:.1f} times ours (goal {goal})")
    other = os.environ.get("BENCH_PYTHON")
    if other:  # a Python that holds requirements/run.lock alone
        ours = seconds("warm", sets, out / "warm2", python=other)
        loop = seconds("stock", few, out / "loop2", python=other)
        print(f"without JupyterLab: {loop:.2f} s against {ours:.2f} s each, {loop / ours:.1f} times ours (goal 5)")


def overhead(out: Path) -> None:
    """What a run costs beyond its cells, and how soon a kernel with all imports has drawn a first chart."""
    from dangjian.runs.notebook import run_notebook, warm_server

    empty, first = out / "empty.ipynb", out / "first.ipynb"
    _write(empty, "1")
    _write(
        first,
        "import pandas, plotly.graph_objects, jieba, dangjian",
        "import matplotlib.pyplot as plt",
        "plt.bar([1], [2])",
    )
    warm_server(wait=True)
    for name, notebook, goal in (("an empty run", empty, 0.25), ("imports and a first chart", first, 0.5)):
        taken = {True: [], False: []}  # type: dict[bool, list[float]]
        for warm in (True, True, True, True, True, False, False):
            start = time.monotonic()
            assert run_notebook(notebook, out / "done.ipynb", {}, warm=warm).done
            taken[warm].append(time.monotonic() - start)
        mine, plain = min(taken[True]), min(taken[False])
        print(f"{name}: {mine:.2f} s (goal {goal}), {plain / mine:.1f} times faster than a kernel started anew")


def memory(corpus: Path, out: Path) -> None:
    """Private memory of two kernels at the end of the notebook, while both are there."""
    import nbformat

    formats: Any = nbformat
    whole: Any = formats.read(NOTEBOOK, as_version=4)
    whole.cells.append(nbformat.v4.new_code_cell("import time; time.sleep(600)"))  # type: ignore[no-untyped-call]
    kept = out / NOTEBOOK.name
    formats.write(whole, kept)
    sets = parameter_sets(2, corpus)
    code = (
        "import sys, json; from pathlib import Path; from dangjian.runs.notebook import run_notebook; "
        "run_notebook(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]), warm=True)"
    )
    drivers = [
        subprocess.Popen([sys.executable, "-c", code, str(kept), str(out / f"m{at}.ipynb"), json.dumps(values)])
        for at, values in enumerate(sets)
    ]
    try:
        time.sleep(40)
        kernels = [kernel for driver in drivers for server in _below(driver.pid) for kernel in _below(server)]
        private = [_private(kernel) for kernel in kernels]
        print(f"private memory of {len(kernels)} kernels at once: {max(private, default=0):.0f} MB at most (goal 100)")
    finally:
        for driver in drivers:
            driver.kill()
            driver.wait()


def fidelity(corpus: Path, out: Path) -> None:
    """Whether every notebook of the collection leaves the same outputs as under stock papermill in a kernel of its own.

    Raises:
        SystemExit: one does not.
    """
    import nbformat
    import papermill

    from dangjian.cli.run import find_notebooks
    from dangjian.runs.notebook import run_notebook

    formats: Any = nbformat
    stored = {"reports": str(corpus / "reports"), "metrics": str(corpus / "metrics.parquet")}
    unlike = []
    notebooks = find_notebooks(ROOT / "notebooks")
    for notebook in notebooks:
        assert run_notebook(notebook, out / "forked.ipynb", stored, warm=True).done
        papermill.execute_notebook(
            str(notebook), str(out / "stock.ipynb"), stored, progress_bar=False, cwd=str(notebook.parent)
        )
        forked, stock = (formats.read(out / f"{name}.ipynb", as_version=4) for name in ("forked", "stock"))
        if [cell.get("outputs") for cell in forked.cells] != [cell.get("outputs") for cell in stock.cells]:
            unlike.append(notebook.name)
    print(f"outputs as under stock papermill: {len(notebooks) - len(unlike)} of {len(notebooks)} notebooks")
    if unlike:
        raise SystemExit(f"other outputs: {', '.join(unlike)}")


def _below(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _private(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def _write(path: Path, *cells: str) -> None:
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    made: list[Any] = [new_code_cell(cell) for cell in cells]  # type: ignore[no-untyped-call]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=made, metadata={"kernelspec": kernel}), path)  # type: ignore[no-untyped-call]


def bench(count: int = 100, stock: int = 10) -> None:
    """All of it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        out = Path(folder)
        command = [sys.executable, "-c", "import sys; from dangjian.cli import main; sys.exit(main())"]
        arguments = ["run", "--reports", str(ROOT / "data/reports"), "--out", folder, "--name", "corpus"]
        subprocess.run([*command, *arguments, "--notebooks", str(NOTEBOOK)], check=True, capture_output=True)
        fidelity(out / "corpus", out)
        overhead(out)
        memory(out / "corpus", out)
        batches(count, stock, out / "corpus", out)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        place = Path(sys.argv[3])
        WAYS[sys.argv[2]](json.loads((place / "sets.json").read_text("utf-8")), place)
    else:
        bench(*map(int, sys.argv[1:3]))
