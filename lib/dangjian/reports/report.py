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

_YEAR = re.compile(r"(?<![\d〔\[(（])((?:19|20)\d\d)\s*年")
_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)}
_DATE = re.compile(r"[（(]?\s*(?P<year>20\d\d)\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*\d{1,2}\s*日)?\s*[)）]?")
"""A line that holds nothing but a date."""
LOOKS_BACK = 3
"""A report given in the first months of a year tells of the year before."""
_CHINESE_YEAR = re.compile(r"([一二][九〇○零][〇○零一二三四五六七八九]{2})\s*年")
_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "000123456789" + "0123456789")


@dataclass(frozen=True)
class Report:
    """A report as read.

    Attributes:
        report_id: the file's stem, or the id that the corpus manifest gives, as ``names.safe_id`` makes it safe.
        text: the report's own text; every offset of every record counts its characters.
        title: the first line that is not empty.
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
        """A report from a text at hand, title and year read from it unless given in ``known``."""
        title = next((line.strip(" \t#\u3000") for line in text.split("\n") if line.strip()), "")[:80]
        facts: dict[str, object] = {"title": title, "year": find_year(text)} | known
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


def find_year(text: str) -> int | None:
    """The year that a report speaks of: that of its title, else the one it names most often, None if none.

    >>> find_year("衡川区2021年党建工作报告\\n与2020年相比……")
    2021
    """
    head = "\n".join([line for line in text[:2000].split("\n") if line.strip()][:2]).translate(_WIDE)
    squeezed = re.sub(r"(?<=\d)[ \u3000](?=\d|年)", "", head).translate(_DIGITS if "〇" in head or "○" in head else {})
    for place in (squeezed, head):
        found = _YEAR.findall(place)
        if found:
            return int(found[0])
    chinese = _CHINESE_YEAR.search(head)
    if chinese:
        return int(chinese.group(1).translate(_DIGITS))
    dated = _dated(text)
    if dated:
        return dated
    years = _YEAR.findall(text) or _YEAR.findall(re.sub(r"(?<=\d)[ \u3000](?=\d|年)", "", text))
    return int(max(sorted(set(years), reverse=True), key=years.count)) if years else None


def _dated(text: str) -> int | None:
    """The year that a report dated at its head, or else at its end, speaks of: early in a year it is the year before.

    >>> _dated("党委工作报告\\n（2025年1月10日）\\n2024年以来……")
    2024
    """
    lines = [line.strip() for line in text.translate(_WIDE).split("\n") if line.strip()]
    for line in (*lines[:6], *reversed(lines[-3:])):
        date = _DATE.fullmatch(line)
        if date:
            year = int(date["year"])
            early = int(date["month"]) <= LOOKS_BACK and text.count(f"{year - 1}年") > 0
            return year - 1 if early else year
    return None
