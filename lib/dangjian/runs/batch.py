"""A plan carried out: what changed is read and run, what did not is left as it stands, what failed is told.

The order of writing makes a killed batch resumable: rows and texts before their index line, notebook and page
before their journal line. What has no line is done again, and every file is whole or not there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dangjian.runs.corpora import Looks, Source, find_sources
from dangjian.runs.folder import RunFolder
from dangjian.runs.grid import Task, tasks_of
from dangjian.runs.journal import Journal, read_journal, rewrite
from dangjian.runs.keys import catalogue_version, changed, digest_of, library_version, notebook_version
from dangjian.runs.notebook import NotebookRun, open_notebook
from dangjian.runs.orders import Order, perform
from dangjian.runs.plan import Job, Plan
from dangjian.runs.readings import BATCH, Reading, Readings, read_batch
from dangjian.runs.selections import selection_name, sweep_selections, write_selection

STATE = ".state"
Say = Callable[..., None]


@dataclass
class Step:
    """One run of the batch: what it depends on, why it is done or not, what it came to."""

    task: Task
    parts: dict[str, str]
    why: list[str]
    run: NotebookRun | None = None
    new: bool = False

    @property
    def name(self) -> str:
        return self.task.name


@dataclass
class Batch:
    """What a batch came to.

    Attributes:
        steps: every run of the jobs chosen, in the order of the plan.
        skipped: files that could not be read: name and reason.
        empty: combinations of a grid that select no report.
        refused: corrections that no longer fit.
    """

    name: str
    steps: list[Step] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    read: int = 0
    stopped: bool = False

    @property
    def failed(self) -> list[Step]:
        """Runs that failed, now or before."""
        return [step for step in self.steps if step.run is not None and not step.run.done]

    @property
    def done(self) -> list[Step]:
        """Runs that were done in this call."""
        return [step for step in self.steps if step.new]

    @property
    def exit_code(self) -> int:
        """0 all well, 1 some failed, 3 done with data problems."""
        if self.failed:
            return 1
        return 3 if self.skipped or self.refused else 0


def prepare(
    plan: Plan,
    jobs: Sequence[Job],
    state: Path,
    readings: Readings,
    *,
    executor: Executor | None = None,
    workers: int = 1,
    force: bool = False,
    since: float = 0.0,
    say: Say = lambda event, **facts: None,
) -> Batch:
    """Look at the reports of some jobs, read those that changed, and say of each run whether it must be done.

    Args:
        executor: reads batches of reports beside one another; None reads here.
        since: runs are done only where a report of theirs changed at that time or later, seconds since 1970.
    """
    batch = Batch(plan.name)
    before = {event["run"]: event for event in read_journal(state / "journal.jsonl") if "run" in event}
    looks = Looks(state / "looks.json")
    corpora: dict[tuple[str, str], tuple[Source, ...]] = {}
    for job in jobs:
        if (job.reports, job.mask) not in corpora:
            corpora[job.reports, job.mask] = find_sources(job.reports, looks)
    looks.save()
    known: dict[tuple[str, str], list[Reading]] = {}
    for (place, mask), sources in corpora.items():
        _read(sources, mask, readings, executor, workers, batch, say)
        known[place, mask] = _usable(readings.of(sources, mask), batch)
    batch.readings = list({one.key: one for found in known.values() for one in found}.values())
    times = {source.name: source.changed for sources in corpora.values() for source in sources}
    for job in jobs:
        found, empty = tasks_of(job, known[job.reports, job.mask])
        batch.empty += [f"{job.name}: {words}" for words in empty]
        version = notebook_version(open_notebook(job.notebook).cells, job.notebook.parent, job.inputs)
        corrections = corrections_of(job)
        fixed = {
            "notebook": version,
            "catalogue": catalogue_version(),
            "corrections": corrections[1],
            "library": library_version(),
        }
        for task in found:
            parts = fixed | {
                "parameters": digest_of([dict(task.parameters), job.mask, job.outputs, job.cell_limit, job.run_limit]),
                "reports": digest_of([reading.key for reading in task.readings]),
            }
            step = Step(task, parts, [])
            last = before.get(task.name)
            step.why = ["force"] if force else changed(last and last["parts"], parts)
            if last is not None:
                step.run = NotebookRun(**last["result"])
                if not step.why and not step.run.done:
                    step.why = ["failed before"]
                if not step.why and not _stands(plan, task):
                    step.why = ["its files are gone"]
            if since and last is not None and max(times[one.source] for one in task.readings) < since:
                step.why = []
            batch.steps.append(step)
    return batch


def corrections_of(job: Job) -> tuple[Path | None, str]:
    """The file of corrections for a job's reports, and what stands for its content."""
    if "://" in job.reports:
        return None, ""
    from dangjian.metrics import find_corrections

    path = find_corrections(job.reports)
    return (path, digest_of(path.read_text("utf-8", "replace"))) if path else (None, "")


def carry_out(
    batch: Batch,
    folder: RunFolder,
    readings: Readings,
    *,
    executor: Executor,
    workers: int,
    publisher: str,
    facts: Callable[[Task], dict[str, Any]],
    warm: bool = True,
    say: Say = lambda event, **facts: None,
) -> None:
    """Do the runs that must be done, at most two for each worker on their way, and write each into the journal.

    Raises:
        OSError: a result could not be written (disk full, folder read-only); what was done before stands.
    """
    state = folder.path / STATE
    for step in batch.steps:
        for place in outputs_of(folder.path, step.task):
            folder.place(*place.relative_to(folder.path).parts)
    waiting = (step for step in batch.steps if step.why)
    orders = ((step, _order(step, folder, readings, batch, publisher, facts, warm)) for step in waiting)
    with Journal(state / "journal.jsonl") as journal:
        for step, run in _finished(orders, executor, 2 * workers):
            step.run, step.new = run, True
            journal.write({"run": step.name, "parts": step.parts, "result": run.as_json()})
            if run.done:
                say("done", job=step.task.job.name, run=step.name, seconds=run.seconds)
            else:
                say("failed", job=step.task.job.name, run=step.name, cell=run.failed_cell, error=run.error)


