"""The reports that a run selects, as a folder of its own: their table and their texts, and nothing of other reports.

So a notebook loads what it shows, however many reports there are beside.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dangjian.reports import Report
from dangjian.runs.folder import replacing, slug, write_text
from dangjian.runs.keys import digest_of
from dangjian.runs.readings import Reading, Readings


def selection_name(readings: Iterable[Reading], corrections: str) -> str:
    """The folder's name: it tells one selection, in one state, from any other."""
    return digest_of([[reading.key for reading in readings], corrections])[:24]


def write_selection(
    folder: Path, name: str, chosen: Sequence[Reading], readings: Readings, corrections: Path | None
) -> tuple[Path, list[str]]:
    """Write ``metrics.parquet`` and ``reports/`` of a selection, whole or not at all, unless they stand already.

    Returns:
        The folder, and a line for each correction that was refused.
    """
    place = folder / name
    if place.is_dir():
        return place, []
    beside = folder / f".{name}.{os.getpid()}.part"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        (beside / "reports").mkdir(parents=True)
        reports = []
        for reading in chosen:
            report = readings.report(reading)
            (beside / "reports" / file_name(report)).write_bytes(report.text.encode("utf-8", "surrogatepass"))
            reports.append(report)
        write_text(beside / "reports" / "corpus.toml", manifest(reports))
        refused = _write_rows(beside / "metrics.parquet", readings.rows(chosen), reports, corrections)
        os.replace(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return place, refused


def _write_rows(path: Path, tables: Iterable[Any], reports: Sequence[Report], corrections: Path | None) -> list[str]:
    import pyarrow.parquet as pq

    writer = None
    with replacing(path) as beside:
        try:
            for table in tables:
                writer = writer or pq.ParquetWriter(beside, table.schema)
                writer.write_table(table)
        finally:
            if writer is not None:
                writer.close()
    if corrections is None:
        return []
    from dangjian.metrics import corrected, dumps, load, read_corrections

    hashes = {report.sha256 for report in reports}
    meant = [correction for correction in read_corrections(corrections) if correction.report in hashes]
    if not meant:
        return []
    table, refused = corrected(load(path), meant, reports)
    with replacing(path) as beside:
        beside.write_bytes(dumps(table, ".parquet"))
    return list(refused)


def file_name(report: Report) -> str:
    """The name of the file that keeps a report's text in a run folder."""
    return f"{slug(report.report_id)}.txt"


def manifest(reports: Sequence[Report]) -> str:
    """What is known of the reports, as the manifest of their folder."""
    from dangjian.runs.run import _manifest

    return _manifest(reports)


def sweep_selections(folder: Path, kept: Iterable[str]) -> None:
    """Remove the selections that no run needs any more."""
    names = set(kept)
    for path in folder.glob("*") if folder.is_dir() else ():
        if path.name not in names:
            shutil.rmtree(path, ignore_errors=True)
