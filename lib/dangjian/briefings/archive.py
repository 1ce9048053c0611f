"""What a run read, at hand for its pages: each report's text with its paragraphs, and each number's record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from dangjian.reports import Report, sentence_at
from dangjian.runs.folder import slug

BLANK = " \t\u3000"


class Reach(NamedTuple):
    """Offsets of a sentence, widened by the sentences beside it in the same paragraph."""

    start: int
    end: int


class Archive:
    """The texts and records of a run.

    Args:
        reports: those whose text is at hand.
        records: the run's numbers, as the contract has them.
        mask: how hidden digits were asked to be read.
    """

    def __init__(
        self, reports: Iterable[Report] = (), records: Iterable[Mapping[str, Any]] = (), mask: str = "auto"
    ) -> None:
        self.reports = {report.report_id: report for report in reports}
        self.mask = mask
        self.records = {(record["report_id"], record["start"]): record for record in records}
        self._lines: dict[str, tuple[list[int], list[int]]] = {}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each report among all."""
        return {name: at for at, name in enumerate(self.reports)}

    def title(self, report_id: str) -> str:
        """The report's title, its id where it has none."""
        report = self.reports.get(report_id)
        return (report.title if report else "") or report_id

    def paragraph(self, report_id: str, offset: int) -> int | None:
        """The number of the paragraph that holds an offset, 1 is the first; None without the text.

        A paragraph is a line that is not blank, the title among them.
        """
        report = self.reports.get(report_id)
        if report is None or not 0 <= offset <= len(report.text):
            return None
        if report_id not in self._lines:
            starts, numbers, at, count = [], [], 0, 0
            for line in report.text.split("\n"):
                count += bool(line.strip())
                starts.append(at)
                numbers.append(max(count, 1))
                at += len(line) + 1
            self._lines[report_id] = starts, numbers
        starts, numbers = self._lines[report_id]
        return numbers[bisect_right(starts, offset) - 1]

    def reach(self, report_id: str, start: int, end: int) -> Reach:
        """Where the sentence around a number begins and ends, with its neighbours of the same paragraph."""
        text = self.reports[report_id].text
        first, last = sentence_at(text, start, end)
        before = len(text[:first].rstrip(BLANK))
        if before and text[before - 1] != "\n":
            first = sentence_at(text, before - 1, before).start
        after = last + len(text[last:]) - len(text[last:].lstrip(BLANK))
        if after < len(text) and text[after] != "\n":
            last = sentence_at(text, after, after + 1).end
        return Reach(first, last)

    def holds(self, report_id: str, start: int, end: int, written: str) -> bool:
        """Whether the text at these offsets is what was written there."""
        report = self.reports.get(report_id)
        return report is not None and bool(written) and report.text[start:end] == written

    def find(self, report_id: str, sentence: str, written: str) -> tuple[int, int] | None:
        """The offsets of a quotation inside a sentence, where report and sentence are known and it stands there."""
        report = self.reports.get(report_id)
        if report is None or not sentence or not written:
            return None
        at = report.text.find(sentence)
        inside = sentence.find(written)
        return (at + inside, at + inside + len(written)) if at >= 0 and inside >= 0 else None

    def command(self, report_id: str, offset: int) -> str:
        """The command that derives the record at an offset; its file is the text that the run keeps."""
        mask = "" if self.mask == "auto" else f" --mask {self.mask}"
        return f"dangjian explain reports/{slug(report_id)}.txt --at {offset}{mask}"
