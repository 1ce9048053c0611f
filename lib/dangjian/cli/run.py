"""The command that goes the whole way: reports in, briefings out, one summary line."""

from __future__ import annotations

import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dangjian.cli.extract import mask_option
from dangjian.cli.limits import limit_option
from dangjian.cli.remarks import remark, shown
from dangjian.errors import DangjianError

if TYPE_CHECKING:
    from dangjian.reports.limits import Limits


@click.command("run")
@click.option("--reports", required=True, type=click.Path(path_type=Path), help="A folder of reports, or one file.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("outputs"), show_default=True, help="Where runs go."
)
@click.option("--name", default="", help="The run's folder in --out; default: the reports' folder and the time.")
@click.option(
    "--notebooks",
    type=click.Path(path_type=Path),
    help="A folder of notebooks, or one notebook. Default: notebooks/ here, else the project's own.",
)
@click.option("--cell-limit", type=click.FloatRange(min=1), default=120, show_default=True, help="Seconds a cell.")
@click.option("--run-limit", type=click.FloatRange(min=1), default=600, show_default=True, help="Seconds a notebook.")
@click.option("--cold", is_flag=True, help="Start each kernel anew; default on Linux: fork it from a preloaded one.")
@mask_option
@limit_option
def run_command(
    reports: Path,
    out: Path,
    name: str,
    notebooks: Path | None,
    cell_limit: float,
    run_limit: float,
    cold: bool,
    mask: str,
    limits: Limits,
) -> int:
    """Turn reports into a metrics table, executed notebooks and HTML briefings."""
    from dangjian.briefings import publish
    from dangjian.runs.folder import RunFolder
    from dangjian.runs.run import run_name, run_reports

    chosen = find_notebooks(notebooks)
    if not reports.exists():
        raise DangjianError(f"{reports}: there is no such folder or file; name one that holds reports")
    started = time.monotonic()
    signal.signal(signal.SIGTERM, _stop)
    with RunFolder(out, name or _free_name(out, run_name(reports, datetime.now()))) as folder:
        if not sys.stderr.isatty():  # no progress bar there: say at least what goes on
            remark(f"reading {reports}, then running {len(chosen)} notebooks ...")
        outcome = run_reports(
            reports,
            folder,
            chosen,
            mask=mask,
            cell_limit=cell_limit,
            run_limit=run_limit,
            note=remark,
            limits=limits,
            warm=not cold,
        )
        published = publish(folder, outcome)
        folder.sweep()
    counts = outcome.counts
    summary = (
        f"{counts['reports']} reports read"
        + (f" ({counts['skipped']} skipped)" if counts["skipped"] else "")
        + f", {counts['found']} quantities found, {counts['bound']} bound, {counts['unread']} unread, "
        + f"{len(published.briefings)} briefings written"
        + (f" ({counts['failed']} failed)" if counts["failed"] else "")
        + f" in {time.monotonic() - started:.0f} s: {published.index}"
    )
    sys.stdout.write(shown(summary) + "\n")
    return 1 if counts["failed"] or counts["skipped"] else 0


def _stop(number: int, frame: object) -> None:
    """End a run that is told to end as Ctrl-C does: kernels and temporary files go with it."""
    raise KeyboardInterrupt


def find_notebooks(place: Path | None) -> list[Path]:
    """The notebooks to run, in the order of their names; of a folder, those that run without somebody before them.

    Raises:
        DangjianError: there are none there.
    """
    if place is not None and place.is_file():
        return [place]
    own = Path(__file__).resolve().parents[3] / "notebooks"
    places = [place] if place is not None else [Path("notebooks"), own]
    for folder in places:
        found = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
        found = [path for path in found if not _is_by_hand(path)]
        if found:
            return found
    raise DangjianError(
        f"{places[0]}: holds no notebook; call this from the project's folder, or name one with --notebooks"
    )


def _is_by_hand(path: Path) -> bool:
    """Whether a notebook is for use by hand; one that cannot be read is not, so that the run says what is wrong."""
    from dangjian.runs.notebook import is_by_hand, open_notebook
    from dangjian.runs.parameters import ParameterError

    try:
        return is_by_hand(open_notebook(path))
    except ParameterError:
        return False


def _free_name(out: Path, name: str) -> str:
    """The name, with a number behind it where a run of the same second has it."""
    tries = [name, *(f"{name}-{number}" for number in range(2, 100))]
    return next((one for one in tries if not (out / one).exists()), name)
