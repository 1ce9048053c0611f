"""Batches as ratios and checks within one run: make bench, or python scripts/bench_runs.py [REPORTS [FEW]]

How long a call takes that finds nothing to do, what one changed report makes due, what reading with two processes costs
beside reading with one. Reports are the invented samples with other numbers.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-c", "import sys; from dangjian.cli import main; sys.exit(main())"]
NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "parameters",
            "metadata": {"tags": ["parameters"]},
            "outputs": [],
            "source": 'reports = ""\nmetrics = ""\ndistrict = ""\nyears = []\ntheme = ""',
        },
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "shown",
            "metadata": {},
            "outputs": [],
            "source": "print(district, years, theme)",
        },
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
JOBS = """
reports = "corpus"
name = "batch"
[[job]]
name = "n"
notebook = "n.ipynb"
[job.grid]
"""
HUNDRED = """
district = "each"
years = [2020, 2021, 2022, 2023, [2022, 2023]]
theme = ["membership", "training", "rectification", "cadres", "integrity"]
"""
READ = """
import os, sys, time
from pathlib import Path
from dangjian.reports import Limits
from dangjian.runs.batch.roll import Reading, call_roll
from dangjian.runs.batch.stamps import Stamps
from dangjian.runs.batch.state import State
sys.path.insert(0, sys.argv[4])
from bench_runs import spent
folder, corpus, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
state = State(folder).made()
began = time.monotonic()
roll = call_roll(Reading(corpus, "auto", Limits(), workers), state, Stamps(state.stamps))
print(len(roll.reports), spent(os.getpid()), time.monotonic() - began)
"""


def spent(pid: int) -> float:
    """Processor seconds of a process and of all that it started, those that have ended included."""
    facts = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    own = sum(map(int, facts[11:15])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(spent(int(child)) for child in children)


def make_corpus(folder: Path, count: int, short: bool = False) -> None:
    """So many reports of sixteen districts, each with numbers of its own."""
    texts = [file.read_text("utf-8") for file in sorted((ROOT / "data" / "reports").glob("*.txt"))]
    chance = random.Random(7)
    folder.mkdir(parents=True)
    entries = []
    for number in range(count):
        text = re.sub(r"(?<!\d)\d{2,3}(?!\d)", lambda found: str(chance.randint(10, 999)), texts[number % len(texts)])
        if short:
            text = text[:600]
        (folder / f"r{number:05}.txt").write_text(f"第{number}号报告\n{text}", "utf-8")
        place, year = f"第{number // 4 % 16}区", 2020 + number % 4
        entries.append(f'[[report]]\nfile = "r{number:05}.txt"\ndistrict = "{place}"\nyear = {year}\n')
    (folder / "corpus.toml").write_text("\n".join(entries), "utf-8")


def made(folder: Path, count: int, grid: str, short: bool = False) -> Path:
    """A corpus, a notebook and a file of jobs."""
    make_corpus(folder / "corpus", count, short)
    (folder / "n.ipynb").write_text(json.dumps(NOTEBOOK), "utf-8")
    (folder / "jobs.toml").write_text(JOBS + grid, "utf-8")
    return folder / "jobs.toml"


def call(jobs: Path) -> tuple[float, float, str]:
    """The command on a file of jobs: seconds, processor seconds, and its last line."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*COMMAND, "run", str(jobs)], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, processor, done.stdout.strip()


def unchanged(folder: Path) -> None:
    """A hundred runs: a call with nothing to do, and one after a report has changed."""
    jobs = made(folder, 16, HUNDRED)
    first, _, said = call(jobs)
    again, processor, _ = min(call(jobs) for _ in range(3))
    told = f"called again without a change {again:.2f} s ({processor:.2f} of a processor; goal 1)"
    print(f"100 runs: {first:.0f} s, {told}: {said.split(' in ')[0]}")
    report = folder / "corpus" / "r00005.txt"
    report.write_text(report.read_text("utf-8").replace("1", "2"), "utf-8")
    events = folder / "outputs" / "batch" / "log.jsonl"
    before = len(events.read_text("ascii").splitlines())
    call(jobs)
    lines: list[dict[str, Any]] = [json.loads(line) for line in events.read_text("ascii").splitlines()[before:]]
    run = [line["name"] for line in lines if line["event"] == "run"]
    own = [name for name in run if name.startswith("n-第1区-2021-")]
    print(f"one changed report: {len(run)} runs made, {len(own)} of them read it (goal: 5 and 5)")


def many(folder: Path, count: int) -> None:
    """Many reports without a change."""
    jobs = made(folder, count, 'years = "each"\n', short=True)
    first, *_ = call(jobs)
    again, processor, said = min(call(jobs) for _ in range(3))
    told = f"without a change {again:.2f} s ({processor:.2f} of a processor; goal 3)"
    print(f"{count} reports: read and 4 runs made in {first:.0f} s, {told}")
    if "0 made" not in said:
        raise SystemExit(said)


def readers(folder: Path, count: int) -> None:
    """Processor time of two readers against one."""
    make_corpus(folder / "corpus", count)
    found: dict[int, tuple[float, float]] = {}
    for workers in (1, 2, 1, 2):
        command = [sys.executable, "-c", READ, str(folder / f"s{len(found)}{workers}{time.monotonic_ns()}")]
        command += [str(folder / "corpus"), str(workers), str(Path(__file__).parent)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        reports, processor, wall = done.stdout.split()
        assert int(reports) == count, reports
        found[workers] = min(found.get(workers, (1e9, 1e9)), (float(processor), float(wall)))
    one, two = found[1], found[2]
    print(
        f"{count} reports read by two: {two[0] / one[0]:.2f} of the processor time of one (goal 1.10), "
        f"{two[1] / one[1]:.2f} of its time"
    )


if __name__ == "__main__":
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    few = int(sys.argv[2]) if len(sys.argv) > 2 else 640
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        place = Path(name)
        readers(place / "readers", few)
        sys.stdout.flush()
        unchanged(place / "unchanged")
        sys.stdout.flush()
        many(place / "many", most)
