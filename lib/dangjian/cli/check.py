"""The command that says, before a run, what is wrong with a corpus, its corrections, or the catalogue."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dangjian.cli.limits import limit_option
from dangjian.cli.remarks import remark, shown

if TYPE_CHECKING:
    from dangjian.reports import Report
    from dangjian.reports.limits import Limits

CATALOGUE = "catalogue"


@click.command("check")
@click.argument("what", metavar="FOLDER|FILE|catalogue", type=click.Path(path_type=Path))
@limit_option
def check_command(what: Path, limits: Limits) -> int:
    """Check a corpus, or the catalogue of indicators.

    Of a corpus: a line a report with id, district, year, kind, encoding, length and title; then what cannot be read,
    which corrections are refused, and which figures cannot both be true, both places named. Of the catalogue: a line
    a fault, with file, id and key; every example and counter-example of every entry is run.
    """
    return _check_catalogue() if str(what) == CATALOGUE and not what.exists() else _check_corpus(what, limits)


def _check_catalogue() -> int:
    from dangjian.indicators.proofs import check_entries, entry_files

    count, faults = check_entries(entry_files())
    for fault in faults:
        _write(shown(str(fault)))
    remark(f"{count} entries checked, {len(faults)} faults")
    return 1 if faults else 0


def _check_corpus(place: Path, limits: Limits) -> int:
    from dangjian.reports import read_corpus

    found = read_corpus(place, limits)
    for report in found:
        facts = (
            report.report_id,
            report.district or "-",
            str(report.year or "-"),
            report.kind or "-",
            report.encoding,
            str(len(report.text)),
            report.title,
        )
        _write("\t".join(map(shown, facts)))
    for skipped in found.skipped:
        remark(f"{skipped.name}: {skipped.reason}")
    for report in found:
        for note in report.notes:
            remark(f"{report.source}: {note}")
        if report.year is None:
            remark(f"{report.source}: names no year; give one in corpus.toml, else its figures have none")
    refused = _refused(place, list(found))
    conflicting = _conflicting(list(found))
    remark(f"{len(found)} reports can be read, {len(found.skipped)} files cannot")
    return 1 if found.skipped or refused or conflicting or not len(found) else 0


def _conflicting(reports: list[Report]) -> int:
    """Write a line for each pair of figures that cannot both be true, both places named; how many there are."""
    from dangjian.indicators import extract

    try:
        from dangjian.analysis.checks import conflicts
        from dangjian.metrics import frame
    except ImportError as missing:
        remark(f"the figures are not checked against each other: {missing.name} is not installed")
        return 0
    observations = [row for report in reports for row in extract(report).observations]
    found = conflicts(frame(observations, reports))
    for row in found.to_dict("records"):
        places = (f"{one['report_id']} {one['start']}-{one['end']} {one['text']}" for one in row["places"])
        facts = ("conflict", row["indicator"], row["kind"], row["reason"] or "-", "; ".join(places))
        _write("\t".join(shown(str(fact)) for fact in facts))
    return len(found)


def _refused(place: Path, reports: list[Report]) -> int:
    """Remark on each correction beside the reports that no longer fits; how many do not."""
    from dangjian.indicators import extract
    from dangjian.metrics import correct, find_corrections, read_corrections
    from dangjian.metrics.lines import records_of

    path = find_corrections(place)
    if path is None:
        return 0
    corrections = read_corrections(path)
    meant = {name for correction in corrections for name in (correction.report, correction.report_id)}
    named = [report for report in reports if report.sha256 in meant or report.report_id in meant]
    rows = [row for report in named for row in records_of(extract(report).observations, (report,))]
    outcome = correct(rows, corrections, named)
    for line in outcome.refused:
        remark(line)
    remark(f"{path}: {len(outcome.applied)} corrections fit these reports, {len(outcome.refused)} are refused")
    return len(outcome.refused)


def _write(line: str) -> None:
    sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "backslashreplace"))
