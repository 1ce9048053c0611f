"""What is to be drawn, before any library draws it: panels, places on an axis, and a mark for every figure."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, isfinite
from typing import Any, NamedTuple

import pandas as pd

from dangjian import wording
from dangjian.analysis import bounds_of, rows_of
from dangjian.wording import say, unit_words

WIDE = 50.0
"""Bounds that differ by more than this factor are drawn on a logarithmic axis."""
MOST_DECADES = 6
"""So many powers of ten are told along a logarithmic axis at most."""
FEWEST_YEARS = 4
"""An axis of years has room for so many at least."""
AIR, OPEN_AIR = 1.12, 1.6
"""How far the axis runs past the greatest bound, and how far where a bar without upper bound must show its arrow."""


class Mark(NamedTuple):
    """One figure: the panel and the place it is drawn at, its sort (a key of ``style.KINDS``) and its bounds."""

    panel: int
    at: int
    kind: str
    lower: float
    upper: float
    words: str
    hover: str

    @property
    def open_above(self) -> bool:
        """Whether nothing bounds it above."""
        return self.upper == inf

    @property
    def open_below(self) -> bool:
        """Whether nothing bounds it below."""
        return self.lower == -inf


class Grid(NamedTuple):
    """A chart's content: names of its panels, of the places in each, the marks, and the gaps (panel, place)."""

    panels: list[str]
    places: list[str]
    marks: list[Mark]
    gaps: list[tuple[int, int]]
    unit: str

    @property
    def ends(self) -> tuple[float, float]:
        """Where the axis of values begins and ends: from zero, but for negative changes and logarithms."""
        finite = [side for mark in self.marks for side in (mark.lower, mark.upper) if isfinite(side)]
        most, least = max(finite, default=1.0), min(finite, default=0.0)
        if self.logarithmic:
            return 10.0 ** _floor_log(least), most * AIR * 1.5
        is_open = any(mark.open_above for mark in self.marks)
        top = 100.0 * AIR if self.unit == "%" and 50 < most <= 100 else most * (OPEN_AIR if is_open else AIR)
        return (least * AIR if least < 0 else 0.0), (top if top > 0 else 1.0)

    def decades(self) -> list[float]:
        """Round numbers along a logarithmic axis, so few that they stand apart."""
        low, high = (_floor_log(end) for end in self.ends)
        step = -(-(high - low + 1) // MOST_DECADES)
        return [10.0**exponent for exponent in range(low, high + 1, step)]

    @property
    def upright_ends(self) -> tuple[float, float]:
        """Where an axis of years begins and ends, in places: few years keep to the middle, their bars slim."""
        spare = max(0, FEWEST_YEARS - len(self.places)) / 2
        return -0.6 - spare, len(self.places) - 0.4 + spare

    @property
    def logarithmic(self) -> bool:
        """Whether the marks differ so much in size that only a logarithmic axis shows them all."""
        finite = [side for mark in self.marks for side in (mark.lower, mark.upper) if isfinite(side)]
        return bool(finite) and self.unit != "%" and min(finite) > 0 and max(finite) / min(finite) > WIDE

    def spoken(self) -> str:
        """The chart as text, for those who cannot see it: every panel with every figure, gaps included."""
        told = [(mark.panel, mark.at, mark.words) for mark in self.marks]
        told += [(panel, at, say(wording.NOT_STATED)) for panel, at in self.gaps]
        lines: dict[int, list[str]] = {}
        for panel, at, words in sorted(told):
            lines.setdefault(panel, []).append(f"{self.places[at]} {words}")
        return "\n".join(f"{self.panels[panel]}：{'，'.join(said)}" for panel, said in lines.items())


def over_years(figures: pd.DataFrame) -> Grid:
    """A panel a district and category, the years from the first to the last in each; a year without figure is a gap."""
    columns: tuple[str, ...] = ("district", "category") if figures["category"].nunique() > 1 else ("district",)
    panels = _names(figures, columns)
    years = [int(year) for year in figures["period"].dropna().unique()]
    places = [str(year) for year in range(min(years), max(years) + 1)] if years else []
    places += [say(wording.NO_YEAR)] if figures["period"].isna().any() else []
    return _grid(figures, panels, places, columns, "period")


def side_by_side(figures: pd.DataFrame, rows: str = "category") -> Grid:
    """A panel a district with a row a category, or, with ``rows="district"``, a panel a category with a row a district.

    Rows stand by their greatest lower bound, or in the order that the table was made with. Where there is one
    category alone the districts make the rows; years are told with the panels where they differ.
    """
    if rows == "category" and figures["category"].nunique() <= 1 < figures["district"].nunique():
        rows = "district"
    columns: tuple[str, ...] = ("category",) if rows == "district" else ("district",)
    if figures["period"].nunique(dropna=False) > 1:
        columns = (*columns, "period")
    places = figures.attrs.get("categories") if rows == "category" else None
    if places is None:
        places = list(dict.fromkeys(figures.sort_values("lower", ascending=False, kind="stable")[rows]))
    return _grid(figures, _names(figures, columns), places, columns, rows)


def _names(figures: pd.DataFrame, columns: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(_joined(row, columns) for row in rows_of(figures)))


def _joined(row: dict[str, Any], columns: Iterable[str]) -> str:
    parts = [wording.year(row["period"]) if column == "period" else say(str(row[column])) for column in columns]
    return " · ".join(part for part in parts if part)


def _grid(figures: pd.DataFrame, panels: list[str], places: list[str], columns: Iterable[str], along: str) -> Grid:
    marks = []
    panel_at, place_at = ({name: at for at, name in enumerate(names)} for names in (panels, places))
    for row in rows_of(figures):
        place = say(wording.NO_YEAR) if along == "period" and pd.isna(row[along]) else str(row[along])
        panel, at = panel_at[_joined(row, columns)], place_at[place]
        marks.append(_mark(row, panel, at))
    taken = {(mark.panel, mark.at) for mark in marks}
    gaps = [(panel, at) for panel in range(len(panels)) for at in range(len(places)) if (panel, at) not in taken]
    return Grid(
        panels,
        [say(place) for place in places],
        marks,
        gaps,
        say("、").join(dict.fromkeys(told for unit in figures["unit"] if (told := unit_words(unit)))),
    )


def _mark(row: dict[str, Any], panel: int, at: int) -> Mark:
    bounds = bounds_of(row)
    if not row["agrees"]:
        kind = "doubtful"
    elif bounds.value is not None:
        kind = "exact"
    elif row["masked"]:
        kind = "masked"
    else:
        kind = "open" if bounds.upper is None else "range"
    said = wording.words(row, original=False)
    named = f"{say(str(row['district']))} {wording.year(row['period'])} {say(str(row['category']))}"
    hover = say("{name}：{words}", name=named, words=wording.words(row))
    return Mark(panel, at, kind, bounds.lower, bounds.top, said, hover)


def _floor_log(value: float) -> int:
    """The exponent of the greatest power of ten not above the value."""
    exponent = 0
    while 10.0**exponent > value:
        exponent -= 1
    while 10.0 ** (exponent + 1) <= value:
        exponent += 1
    return exponent
