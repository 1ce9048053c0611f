"""Tables without rules: lines of a page whose pieces stand below one another, column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dangjian.reports.formats.sheets import Row

FEWEST_COLUMNS = 3
FEWEST_LINES = 2
WIDE = 3.0
"""A gap of this many heights of type divides a line in two, and no sentence runs over it."""


def gridded(lines: Sequence[list[Row]]) -> list[list[Row]]:
    """The lines, each from above and its pieces from the left; those of a table as one row with tabs each."""
    told: list[list[Row]] = []
    at = 0
    while at < len(lines):
        end = at
        run: list[list[Row]] = []
        while end < len(lines) and _may_be_row(lines[end]):
            run.append(lines[end])
            end += 1
            more = end
            while more < len(lines) and _goes_on(lines[more], lines[more - 1]):
                more += 1
            if end < more < len(lines) and _may_be_row(lines[more]):
                run[-1] = _with_rest(run[-1], [line[0] for line in lines[end:more]])
                end = more
        full = [line for line in run if len(line) >= FEWEST_COLUMNS]
        if len(full) >= FEWEST_LINES and len(run) >= FEWEST_LINES and _below_one_another(full):
            told += _rows(run, full)
        else:
            told += lines[at:end] or [lines[at]]
        at = max(end, at + 1)
    return told


def is_spread(pieces: Sequence[Row]) -> bool:
    """Whether a line is no running text: three pieces, or two far apart."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(pieces)]
    return len(pieces) >= FEWEST_COLUMNS or any(gap > WIDE * pieces[0].size for gap in gaps)


def _may_be_row(line: Sequence[Row]) -> bool:
    return len(line) >= 2 and not any(piece.table for piece in line) and is_spread(line)


def _goes_on(line: Sequence[Row], above: Sequence[Row]) -> bool:
    """Whether a line is the rest of one cell of the line above."""
    return len(line) == 1 and not line[0].table and _cell_above(line[0], above) is not None


def _cell_above(piece: Row, above: Sequence[Row]) -> int | None:
    fitting = (
        at
        for at, cell in enumerate(above)
        if min(abs(piece.x0 - cell.x0), abs(piece.x0 + piece.x1 - cell.x0 - cell.x1) / 2) < 0.5 * piece.size
        and piece.x1 - piece.x0 < cell.x1 - cell.x0 + piece.size
    )
    return next(fitting, None)


def _with_rest(line: list[Row], rest: Sequence[Row]) -> list[Row]:
    """A line whose cell goes on in the lines below it."""
    found = list(line)
    for piece in rest:
        at = _cell_above(piece, line)
        if at is not None:
            found[at] = replace(found[at], text=found[at].text + piece.text, bottom=piece.bottom)
    return found


def _below_one_another(lines: Sequence[list[Row]]) -> bool:
    """Whether most pieces of the lines share their place with one of the fullest line."""
    columns = _columns(lines)
    placed = sum(_column(piece, columns) is not None for line in lines for piece in line)
    return placed >= 0.8 * sum(map(len, lines))


def _columns(lines: Sequence[list[Row]]) -> list[tuple[float, float]]:
    """The extents of the columns, by the lines that have the commonest number of pieces."""
    counts = Counter(map(len, lines))
    usual = max(counts, key=lambda count: (counts[count], count))
    like = [line for line in lines if len(line) == usual]
    return [(min(line[at].x0 for line in like), max(line[at].x1 for line in like)) for at in range(usual)]


def _column(piece: Row, columns: Sequence[tuple[float, float]]) -> int | None:
    """The column that a piece overlaps most, None where it overlaps none."""
    overlaps = [min(piece.x1, right) - max(piece.x0, left) for left, right in columns]
    best = max(range(len(columns)), key=overlaps.__getitem__)
    return best if overlaps[best] > 0 else None


def _rows(run: Sequence[list[Row]], full: Sequence[list[Row]]) -> list[list[Row]]:
    columns = _columns(full)
    told = []
    for line in run:
        cells = [""] * len(columns)
        nearest = 0
        for piece in line:
            column = _column(piece, columns)
            nearest = nearest if column is None else column
            cells[nearest] = f"{cells[nearest]} {piece.text.strip()}".strip()
        known = [piece.confidence for piece in line if piece.confidence is not None]
        top, bottom = min(piece.top for piece in line), max(piece.bottom for piece in line)
        text = "\t".join(cells)
        told.append(
            [
                replace(
                    line[0], x1=line[-1].x1, top=top, bottom=bottom, text=text, table=True,
                    confidence=min(known) if known else None,
                )
            ]
        )  # fmt: skip
    return told
