"""Commands on single reports: their records, their text, and why a record reads as it does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dangjian.cli.limits import limit_option
from dangjian.cli.remarks import remark, shown
from dangjian.errors import ReportError

if TYPE_CHECKING:
    from dangjian.indicators import Extraction, Observation
    from dangjian.reports import Report
    from dangjian.reports.limits import Limits

FORMATS = ("jsonl", "csv", "parquet")
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
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: by the name of --out, else jsonl.")
@mask_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write there, not to standard output.")
@click.option("--quiet", "-q", is_flag=True, help="No remarks on masks and unread numbers.")
@limit_option
def extract_command(
    files: tuple[Path, ...], form: str | None, mask: str, out: Path | None, quiet: bool, limits: Limits
) -> int:
    """Write every quantity of each report, in text order.

    A file that cannot be read gets one line on standard error, and the others go on.
    """
    form = form or _form_of(out)
    if form == "parquet" and out is None and sys.stdout.buffer.isatty():
        raise click.UsageError("Parquet is not for a terminal; name a file with --out, or send it through a pipe")
    reading = _Reading(files, mask, quiet, limits)
    if form == "jsonl":
        _write_lines(reading, out)
    else:
        _write_table(reading, form, out)
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
    """The reports of some files, read and extracted one after the other; faults are remarked and counted."""

    def __init__(self, files: tuple[Path, ...], mask: str, quiet: bool, limits: Limits) -> None:
        self.files, self.mask, self.quiet, self.limits = files, mask, quiet, limits
        self.failed = 0

    def __iter__(self) -> Iterator[tuple[Report, Extraction]]:
        from dangjian.indicators import extract
        from dangjian.reports import read_report

        for file in self.files:
            try:
                report = read_report(file, self.limits)
            except ReportError as fault:
                remark(str(fault))
                self.failed += 1
                continue
            extraction = extract(report, mask=self.mask)
            if not self.quiet:
                for note in report.notes:
                    remark(f"{file}: {note}")
                _remark_on(str(file), extraction)
            yield report, extraction


def _remark_on(name: str, extraction: Extraction) -> None:
    """How the masks of a report were read, and each number that could not be read."""
    for mask in extraction.masks:
        remark(f"{name}: {mask.sign} reads as {mask.reading}: {mask.evidence}")
    for unread in extraction.unread:
        remark(f"{name}: {unread.start}-{unread.end}: not read: {unread.rule}")


def _form_of(out: Path | None) -> str:
    suffix = out.suffix.lower().lstrip(".") if out else ""
    return suffix if suffix in FORMATS else "jsonl"


def _write_lines(reading: _Reading, out: Path | None) -> None:
    from dangjian.metrics import dumps_jsonl
    from dangjian.runs.folder import replacing

    def lines() -> Iterator[bytes]:
        for report, extraction in reading:
            for line in dumps_jsonl(extraction.observations, (report,)):
                yield line.encode()

    if out is None:
        stream = sys.stdout.buffer
        for line in lines():
            stream.write(line)
        return
    with replacing(out) as beside, beside.open("wb") as stream:
        stream.writelines(lines())


def _write_table(reading: _Reading, form: str, out: Path | None) -> None:
    from dangjian.metrics import dumps
    from dangjian.runs.folder import replacing

    reports: list[Report] = []
    observations: list[Observation] = []
    for report, extraction in reading:
        reports.append(report)
        observations.extend(extraction.observations)
    data = dumps(observations, f".{form}", reports)
    if out is None:
        sys.stdout.buffer.write(data)
        return
    with replacing(out) as beside:
        beside.write_bytes(data)
