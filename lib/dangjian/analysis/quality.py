"""How well reports are read: what was found, left out and not read, report by report and rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from dangjian.analysis.agreement import agreement
from dangjian.analysis.handread import misplaced, read_marks
from dangjian.indicators import Extraction, extract
from dangjian.metrics.lines import records_of
from dangjian.quantities.rules import meaning

if TYPE_CHECKING:
    from dangjian.reports import Report

LINE = 24
"""Characters of the text shown on either side of a number."""


def readings(reports: Iterable[Report], mask: str = "auto") -> list[Extraction]:
    """Every report read anew, with what a metrics table does not hold: numbers left out, numbers not read, masks."""
    return [extract(report, mask=mask) for report in reports]


def coverage(reports: Sequence[Report], read: Sequence[Extraction]) -> pd.DataFrame:
    """One row a report: ``report_id``, ``characters``, ``found``, ``bound``, ``unbound``, ``left_out``, ``unread``."""
    rows = [
        {
            "report_id": report.report_id,
            "characters": len(report.text),
            "found": own.found,
            "bound": own.bound,
            "unbound": own.found - own.bound,
            "left_out": len(own.left_out),
            "unread": len(own.unread),
        }
        for report, own in zip(reports, read, strict=True)
    ]
    kinds = {"report_id": "str"} | dict.fromkeys(
        ("characters", "found", "bound", "unbound", "left_out", "unread"), "int64"
    )
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in kinds.items()})


def masks(read: Iterable[Extraction]) -> pd.DataFrame:
    """One row a report and mask character: ``report_id``, ``sign``, ``reading`` (digits or unknown), ``evidence``."""
    told = [(own.report_id, mask.sign, mask.reading, mask.evidence) for own in read for mask in own.masks]
    return pd.DataFrame(told, columns=["report_id", "sign", "reading", "evidence"], dtype="str")


def left_out(reports: Iterable[Report], read: Iterable[Extraction]) -> pd.DataFrame:
    """The rules that left numbers out, the commonest first.

    Returns:
        ``rule``, ``meaning``, ``count``, and ``example``: the shortest such number with what stands around it.
    """
    found: dict[str, list[str]] = {}
    for report, own in zip(reports, read, strict=True):
        for each in own.left_out:
            found.setdefault(each.rule, []).append(_line(report.text, each.start, each.end, 8))
    order = sorted(found, key=lambda rule: (-len(found[rule]), rule))
    columns: dict[str, Any] = {
        "rule": pd.Series(order, dtype="str"),
        "meaning": pd.Series([meaning(rule) for rule in order], dtype="str"),
        "count": pd.Series([len(found[rule]) for rule in order], dtype="int64"),
        "example": pd.Series([min(found[rule], key=lambda line: (len(line), line)) for rule in order], dtype="str"),
    }
    return pd.DataFrame(columns)


def unread(reports: Iterable[Report], read: Iterable[Extraction]) -> pd.DataFrame:
    """Every number not read: ``report_id``, ``start``, ``end``, ``text``, ``rule``, and the ``line`` around it."""
    rows = [
        (own.report_id, each.start, each.end, report.text[each.start : each.end], each.rule,
         _line(report.text, each.start, each.end, LINE))
        for report, own in zip(reports, read, strict=True)
        for each in own.unread
    ]  # fmt: skip
    kinds = {"report_id": "str", "start": "int64", "end": "int64", "text": "str", "rule": "str", "line": "str"}
    return pd.DataFrame(
        {name: pd.Series([row[at] for row in rows], dtype=kind) for at, (name, kind) in enumerate(kinds.items())}
    )


def hand_read(reports: Iterable[Report], folder: str | Path, mask: str = "auto") -> pd.DataFrame:
    """How far the reading agrees with the hand-read files of a folder, report by report.

    Args:
        reports: the reports; those with a file ``ID.jsonl`` in the folder are compared.
        folder: where hand-read files are; one that is not there holds none.
        mask: how hidden digits read.
    Returns:
        A row a report with a file, figures as `agreement` names them; a file read in another text is left out and
        named in ``attrs["elsewhere"]``.
    Raises:
        TableError: a file holds a line that is no hand-read record.
    """
    rows: list[Mapping[str, Any]] = []
    elsewhere: list[str] = []
    for report in reports:
        path = Path(folder) / f"{report.report_id}.jsonl"
        if Path(report.report_id).name != report.report_id or not path.is_file():
            continue
        marks = read_marks(path.read_text("utf-8"), path.name)
        if misplaced(marks, report.text):
            elsewhere.append(report.report_id)
            continue
        records = list(records_of(extract(report, mask=mask).observations, (report,)))
        rows.append({"report_id": report.report_id} | agreement(marks, records).figures)
    table = pd.DataFrame(rows, columns=list(rows[0]) if rows else ["report_id"])
    table.attrs["elsewhere"] = elsewhere
    return table


def _line(text: str, start: int, end: int, wide: int) -> str:
    """The number with what stands around it in its line."""
    floor, ceiling = max(0, start - wide), min(len(text), end + wide)
    first, stop = text.rfind("\n", floor, start) + 1, text.find("\n", end, ceiling)
    return text[first or floor : ceiling if stop < 0 else stop].strip()
