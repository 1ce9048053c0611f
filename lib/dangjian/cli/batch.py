"""A file of jobs from the command line: what is due is run, with a line a job on the way."""

from __future__ import annotations

import json
import re
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dangjian.cli.progress import Progress
from dangjian.cli.remarks import remark, shown

if TYPE_CHECKING:
    from dangjian.reports.limits import Limits
    from dangjian.runs.batch.batch import Asked
    from dangjian.runs.batch.jobs import Jobs
    from dangjian.runs.batch.outcome import Batch

_AGE = re.compile(r"(\d+)\s*([dh])")


@dataclass(frozen=True)
class Called:
    """The options of a call with a file of jobs, as they were given."""

    only: tuple[str, ...]
    since: str | None
    dry_run: bool
    force: bool
    cold: bool
    workers: int | None
    dask: str | None
    as_json: bool
    out: str | None
    name: str
    cell_limit: float | None
    run_limit: float | None
    limits: Limits


def run_jobs(path: Path, called: Called) -> int:
    """Run the jobs of a file; the exit code."""
    from dangjian.runs.batch.batch import Asked
    from dangjian.runs.batch.executors import workers
    from dangjian.runs.batch.jobs import JobsError, chosen, read_jobs

    since = read_since(called.since, datetime.now()) if called.since else None
    count = called.workers or workers()
    asked = Asked(called.only, since, called.force, called.cold, count, called.limits)
    try:
        jobs = _with_options(read_jobs(path), called)
        chosen(jobs, called.only)
        if "reports" in jobs.urls:
            from dangjian.runs.mirror import fetch

            fetch(jobs.urls["reports"], called.limits)
        return _foresee(jobs, asked) if called.dry_run else _run(jobs, asked, called)
    except JobsError as fault:
        remark(str(fault))
        return 2


def read_since(said: str, now: datetime) -> datetime:
    """The time that ``--since`` names: a date, a date and time, or an age such as 7d or 12h.

    Raises:
        click.UsageError: it is none.
    """
    age = _AGE.fullmatch(said.strip())
    try:
        if age:
            return now - timedelta(**{{"d": "days", "h": "hours"}[age[2]]: int(age[1])})
        return datetime.fromisoformat(said)
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{said!r} is no time; write 2024-05-01, 2024-05-01T08:30, 7d or 12h") from None


def _with_options(jobs: Jobs, called: Called) -> Jobs:
    from dangjian.runs.batch.jobs import JobsError
    from dangjian.runs.folder import slug
    from dangjian.runs.mirror import local
    from dangjian.stores import is_url

    if called.name and slug(called.name) != called.name:
        raise JobsError(f"{called.name!r} cannot name a folder; {slug(called.name)!r} can")
    limits = {key: limit for key in ("cell_limit", "run_limit") if (limit := getattr(called, key))}
    if called.out:
        urls = {**jobs.urls, "out": called.out} if is_url(called.out) else {"reports": jobs.urls.get("reports", "")}
        jobs = replace(jobs, out=local(called.out), urls={key: url for key, url in urls.items() if url})
    own = tuple(replace(job, **limits) for job in jobs.jobs)
    return replace(jobs, name=called.name or jobs.name, jobs=own)


def _foresee(jobs: Jobs, asked: Asked) -> int:
    from dangjian.runs.batch.batch import foresee_plan

    plan, due, rolls = foresee_plan(jobs, jobs.out / jobs.name, asked)
    for step in due:
        facts = (step.planned.job.name, step.planned.name, step.why)
        sys.stdout.buffer.write(f"{chr(9).join(map(shown, facts))}\n".encode("utf-8", "backslashreplace"))
    for roll in list(rolls.values())[:1]:
        for skipped in roll.skipped:
            remark(f"{skipped.name}: {skipped.reason}")
        remark(f"{len(roll.reports)} reports, {roll.read} of them to be read")
    gaps = sum(laid.gaps for laid in plan.laid.values())
    remark(f"{len(due)} of {len(plan.steps)} runs are due" + (f"; {gaps} points of a grid have no report" * bool(gaps)))
    return 0


def _run(jobs: Jobs, asked: Asked, called: Called) -> int:
    from dangjian.runs.batch.batch import run_batch
    from dangjian.runs.batch.events import Log
    from dangjian.runs.folder import RunFolder

    started = time.monotonic()
    progress = Progress(sys.stderr, remark)
    also = _write_line if called.as_json else progress
    with RunFolder(jobs.out, jobs.name) as folder, ExitStack() as stack, Log(folder.path, also) as log:
        if called.dask:
            from dangjian.runs.cluster import connected

            seen = (jobs.reports, folder.path)
            cluster = connected(called.dask, kernels=not asked.cold, places=seen)
            executor, count = stack.enter_context(cluster)
            asked = replace(asked, executor=executor, workers=count)
        batch = run_batch(jobs, folder, asked, _make, _publish, log)
        code = 1 if batch.failed else 3 if batch.problems else 0
        log("ended", state=batch.state, made=len(batch.made), failed=len(batch.failed), exit=code)
    if "out" in jobs.urls:
        from dangjian.runs.mirror import put_back

        remark(f"{put_back(jobs.urls['out'])} files put into {jobs.urls['out']}")
    sys.stdout.write(shown(_summary(batch, folder.path, time.monotonic() - started)) + "\n")
    return code


def _make(work: Any) -> Any:
    from dangjian.briefings.batch import make

    return make(work)


def _publish(folder: Any, batch: Batch) -> object:
    from dangjian.briefings.batch import publish_batch

    return publish_batch(folder, batch)


def _summary(batch: Batch, folder: Path, seconds: float) -> str:
    counts = batch.as_json()["counts"]
    made, failed, waiting = len(batch.made) - len(batch.failed), len(batch.failed), counts["not_run"]
    before = counts["failed"] - failed
    said = [f"{made} made", f"{counts['runs'] - made - failed - waiting - before} unchanged"]
    more = {"failed": failed, "failed before": before, "not asked for": waiting}
    said += [f"{count} {what}" for what, count in more.items() if count]
    skipped = f" ({counts['skipped']} skipped)" if counts["skipped"] else ""
    index = folder / "briefings" / "index.html"
    return f"{counts['reports']} reports{skipped}, {counts['runs']} runs: {', '.join(said)} in {seconds:.1f} s: {index}"


def _write_line(line: dict[str, Any]) -> None:
    sys.stderr.write(json.dumps(line, ensure_ascii=True) + "\n")
    sys.stderr.flush()
