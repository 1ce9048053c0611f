"""A folder of reports, with what its manifest ``corpus.toml`` says of each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dangjian.errors import ReportError
from dangjian.reports.report import SUFFIXES, Report, read_report

MANIFEST = "corpus.toml"
KEYS = {"id", "file", "title", "district", "year", "kind", "source", "sha256", "invented"}


@dataclass(frozen=True)
class Skipped:
    """A file that could not be read, and the reason in one line."""

    name: str
    reason: str


@dataclass(frozen=True)
class Corpus:
    """The reports of a folder, in the order of their ids, and the files that could not be read.

    ``len(reports) + len(skipped)`` is the number of files given, always.
    """

    reports: tuple[Report, ...]
    skipped: tuple[Skipped, ...] = ()

    def __iter__(self) -> Iterator[Report]:
        return iter(self.reports)

    def __len__(self) -> int:
        return len(self.reports)

    def __getitem__(self, report_id: str) -> Report:
        for report in self.reports:
            if report.report_id == report_id:
                return report
        raise KeyError(report_id)


def read_corpus(place: str | Path) -> Corpus:
    """Read every report of a folder, or one file as a corpus of its own.

    A file that cannot be read is listed in ``skipped``; the others go on.

    Raises:
        ReportError: the folder is not there, holds no report, or its manifest cannot be read.
    """
    place = Path(place)
    if place.is_file():
        return Corpus((read_report(place),))
    if not place.is_dir():
        raise ReportError(str(place), "there is no such folder; name a folder that holds .txt or .md reports")
    known = _manifest(place)
    files = sorted(file for file in place.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
    files = [file for file in files if file.name.lower() not in ("readme.md", "license.txt")]
    if not files:
        raise ReportError(str(place), "the folder holds no reports; put .txt or .md files into it")
    reports: dict[str, Report] = {}
    skipped: list[Skipped] = []
    for file in files:
        try:
            report = read_report(file, **known.get(file.name, {}))
        except ReportError as fault:
            skipped.append(Skipped(file.name, fault.reason))
            continue
        if report.report_id in reports:
            twin = reports[report.report_id].source
            skipped.append(Skipped(file.name, f"its id {report.report_id!r} is taken by {twin}; rename one of the two"))
            continue
        reports[report.report_id] = report
    return Corpus(tuple(reports[key] for key in sorted(reports)), tuple(skipped))


def _manifest(folder: Path) -> dict[str, dict[str, Any]]:
    """What ``corpus.toml`` says of each file, by file name; empty where there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("report", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise ReportError(str(path), f"the manifest cannot be read ({fault}); mend it or take it away") from None
    known: dict[str, dict[str, Any]] = {}
    for number, entry in enumerate(entries, 1):
        unknown = sorted(set(entry) - KEYS)
        if "file" not in entry or unknown:
            wrong = f"unknown key {unknown[0]!r}" if unknown else "no `file`"
            raise ReportError(str(path), f"entry {number}: {wrong}; an entry takes {', '.join(sorted(KEYS))}")
        facts = {key: entry[key] for key in ("title", "district", "year", "kind", "invented") if key in entry}
        known[entry["file"]] = facts | ({"report_id": entry["id"]} if "id" in entry else {})
    return known
