"""The command that lists what no indicator names, as entries for the catalogue."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dangjian.cli.extract import mask_option
from dangjian.cli.remarks import remark, shown

MOST_NAMED = 5


@click.command("unbound")
@click.argument("places", nargs=-1, required=True, metavar="FOLDER|FILE...", type=click.Path(path_type=Path))
@mask_option
@click.option("--top", type=click.IntRange(min=1), help="Only so many, the most frequent first.")
def unbound_command(places: tuple[Path, ...], mask: str, top: int | None) -> int:
    """List the quantities that no indicator names, by label, most frequent first.

    Each is a catalogue entry in TOML, to be pasted into the file of its theme and mended there.
    """
    from dangjian.analysis.unbound import unbound
    from dangjian.errors import ReportError
    from dangjian.indicators import extract, load_catalogue
    from dangjian.reports import read_corpus

    reports, failed = [], 0
    for place in places:
        try:
            corpus = read_corpus(place)
        except ReportError as fault:
            remark(str(fault))
            failed += 1
            continue
        for skipped in corpus.skipped:
            remark(f"{skipped.name}: {skipped.reason}")
        failed += len(corpus.skipped)
        reports += list(corpus)
    known = {report.report_id: report for report in reports}
    found = [seen for report in known.values() for seen in extract(report, mask=mask).observations]
    groups = unbound(found, known.values(), load_catalogue())
    for group in groups[:top]:
        where = ", ".join(group.report_ids[:MOST_NAMED]) + (" ..." if len(group.report_ids) > MOST_NAMED else "")
        head = f"# {group.said} x {group.label} ({group.theme}; {len(group.report_ids)} reports: {where})"
        sys.stdout.buffer.write(f"{shown(head)}\n{group.entry}\n".encode("utf-8", "backslashreplace"))
    unnamed = sum(group.said for group in groups)
    remark(
        f"{unnamed} of {len(found)} quantities in {len(known)} reports are bound to no indicator, {len(groups)} labels"
    )
    return 1 if failed else 0
