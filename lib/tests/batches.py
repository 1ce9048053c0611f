"""A small corpus, a file of jobs over it, and a maker of runs that starts no kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sample_notebooks import saved

from dangjian.metrics import load
from dangjian.placing import write_text
from dangjian.runs.batch.batch import Asked, run_batch
from dangjian.runs.batch.jobs import Jobs, read_jobs
from dangjian.runs.batch.outcome import Batch
from dangjian.runs.batch.work import Record, Work, leave_record
from dangjian.runs.folder import RunFolder
from dangjian.runs.notebook import NotebookRun

PARAMETERS = 'par: reports = ""\nmetrics = ""\ndistrict = ""\nyears = []\nmask = "auto"\ntheme = ""'
ENTRY = '[[report]]\nfile = "{name}.txt"\ndistrict = "{district}"\nyear = {year}\n\n'
PLACES = {"hc": "衡川区", "la": "澜岸区"}
JOBS = """
reports = "corpus"
[[job]]
name = "each"
notebook = "nb/n.ipynb"
[job.grid]
district = "each"
years = "each"
[[job]]
name = "all"
notebook = "nb/n.ipynb"
"""


def text_of(district: str, year: int, number: int = 12) -> str:
    """A report's text."""
    return (
        f"{district}{year}年党的建设工作报告\n\n全年发展党员{number}名，查摆问题{year % 100 + number}个，整改率9*%。\n"
    )


def made(folder: Path, jobs: str = JOBS) -> Path:
    """A corpus of two districts and two years, one of which a district lacks, a notebook, and a file of jobs."""
    corpus = folder / "corpus"
    corpus.mkdir()
    entries = ""
    for short, year in (("hc", 2021), ("hc", 2022), ("la", 2022)):
        name = f"{short}-{year}"
        (corpus / f"{name}.txt").write_text(text_of(PLACES[short], year), "utf-8")
        entries += ENTRY.format(name=name, district=PLACES[short], year=year)
    (corpus / "corpus.toml").write_text(entries, "utf-8")
    (folder / "nb").mkdir()
    saved(folder / "nb", "n", "md:# 题", PARAMETERS, "print(district, years)")
    place = folder / "briefings.toml"
    place.write_text(jobs, "utf-8")
    return place


class Maker:
    """Makes runs without a kernel; remembers which, and fails or raises where it is told to."""

    def __init__(self, fails: str = "", faults: dict[str, BaseException] | None = None) -> None:
        self.made: list[str] = []
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.published = 0
        self._fails, self._faults = fails, faults or {}

    def make(self, work: Work) -> Record:
        """A run whose notebook and page say what they were given."""
        if work.name in self._faults:
            raise self._faults[work.name]
        failed = work.name == self._fails
        self.made.append(work.name)
        rows = len(load(Path(work.values["metrics"])))
        write_text(work.output, f"{work.name} {sorted(work.key['reports'])} {rows}\n")
        work.page.unlink(missing_ok=True)
        if not failed:
            write_text(work.page, f"<p>{work.name}</p>\n")
        state, error = ("failed", "ValueError: x") if failed else ("done", "")
        run = NotebookRun(work.notebook.name, "题", state, 2, 2 - failed, 0.1, 2 if failed else None, error)
        return leave_record(work, run, {"figures": 0, "tables": 0, "sentences": 0})

    def publish(self, folder: RunFolder, batch: Batch) -> None:
        """An index that lists the runs."""
        self.published += 1
        lines = [f"{step.planned.name} {batch.state_of(step)}\n" for step in batch.plan.steps]
        write_text(folder.place("briefings", "index.html"), "".join(lines))

    def __call__(self, event: str, **facts: Any) -> None:
        """An event."""
        self.told.append((event, facts))


def called(place: Path, maker: Maker, **asked: Any) -> Batch:
    """Run a file of jobs with a maker."""
    jobs: Jobs = read_jobs(place)
    with RunFolder(jobs.out, jobs.name) as folder:
        return run_batch(jobs, folder, Asked(**asked), maker.make, maker.publish, maker)


def files_of(folder: Path) -> dict[str, bytes]:
    """What a batch gives, without what it remembers and the log."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".state" not in path.parts and path.name != "log.jsonl"
    }
