"""A folder of reports, with what its manifest ``corpus.toml`` says of each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from dangjian.errors import ReportError
from dangjian.reports.files import KNOWN_OTHERS, LIMITS, SUFFIXES, read_file, read_report
from dangjian.reports.limits import Limits
from dangjian.reports.manifest import MANIFEST, facts_of, read_manifest
from dangjian.reports.names import plain_name
from dangjian.reports.report import Report
from dangjian.reports.twins import Print, Twins, fingerprint

__all__ = ["KNOWN_OTHERS", "MANIFEST", "SHORTEST_TWIN", "SUFFIXES", "Corpus", "Skipped", "given", "rank", "read_corpus"]
NOT_REPORTS = ("readme.md", "license.txt")
ABSENT = "the manifest lists it, but the folder has no such report; run `dangjian corpus add` anew"
SHORTEST_TWIN = 40
"""Shorter texts may be equal by chance, and are samples, not reports."""


@dataclass(frozen=True)
class Skipped:
    """A file that could not be read, and the reason in one line."""

    name: str
    reason: str


@dataclass(frozen=True)
class Corpus:
    """The reports of a folder, in the order of their ids, and the files that could not be read.

    ``len(reports) + len(skipped)`` is the number of files given, always: those of the folder whose names are names of
    documents, and those that the manifest lists but the folder has not.
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


def read_corpus(place: str | Path, limits: Limits = LIMITS) -> Corpus:
    """Read every report of a folder, or one file as a corpus of its own.

    A file that cannot be read is listed in ``skipped``; the others go on. Of files that hold the same report, one
    is read, a .txt before others, and the others are listed too; one of which the manifest says ``distinct = true`` is
    a report of its own.

    Raises:
        ReportError: the folder is not there, holds no report, or its manifest cannot be read.
    """
    place = Path(place)
    if place.is_file():
        return Corpus((read_report(place, limits),))
    if not place.is_dir():
        raise ReportError(str(place), "there is no such folder; name a folder that holds reports")
    entries = {entry["file"]: entry for entry in read_manifest(place)}
    files = given(place)
    if not files and not entries:
        raise ReportError(str(place), f"the folder holds no reports; put files into it ({' '.join(SUFFIXES)})")
    here = {file.name for file in files}
    skipped = [Skipped(plain_name(name), ABSENT) for name in entries if name not in here]
    taking, reports = Taking(), {}
    for file in in_order(files):
        entry = entries.get(file.name, {})
        try:
            report = read_listed(file, entry, limits)
            facts = (file.name, report.report_id, report.source, len(report.text))
            taking.take(*facts, fingerprint(report.text), distinct=bool(entry.get("distinct")))
            reports[report.report_id] = report
        except ReportError as fault:
            skipped.append(Skipped(plain_name(file.name), fault.reason))
    return Corpus(tuple(reports[key] for key in sorted(reports)), tuple(skipped))


def read_listed(file: Path, entry: Mapping[str, Any], limits: Limits = LIMITS) -> Report:
    """Read one file of a folder, with what the manifest says of it.

    Raises:
        ReportError: it cannot be read.
    """
    if file.suffix.lower() in KNOWN_OTHERS:
        raise ReportError(file.name, f"{file.suffix} files are not read; save the report as .docx, .pdf or .txt")
    report = read_report(file, limits, **facts_of(entry))
    if "sha256" in entry and sha256(read_file(file, limits)).hexdigest() != entry["sha256"]:
        note = "the file has changed since corpus.toml was written; run `dangjian corpus add` anew"
        report = replace(report, notes=(*report.notes, note))
    return report


def in_order(files: Iterable[Path]) -> list[Path]:
    """Files in the order in which they are taken: of twins the first is kept, a text before other formats."""
    return sorted(files, key=lambda file: (rank(file), file.name))


def given(folder: Path) -> list[Path]:
    """The files of a folder that are, by their names, reports."""
    with os.scandir(folder) as found:
        names = sorted(entry.name for entry in found if names_report(entry.name) and not entry.is_dir())
    return [folder / name for name in names]


def names_report(name: str) -> bool:
    """Whether a file is, by its name, a report; what editors and systems leave beside reports is none."""
    known = os.path.splitext(name)[1].lower() in (*SUFFIXES, *KNOWN_OTHERS)
    return known and not name.startswith((".", "~$")) and name.lower() not in NOT_REPORTS


def rank(file: Path) -> int:
    """Which of two files that hold the same report is read: the one of the lower rank."""
    suffix = file.suffix.lower()
    return SUFFIXES.index(suffix) if suffix in SUFFIXES else len(SUFFIXES)


class Taking:
    """The reports taken so far: who has which id, and their prints."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._twins = Twins()

    def take(
        self, name: str, report_id: str, source: str, length: int, print_: Print, *, distinct: bool = False
    ) -> None:
        """Take a report.

        Args:
            length: characters of its text.
            distinct: whether it is a report of its own, whatever stands in others.
        Raises:
            ReportError: it is there already, or another has its id.
        """
        twin = self._twins.of(print_) if length >= SHORTEST_TWIN and not distinct else ""
        if twin:
            raise ReportError(
                name,
                f"the same report as {twin}, which is read; take one of the two away, or say `distinct = true` of it in"
                f" {MANIFEST}",
            )
        if report_id in self._sources:
            taken = f"its id {report_id!r} is taken by {self._sources[report_id]}; rename one of the two"
            raise ReportError(name, taken)
        self._sources[report_id] = source
        if length >= SHORTEST_TWIN:
            self._twins.add(plain_name(name), print_)
