"""One report: its text, where that stands in the document, the headings in it, and what it says of itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from dangjian.reports.formats.reading import Mark
from dangjian.reports.names import plain_name, safe_id
from dangjian.reports.sections import Outline, Section, find_sections
from dangjian.reports.titles import find_kind, find_title, find_year


@dataclass(frozen=True)
class Report:
    """A report as read.

    Attributes:
        report_id: the file's stem, or the id that the corpus manifest gives, as ``names.safe_id`` makes it safe.
        text: the report's own text; every offset of every record counts its characters.
        title: as its first lines state it, over several of them on a cover.
        year: the year it speaks of, None where it does not say.
        district: whose report it is, "" where unknown.
        kind: 工作报告, 整改通报 and the like, "" where unknown.
        invented: whether it is a made-up example.
        source: the file's name, "" for a text given directly.
        encoding: of a text or a page; the format's name of other documents.
        marks: where in the document the pieces of the text stand; none for a text, whose lines can be counted.
        footnotes: the document's footnotes, which are no part of ``text``.
        notes: what was left out or is doubtful in reading it, one line each.
    """

    report_id: str
    text: str
    title: str = ""
    year: int | None = None
    district: str = ""
    kind: str = ""
    invented: bool = False
    source: str = ""
    encoding: str = "utf-8"
    marks: tuple[Mark, ...] = ()
    footnotes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "report_id", safe_id(self.report_id))
        for name in ("text", "title", "district", "kind", "source"):
            object.__setattr__(self, name, plain_name(getattr(self, name)))

    @classmethod
    def from_text(cls, text: str, report_id: str = "text", **known: object) -> Report:
        """A report from a text at hand; title, year and kind are read from it unless given in ``known``."""
        facts: dict[str, object] = {"title": find_title(text), "year": find_year(text)} | known
        facts.setdefault("kind", find_kind(str(facts["title"])))
        return cls(report_id=report_id, text=text, **facts)  # type: ignore[arg-type]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Its headings, in text order."""
        return find_sections(self.text)

    @cached_property
    def outline(self) -> Outline:
        """The headings above any offset."""
        return Outline(self.sections)

    def source_at(self, offset: int) -> str:
        """Where a character of the text stands in the document.

        >>> Report.from_text("标题\\n发展党员12名").source_at(7)
        '第2行'
        """
        return self.marks[self._mark_before(offset)].where if self.marks else f"第{bisect_right(self._lines, offset)}行"

    def paragraph_at(self, offset: int) -> int:
        """Which paragraph of the text an offset is in, 1 is the first; lines without text are none.

        >>> Report.from_text("标题\\n\\n发展党员12名").paragraph_at(8)
        2
        """
        return bisect_right(self._paragraphs, offset)

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [found.start() for found in re.finditer(r"^[^\S\n]*\S", self.text, re.MULTILINE)]

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\\n", self.text))]

    def confidence_of(self, start: int, end: int) -> float | None:
        """How sure the recognition of scanned characters was, 0 to 1, by the least sure line; None where read."""
        if not self.marks:
            return None
        first, last = self._mark_before(start), self._mark_before(max(start, end - 1))
        return min(
            (mark.confidence for mark in self.marks[first : last + 1] if mark.confidence is not None), default=None
        )

    def _mark_before(self, offset: int) -> int:
        return max(bisect_right(self.marks, offset, key=lambda mark: mark.start) - 1, 0)

    @cached_property
    def sha256(self) -> str:
        """Hash of the text as UTF-8: what corrections and caches know the report by."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
