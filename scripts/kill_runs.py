"""Kill a batch of 40 runs at random moments, and see that the same command ends it as if nothing had been.

    python scripts/kill_runs.py           # 10 kills, a minute
    python scripts/kill_runs.py 200       # as before a release

Each round begins with an empty folder: the batch is started and killed with SIGKILL ten times, then it is called once
more. Killed is the batch; or a kernel or the server of kernels, and the batch thereafter; or all of them at once. What
stands then must equal what a run that was never killed left in the same place, byte for byte, but for the seconds that
runs took in ``run.json``; one more call must find nothing to do; no temporary file, no folder among the temporary ones
and no process may be left.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = {
    "par: parameters": 'reports = ""\nmetrics = ""\ndistrict = ""\nyears = []\nmask = "auto"\nlang = "zh"',
    "table": (
        "import dangjian\nfrom dangjian import analysis, charts, wording\n"
        "corpus, table = dangjian.open_table(reports, metrics, mask=mask, district=district, years=years)"
    ),
    "chart": (
        'rates = analysis.by_year(table, "rectification.rate", by="source")\n'
        "charts.ranges(analysis.latest(rates), source=wording.source(rates, corpus))"
    ),
    "numbers": "wording.year_table(rates)",
}
JOBS = f"""
reports = "{ROOT / "data" / "reports"}"
out = "outputs"
name = "batch"
[[job]]
name = "rates"
notebook = "n.ipynb"
[job.grid]
district = "each"
years = [2020, 2021, 2022, 2023, [2020, 2021], [2021, 2022], [2022, 2023], [2020, 2023], [2020, 2022], [2021, 2023]]
"""
A_ROUND = 10
PATIENCE = 30.0
"""Seconds after which no process of a killed batch may live: a server of kernels that is still importing ends when it
has done so, 3 seconds after its start on a quiet machine."""


def save_notebook(place: Path) -> None:
    """The batch's notebook: a table, a chart and a list of numbers."""
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": name.rpartition(" ")[2],
            "metadata": {"tags": ["parameters"]} if name.startswith("par: ") else {},
            "outputs": [],
            "source": source,
        }
        for name, source in NOTEBOOK.items()
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    place.write_text(json.dumps(whole), "utf-8")


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Begin the batch, its words in a file."""
    code = "import sys; from dangjian.cli import main; sys.exit(main())"
    with (folder / "said").open("ab") as said:
        command = [sys.executable, "-c", code, "run", str(folder / "jobs.toml"), "--jobs", "2"]
        environment = os.environ | {"TMPDIR": str(folder / "t")}
        return subprocess.Popen(command, stdout=said, stderr=said, env=environment)


def call(folder: Path) -> float:
    """One call that nobody disturbs; its seconds."""
    began = time.monotonic()
    code = start(folder).wait()
    if code:
        raise SystemExit(f"a plain call ended with {code}: {(folder / 'said').read_text('utf-8', 'replace')[-2000:]}")
    return time.monotonic() - began


def below(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    parents: dict[int, list[int]] = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                facts = (place / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue  # it has ended meanwhile
            parents.setdefault(int(facts[1]), []).append(int(place.name))
    found, more = [], [pid]
    while more:
        own = parents.get(more.pop(), [])
        found += own
        more += own
    return found


def alive(pid: int, command: bytes) -> bool:
    """Whether a process lives and is still the one that it was."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() == command != b""
    except OSError:
        return False


def kill(process: subprocess.Popen[bytes], chance: random.Random) -> str:
    """Kill the batch, or something that it started; what was killed."""
    family = below(process.pid)
    commands = {}
    for pid in family:
        try:
            commands[pid] = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
    way = chance.random()
    if family and way < 0.2:
        victim = chance.choice(family)
        what = "the server" if b"warm.server" in commands.get(victim, b"") and below(victim) else "one of its processes"
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        time.sleep(chance.random())
        what += ", then the batch"
    elif way < 0.5:
        for victim in (process.pid, *family):
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        what = f"all {1 + len(family)} at once"
    else:
        what = "the batch"
    process.kill()
    process.wait()
    deadline = time.monotonic() + PATIENCE
    while left := [pid for pid, command in commands.items() if alive(pid, command)]:
        if time.monotonic() > deadline:
            raise SystemExit(f"{len(left)} processes of the killed batch are left: {[commands[pid] for pid in left]}")
        time.sleep(0.1)
    return what


def files(folder: Path) -> dict[str, bytes]:
    """What a batch gives: all files, but for the log and for what it remembers."""
    found = {}
    for path in sorted((folder / "outputs" / "batch").rglob("*")):
        if path.is_file() and ".state" not in path.parts and path.name != "log.jsonl":
            found[str(path.relative_to(folder))] = path.read_bytes()
    told: dict[str, Any] = json.loads(found["outputs/batch/run.json"])
    for run in told["runs"]:
        run.pop("seconds")
    return found | {"outputs/batch/run.json": json.dumps(told).encode()}


def round_of(folder: Path, kills: int, whole: float, chance: random.Random, expected: dict[str, bytes]) -> None:
    """Some kills and a plain call, compared with what is expected; a batch that ends before begins anew."""
    shutil.rmtree(folder / "outputs", ignore_errors=True)
    done = 0
    while done < kills:
        process = start(folder)
        # most moments early, where the reports are read and the first runs begin; some anywhere in the batch
        wait = chance.uniform(0, whole / 4) if chance.random() < 0.7 else chance.uniform(0, whole)
        try:
            code = process.wait(wait)
        except subprocess.TimeoutExpired:
            done += 1
            what = kill(process, chance)
            stands = len(list((folder / "outputs" / "batch" / ".state" / "runs").glob("*.json")))
            print(f"  {done}: killed {what} after {wait:.1f} s, {stands} of 40 runs stand", flush=True)
        else:
            print(f"  it ended by itself with {code}", flush=True)
            compare(folder, expected)
            shutil.rmtree(folder / "outputs")
    call(folder)
    compare(folder, expected)
    call(folder)
    last = (folder / "said").read_text("utf-8", "replace").strip().splitlines()[-1]
    if "0 made, 40 unchanged" not in last:
        raise SystemExit(f"one more call found something to do: {last}")


def compare(folder: Path, expected: dict[str, bytes]) -> None:
    """End the trial where the outputs are not as expected."""
    found = files(folder)
    differing = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
    if differing:
        raise SystemExit(f"{len(differing)} files differ from those of a run never killed: {differing[:10]}")
    hidden = [str(path) for path in (folder / "outputs").rglob("*.part*")]
    if hidden:
        raise SystemExit(f"temporary files are left: {hidden[:10]}")
    left = [path.name for path in (folder / "t").iterdir() if path.name != "jieba.cache"]
    if left:
        raise SystemExit(f"among the temporary files are left: {left[:10]}")


def main(kills: int, seed: int) -> None:
    """The whole trial."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="k", dir="/tmp") as name:
        folder = Path(name)
        (folder / "t").mkdir()
        save_notebook(folder / "n.ipynb")
        (folder / "jobs.toml").write_text(JOBS, "utf-8")
        whole = call(folder)
        expected = files(folder)
        print(f"a batch of 40 runs takes {whole:.0f} s and gives {len(expected)} files; seed {seed}", flush=True)
        done = 0
        while done < kills:
            now = min(A_ROUND, kills - done)
            round_of(folder, now, whole, chance, expected)
            done += now
            print(f"{done} of {kills}: all {len(expected)} files equal, nothing left, nothing to do", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else A_ROUND, int(sys.argv[2]) if len(sys.argv) > 2 else 20240501)
