"""The command that says, before a run, which files of a corpus can be read and what they are taken for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dangjian.cli.remarks import remark, shown


@click.command("check")
@click.argument("corpus", type=click.Path(path_type=Path))
def check_command(corpus: Path) -> int:
    """List a corpus: id, district, year, encoding and length of each report, then what cannot be read."""
    from dangjian.reports import read_corpus

    found = read_corpus(corpus)
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
        sys.stdout.buffer.write(("\t".join(map(shown, facts)) + "\n").encode("utf-8", "backslashreplace"))
    for skipped in found.skipped:
        remark(f"{skipped.name}: {skipped.reason}")
    for report in found:
        if report.year is None:
            remark(f"{report.source}: names no year; give one in corpus.toml, else its figures have none")
    remark(f"{len(found)} reports can be read, {len(found.skipped)} files cannot")
    return 1 if found.skipped or not len(found) else 0
