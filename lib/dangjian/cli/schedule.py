"""The command that prints what a scheduler is to be told: systemd units and crontab lines for a file of jobs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from dangjian.cli.remarks import remark, shown


@click.command("schedule")
@click.argument("jobs", metavar="BRIEFINGS.toml", type=click.Path(path_type=Path))
@click.option("--cron", "wanted", flag_value="cron", help="Only the lines of a crontab.")
@click.option("--systemd", "wanted", flag_value="systemd", help="Only the systemd units.")
@click.option(
    "--write", type=click.Path(path_type=Path, file_okay=False), help="Write the units into a folder instead."
)
def schedule_command(jobs: Path, wanted: str | None, write: Path | None) -> int:
    """Print timers for the jobs that say when they are due.

    Jobs due at the same time share one call of `dangjian run`. With --write ~/.config/systemd/user the units are put
    where systemd looks; `systemctl --user enable --now NAME.timer` starts each.
    """
    from dangjian.placing import write_text
    from dangjian.runs.batch.jobs import JobsError, read_jobs
    from dangjian.runs.batch.timers import cron_line, due, units

    try:
        asked = read_jobs(jobs)
    except JobsError as fault:
        remark(str(fault))
        return 2
    program = _program()
    times = due(asked.jobs)
    for job in asked.jobs:
        if job.when is None:
            remark(f'job {job.name} does not say when it is due; give it a line such as when = "Mon 06:30"')
    lines: list[str] = []
    if wanted != "systemd" and write is None:
        lines += ["# crontab -e", *(cron_line(program, asked, one) for one in times), ""]
    for unit in [unit for one in times for unit in units(program, asked, one)] if wanted != "cron" else []:
        if write is None:
            lines += [f"# ~/.config/systemd/user/{unit.name}", *unit.text.splitlines(), ""]
        else:
            write.mkdir(parents=True, exist_ok=True)
            write_text(write / unit.name, unit.text)
            lines.append(str(write / unit.name))
    sys.stdout.buffer.write("".join(f"{shown(line)}\n" for line in lines).encode("utf-8", "backslashreplace"))
    return 0 if times else 1


def _program() -> str:
    """This command's own path: timers know no PATH."""
    beside = Path(sys.executable).with_name("dangjian")
    return str(beside) if beside.is_file() else shutil.which("dangjian") or "dangjian"
