"""What a run tells of each report that it read, in ``run.json`` and on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangjian.reports import Report

if TYPE_CHECKING:
    from dangjian.indicators import Extraction


def facts_of(report: Report, extraction: Extraction) -> dict[str, Any]:
    """What a report is, its hash, what was found in it, and how its masks were read."""
    facts = {
        key: getattr(report, key) for key in ("report_id", "title", "district", "year", "kind", "invented", "source")
    }
    return facts | {
        "sha256": report.sha256,
        "found": extraction.found,
        "bound": extraction.bound,
        "unread": len(extraction.unread),
        "left_out": len(extraction.left_out),
        "masks": [{"sign": mask.sign, "reading": mask.reading, "evidence": mask.evidence} for mask in extraction.masks],
    }


def unread_of(report: Report, extraction: Extraction) -> list[dict[str, Any]]:
    """Each number that could not be read: report, offsets, text, rule."""
    return [
        {
            "report_id": report.report_id,
            "start": unread.start,
            "end": unread.end,
            "text": report.text[unread.start : unread.end],
            "rule": unread.rule,
        }
        for unread in extraction.unread
    ]
