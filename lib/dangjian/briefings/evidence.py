"""Quoted sentences: each number that a page shows, marked in the sentence of the report that says it.

A sentence stands once on a page, however many numbers of it are shown and however often.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, NamedTuple

from dangjian.briefings.tables import Table
from dangjian.metrics import evidence
from dangjian.reports import Report, sentence_at

SENTENCE = ("原句", "所在句子", "句子", "原文句子", "原文依据", "依据", "Sentence", "sentence")
WRITTEN = ("原文", "原文数字", "As written", "text")
PLACE = ("位置", "Place", "place")
REPORT = ("报告", "来源", "Report", "report_id")
ASIDE = 16
"""Characters that are shown of a sentence's neighbour; the rest of it is cut."""
BLANK = " \t\n\u3000"


@dataclass
class Mark:
    """A number in a text: its offsets there, the id that links go to, and the record that was shown."""

    start: int
    end: int
    anchor: str
    record: Mapping[str, Any]


@dataclass
class Sentence:
    """A sentence that is quoted: its offsets in its text, and the numbers marked in it."""

    text: str
    start: int
    end: int
    marks: list[Mark] = field(default_factory=list)

    def html(self) -> str:
        """The sentence, every marked number a target."""
        made, at = "", self.start
        for mark in sorted(self.marks, key=lambda mark: mark.start):
            made += f"{escape(self.text[at : mark.start])}<mark id={mark.anchor}>"
            made += f"{escape(self.text[mark.start : mark.end])}</mark>"
            at = mark.end
        return made + escape(self.text[at : self.end])


class Passage(NamedTuple):
    """Sentences of a report that follow each other, with what stands beside them.

    Attributes:
        sections: the headings above, outermost first.
        paragraph: which paragraph of the text it begins in, 1 is the first; 0 where the text is not at hand.
    """

    sentences: tuple[Sentence, ...]
    before: str = ""
    after: str = ""
    sections: tuple[str, ...] = ()
    paragraph: int = 0

    @property
    def marks(self) -> list[Mark]:
        """The numbers in it, in text order."""
        return sorted((mark for sentence in self.sentences for mark in sentence.marks), key=lambda mark: mark.start)

    def html(self) -> str:
        """The passage, its neighbours set apart."""
        inner = "".join(sentence.html() for sentence in self.sentences)
        before, after = (f"<i>{escape(text)}</i>" if text else "" for text in (self.before, self.after))
        return before + inner + after


