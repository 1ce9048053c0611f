"""What a notebook opens with: its reports and their table, read anew or taken from a stored run."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dangjian.errors import CorrectionWarning, DangjianError, UnknownNameError
from dangjian.metrics.corrections import corrected, find_corrections, read_corrections
from dangjian.metrics.storage import load
from dangjian.metrics.table import frame
from dangjian.reports import Corpus, read_corpus

if TYPE_CHECKING:
    import pandas as pd


def open_table(
    reports: str | Path = "",
    metrics: str | Path = "",
    *,
    mask: str = "auto",
    district: str = "",
    years: Iterable[int] = (),
    corrections: str | Path | None = "",
) -> tuple[Corpus, pd.DataFrame]:
    """The corpus and its metrics table.

    Args:
        reports: a folder of reports, or one file.
        metrics: a stored table, used instead of reading the reports; their texts are then looked for in the
            folder ``reports`` beside it, then in ``reports``, and serve as evidence alone.
        mask: how hidden digits read: "auto", "digits" or "unknown"; a stored table keeps the reading it was made with.
        district: keep this district alone, "" keeps all.
        years: keep reports of these years, none keeps all.
        corrections: a file of corrections to apply; "" takes ``corrections.toml`` beside the reports or the stored
            table, or in the folder above, where there is one; None applies none. One that is refused is warned of.
    Raises:
        CorrectionError: the file of corrections cannot be read.
        ReportError, TableError: the place cannot be read.
        UnknownNameError: no report is of that district, or of any of those years.
    """
    if metrics:
        table = load(metrics)
        corpus = _texts(table, Path(metrics), reports)
    elif reports:
        from dangjian.indicators import extract

        corpus = read_corpus(reports)
        table = frame([seen for report in corpus for seen in extract(report, mask=mask).observations], corpus)
    else:
        raise DangjianError("nothing to read: give `reports`, a folder or file, or `metrics`, a stored table")
    place = find_corrections(metrics or reports) if corrections == "" else corrections
    if place:
        table, refused = corrected(table, read_corrections(place), corpus)
        for line in refused:
            warnings.warn(line, CorrectionWarning, stacklevel=2)
    return _kept(corpus, table, district, [int(year) for year in years])


def _texts(table: pd.DataFrame, stored: Path, reports: str | Path) -> Corpus:
    """The texts at hand of the reports that a stored table speaks of, with what the table knows of each."""
    beside = (stored if stored.is_dir() else stored.parent) / "reports"
    place = beside if beside.is_dir() else Path(reports or beside)
    if not place.exists():
        return Corpus(())
    facts = dict(zip(table["report_id"], table["district"], strict=True))
    found = read_corpus(place)
    known = [
        replace(report, district=report.district or facts[report.report_id])
        for report in found
        if report.report_id in facts
    ]
    return Corpus(tuple(known), found.skipped)


def _kept(corpus: Corpus, table: pd.DataFrame, district: str, years: list[int]) -> tuple[Corpus, pd.DataFrame]:
    districts = {report.district for report in corpus} | set(table["district"])
    if district and district not in districts:
        raise UnknownNameError("district", district, districts - {""})
    known = {report.year for report in corpus} | set(table["year"].dropna().tolist())
    if years and not known & set(years):
        raise UnknownNameError("report of", ", ".join(map(str, years)), {str(year) for year in known if year})
    kept = [
        report
        for report in corpus
        if (not district or report.district == district) and (not years or report.year in years)
    ]
    if district:
        table = table[table["district"] == district]
    if years:
        table = table[table["year"].isin(years)]
    return Corpus(tuple(kept), corpus.skipped), table.reset_index(drop=True)
