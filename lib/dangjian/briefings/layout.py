"""Where the figures of a page's chart stand on its axis, and what each links to.

Places are told in hundredths of the width, sizes in pixels: a chart fits any screen and its letters stay as large as
the page's. Looks are the style sheet's, so charts follow it into the dark and onto paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import floor, isfinite, log10
from typing import Any, NamedTuple

from dangjian.briefings.language import Language
from dangjian.charts.marks import Grid, Mark


class Figure(NamedTuple):
    """One figure of a chart: its mark, its record, and the ids of the sentences of its number and of its whole."""

    mark: Mark
    row: Mapping[str, Any]
    anchor: str
    whole: str = ""

    def linked(self, inner: str, name: str = "") -> str:
        """HTML linked to the sentence; ``name`` says what is linked where the HTML does not."""
        label = f' aria-label="{escape(name)}"' if name else ""
        return f"<a href=#{self.anchor}{label}>{inner}</a>" if self.anchor else inner

    @property
    def bounds(self) -> str:
        """The bounds for a reader that is a program: lower and upper, nothing for what is unbounded."""
        return ",".join(f"{end:.10g}" if isfinite(end) else "" for end in (self.mark.lower, self.mark.upper))


class Layout:
    """A chart's content with its axis of values."""

    def __init__(self, grid: Grid, figures: Sequence[Figure], say: Language) -> None:
        self.grid, self.say = grid, say
        self._figures = {(figure.mark.panel, figure.mark.at): figure for figure in figures}

    def at(self, panel: int, place: int) -> Figure | None:
        """The figure at a place, None for a gap."""
        return self._figures.get((panel, place))

    def part(self, value: float) -> float:
        """Where a value stands on its axis, 0 to 1; what lies beyond an end stands at it."""
        low, high = self.grid.ends
        value = min(max(value, low), high)
        if self.grid.logarithmic:
            return (log10(value) - log10(low)) / (log10(high) - log10(low))
        return (value - low) / (high - low)

    def ticks(self, fewest: int) -> list[tuple[float, str]]:
        """Round numbers along the axis, at least so many steps: where each stands, 0 to 1, and as it is told."""
        low, high = self.grid.ends
        if self.grid.logarithmic:
            values = self.grid.decades()
        else:
            size = 10 ** floor(log10((high - low) / fewest))
            step = size * max(factor for factor in (1, 2, 5) if factor * size <= (high - low) / fewest)
            first = floor(low / step)
            values = [value for at in range(12) if low <= (value := round((first + at) * step, 10)) <= high]
        return list(zip(map(self.part, values), self.say.ticks(values), strict=True))

    def cell(self, panel: int, place: int) -> str:
        """A cell of a table: the figure in words, linked, or that there is none."""
        figure = self.at(panel, place)
        if figure is None:
            return f"<td class=gap>{self.say('kinds.not_stated')}"
        whole = f' <a href=#{figure.whole} aria-label="{self.say("figure.whole")}">÷</a>' if figure.whole else ""
        return f"<td data-b={figure.bounds}>{figure.linked(escape(self.say.words(figure.row)))}{whole}"


def hundredths(part: float) -> str:
    """A part of the width as SVG says it.

    >>> hundredths(1 / 3)
    '33.33%'
    """
    return f"{100 * part:.4g}%"
