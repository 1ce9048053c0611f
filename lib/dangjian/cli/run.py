"""The command that goes the whole way: reports in, briefings out, one summary line."""

from __future__ import annotations

import signal
import sys
import time
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from dangjian.cli.extract import mask_option
from dangjian.cli.limits import limit_option
from dangjian.cli.remarks import remark, shown
from dangjian.errors import DangjianError

if TYPE_CHECKING:
    from dangjian.reports.limits import Limits

"""What briefings are written in."""
FAILED = 1
PROBLEMS = 3
"""Exit codes: some run failed; all ran, but some of the data could not be used."""


@click.command("run")
@click.argument("jobs", required=False, metavar="[BRIEFINGS.toml]", type=click.Path(path_type=Path))
@click.option("--reports", metavar="PATH|URL", help="A folder of reports, or one file, and no file of jobs.")
@click.option("--only", multiple=True, metavar="JOB", help="Only this job of the file; may be given again.")
@click.option("--since", metavar="DATE|AGE", help="Only runs whose reports were written since: 2024-05-01, 7d, 12h.")
@click.option("--dry-run", is_flag=True, help="Say what would run, and why; nothing is written.")
@click.option("--jobs", "workers", type=click.IntRange(min=1), help="Runs at once; default: as many as cores.")
@click.option("--dask", metavar="ADDRESS", help="Read and run on a Dask cluster that stands: tcp://10.0.0.5:8786.")
@click.option("--force", is_flag=True, help="Read and run again what has not changed.")
@click.option("--cold", is_flag=True, help="Start each kernel anew; default on Linux: fork it from a preloaded one.")
@click.option("--json", "as_json", is_flag=True, help="Events as lines of JSON on standard error.")
@click.option("--out", metavar="PATH|URL", help="Where run folders go; default: outputs, or the file's.")
@click.option(
    "--name", default="", help="The run's folder in --out; default: by the reports and the time, or the file's."
)
@click.option(
    "--notebooks",
    type=click.Path(path_type=Path),
    help="With --reports: a folder of notebooks, or one. Default: notebooks/ here, else the project's own.",
)
@click.option(
    "--lang",
    default="zh",
    show_default=True,
    metavar="LANG[,LANG]",
    help="With --reports: briefings in zh, en or both.",
)
@click.option("--docx", is_flag=True, help="With --reports: write each briefing as a Word document too.")
@click.option("--cell-limit", type=click.FloatRange(min=1), help="Seconds a cell; default 120, or the file's.")
@click.option("--run-limit", type=click.FloatRange(min=1), help="Seconds a notebook; default 600, or the file's.")
@click.option("--interactive", is_flag=True, help="With --reports: a second page of each, with charts to hover over.")
@mask_option
@limit_option
@click.pass_context
def run_command(
    ctx: click.Context,
    jobs: Path | None,
    reports: str | None,
    only: tuple[str, ...],
    since: str | None,
    dry_run: bool,
    workers: int | None,
    dask: str | None,
    force: bool,
    cold: bool,
    as_json: bool,
    out: str | None,
    name: str,
    notebooks: Path | None,
    lang: str,
    docx: bool,
    cell_limit: float | None,
    run_limit: float | None,
    interactive: bool,
    mask: str,
    limits: Limits,
) -> int:
    """Turn reports into metrics tables, executed notebooks and HTML briefings.

    With a file of jobs: all that it asks for, but what has not changed since the last call. With --reports: every
    notebook once, over all reports of a folder.

    Exit codes: 0 all well, 1 some failed, 2 a wrong call, 3 done, but some data could not be used.
    """
    signal.signal(signal.SIGTERM, _stop)
    said = {name: ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in ("mask", "lang")}
    alone = {"--notebooks": notebooks, "--docx": docx, "--interactive": interactive}
    alone |= {f"--{name}": given for name, given in said.items()}
    batch = {
        "--only": only,
        "--since": since,
        "--dry-run": dry_run,
        "--force": force,
        "--json": as_json,
        "--jobs": workers,
        "--dask": dask,
    }
    if (jobs is None) == (reports is None):
        raise click.UsageError("name a file of jobs, or a folder with --reports", ctx)
    for option, given in (batch if jobs is None else alone).items():
        if given:
            other = "a file of jobs" if jobs is None else "--reports; a job says its own outputs and parameters"
            raise click.UsageError(f"{option} goes with {other}", ctx)
    if jobs is not None:
        from dangjian.cli.batch import Called, run_jobs

        called = Called(
            only, since, dry_run, force, cold, workers, dask, as_json, out, name, cell_limit, run_limit, limits
        )
        return run_jobs(jobs, called)
    assert reports is not None
    from dangjian.runs.mirror import fetch, local, put_back
    from dangjian.stores import is_url

    source = fetch(reports, limits) if is_url(reports) else Path(reports)
    place, kinds = local(out) if out and is_url(out) else Path(out or "outputs"), (lang, docx, interactive)
    code = _run_reports(source, place, name, notebooks, *kinds, cell_limit, run_limit, cold, mask, limits)
    if out and is_url(out):
        remark(f"{put_back(out)} files put into {out}")
    return code


