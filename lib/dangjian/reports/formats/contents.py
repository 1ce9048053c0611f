"""A table of contents that was typed or printed as lines: its page numbers are no numbers of the report."""

from __future__ import annotations

import re

HEADING = re.compile(r"[\s\u3000]*目[\s\u3000]*[录次][\s\u3000]*")
LED = re.compile(
    r"\S.*?(?:[.．·•…⋯﹒。_-][\s\u3000]*){4,}[(（]?\s*[\dIVXivx]{1,4}\s*[)）]?\s*|\S.*?…{2,}\s*[(（]?\d{1,4}[)）]?\s*"
)
"""A title, leader dots, a page: told wherever it stands."""
ENTRY = re.compile(r"[^。；;]{2,60}?(?:\s++|[.…·]++)[(（]?\s*+[\dIVXivx]{1,4}\s*+[)）]?\s*+")
"""A title, a gap, a page: told only below the word 目录."""


_HEAD = r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十]+|附)"
BARE = re.compile(rf"{_HEAD}[^。；;]{{1,60}}?\d{{1,3}}")
"""The same, its gap lost: told only below the word 目录, where it begins as a heading does."""


LONGEST = 200


class Contents:
    """Follows the lines of a document and tells those of its table of contents."""

    def __init__(self) -> None:
        self._open = False

    def holds(self, line: str) -> bool:
        """Whether a line belongs to the table of contents.

        >>> contents = Contents()
        >>> [contents.holds(line) for line in ("目 录", "一、党员队伍 12", "", "附件……30", "一、党员队伍", "共 12")]
        [True, True, False, True, False, False]
        """
        if len(line) > LONGEST:
            return False
        if HEADING.fullmatch(line):
            self._open = True
            return True
        if LED.fullmatch(line):
            return True
        if self._open and line.strip():
            self._open = bool(ENTRY.fullmatch(line) or BARE.fullmatch(line.strip()))
            return self._open
        return False
