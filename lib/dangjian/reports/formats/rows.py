"""Lines on a page to text: columns told apart, tables without rules found, broken lines joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median, mode
from typing import NamedTuple

from dangjian.reports.formats.contents import Contents
from dangjian.reports.formats.grids import gridded, is_spread
from dangjian.reports.formats.sheets import Row, Sheet

FEW = 5
"""A block of no more rows than this may have none that is full."""
ENDS = "。！？；：.!?;:"
_OPENS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[▲■◆●★【①-⑳])"
)


def paragraphs(sheets: Sequence[Sheet]) -> Iterator[list[Row]]:
    """The rows of each paragraph, over the ends of columns and pages; a table's row is one of its own.

    Args:
        sheets: the pages, without what stands beside their text.
    """
    pending: list[Row] = []
    previous: Row | None = None
    header = ""
    right = 0.0
    contents = Contents()
    blocks = [block for sheet in sheets for block in _blocks(sheet)]
    widest = max((block.edge for block in blocks if block.whole and len(block.rows) > FEW), default=0.0)
    for block in blocks:
        # A cover has no line that is full: what its lines fall short of is the edge of the other pages.
        left, edge = block.left, max(block.edge, widest) if block.whole else block.edge
        for row in block.rows:
            if not row.table and contents.holds(row.text):
                continue
            if row.table and not (previous and previous.table):
                header = row.text
            elif row.table and previous and row.page != previous.page and row.text == header:
                continue  # a table that goes on says its header again
            if previous is not None and (row.table or previous.table or _ends(previous, row, left, right, edge)):
                yield pending
                pending = []
            pending.append(row)
            previous, right = row, edge
    if pending:
        yield pending


class Block(NamedTuple):
    """Rows in reading order, and whether they take the page's whole width."""

    rows: list[Row]
    whole: bool

    @property
    def left(self) -> float:
        """Where its leftmost row begins."""
        return min(row.x0 for row in self.rows)

    @property
    def edge(self) -> float:
        """Where its rightmost row ends."""
        return max(row.x1 for row in self.rows)


def joined(rows: Sequence[Row]) -> list[tuple[str, Row]]:
    """The texts of a paragraph's rows, a blank between two that meet in Latin letters."""
    pieces: list[tuple[str, Row]] = []
    for row in rows:
        text = row.text.strip() if not row.table else row.text
        before = pieces[-1][0][-1:] if pieces else ""
        latin = before.isascii() and before.isalpha() and text[:1].isascii() and text[:1].isalpha()
        pieces.append((f" {text}" if latin else text, row))
    return pieces


def _blocks(sheet: Sheet) -> Iterator[Block]:
    """The page's columns in reading order, each as its rows from above."""
    rows = sorted(sheet.rows, key=lambda row: (row.top, row.x0))
    if not rows:
        return
    gutter = _gutter(rows)
    if gutter is None:
        yield Block(_lines(rows), True)
        return
    band: list[Row] = []
    for row in [*rows, None]:
        crossing = row is not None and row.x0 < gutter < row.x1
        if row is not None and not crossing:
            band.append(row)
            continue
        for side in ([one for one in band if one.x1 <= gutter], [one for one in band if one.x0 >= gutter]):
            if side:
                yield Block(_lines(side), False)
        band = []
        if row is not None:
            yield Block([row], False)


def right_column(rows: Sequence[Row]) -> float | None:
    """Where the right one of two columns begins, by most of its lines; None where the page has one."""
    gutter = _gutter(sorted(rows, key=lambda row: (row.top, row.x0)))
    if gutter is None:
        return None
    starts = [round(row.x0, 1) for row in rows if row.x0 >= gutter]
    return mode(starts) if starts else None


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
    return [_line(pieces) for pieces in gridded([sorted(line, key=lambda row: row.x0) for line in lines])]


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
        spread=is_spread(pieces),
    )


def _ends(row: Row, following: Row, left: float, right: float, edge: float) -> bool:
    """Whether a paragraph ends with ``row``: it falls short of the right edge, or the next line is set in."""
    size = row.size
    if abs(following.size - size) > 0.2 * size or row.spread or following.spread:
        return True
    short = right - row.x1
    if row.text.rstrip()[-1:].isdecimal() and following.text.lstrip()[:1].isdecimal() and short > 2.5 * size:
        return True  # a number broken by the end of its line fills the line
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
    return text[-1:] not in "，、" and short > (1.6 if text[-1:] in ENDS else 4) * size
