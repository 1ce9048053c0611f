"""The proof of a page's numbers: each marked in its report's own words, with the sentences beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dangjian.briefings.archive import Archive

Mark = tuple[int, int, str]
"""Start, end and anchor."""


@dataclass
class Passage:
    """A run of a report's sentences with the numbers marked in it; ``start`` is its offset in the report."""

    report_id: str
    start: int
    text: str
    paragraph: int | None
    marks: list[Mark] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def html(self) -> str:
        """The sentences, every marked number a target."""
        made, at = "", self.start
        for start, end, anchor in self.marks:
            made += escape(self.text[at - self.start : start - self.start])
            made += f'<mark id="{anchor}">{escape(self.text[start - self.start : end - self.start])}</mark>'
            at = end
        return made + escape(self.text[at - self.start :])


class Proofs:
    """The numbers that a page shows, each with its anchor, in the order in which the page comes to them."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._marks: dict[tuple[str, int], Mark] = {}
        self._quoted: dict[tuple[str, str], Passage] = {}
        self.used: dict[tuple[str, int], list[str]] = {}

    def __len__(self) -> int:
        return len(self._marks) + sum(len(passage.marks) for passage in self._quoted.values())

    def of(self, report_id: str, start: int, end: int, written: str, place: str = "") -> str | None:
        """The anchor of a number; None where the text is not at hand or says something else there.

        Args:
            place: the figure or table that uses it, kept for the appendix.
        """
        key = report_id, start
        if key not in self._marks:
            overlaps = any(
                other == report_id and mark[0] < end and start < mark[1] for (other, _), mark in self._marks.items()
            )
            if overlaps or not self.archive.holds(report_id, start, end, written):
                return None
            self._marks[key] = start, end, f"n{len(self) + 1}"
        if key in self.archive.records and place not in self.used.setdefault(key, []) and place:
            self.used[key].append(place)
        return self._marks[key][2]

    def anchor(self, report_id: str, start: int) -> str | None:
        """The anchor of a number that the page shows already."""
        return self._marks[report_id, start][2] if (report_id, start) in self._marks else None

    def row(self, row: Mapping[str, Any], place: str = "") -> list[str]:
        """The anchors of a figure: its own, and for a quotient that of its whole too."""
        parts = [(row["report_id"], row["start"], row["end"], str(row["text"]))]
        if "whole_text" in row and row["whole_text"] is not None:
            parts[0] = (*parts[0][:3], parts[0][3].removesuffix(f"÷{row['whole_text']}"))
            parts.append((row["whole_report_id"], row["whole_start"], row["whole_end"], str(row["whole_text"])))
        found = [self.of(str(report), int(start), int(end), text, place) for report, start, end, text in parts]
        return [anchor for anchor in found if anchor]

    def quote(self, report_id: str, sentence: str, written: str, place: str = "") -> str | None:
        """The anchor of a number that is known by its sentence alone; None where the sentence does not hold it."""
        if not written or written not in sentence:
            return None
        found = self.archive.find(report_id, sentence, written)
        if found is not None:
            return self.of(report_id, *found, written, place)
        passage = self._quoted.setdefault((report_id, sentence), Passage(report_id, 0, sentence, None))
        start = sentence.find(written)
        while any(mark[0] < start + len(written) and start < mark[1] for mark in passage.marks):
            following = sentence.find(written, start + 1)
            if following < 0:
                return next((name for first, last, name in passage.marks if first <= start < last), None)
            start = following
        passage.marks.append((start, start + len(written), f"n{len(self) + 1}"))
        passage.marks.sort()
        return next(name for first, _, name in passage.marks if first == start)

    def passages(self) -> Iterator[tuple[str, list[Passage]]]:
        """The passages report by report, in the order of the reports and of their text."""
        archive = self.archive
        found: dict[str, list[Passage]] = {}
        for (report_id, _), mark in sorted(
            self._marks.items(), key=lambda item: (archive.order.get(item[0][0], 0), item[0][0], item[0][1])
        ):
            text, reach = archive.reports[report_id].text, archive.reach(report_id, mark[0], mark[1])
            told = found.setdefault(report_id, [])
            last = told[-1] if told else None
            if last is None or reach.start >= last.start + len(last.text):
                last = Passage(report_id, reach.start, "", archive.paragraph(report_id, mark[0]))
                told.append(last)
            last.text = text[last.start : max(reach.end, last.start + len(last.text))]
            last.marks.append(mark)
            last.commands.append(archive.command(report_id, mark[0]))
        for (report_id, _), passage in self._quoted.items():
            found.setdefault(report_id, []).append(passage)
        yield from found.items()

    def places(self, rows: list[tuple[str, int]]) -> dict[str, list[int]]:
        """The paragraphs, in order, of numbers given as (report, offset), by report; only those with a text."""
        found: dict[str, set[int]] = {}
        for report_id, start in rows:
            number = self.archive.paragraph(report_id, start)
            if number is not None:
                found.setdefault(report_id, set()).add(number)
        ordered = sorted(found, key=lambda name: (self.archive.order.get(name, 0), name))
        return {name: sorted(found[name]) for name in ordered}
