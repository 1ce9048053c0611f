"""Invented reports of many kinds and authors, read by hand: how much is found, and how much of it is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dangjian.analysis.agreement import Agreement, agreement
from dangjian.analysis.handread import misplaced, read_marks
from dangjian.indicators import extract
from dangjian.metrics.lines import records_of
from dangjian.reports import read_report

KINDS = Path(__file__).resolve().parents[2] / "data" / "gold" / "kinds"
NAMES = sorted(path.stem for path in KINDS.glob("*.jsonl"))
APART = 10**6
"""Each report's offsets are moved out of the others' way by this much."""
FLOORS = {
    "f1": 0.99, "bounds": 0.99, "unit": 0.99, "modality": 0.99, "change": 0.99, "theme": 0.94, "indicator_f1": 0.97,
    "dims": 0.95,
}  # fmt: skip


def _moved(record: dict[str, Any], by: int) -> dict[str, Any]:
    moved = record | {"start": record["start"] + by, "end": record["end"] + by}
    return moved | ({"number": [offset + by for offset in record["number"]]} if "number" in record else {})


@pytest.fixture(scope="module")
def found() -> Agreement:
    marks: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []
    for place, name in enumerate(NAMES):
        report = read_report(KINDS / f"{name}.txt")
        read = records_of(extract(report).observations, (report,))
        records += [_moved(dict(record), place * APART) for record in read]
        marks += [
            _moved(mark, place * APART) for mark in read_marks((KINDS / f"{name}.jsonl").read_text("utf-8"), name)
        ]
    return agreement(marks, records)


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_reports_of_other_authors(found: Agreement, figure: str, floor: float) -> None:
    assert found.figures[figure] >= floor, "\n".join(map(str, found.differences))


@pytest.mark.parametrize("name", NAMES)
def test_each_was_read_in_its_own_text(name: str) -> None:
    text = read_report(KINDS / f"{name}.txt").text
    assert misplaced(read_marks((KINDS / f"{name}.jsonl").read_text("utf-8"), name), text) == []
    assert "虚构示例" in text