class Quotations:
    """The sentences that a page quotes, and the numbers marked in them."""

    def __init__(self, reports: Mapping[str, Report] | None = None) -> None:
        self.reports = dict(reports or {})
        self.absent: dict[tuple[str, int], Mapping[str, Any]] = {}
        self._sentences: dict[tuple[str, int | str], Sentence] = {}
        self._marks = 0

    def __len__(self) -> int:
        return len(self._sentences)

    @property
    def count(self) -> int:
        """How many numbers are shown, those without a sentence at hand too."""
        return self._marks - self.terms + len(self.absent)

    @property
    def terms(self) -> int:
        """How many marks are of terms: words to look up, no numbers."""
        return sum(bool(mark.record.get("term")) for told in self._sentences.values() for mark in told.marks)

    @property
    def places(self) -> set[tuple[str, int]]:
        """Report and start of every number that is marked."""
        marks = (mark for sentence in self._sentences.values() for mark in sentence.marks)
        return {(mark.record["report_id"], int(mark.record["start"])) for mark in marks if "start" in mark.record}

    def link(self, record: Mapping[str, Any]) -> str:
        """The id of a number's mark in its sentence, made where there is none; "" where the text is not at hand.

        Args:
            record: has ``report_id``, ``start``, ``end``, ``number_start``, ``number_end``, and ``text``.
        """
        report_id, start, end = str(record["report_id"]), int(record["start"]), int(record["end"])
        report = self.reports.get(report_id)
        if report is None or report.text[start:end] != record["text"] or start >= end:
            if not record.get("term"):
                self.absent.setdefault((report_id, start), record)
            return ""
        span = sentence_at(report.text, start, end)
        key = report_id, span.start
        sentence = self._sentences.setdefault(key, Sentence(report.text, span.start, span.end))
        sentence.end = max(sentence.end, span.end)
        return self._mark(sentence, start, end, record)

    def links(self, record: Mapping[str, Any]) -> tuple[str, str]:
        """The ids for a figure of a chart: of its number's mark and, where it was computed, of its whole's."""
        if not isinstance(record.get("whole_report_id"), str) or "/" not in record["indicator"]:
            return self.link(record), ""
        whole = {name: record[f"whole_{name}"] for name in ("report_id", "start", "end", "text")}
        part = record["text"].removesuffix(f"÷{whole['text']}")
        return self.link(_place({**record, "text": part})), self.link(_place(whole))

    def paragraph(self, report_id: str, offset: int) -> int:
        """Which paragraph of a report's text an offset is in, 1 is the first; 0 where it is not at hand."""
        report = self.reports.get(report_id)
        return 0 if report is None else report.paragraph_at(offset)

    def take(self, table: Table) -> Table:
        """The table with its figures linked to the sentences that it quotes itself.

        Sentences and their places are taken out where every row is linked; a table that quotes none comes back as it
        was.
        """
        quoted, written = table.column(*SENTENCE), table.column(*WRITTEN)
        if quoted is None or written is None:
            return table
        reports, places = table.column(*REPORT), table.column(*PLACE)
        linked = 0
        for row in table.body:
            if max(quoted, written) >= len(row):
                continue
            report_id = row[reports].text if reports is not None else ""
            place = row[places].text if places is not None else ""
            row[written].link = self._found(row[quoted].text, row[written].text.strip("`"), report_id, place)
            linked += bool(row[written].link)
        if linked < len(table.body):
            return table
        for column in sorted((at for at in (quoted, places) if at is not None), reverse=True):
            table = table.without(column)
        return table

    def _found(self, quoted: str, figure: str, report_id: str, place: str = "") -> str:
        """The id of a figure's mark in a sentence that is known by its wording alone."""
        if not figure or figure not in quoted:
            return ""
        sentence = self._sentences.setdefault((report_id, quoted), Sentence(quoted, 0, len(quoted)))
        start = quoted.find(figure)
        while any(start < mark.end and mark.start < start + len(figure) for mark in sentence.marks):
            following = quoted.find(figure, start + 1)
            if following < 0:
                return next((mark.anchor for mark in sentence.marks if mark.start <= start < mark.end), "")
            start = following
        return self._mark(sentence, start, start + len(figure), {"report_id": report_id, "place": place})

    def _mark(self, sentence: Sentence, start: int, end: int, record: Mapping[str, Any]) -> str:
        for mark in sentence.marks:
            if start < mark.end and mark.start < end:  # one quantity read in two ways: one mark that holds both
                mark.start, mark.end = min(mark.start, start), max(mark.end, end)
                return mark.anchor
        self._marks += 1
        sentence.marks.append(Mark(start, end, f"n{self._marks}", record))
        return sentence.marks[-1].anchor

    def by_report(self) -> Iterator[tuple[str, list[Passage]]]:
        """The reports that are quoted, each with its passages in text order."""
        found: dict[str, list[Sentence]] = {}
        for (report_id, _), sentence in self._sentences.items():
            found.setdefault(report_id, []).append(sentence)
        for report_id in sorted(found):
            yield report_id, list(self._passages(report_id, found[report_id]))

    def _passages(self, report_id: str, sentences: list[Sentence]) -> Iterator[Passage]:
        report = self.reports.get(report_id)
        known: list[Sentence] = []
        for sentence in sentences:
            if report is not None and sentence.text is report.text:
                known.append(sentence)
            else:
                yield Passage((sentence,))
        run: list[Sentence] = []
        told = ""
        for sentence in sorted(known, key=lambda sentence: sentence.start):
            if run and (sentence.start > run[-1].end or sentence.text[run[-1].end - 1 : run[-1].end] == "\n"):
                passage, told = self._passage(report_id, run, told)
                yield passage
                run = []
            run.append(sentence)
        if run:
            yield self._passage(report_id, run, told)[0]

    def _passage(self, report_id: str, sentences: list[Sentence], told: str) -> tuple[Passage, str]:
        """Sentences with their neighbours, and the sentence behind them; one that stands above already is not repeated.

        Args:
            told: the sentence behind the passage above.
        """
        first, last = (evidence(sentence.marks[0].record, self.reports) for sentence in (sentences[0], sentences[-1]))
        start = sentences[0].start
        before, behind = first.before.strip(BLANK), last.after.strip(BLANK)
        before, after = "" if before == told else before, behind
        before = before if len(before) <= ASIDE else f"…{before[1 - ASIDE :]}"
        after = after if len(after) <= ASIDE else f"{after[: ASIDE - 1]}…"
        above = self.reports[report_id].outline.above(start)
        return Passage(tuple(sentences), before, after, above, self.paragraph(report_id, start)), behind


def _place(record: Mapping[str, Any]) -> dict[str, Any]:
    """A number known by its place alone: what it says stands in the metrics table."""
    start, end = int(record["start"]), int(record["end"])
    place = {"report_id": record["report_id"], "start": start, "end": end, "text": record["text"]}
    return place | {"number_start": start, "number_end": end}
