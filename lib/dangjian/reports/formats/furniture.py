"""What a page says beside its text: page numbers and running heads, which are dropped, and footnotes, kept apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from dangjian.reports.formats.sheets import Row, Sheet

EDGE_ROWS = 2
"""Page numbers and running heads are among this many rows at either end of a page."""
EDGE = 0.14
"""... and within this part of its height."""
SMALL = 0.85
"""Type of less than this part of the page's usual one is that of heads and notes."""
PAGE_NUMBER = re.compile(
    r"[-—–~·•\s]*+(?:第\s*+)?([0-9０-９]{1,4}|[ivxIVX]{1,6}|[一二三四五六七八九十]{1,3})(?:\s*+页)?"
    r"(?:\s*+[/／,，]?\s*+(?:共|of)?\s*+[0-9]{1,4}\s*+页?)?[-—–~·•\s]*+|Page\s*\d+(?:\s*of\s*\d+)?",
    re.I,
)
_DIGITS = re.compile(r"\d+|(?<![一二三四五六七八九十])[一二三四五六七八九十]++(?=页)")
_MARK = re.compile(
    r"[①-⑳⑴-⒇]|[\[［〔(（]?\d{1,2}[\]］〕)）]|\d{1,2}(?=[\s\u4e00-\u9fff])|[*＊†]+\s*(?=[\u4e00-\u9fff])|注\s*[:：\d]"
)
"""What a footnote begins with."""


def without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages without page numbers and running heads."""
    edges = [_edges(sheet) for sheet in sheets]
    alike = Counter(key for rows in edges for key in {_key(row, sheet_height) for row, sheet_height in rows})
    numbers = [
        (sheet.number - value)
        for sheet, rows in zip(sheets, edges, strict=True)
        for row, _ in rows
        if (value := _page_number(row)) is not None
    ]
    usual = Counter(numbers).most_common(1)
    kept = []
    for sheet, rows in zip(sheets, edges, strict=True):
        dropped = _aside(sheet, rows)
        for row, height in rows:
            value = _page_number(row)
            outermost = row.bottom > height * 0.88 or row.top < height * 0.06
            # A number that counts with the pages, or stands alone in the margin as page numbers do.
            counts = value is not None and sheet.number - value == usual[0][0] and (usual[0][1] > 1 or outermost)
            plain = outermost and value is None and PAGE_NUMBER.fullmatch(row.text.strip()) is not None
            repeated = alike[_key(row, height)] >= max(2, len(sheets) // 3)
            if counts or plain or repeated:
                dropped.add(id(row))
        kept.append(replace(sheet, rows=tuple(row for row in sheet.rows if id(row) not in dropped)))
    return kept


def _aside(sheet: Sheet, edges: list[tuple[Row, float]]) -> set[int]:
    """Rows in the margin in smaller type, away from the text: a running head, though the document has one page."""
    usual = median([row.size for row in sheet.rows if not row.table] or [0.0])
    tops = [row.top for row in sheet.rows]
    found = set()
    for row, _ in edges:
        away = [abs(top - row.top) for top in tops if abs(top - row.top) > row.size]
        if _MARK.match(row.text.lstrip()) and row.top > sheet.height / 2:
            continue  # a footnote
        if row.size < SMALL * usual and min(away, default=0) > 2 * usual:
            found.add(id(row))
    return found


def _edges(sheet: Sheet) -> list[tuple[Row, float]]:
    """The rows at either end of a page, with the page's height."""
    lines = sorted({round(row.top) for row in sheet.rows})
    ends = {*lines[:EDGE_ROWS], *lines[-EDGE_ROWS:]}
    return [
        (row, sheet.height)
        for row in sheet.rows
        if not row.table
        and round(row.top) in ends
        and (row.bottom < sheet.height * EDGE or row.top > sheet.height * (1 - EDGE))
    ]


def _key(row: Row, height: float) -> tuple[str, int, bool]:
    """What makes two edge rows the same: their text but for numbers of pages, and their place."""
    return (
        _DIGITS.sub("#", "".join(row.text.split()))
        if PAGE_NUMBER.fullmatch(row.text.strip())
        else "".join(row.text.split()),
        round(row.top / 4),
        row.top < height / 2,
    )


def _page_number(row: Row) -> int | None:
    found = PAGE_NUMBER.fullmatch(row.text.strip())
    digits = re.search(r"\d+", row.text) if found else None
    return int(digits.group()) if digits else None


def without_footnotes(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[str]]:
    """The pages without the notes at their foot, and the texts of these.

    A note is in smaller type, begins with a mark, and has nothing of the text's own size below it.
    """
    kept: list[Sheet] = []
    notes: list[str] = []
    for sheet in sheets:
        usual = median([row.size for row in sheet.rows if not row.table] or [0.0])
        last = max((row.top for row in sheet.rows if row.table or row.size >= SMALL * usual), default=0.0)
        below = sorted(
            (row for row in sheet.rows if not row.table and row.size < SMALL * usual and row.top > last),
            key=lambda row: (round(row.top), row.x0),
        )
        first = next((at for at, row in enumerate(below) if _MARK.match(row.text.lstrip())), len(below))
        for row in below[first:]:
            text = row.text.strip()
            if _MARK.match(text) or not notes:
                notes.append(text)
            else:
                notes[-1] += text
        gone = {id(row) for row in below[first:]}
        kept.append(replace(sheet, rows=tuple(row for row in sheet.rows if id(row) not in gone)))
    return kept, notes