def tidy(plan: Plan, batch: Batch, folder: RunFolder, readings: Readings, whole: bool) -> None:
    """After a batch: shorten the journal and remove what no run needs; with some jobs only, theirs alone."""
    state = folder.path / STATE
    journal = state / "journal.jsonl"
    latest = {event["run"]: event for event in read_journal(journal) if "run" in event}
    if whole:
        names = {step.name for step in batch.steps}
        latest = {name: event for name, event in latest.items() if name in names}
        sweep_selections(state / "selections", {_selection(step.task)[0] for step in batch.steps})
        readings.forget(readings.known.keys() & {one.key for one in batch.readings})
        folder.sweep()
    rewrite(journal, latest.values())


def outputs_of(folder: Path, task: Task) -> list[Path]:
    """The files that a run leaves when it is done."""
    places = []
    if "notebook" in task.job.outputs:
        places.append(folder / "notebooks" / f"{task.name}.ipynb")
    if "html" in task.job.outputs:
        places.append(folder / "briefings" / f"{task.name}.html")
    return places


def _stands(plan: Plan, task: Task) -> bool:
    return all(place.is_file() for place in outputs_of(plan.out / plan.name, task))


def _read(
    sources: Sequence[Source],
    mask: str,
    readings: Readings,
    executor: Executor | None,
    workers: int,
    batch: Batch,
    say: Say,
) -> None:
    """Read the files that are new, in batches; their lines enter the index as each batch ends."""
    missing = readings.missing(sources, mask)
    if not missing:
        return
    say("reading", reports=len(missing), unchanged=len(sources) - len(missing))
    groups = [missing[at : at + BATCH] for at in range(0, len(missing), BATCH)]
    folder = str(readings.folder)
    if executor is None or len(groups) == 1:
        for group in groups:
            readings.add(read_batch(group, mask, folder))
    else:
        calls = ((None, (group, mask, folder)) for group in groups)
        for _, found in _finished(calls, executor, 2 * workers, read_batch):
            readings.add(found)
    batch.read += len(missing)


def _usable(readings: Iterable[Reading], batch: Batch) -> list[Reading]:
    """Readings that can be used, in the order of their ids; the others are said with their reasons."""
    found: dict[str, Reading] = {}
    texts: dict[str, str] = {}
    for reading in readings:
        reason = reading.skipped
        if reading.facts:
            name, text = reading.facts["report_id"], reading.facts["sha256"]
            if name in found:
                reason = f"its id {name!r} is taken by {found[name].source}; rename one of the two"
            elif text in texts:
                reason = f"holds the same text as {texts[text]}; take one of the two away"
            else:
                found[name], texts[text] = reading, reading.source
                continue
        batch.skipped.append({"name": reading.source, "reason": reason})
    return [found[name] for name in sorted(found)]


def _selection(task: Task) -> tuple[str, Path | None]:
    corrections, digest = corrections_of(task.job)
    return selection_name(task.readings, digest), corrections


def _order(
    step: Step,
    folder: RunFolder,
    readings: Readings,
    batch: Batch,
    publisher: str,
    facts: Callable[[Task], dict[str, Any]],
    warm: bool,
) -> tuple[Order]:
    task = step.task
    name, corrections = _selection(task)
    place, refused = write_selection(
        folder.path.resolve() / STATE / "selections", name, task.readings, readings, corrections
    )
    batch.refused += [line for line in refused if line not in batch.refused]
    keep = "notebook" in task.job.outputs
    values = {"reports": str(place / "reports"), "metrics": str(place / "metrics.parquet")} | dict(task.parameters)
    if task.job.mask != "auto":
        values["mask"] = task.job.mask
    output = folder.path / ("notebooks" if keep else STATE) / f"{task.name}.ipynb"
    return (
        Order(
            job=task.job.name,
            name=task.name,
            notebook=str(task.job.notebook),
            output=str(output),
            page=str(folder.path / "briefings" / f"{task.name}.html") if "html" in task.job.outputs else "",
            values=values,
            publisher=publisher,
            facts=facts(task),
            cell_limit=task.job.cell_limit,
            run_limit=task.job.run_limit,
            warm=warm,
            keep=keep,
        ),
    )


def _finished(
    calls: Iterable[tuple[Any, tuple[Any, ...]]],
    executor: Executor,
    most: int,
    function: Callable[..., Any] = perform,
) -> Iterator[tuple[Any, Any]]:
    """The results of calls as they end, each with its mark; never more than ``most`` are on their way."""
    pending: dict[Future[Any], Any] = {}
    source = iter(calls)
    try:
        while True:
            while len(pending) < most:
                call = next(source, None)
                if call is None:
                    break
                pending[executor.submit(function, *call[1])] = call[0]
            if not pending:
                return
            ended, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in ended:
                yield pending.pop(future), future.result()
    finally:
        for future in pending:
            future.cancel()


def stamp() -> str:
    """The time in UTC, for log lines."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
