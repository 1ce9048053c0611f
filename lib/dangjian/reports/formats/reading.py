"""What a format gives: its text, where each piece of it came from, and what was kept apart or left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

# Nothing of these is seen on paper: controls, zero-width and bidi marks. A line separator is a line's end.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ASIDE = re.compile(r"[（(]?(?:计量)?单位[:：]|注[:：]|填报|制表|统计时间|日期")
_HALVES = re.compile("[\ud800-\udfff]")


class Unreadable(ValueError):
    """A file cannot be read as a report: the message is one line that says what is wrong and what would help."""


class Mark(NamedTuple):
    """From ``start`` on, the text stands at this place of the document, up to the next mark.

    ``confidence`` is that of recognised characters, 0 to 1; None where the text was read, not recognised.
    """

    start: int
    where: str
    confidence: float | None = None


@dataclass(frozen=True)
class Reading:
    """A document as text.

    Attributes:
        text: lines joined by ``\\n``; a table's cells by tabs.
        marks: where its pieces stand, in text order.
        encoding: the encoding of a text or page, else the format's name.
        footnotes: their texts, which are not part of ``text``.
        notes: what was left out or is doubtful, one line each.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    encoding: str = ""
    footnotes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self) | {"marks": [list(mark) for mark in self.marks]}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Reading:
        """The reading that ``as_json`` gave the values of."""
        marks = tuple(Mark(int(start), str(where), confidence) for start, where, confidence in stored["marks"])
        notes = {key: tuple(map(str, stored[key])) for key in ("footnotes", "notes")}
        return cls(str(stored["text"]), marks, str(stored["encoding"]), **notes)


class Draft:
    """A text in the making: lines of pieces, each piece with its place."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self._length = 0

    def line(self, text: str, where: str, confidence: float | None = None) -> None:
        """Add a line of one piece."""
        self.pieces([(text, where, confidence)])

    def pieces(self, pieces: Iterable[tuple[str, str, float | None]], between: str = "") -> None:
        """Add a line of several pieces, each with its place, joined by ``between``."""
        for index, (text, where, confidence) in enumerate(pieces):
            self._add(between if index else "")
            if text and (not self._marks or self._marks[-1][1:] != (where, confidence)):
                self._marks.append(Mark(self._length, where, confidence))
            self._add(seen(text))
        self._add("\n")

    def table(self, rows: Iterable[Iterable[tuple[str, str]]]) -> None:
        """Add a table's rows, the cells of each with their places divided by tabs.

        A title, a unit above the header and a note below the last row stand in one cell over the whole width: they are
        lines, since the first row with tabs is the table's header.
        """
        cells = [[(" ".join(seen(text).split()), where, None) for text, where in row] for row in rows]
        within = [at for at, row in enumerate(cells) if not beside([text for text, _, _ in row])]
        for at, row in enumerate(cells):
            if within and within[0] <= at <= within[-1]:
                self.pieces(row, between="\t")
            else:
                self.pieces([cell for cell in row if cell[0]])

    def blank(self) -> None:
        """Add an empty line, unless the text is empty or ends with one."""
        if self._parts and not (len(self._parts) > 1 and self._parts[-1] == "\n" == self._parts[-2][-1]):
            self._add("\n")

    def finish(self, encoding: str, footnotes: Iterable[str] = (), notes: Iterable[str] = ()) -> Reading:
        """The reading.

        Raises:
            Unreadable: there is no text in it.
        """
        text = "".join(self._parts).rstrip("\n") + "\n"
        if not text.strip():
            raise Unreadable("it holds no text; check that it is the right file")
        kept = tuple(seen(note).strip() for note in footnotes)
        return Reading(text, tuple(self._marks), encoding, tuple(filter(None, kept)), tuple(notes))

    def _add(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)


def beside(cells: Sequence[str]) -> bool:
    """Whether a row at a table's upper or lower end is a title, a unit or a note, and no row of the table.

    >>> [beside(row) for row in (["统计表", "", ""], ["", "", "单位：名"], ["甲", "1"], ["", "2022年", ""])]
    [True, True, False, False]
    """
    filled = [at for at, text in enumerate(cells) if text]
    return len(filled) <= 1 and (not filled or not filled[0] or bool(_ASIDE.match(cells[filled[0]])))


def seen(text: str) -> str:
    """The text without what cannot be seen, line ends as ``\\n``, halves of a pair as U+FFFD.

    >>> seen("发展党员1\\u200b2名\\u2028")
    '发展党员12名\\n'
    """
    return _HALVES.sub("\ufffd", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))
