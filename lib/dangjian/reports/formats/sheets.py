"""A page as rows: pieces of lines, each with its place on the page.

Lengths are points, from the page's upper left corner. What a row holds may be characters that were read or characters
that were recognised in a picture; the rules are the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A piece of a line, or a line of pieces: its place, its height of characters, its text.

    ``table`` is set for a table's row, its cells divided by tabs; ``spread`` for a line with wide gaps in it, which is
    no running text.
    """

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    size: float
    confidence: float | None = None
    table: bool = False
    spread: bool = False


@dataclass(frozen=True)
class Sheet:
    """A page: its size, and its rows."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
