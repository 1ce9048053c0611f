"""A batch from beginning to end: reports read, runs planned, those that are due made, all of them told of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dangjian.errors import DangjianError
from dangjian.reports import Limits
from dangjian.runs.batch.events import Tell
from dangjian.runs.batch.executors import AHEAD, spread, threads
from dangjian.runs.batch.jobs import Jobs
from dangjian.runs.batch.outcome import MOST_UNREAD, Batch, counts_of, told_of
from dangjian.runs.batch.plan import Plan, Step, changed_since, make_plan, needed_masks
from dangjian.runs.batch.roll import Reading, Roll, call_roll, foresee
from dangjian.runs.batch.stamps import Stamps
from dangjian.runs.batch.state import State, read_json, write_json
from dangjian.runs.batch.tables import refusals, table_of, write_selection
from dangjian.runs.batch.work import Record, Work
from dangjian.runs.folder import RunFolder
from dangjian.runs.notebook import NotebookRun, stop_running

STATE = ".state"
TABLES = "tables"
RECORD = "run.json"


@dataclass(frozen=True)
class Asked:
    """How a batch is called.

    Attributes:
        only: names of jobs; none means all.
        since: only runs that read a file written since then.
        force: read and run everything again.
        cold: start each kernel from nothing.
        workers: how many runs, and readers, at once.
        executor: where to run and read instead of threads and processes of this machine.
    """

    only: tuple[str, ...] = ()
    since: datetime | None = None
    force: bool = False
    cold: bool = False
    workers: int = 1
    limits: Limits = field(default_factory=Limits)
    executor: Executor | None = None


def foresee_plan(jobs: Jobs, folder: Path, asked: Asked) -> tuple[Plan, list[Step], Mapping[str, Roll]]:
    """What a call would do: the plan and the steps due; nothing is written."""
    state, stamps = State(folder / STATE), Stamps(folder / STATE / "stamps.json")
    rolls = {mask: foresee(_reading(jobs, mask, asked), state, stamps) for mask in needed_masks(jobs.jobs)}
    plan = make_plan(jobs, rolls, folder, state, stamps, force=asked.force)
    return plan, _due(plan, jobs, asked), rolls


def run_batch(
    jobs: Jobs,
    folder: RunFolder,
    asked: Asked,
    make: Callable[[Work], Record],
    publish: Callable[[RunFolder, Batch], object],
    tell: Tell,
) -> Batch:
    """Make every run that is due, and tell of all in ``run.json``.

    A run that fails is told of, and the others go on. Called again after any end, it goes on where it was.

    Args:
        folder: an opened run folder.
        make: makes one run, its page and its record; it is called in a thread, or wherever ``asked.executor`` is.
        publish: writes the index over all runs; called where something has changed.
        tell: told of events.
    Raises:
        ReportError: the reports are not there.
        JobsError: a grid names a value that no report has.
        WriteError, OSError: the folder takes no more files; what stood there stands.
    """
    state = State(folder.path / STATE).made()
    stamps = Stamps(state.stamps)
    tell("begun", run=folder.name, jobs=[job.name for job in jobs.jobs])
    rolls: dict[str, Roll] = {}
    for mask in needed_masks(jobs.jobs):
        roll = rolls[mask] = call_roll(_reading(jobs, mask, asked), state, stamps)
        tell("reports", mask=mask, reports=len(roll.reports), read=roll.read, skipped=len(roll.skipped))
    first = next(iter(rolls.values()))
    plan = make_plan(jobs, rolls, folder.path, state, stamps, force=asked.force)
    batch = Batch(folder.name, plan, rolls)
    batch.records = {step.planned.name: step.record for step in plan.steps if step.record is not None}
    for skipped in first.skipped:
        _problem(batch, tell, "skipped", f"{skipped.name}: {skipped.reason}")
    for name, laid in plan.laid.items():
        for point in laid.missing:
            _problem(batch, tell, "missing", f"job {name}: {point}; nothing is run for it")
    due = _due(plan, jobs, asked)
    for job in jobs.jobs:
        own = [step for step in plan.steps if step.planned.job is job]
        tell("planned", job=job.name, runs=len(own), due=sum(step.planned.job is job for step in due))
    try:
        if due:
            _write_record(folder, batch)
            _make(batch, due, folder, state, asked, make, tell)
    except BaseException:
        batch.state = "stopped"
        _write_record(folder, batch)
        raise
    finally:
        stamps.save()
    for place in sorted({step.selection.name for step in plan.steps}):
        for line in refusals(folder.path / TABLES / place):
            _problem(batch, tell, "refused", f"correction refused: {line}")
    states = {batch.state_of(step) for step in plan.steps}
    batch.state = "failed" if "failed" in states else "done" if states <= {"done"} else "partial"
    if read_json(folder.place(RECORD)) != batch.as_json():  # written last: a call that is killed before says "running"
        publish(folder, batch)
        _sweep(batch, folder, state)
        _write_record(folder, batch)
    return batch


def _reading(jobs: Jobs, mask: str, asked: Asked) -> Reading:
    return Reading(jobs.reports, mask, asked.limits, asked.workers, asked.executor, asked.force)


def _due(plan: Plan, jobs: Jobs, asked: Asked) -> list[Step]:
    return [
        step
        for step in plan.steps
        if step.why
        and (not asked.only or step.planned.job.name in asked.only)
        and (asked.since is None or changed_since(step, jobs.reports, asked.since))
    ]


def _problem(batch: Batch, tell: Tell, event: str, line: str) -> None:
    if line not in batch.problems:
        batch.problems.append(line)
        tell(event, said=line)


def _make(
    batch: Batch,
    due: list[Step],
    folder: RunFolder,
    state: State,
    asked: Asked,
    make: Callable[[Work], Record],
    tell: Tell,
) -> None:
    """Make the runs that are due, as many at once as there are workers."""
    count = min(asked.workers, len(due))
    with ExitStack() as stack:
        executor = asked.executor or stack.enter_context(threads(count))
        try:
            for work, future in spread(executor, make, _works(due, folder, state, asked, tell), AHEAD * count):
                record = _record_of(work, future.exception(), future)
                batch.records[work.name] = record
                batch.made.append(work.name)
                told = {name: value for name, value in record.run.as_json().items() if name not in ("title", "output")}
                tell("run", name=work.name, job=work.job, **told)
        except BaseException:
            stop_running()  # threads wait for their kernels: without these they end at once
            executor.shutdown(wait=asked.executor is None, cancel_futures=True)
            raise


def _record_of(work: Work, fault: BaseException | None, future: Any) -> Record:
    if fault is None:
        done: Record = future.result()
        return done
    if isinstance(fault, OSError | DangjianError) or not isinstance(fault, Exception):
        raise fault
    error = f"{type(fault).__name__}: {str(fault).strip() or 'the worker is gone'}".splitlines()[0]
    run = NotebookRun(work.notebook.name, work.notebook.stem, "failed", 0, 0, 0.0, None, error)
    return Record(work.name, work.job, work.key, run)


def _works(due: list[Step], folder: RunFolder, state: State, asked: Asked, tell: Tell) -> Iterator[Work]:
    """Each step as a task, its table written when its turn comes."""
    for step in due:
        planned, selection = step.planned, step.selection
        job = planned.job
        tables = folder.path / TABLES
        tables.mkdir(exist_ok=True)
        write_selection(selection, tables, state)
        place = (tables / selection.name).resolve()
        values = dict(planned.values)
        values |= {name: "" for name in ("reports", "metrics") if name in job.declared}
        if "metrics" in job.declared:
            values["metrics"] = str(table_of(place))
        if "reports" in job.declared:
            values["reports"] = str(place / "reports")
        facts = {
            "run": planned.name,
            "subject": folder.name,
            "mask": selection.mask,
            "counts": counts_of(selection.reports),
            "reports": [told_of(one) for one in selection.reports],
            "unread": [number for one in selection.reports for number in one["numbers_unread"]][:MOST_UNREAD],
        }
        tell("begins", name=planned.name, job=job.name, why=step.why)
        yield Work(
            planned.name,
            job.name,
            job.notebook,
            values,
            place,
            folder.place("notebooks", f"{planned.name}.ipynb"),
            folder.place("briefings", f"{planned.name}.html"),
            state.run(planned.name),
            step.key,
            facts,
            job.outputs,
            job.cell_limit,
            job.run_limit,
            asked.cold,
            planned.lang,
        )


def _write_record(folder: RunFolder, batch: Batch) -> None:
    write_json(folder.place(RECORD), batch.as_json())


def _sweep(batch: Batch, folder: RunFolder, state: State) -> None:
    """Remove what no planned run has: files of runs that are planned no more, their tables, parts and texts."""
    for step in batch.plan.steps:
        record = batch.records.get(step.planned.name)
        for name in record.files if record else ():
            folder.place(*name.split("/"))
    folder.place("briefings", "index.html")
    folder.sweep()
    names = {step.planned.name for step in batch.plan.steps}
    selections = {step.selection.name for step in batch.plan.steps}
    facts = [one for roll in batch.rolls.values() for one in roll.reports]
    parts, texts = {one["part"] for one in facts}, {one["sha256"] for one in facts}
    for place, kept in (("runs", names), ("parts", parts), ("texts", texts)):
        for path in (state.folder / place).iterdir():
            if path.stem not in kept:
                path.unlink()
    tables = folder.path / TABLES
    for path in tables.iterdir() if tables.is_dir() else ():
        if path.name not in selections:
            shutil.rmtree(path, ignore_errors=True)
