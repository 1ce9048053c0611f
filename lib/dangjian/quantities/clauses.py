"""The words around a number: its clause, its sentence, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dangjian.quantities.numerals import SPACE
from dangjian.reports.sentences import hard_break

CLAUSE_REACH = 48
SENTENCE_REACH = 240
RIGHT_REACH = 14
_CLAUSE = re.compile(r"(?s)\A.*(?:[，。；：:！？!?\n\t|;]|,(?!\d))")
_SENTENCE = re.compile(r"(?s)\A.*[。；！？!?\n;]")
_BLANK = re.compile(r"[ \u3000\n]")


def clause_before(text: str, start: int) -> str:
    """The clause up to ``start``, without blanks and without line breaks that the page made."""
    return _before(text, start, CLAUSE_REACH, _CLAUSE)


def sentence_before(text: str, start: int) -> str:
    """The sentence up to ``start``, likewise."""
    return _before(text, start, SENTENCE_REACH, _SENTENCE)


def _before(text: str, start: int, reach: int, boundary: re.Pattern[str]) -> str:
    floor = max(0, start - reach)
    chunk = text[floor:start]
    found = boundary.match(chunk)
    while (
        found and chunk[found.end() - 1] == "\n" and found.end() > 1 and not hard_break(text, floor + found.end() - 1)
    ):
        earlier = boundary.match(chunk, 0, found.end() - 1)
        if not earlier:
            found = None
            break
        found = earlier
    chunk = chunk[found.end() :] if found else chunk
    return chunk.translate(SPACE) if _BLANK.search(chunk) else chunk


def after(text: str, end: int) -> str:
    """What follows, up to the end of the sentence at most, without blanks."""
    chunk = text[end : end + RIGHT_REACH]
    return chunk.translate(SPACE) if _BLANK.search(chunk) else chunk


def begins(words: Iterable[str]) -> str:
    """A look ahead to the first signs of words: where none of them stands no word need be tried.

    >>> begins(["增长", "增加", "下降"])
    '(?=[下增])'
    """
    return f"(?=[{re.escape(''.join(sorted({word[0] for word in words})))}])"


def last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match: of the words before a number the one nearest to it governs."""
    found = None
    for match in pattern.finditer(text):
        found = match
    return found
