"""The times of jobs as a systemd timer and as lines of a crontab; jobs due at the same time share one call."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import NamedTuple

from dangjian.runs.batch.jobs import Job, Jobs
from dangjian.runs.batch.schedule import When


class Due(NamedTuple):
    """Jobs due at the same time."""

    when: When
    jobs: tuple[Job, ...]


class Unit(NamedTuple):
    """A file of systemd's."""

    name: str
    text: str


def due(jobs: Sequence[Job]) -> list[Due]:
    """Jobs that say when they are due, by that time, in the order of the file."""
    times: dict[str, list[Job]] = {}
    for job in jobs:
        if job.when is not None:
            times.setdefault(job.when.calendar, []).append(job)
    return [Due(own[0].when, tuple(own)) for own in times.values() if own[0].when is not None]


def command(program: str, jobs: Jobs, asked: Due) -> list[str]:
    """The one call that runs what is due."""
    every = len(asked.jobs) == len(jobs.jobs)
    only = [] if every else [word for job in asked.jobs for word in ("--only", job.name)]
    return [program, "run", str(jobs.path.resolve()), *only]


def units(program: str, jobs: Jobs, asked: Due) -> tuple[Unit, Unit]:
    """The service and the timer of one call."""
    stem = f"dangjian-{jobs.name}-{asked.jobs[0].name}"
    names = ", ".join(job.name for job in asked.jobs)
    service = f"""[Unit]
Description=Briefings: {_plain(names)}

[Service]
Type=oneshot
WorkingDirectory={_plain(str(jobs.path.resolve().parent))}
ExecStart={" ".join(map(_quoted, command(program, jobs, asked)))}
# done, but some reports could not be used: told in run.json and on the index page
SuccessExitStatus=3
Nice=10
"""
    timer = f"""[Unit]
Description=Briefings: {_plain(names)} ({asked.when.said})

[Timer]
OnCalendar={asked.when.calendar}
# a call that the machine slept through is made up for
Persistent=true

[Install]
WantedBy=timers.target
"""
    return Unit(f"{stem}.service", service), Unit(f"{stem}.timer", timer)


def cron_line(program: str, jobs: Jobs, asked: Due) -> str:
    """The line of a crontab."""
    call = shlex.join(command(program, jobs, asked)).replace("%", "\\%")  # cron takes % for a line end
    return f"{asked.when.cron} {call}"


def _plain(text: str) -> str:
    """A text in a unit file: one line, no specifier."""
    return " ".join(text.split()).replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of ExecStart."""
    inner = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return inner if inner == word and not set(word) & set(" \t'") else f'"{inner}"'
