"""Evidence tables: each figure linked to its sentence, where the sentence stands once, the figure marked in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from dangjian.briefings.tables import Table

SENTENCE = ("原句", "所在句子", "句子", "原文句子", "原文依据", "依据", "sentence")
WRITTEN = ("原文", "原文数字", "text")
PLACE = ("位置", "place")
REPORT = ("报告", "来源", "report_id")


@dataclass
class Sentence:
    """A sentence of a report with the figures marked in it: ``marks`` are (start, end, id).

    ``place`` is where in the document it stands, such as its page; "" where that is not told.
    """

    text: str
    report: str
    anchor: str
    place: str = ""
    marks: list[tuple[int, int, str]] = field(default_factory=list)

    def html(self) -> str:
        """The sentence, every marked figure a target."""
        made, at = "", 0
        for start, end, anchor in sorted(self.marks):
            if start >= at:
                made += f'{escape(self.text[at:start])}<mark id="{anchor}">{escape(self.text[start:end])}</mark>'
                at = end
        return made + escape(self.text[at:])


class Sentences:
    """The sentences that the evidence tables of a page quote, each once, in the order they come."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Sentence] = {}

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self._found.values())

    def __len__(self) -> int:
        return len(self._found)

    def take(self, table: Table) -> Table:
        """The table with its figures linked; sentences and their places are taken out where every row is linked.

        A table that quotes no sentences comes back as it was.
        """
        quoted, written = table.column(*SENTENCE), table.column(*WRITTEN)
        if quoted is None or written is None:
            return table
        reports, places = table.column(*REPORT), table.column(*PLACE)
        linked = 0
        for row in table.body:
            if max(quoted, written) >= len(row):
                continue
            report = row[reports].text if reports is not None else ""
            place = row[places].text if places is not None else ""
            anchor = self._mark(row[quoted].text, row[written].text.strip("`"), report, place)
            if anchor:
                row[written].link = anchor
                linked += 1
        if linked < len(table.body):
            return table
        for column in sorted((at for at in (quoted, places) if at is not None), reverse=True):
            table = table.without(column)
        return table

    def _mark(self, text: str, figure: str, report: str, place: str) -> str | None:
        """The id of the figure's mark in its sentence, made where there is none; None where it is not in it."""
        if not figure or figure not in text:
            return None
        sentence = self._found.get((text, report))
        if sentence is None:
            sentence = Sentence(text, report, f"y{len(self._found) + 1}", place)
            self._found[text, report] = sentence
        start = text.find(figure)
        while any(start < end and mark < start + len(figure) for mark, end, _ in sentence.marks):
            following = text.find(figure, start + 1)
            if following < 0:
                return next((name for mark, end, name in sentence.marks if mark <= start < end), None)
            start = following
        anchor = f"{sentence.anchor}-{len(sentence.marks) + 1}"
        sentence.marks.append((start, start + len(figure), anchor))
        return anchor
