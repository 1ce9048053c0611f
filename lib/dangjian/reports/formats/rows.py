"""Lines on a page to text: columns told apart, page numbers and running heads dropped, broken lines joined again.

Lengths are points, from the page's upper left corner. What a line holds may be characters that were read or
characters that were recognised in a picture; the rules are the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

EDGE_ROWS = 2
"""Page numbers and running heads are among this many rows at either end of a page."""
EDGE = 0.14
"""... and within this part of its height."""
SMALL = 0.85
"""Type of less than this part of the page's usual one is that of heads and notes."""
PAGE_NUMBER = re.compile(
    r"[-—–~·•\s]*(?:第\s*)?([0-9０-９]{1,4}|[ivxIVX]{1,6}|[一二三四五六七八九十]{1,3})(?:\s*页)?"
    r"(?:\s*[/／,，]?\s*(?:共|of)?\s*[0-9]{1,4}\s*页?)?[-—–~·•\s]*|Page\s*\d+(?:\s*of\s*\d+)?",
    re.I,
)
_DIGITS = re.compile(r"\d+|[一二三四五六七八九十]+(?=页)")
ENDS = "。！？；：.!?;:"
_OPENS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[▲■◆●★【①-⑳])"
)


@dataclass(frozen=True)
class Row:
    """A piece of a line: its place, its height of characters, its text; a table's row has ``table`` set."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    size: float
    confidence: float | None = None
    table: bool = False


@dataclass(frozen=True)
class Sheet:
    """A page: its size, and its rows."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]


def paragraphs(sheets: Sequence[Sheet]) -> Iterator[list[Row]]:
    """The rows of each paragraph, over the ends of columns and pages; a table's row is one of its own."""
    pending: list[Row] = []
    previous: Row | None = None
    right = 0.0
    for block in (block for sheet in without_furniture(sheets) for block in _blocks(sheet)):
        left, edge = min(row.x0 for row in block), max(row.x1 for row in block)
        for row in block:
            if previous is not None and (row.table or previous.table or _ends(previous, row, left, right, edge)):
                yield pending
                pending = []
            pending.append(row)
            previous, right = row, edge
    if pending:
        yield pending


def joined(rows: Sequence[Row]) -> list[tuple[str, Row]]:
    """The texts of a paragraph's rows, a blank between two that meet in Latin letters."""
    pieces: list[tuple[str, Row]] = []
    for row in rows:
        text = row.text.strip() if not row.table else row.text
        before = pieces[-1][0][-1:] if pieces else ""
        latin = before.isascii() and before.isalpha() and text[:1].isascii() and text[:1].isalpha()
        pieces.append((f" {text}" if latin else text, row))
    return pieces


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


def _blocks(sheet: Sheet) -> Iterator[list[Row]]:
    """The page's columns in reading order, each as its rows from above."""
    rows = sorted(sheet.rows, key=lambda row: (row.top, row.x0))
    if not rows:
        return
    gutter = _gutter(rows)
    if gutter is None:
        yield _lines(rows)
        return
    band: list[Row] = []
    for row in [*rows, None]:
        crossing = row is not None and row.x0 < gutter < row.x1
        if row is not None and not crossing:
            band.append(row)
            continue
        for side in ([one for one in band if one.x1 <= gutter], [one for one in band if one.x0 >= gutter]):
            if side:
                yield _lines(side)
        band = []
        if row is not None:
            yield [row]


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the page is divided into two columns; None where it is not."""
    text = [row for row in rows if not row.table]
    if len(text) < 8:
        return None
    left, right = min(row.x0 for row in text), max(row.x1 for row in text)
    places = [left + (right - left) * part / 100 for part in range(30, 71)]
    crossings = [sum(row.x0 < place < row.x1 for row in rows) for place in places]
    fewest = min(crossings)
    best = [place for place, count in zip(places, crossings, strict=True) if count == fewest]
    place = best[len(best) // 2]
    one = [row for row in text if row.x1 <= place]
    other = [row for row in text if row.x0 >= place]
    if min(len(one), len(other)) < 4 or fewest > 0.3 * len(rows):
        return None
    filled = median(row.x1 - row.x0 for row in one) > 0.6 * (place - left)
    filled = filled and median(row.x1 - row.x0 for row in other) > 0.6 * (right - place)
    sides = [row for row in rows if row.x1 <= place], [row for row in rows if row.x0 >= place]
    beside = min(side[-1].bottom for side in sides) - max(side[0].top for side in sides)
    return place if filled and beside > 0.3 * (rows[-1].bottom - rows[0].top) else None


def _lines(rows: Sequence[Row]) -> list[Row]:
    """Pieces that stand side by side as one line."""
    lines: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: (row.top + row.bottom, row.x0)):
        middle = (row.top + row.bottom) / 2
        if lines and not row.table and not lines[-1][0].table:
            last = lines[-1][0]
            if abs(middle - (last.top + last.bottom) / 2) < 0.5 * min(row.size, last.size):
                lines[-1].append(row)
                continue
        lines.append([row])
    return [_line(sorted(pieces, key=lambda row: row.x0)) for pieces in lines]


def _line(pieces: list[Row]) -> Row:
    first = pieces[0]
    if len(pieces) == 1:
        return first
    known = [piece.confidence for piece in pieces if piece.confidence is not None]
    return replace(
        first,
        x1=max(piece.x1 for piece in pieces),
        top=min(piece.top for piece in pieces),
        bottom=max(piece.bottom for piece in pieces),
        text=" ".join(piece.text.strip() for piece in pieces),
        size=max(piece.size for piece in pieces),
        confidence=min(known) if known else None,
    )


def _ends(row: Row, following: Row, left: float, right: float, edge: float) -> bool:
    """Whether a paragraph ends with ``row``: it falls short of the right edge, or the next line is set in."""
    size = row.size
    if abs(following.size - size) > 0.2 * size:
        return True
    short = right - row.x1
    indented = following.x0 > left + 1.2 * following.size
    if indented and following.x1 > edge - 4 * size:
        return True
    centred = abs((row.x0 - left) - short) < 2 * size and row.x0 > left + 1.2 * size
    if centred and indented:  # a title over two lines, in larger type than what follows it
        return row.page != following.page or following.top - row.bottom > 1.5 * size or row.text.strip()[-1:] in "）)。"
    if indented:
        return True
    text = row.text.rstrip()
    if _OPENS.match(following.text.lstrip()) and (short > 1.6 * size or text[-1:] in ENDS):
        return True
    return short > (1.6 if text[-1:] in ENDS else 4) * size
