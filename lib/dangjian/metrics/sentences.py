"""Where a row comes from: its sentence in the report, with the sentences beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from dangjian.reports import sentence_at
from dangjian.reports.sentences import CLOSERS, FARTHEST, STOP

if TYPE_CHECKING:
    from dangjian.reports import Report

ABSENT = "原文不在本机"
OTHER = "原文与记录不符"
BLANK = " \t\u3000"


class Evidence(NamedTuple):
    """The sentence that holds a number, its neighbours, the number's offsets inside the sentence, and where the number
    stands in the document: its line, page, paragraph or cell.

    Where the text is not at hand, or is another one, ``sentence`` says so; of the rest, only what the row itself says
    of its place is left.
    """

    sentence: str
    before: str = ""
    after: str = ""
    start: int = 0
    end: int = 0
    place: str = ""

    @property
    def found(self) -> bool:
        """Whether the sentence is the report's own."""
        return self.end > self.start


def evidence(row: Any, reports: Iterable[Report] | Mapping[str, Report]) -> Evidence:
    """The evidence of one row.

    Args:
        row: a row of the metrics table (by ``iterrows`` or ``itertuples``), a record, or an observation.
        reports: the reports at hand, a corpus will do.
    """
    report_id, written = _field(row, "report_id"), _field(row, "text")
    start, end = int(_field(row, "start")), int(_field(row, "end"))
    first, last = (int(offset) for offset in _number(row))
    report = _report(report_id, reports)
    if report is None:
        return Evidence(ABSENT, place=_place(row))
    text = report.text
    if text[start:end] != written or not start <= first < last <= end:
        return Evidence(OTHER, place=_place(row))
    span = sentence_at(text, start, end)
    before = _before(text, span.start)
    behind = text[span.end : span.end + FARTHEST]
    ahead = span.end + len(behind) - len(behind.lstrip(BLANK))
    after = sentence_at(text, ahead, ahead + 1).of(text) if text[ahead : ahead + 1].strip() else ""
    return Evidence(span.of(text), before, after, first - span.start, last - span.start, report.source_at(first))


def _before(text: str, start: int) -> str:
    """The sentence that ends where another starts, "" where a line break stands between."""
    end = _without(text, start, BLANK)
    inner = _without(text, end, STOP + CLOSERS)
    if not inner or inner == end or text[inner - 1] == "\n":
        return ""
    return text[sentence_at(text, inner - 1, inner).start : end]


def _without(text: str, end: int, signs: str) -> int:
    """Where a text ends without the signs before an offset, of which it has no more than evidence is long."""
    floor = max(0, end - FARTHEST)
    return floor + len(text[floor:end].rstrip(signs))


def _report(report_id: str, reports: Iterable[Report] | Mapping[str, Report]) -> Report | None:
    if isinstance(reports, Mapping):
        return reports.get(report_id)
    return next((report for report in reports if report.report_id == report_id), None)


def _place(row: Any) -> str:
    """The place that a row carries; an observation carries none."""
    carried = row.get("place", "") if hasattr(row, "keys") else getattr(row, "place", "")
    return str(carried) if carried else ""


def _field(row: Any, name: str) -> Any:
    return row[name] if hasattr(row, "keys") else getattr(row, name)


def _number(row: Any) -> tuple[int, int]:
    if hasattr(row, "keys"):
        first, last = row["number"] if "number" in row.keys() else (row["number_start"], row["number_end"])  # noqa: SIM118
    else:
        first, last = row.number if hasattr(row, "number") else (row.number_start, row.number_end)
    return first, last
