"""The command that measures the reading of a report against a hand-read file of it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dangjian.cli.extract import mask_option
from dangjian.cli.remarks import remark, shown
from dangjian.errors import TableError


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("report", type=click.Path(path_type=Path, dir_okay=False))
@mask_option
@click.option("--misses", is_flag=True, help="List every difference first.")
@click.option("--until", type=click.IntRange(min=0), help="Compare up to this character of the text.")
def evaluate_command(gold: Path, report: Path, mask: str, misses: bool, until: int | None) -> int:
    """Compare what is read in REPORT with the hand-read records in GOLD (JSON Lines).

    Prints one line of figures: shares from 0 to 1, then counts.
    """
    from dangjian.analysis.agreement import agreement
    from dangjian.analysis.handread import misplaced, number_of, read_marks
    from dangjian.indicators import extract
    from dangjian.metrics.lines import records_of
    from dangjian.reports import read_report

    try:
        marks = read_marks(gold.read_text("utf-8"), str(gold))
    except UnicodeDecodeError as fault:
        raise TableError(f"{gold}: not UTF-8 at byte {fault.start}; save it anew as UTF-8") from None
    read = read_report(report)
    elsewhere = misplaced(marks, read.text)
    for mark in elsewhere[:3]:
        start, end = number_of(mark)
        stands = f"{mark['surface']!r} is not at {start}-{end} of {report}, {read.text[start:end]!r} is"
        remark(f"{gold}: {stands}; offsets count the characters that `dangjian text` prints")
    if elsewhere:
        raise TableError(f"{gold}: {len(elsewhere)} of {len(marks)} records were read in another text")
    records = list(records_of(extract(read, mask=mask).observations, (read,)))
    if until is not None:
        marks = [mark for mark in marks if number_of(mark)[0] < until]
        records = [record for record in records if number_of(record)[0] < until]
    found = agreement(marks, records)
    lines = [str(difference) for difference in found.differences] if misses else []
    figures = (
        f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}"
        for name, value in found.figures.items()
    )
    for line in (*lines, "  ".join(figures)):
        sys.stdout.buffer.write(f"{shown(line)}\n".encode("utf-8", "backslashreplace"))
    return 0
