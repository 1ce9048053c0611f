"""Places in a report's own text: half-open character offsets."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """From ``start`` up to, not including, ``end``, counted in characters of the report's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there.

        >>> Span(4, 6).of("发展党员12名")
        '12'
        """
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end
