"""One task of the extraction: some thirty files to one part, written by whoever reads them.

A part is a Parquet table of records, the prints by which twins are known, the texts that offsets count, and,
written last, a list of what it holds; without its list a part is none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dangjian.errors import ReportError
from dangjian.indicators import extract
from dangjian.metrics import dumps
from dangjian.placing import replacing, write_text
from dangjian.reports import Limits, Report
from dangjian.reports.corpus import read_listed
from dangjian.reports.names import plain_name
from dangjian.reports.twins import fingerprint
from dangjian.runs.batch.state import State
from dangjian.runs.facts import facts_of, unread_of

__all__ = ["SIZE", "Listed", "Part", "Task", "extract", "read_facts", "read_part"]
SIZE = 32
"""Files a task: fewer, and handing them over costs more than reading them."""


@dataclass(frozen=True)
class Listed:
    """A file to read: what it is known by, and what the manifest says of it."""

    path: Path
    key: str
    entry: Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """Files to read into one part."""

    folder: Path
    part: str
    files: tuple[Listed, ...]
    mask: str
    limits: Limits


@dataclass(frozen=True)
class Part:
    """What a task came to: facts of each report by the key of its file, and why others could not be read."""

    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)


def read_part(task: Task) -> Part:
    """Read the files of a task and write their part.

    Raises:
        OSError, WriteError: it could not be written.
    """
    state = State(task.folder)
    facts, failed, prints = {}, {}, {}
    reports: list[Report] = []
    observations: list[Any] = []
    for file in task.files:
        try:
            report = read_listed(file.path, file.entry, task.limits)
        except ReportError as fault:
            failed[file.key] = fault.reason
            continue
        extraction = extract(report, mask=task.mask)
        reports.append(report)
        observations.extend(extraction.observations)
        told = {"file": plain_name(file.path.name), "notes": report.notes, "length": len(report.text)}
        told["distinct"] = bool(file.entry.get("distinct"))
        facts[file.key] = facts_of(report, extraction) | told | {"numbers_unread": unread_of(report, extraction)}
        prints[file.key] = fingerprint(report.text).as_json()
        text = state.text(report.sha256)
        if not text.exists():
            write_text(text, report.text)
    if facts:
        with replacing(state.part(task.part, ".parquet")) as beside:
            beside.write_bytes(dumps(observations, ".parquet", reports))
        write_text(state.part(task.part, ".prints"), json.dumps(prints))
        write_text(state.part(task.part, ".json"), json.dumps(facts))
    return Part(facts, failed)


def read_facts(file: Listed, limits: Limits) -> Mapping[str, Any]:
    """What can be said of a report before its numbers are read.

    Raises:
        ReportError: it cannot be read.
    """
    report = read_listed(file.path, file.entry, limits)
    known = ("report_id", "title", "district", "year", "kind", "invented", "source", "sha256")
    told: dict[str, Any] = {key: getattr(report, key) for key in known}
    return told | {"file": plain_name(file.path.name), "notes": report.notes, "length": len(report.text)}
