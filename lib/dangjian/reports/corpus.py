"""A folder of reports, with what its manifest ``corpus.toml`` says of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from dangjian.errors import ReportError
from dangjian.reports.files import KNOWN_OTHERS, LIMITS, SUFFIXES, read_file, read_report
from dangjian.reports.limits import Limits
from dangjian.reports.manifest import MANIFEST, facts_of, read_manifest
from dangjian.reports.names import plain_name
from dangjian.reports.report import Report
from dangjian.reports.twins import Twins, fingerprint

__all__ = ["KNOWN_OTHERS", "MANIFEST", "SHORTEST_TWIN", "SUFFIXES", "Corpus", "Skipped", "given", "rank", "read_corpus"]
NOT_REPORTS = ("readme.md", "license.txt")
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
    reading = _Reading()
    for name in entries:
        if name not in here:
            reading.skip(
                name, "the manifest lists it, but the folder has no such report; run `dangjian corpus add` anew"
            )
    for file in sorted(files, key=lambda file: (rank(file), file.name)):
        if file.suffix.lower() in KNOWN_OTHERS:
            reading.skip(file.name, f"{file.suffix} files are not read; save the report as .docx, .pdf or .txt")
            continue
        entry = entries.get(file.name, {})
        try:
            report = read_report(file, limits, **facts_of(entry))
            if "sha256" in entry and sha256(read_file(file, limits)).hexdigest() != entry["sha256"]:
                note = "the file has changed since corpus.toml was written; run `dangjian corpus add` anew"
                report = replace(report, notes=(*report.notes, note))
        except ReportError as fault:
            reading.skip(file.name, fault.reason)
            continue
        reading.take(file.name, report, bool(entry.get("distinct")))
    return Corpus(tuple(reading.reports[key] for key in sorted(reading.reports)), tuple(reading.skipped))


def given(folder: Path) -> list[Path]:
    """The files of a folder that are, by their names, reports; what editors and systems leave beside them is none."""
    return [
        file
        for file in sorted(folder.iterdir())
        if file.suffix.lower() in (*SUFFIXES, *KNOWN_OTHERS)
        and not file.name.startswith((".", "~$"))
        and file.name.lower() not in NOT_REPORTS
        and not file.is_dir()
    ]


def rank(file: Path) -> int:
    """Which of two files that hold the same report is read: the one of the lower rank."""
    suffix = file.suffix.lower()
    return SUFFIXES.index(suffix) if suffix in SUFFIXES else len(SUFFIXES)


class _Reading:
    """The reports taken so far, by id, and what was skipped."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}
        self.skipped: list[Skipped] = []
        self._twins = Twins()

    def skip(self, name: str, reason: str) -> None:
        self.skipped.append(Skipped(plain_name(name), reason))

    def take(self, name: str, report: Report, distinct: bool = False) -> None:
        """Take a report, unless it is there already or another has its id."""
        print_ = fingerprint(report.text)
        twin = self._twins.of(print_) if len(report.text) >= SHORTEST_TWIN and not distinct else ""
        if twin:
            self.skip(
                name,
                f"the same report as {twin}, which is read; take one of the two away, or say `distinct = true` of it in"
                f" {MANIFEST}",
            )
        elif report.report_id in self.reports:
            other = self.reports[report.report_id].source
            self.skip(name, f"its id {report.report_id!r} is taken by {other}; rename one of the two")
        else:
            self.reports[report.report_id] = report
            if len(report.text) >= SHORTEST_TWIN:
                self._twins.add(plain_name(name), print_)
