"""Characters of a page to pieces of lines, without those that are struck out and the raised numbers of footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from dangjian.reports.formats.sheets import Row

GAP = 0.9
"""A gap of this many heights of type may be that between two columns, with a comma hanging into it."""
MOST_STROKES, MOST_ON_LINE = 5_000, 50
"""A page of more lines is a drawing."""


def not_struck(chars: list[dict[str, Any]], page: Any) -> list[dict[str, Any]]:
    """The characters that no line goes through: what a print with changes shown has struck out is deleted."""
    strokes: dict[int, list[tuple[float, float, float]]] = {}
    for edge in page.edges:
        if edge["orientation"] == "h" and len(strokes) < MOST_STROKES:
            strokes.setdefault(int(edge["top"]), []).append((edge["top"], edge["x0"], edge["x1"]))
    if not strokes:
        return chars
    return [char for char in chars if not _is_struck(char, strokes)]


def _is_struck(char: dict[str, Any], strokes: dict[int, list[tuple[float, float, float]]]) -> bool:
    top, height = char["top"], char["bottom"] - char["top"]
    upper, lower, middle = top + 0.3 * height, top + 0.8 * height, char["x0"] + 0.5 * char["width"]
    return any(
        upper < at < lower and left <= middle <= right
        for line in range(int(upper), min(int(lower), int(upper) + 60) + 1)
        for at, left, right in strokes.get(line, ())[:MOST_ON_LINE]
    )


def pieces_of(chars: list[dict[str, Any]], number: int, edge: float | None = None) -> list[Row]:
    """Characters as pieces of lines, cut where a wide gap stands between two.

    Args:
        number: the page's, from 1.
        edge: where a right column begins: a comma that hangs out of the left one leaves little of the gap.
    """
    lines: list[list[dict[str, Any]]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda char: (char["top"] + char["bottom"], char["x0"])):
        own = (char["top"] + char["bottom"]) / 2
        if not lines or own - middle > 0.4 * char["size"]:
            lines.append([])
            middle = own
        lines[-1].append(char)
    return [row for line in _raised(lines) for row in _cut(sorted(line, key=lambda char: char["x0"]), number, edge)]


def _raised(lines: list[list[dict[str, Any]]]) -> Iterator[list[dict[str, Any]]]:
    """The lines without the small raised numbers of footnotes, which would become digits of a number."""
    for line in lines:
        size = median(char["size"] for char in line)
        base = median(char["bottom"] for char in line)
        kept = [char for char in line if char["size"] > 0.75 * size or char["bottom"] > base - 0.1 * size]
        digits = all(char["text"].isdecimal() or char["text"] in "*[]①②③④⑤⑥⑦⑧⑨" for char in line)
        if kept and not (digits and size < 7 and len(line) <= 3):
            yield kept


def _cut(line: list[dict[str, Any]], number: int, edge: float | None) -> Iterator[Row]:
    piece: list[dict[str, Any]] = []
    text = ""
    for char in line:
        if piece:
            gap, size = char["x0"] - piece[-1]["x1"], max(char["size"], piece[-1]["size"])
            begins = edge is not None and gap > 0.1 * size and abs(char["x0"] - edge) < 0.25 * size
            if (gap > GAP * size or begins) and char["text"].strip():
                yield from _row(piece, text, number)
                piece, text = [], ""
            elif gap > 0.25 * size and _latin(piece[-1]["text"]) and _latin(char["text"]):
                text += " "
        piece.append(char)
        text += char["text"] if char["text"].strip() else " "
    yield from _row(piece, text, number)


def _latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _row(piece: list[dict[str, Any]], text: str, number: int) -> Iterator[Row]:
    inked = [char for char in piece if char["text"].strip()]
    if inked:
        top, bottom = min(char["top"] for char in inked), max(char["bottom"] for char in inked)
        size = median(char["size"] for char in inked)
        yield Row(number, inked[0]["x0"], max(char["x1"] for char in inked), top, bottom, " ".join(text.split()), size)
