"""Headings of a report and what stands under them: 一、 （一） 1. 【】 ▲ # and short lines of their own."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from dangjian.spans import Span

NUMERAL = "[一二三四五六七八九十百甲乙丙丁戊己庚辛]"
MARKERS = (
    # level, what a heading of that level begins with
    (
        1,
        re.compile(
            rf"\s*(?:第{NUMERAL}+(?:章|部分|编)|{NUMERAL}{{1,3}}\s*、|【|#\s|[\[［][一二三四五六七八九十]+[\]］])"
        ),
    ),
    (2, re.compile(rf"\s*(?:[（(]\s*{NUMERAL}{{1,3}}\s*[）)]|[▲■◆●★◇]|##\s|第{NUMERAL}+节)")),
    (3, re.compile(r"\s*(?:\d{1,2}\s*[.．、](?!\d)|###\s|[①-⑳])")),
    (4, re.compile(r"\s*(?:[（(]\s*\d{1,2}\s*[）)]|####\s)")),
)
RUN_IN = re.compile(r"[^。：:；;\n]{2,40}[。：:]")
"""A heading that runs into its paragraph ends at the first full stop or colon."""
LONGEST = 45
ENDS = "。；，！？：、;,"


class Section(NamedTuple):
    """A heading as written and the text it governs, up to the next heading of its level or above."""

    title: str
    level: int
    heading: Span
    span: Span


def find_sections(text: str) -> tuple[Section, ...]:
    """Every heading of the text, in order; the title line is none."""
    found: list[tuple[int, Span, str]] = []
    start, lines = 0, text.split("\n")
    seen_text = False
    for index, line in enumerate(lines):
        stripped = line.strip()
        if stripped:
            heading = _heading(stripped, line, lines, index, seen_text, bool(found and found[0][0] == 1))
            if heading:
                level, title = heading
                at = start + line.index(title)
                found.append((level, Span(at, at + len(title)), title))
            seen_text = True
        start += len(line) + 1
    ends, under = [len(text)] * len(found), list[int]()
    for index, (level, heading_span, _) in enumerate(found):
        while under and found[under[-1]][0] >= level:
            ends[under.pop()] = heading_span.start
        under.append(index)
    return tuple(
        Section(title, level, heading_span, Span(heading_span.start, end))
        for (level, heading_span, title), end in zip(found, ends, strict=True)
    )


def _heading(
    stripped: str, line: str, lines: list[str], index: int, seen_text: bool, marked_above: bool
) -> tuple[int, str] | None:
    """Level and wording where the line is, or begins with, a heading."""
    for level, marker in MARKERS:
        mark = marker.match(stripped)
        if not mark:
            continue
        if len(stripped) <= LONGEST and stripped[-1] not in ENDS:
            return level, stripped
        run_in = RUN_IN.match(stripped, mark.end())
        if run_in and len(stripped[: run_in.end()]) <= LONGEST and "，" not in run_in.group():
            return level, stripped[: run_in.end() - 1]
        return None
    plain = len(stripped) <= 20 and stripped[-1] not in ENDS + "）)日" and not re.search(r"[\d*\t|，。]", stripped)
    follows = index + 1 < len(lines) and len(lines[index + 1].strip()) > 2 * len(stripped)
    before = lines[index - 1].strip() if index else ""
    if plain and seen_text and follows and (not before or before[-1] in "。！？"):
        return (2 if marked_above else 1), stripped
    return None


class Outline:
    """The headings above any offset of a report."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._starts: list[int] = []
        self._stacks: list[tuple[str, ...]] = []
        stack: list[Section] = []
        for section in sections:
            while stack and stack[-1].level >= section.level:
                stack.pop()
            stack.append(section)
            self._starts.append(section.span.start)
            self._stacks.append(tuple(above.title for above in stack))

    def above(self, offset: int) -> tuple[str, ...]:
        """The headings above the offset, outermost first, as written."""
        at = bisect_right(self._starts, offset)
        return self._stacks[at - 1] if at else ()
