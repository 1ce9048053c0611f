"""Commands on single reports: their records, their text, and why a record reads as it does."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from dangjian.cli.limits import limit_option
from dangjian.cli.remarks import remark, shown
from dangjian.errors import ReportError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from dangjian.indicators import Extraction
    from dangjian.reports import Report
    from dangjian.reports.limits import Limits

FORMATS = ("jsonl", "csv", "parquet", "dataset")
"""What `extract` writes: one file of records, or a folder of many by period and theme."""
MASKS = ("auto", "digits", "unknown")


def mask_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option ``--mask``, the same in every command."""
    return click.option(
        "--mask",
        type=click.Choice(MASKS),
        default="auto",
        show_default=True,
        help="How hidden digits read: by place, as any number, or as each report itself shows.",
    )(command)


@click.command("extract")
@click.argument("places", nargs=-1, required=True, metavar="FILE|FOLDER|URL...")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: by the name of --out, else jsonl.")
@mask_option
@click.option("--out", metavar="FILE|URL", help="Write there, not to standard output; a dataset is a folder.")
@click.option("--jobs", "workers", type=click.IntRange(min=1), help="Readers at once; default: as many as cores.")
@click.option("--dask", metavar="ADDRESS", help="Read on a Dask cluster that stands already: tcp://10.0.0.5:8786.")
@click.option("--quiet", "-q", is_flag=True, help="No remarks on masks and unread numbers.")
@limit_option
def extract_command(
    places: tuple[str, ...],
    form: str | None,
    mask: str,
    out: str | None,
    workers: int | None,
    dask: str | None,
    quiet: bool,
    limits: Limits,
) -> int:
    """Write every quantity of each report, in text order.

    A file that cannot be read gets one line on standard error, and the others go on. A dataset (--format dataset) is
    written by many readers at once, --jobs here or a cluster's, and its rows are found by period and theme.
    """
    form = form or _form_of(out)
    if form == "dataset":
        if out is None:
            raise click.UsageError("a dataset is a folder; name it with --out")
        return _write_dataset(places, out, mask, workers, dask, limits)
    if workers or dask:
        raise click.UsageError("--jobs and --dask go with --format dataset; one file has one writer")
    if form == "parquet" and out is None and sys.stdout.buffer.isatty():
        raise click.UsageError("Parquet is not for a terminal; name a file with --out, or send it through a pipe")
    reading = _Reading(places, mask, quiet, limits)
    _write(reading, form, out)
    return 1 if reading.failed else 0


@click.command("text")
@click.argument("file", type=click.Path(path_type=Path))
@limit_option
def text_command(file: Path, limits: Limits) -> None:
    """Print the report's text: the one that every offset counts."""
    from dangjian.reports import read_report

    data = read_report(file, limits).text.encode("utf-8", "surrogatepass")
    sys.stdout.buffer.write(data)


@click.command("explain")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--at", "offset", required=True, type=click.IntRange(min=0), help="Offset of a character in the text.")
@mask_option
@limit_option
def explain_command(file: Path, offset: int, mask: str, limits: Limits) -> int:
    """Say which rules and cues made the record at an offset, or why there is none."""
    import dangjian

    report = dangjian.read_report(file, limits)
    if offset >= len(report.text):
        raise click.BadParameter(f"the text has {len(report.text)} characters, 0 to {len(report.text) - 1}")
    stream = sys.stdout.buffer
    for line in dangjian.explain(report, at=offset, mask=mask):
        stream.write(f"{shown(line)}\n".encode("utf-8", "backslashreplace"))
    return 0


class _Reading:
    """Reports read and extracted one after the other; faults are remarked and counted."""

    def __init__(self, places: tuple[str, ...], mask: str, quiet: bool, limits: Limits) -> None:
        self.places, self.mask, self.quiet, self.limits = places, mask, quiet, limits
        self.failed = 0

    def __iter__(self) -> Iterator[tuple[Report, Extraction]]:
        from dangjian.reports.formats import worker

        worker.start(self.limits)  # it loads what it needs while the catalogue is read here
        from dangjian.indicators import extract
        from dangjian.reports.corpus import read_listed
        from dangjian.runs.sources import at_hand, source_of

        for place in self.places:
            try:
                source = source_of(place)
            except ReportError as fault:
                self._fault(str(fault))
                continue
            for name in source.names:
                where = source.store.place(name)
                with at_hand(source.store, (name,), self.limits) as files:
                    try:
                        file = files[name]
                        if isinstance(file, ReportError):
                            raise file
                        report = read_listed(file, source.entries.get(name, {}), self.limits)
                    except ReportError as fault:
                        self._fault(f"{where}: {fault.reason}")
                        continue
                    extraction = extract(report, mask=self.mask)
                if not self.quiet:
                    for note in report.notes:
                        remark(f"{where}: {note}")
                    _remark_on(where, extraction)
                yield report, extraction

    def _fault(self, line: str) -> None:
        remark(line)
        self.failed += 1


@contextmanager
def workplace(dask: str | None, workers: int | None) -> Iterator[tuple[Executor, int]]:
    """Where tasks are done, and how many at once: a cluster, or processes of this machine."""
    if dask:
        from dangjian.runs.cluster import connected

        with connected(dask) as found:
            yield found
        return
    from dangjian.runs.batch.executors import processes
    from dangjian.runs.batch.executors import workers as cores

    count = workers or cores()
    with processes(count) as executor:
        yield executor, count


def _remark_on(name: str, extraction: Extraction) -> None:
    """How the masks of a report were read, and each number that could not be read."""
    for mask in extraction.masks:
        remark(f"{name}: {mask.sign} reads as {mask.reading}: {mask.evidence}")
    for unread in extraction.unread:
        remark(f"{name}: {unread.start}-{unread.end}: not read: {unread.rule}")


def _form_of(out: str | None) -> str:
    suffix = Path(out).suffix.lower().lstrip(".") if out else ""
    return suffix if suffix in FORMATS[:3] else "jsonl"


def _write(reading: _Reading, form: str, out: str | None) -> None:
    """Records of a report after another, so that memory does not grow with their number."""
    from dangjian.metrics.lines import records_of
    from dangjian.metrics.writing import WRITERS
    from dangjian.stores import in_store

    def write(stream: BinaryIO) -> None:
        with WRITERS[f".{form}"](stream) as writer:
            for report, extraction in reading:
                writer.add(records_of(extraction.observations, (report,)))

    if out is None:
        write(sys.stdout.buffer)
        return
    store, name = in_store(out)
    with store.writing(name) as stream:
        write(stream)


def _write_dataset(
    places: tuple[str, ...], out: str, mask: str, workers: int | None, dask: str | None, limits: Limits
) -> int:
    from dangjian.runs.collect import collect
    from dangjian.runs.sources import source_of
    from dangjian.stores import open_store

    started, faults = time.monotonic(), []

    def note(line: str) -> None:
        remark(line)
        faults.append(line)

    sources = [source_of(place) for place in places]
    with workplace(dask, workers) as (executor, count):
        done = collect(sources, open_store(out), executor, workers=count, mask=mask, limits=limits, note=note)
    facts = f"{done.reports} reports read" + (f" ({len(faults)} skipped)" if faults else "")
    seconds = time.monotonic() - started
    sys.stdout.write(f"{facts}, {done.records} records in {len(done.pieces)} files in {seconds:.1f} s: {shown(out)}\n")
    return 1 if faults else 0