def _run_reports(
    reports: Path,
    out: Path,
    name: str,
    notebooks: Path | None,
    lang: str,
    docx: bool,
    interactive: bool,
    cell_limit: float | None,
    run_limit: float | None,
    cold: bool,
    mask: str,
    limits: Limits,
) -> int:
    from dangjian.briefings import publish
    from dangjian.briefings.language import language
    from dangjian.runs.folder import RunFolder
    from dangjian.runs.notebook import CELL_LIMIT, RUN_LIMIT
    from dangjian.runs.run import run_name, run_reports

    chosen = find_notebooks(notebooks)
    if not reports.exists():
        raise DangjianError(f"{reports}: there is no such folder or file; name one that holds reports")
    languages = _languages(lang)
    if docx and find_spec("docx") is None:
        raise DangjianError("--docx: needs the package 'python-docx'; pip install 'dangjian[docs]'")
    started = time.monotonic()
    with RunFolder(out, name or _free_name(out, run_name(reports, datetime.now()))) as folder:
        if not sys.stderr.isatty():  # no progress bar there: say at least what goes on
            remark(f"reading {reports}, then running {len(chosen)} notebooks ...")
        outcome = run_reports(
            reports,
            folder,
            chosen,
            mask=mask,
            cell_limit=cell_limit or CELL_LIMIT,
            run_limit=run_limit or RUN_LIMIT,
            note=remark,
            limits=limits,
            warm=not cold,
            languages=languages,
        )
        kinds = {"docx": docx, "interactive": interactive}
        pages = [publish(folder, outcome, say=language(each), **kinds, note=remark) for each in languages]
        folder.sweep()
    counts = outcome.counts
    summary = (
        f"{counts['reports']} reports read"
        + (f" ({counts['skipped']} skipped)" if counts["skipped"] else "")
        + f", {counts['found']} quantities found, {counts['bound']} bound, {counts['unread']} unread, "
        + f"{sum(len(each.briefings) for each in pages)} briefings written"
        + (f" ({counts['failed']} failed)" if counts["failed"] else "")
        + f" in {time.monotonic() - started:.0f} s: {pages[0].index}"
    )
    sys.stdout.write(shown(summary) + "\n")
    return FAILED if counts["failed"] else PROBLEMS if counts["skipped"] else 0


def _languages(lang: str) -> tuple[str, ...]:
    """The languages asked for, each once.

    Raises:
        DangjianError: one of them is not spoken.
    """
    from dangjian.runs.parameters import ParameterError
    from dangjian.runs.translated import read_languages

    try:
        return read_languages(lang)
    except ParameterError as fault:
        raise DangjianError(f"--lang: {fault}") from None


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
