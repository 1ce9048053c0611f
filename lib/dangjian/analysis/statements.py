"""What a table says of each figure: its rows as statements, and those of one figure brought together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import inf, isnan
from typing import NamedTuple

import pandas as pd

from dangjian.analysis.figures import measure
from dangjian.analysis.rounding import half_unit
from dangjian.bounds import Bounds, closed
from dangjian.indicators.catalogue import load_catalogue
from dangjian.indicators.relations import Relation
from dangjian.metrics.table import require_columns

FAR = 1.75
"""Figures that differ by this factor are not two tellings of one thing, but two things under one name."""
ADJACENT = 8
"""In characters: of two figures so near to each other one is where it came from (由82%提升至96%), not a repetition."""
PEOPLE = ("people", "visits")

Dims = tuple[tuple[str, str], ...]


class Statement(NamedTuple):
    """One row of a metrics table, as far as relations need it.

    ``row`` is its place in the table, ``key`` its label there. ``lower`` and ``top`` bound the printed figure, a
    decrease being below zero; ``half``: how far the true value may lie from the printed one.
    """

    row: int
    key: object
    report_id: str
    start: int
    end: int
    text: str
    label: str
    place: str
    indicator: str
    dims: Dims
    period: int
    target: bool
    unit: str
    lower: float
    top: float
    half: float
    masked: bool
    kind: str

    @property
    def measure(self) -> str:
        """What its unit counts."""
        return measure(self.unit)

    @property
    def of_people(self) -> bool:
        """Whether it counts people."""
        return self.kind == "count" and self.measure in PEOPLE

    @property
    def bounds(self) -> Bounds:
        """What its own text says."""
        return closed(self.lower, self.top)


class Figure(NamedTuple):
    """One figure, known by one statement or by several that speak of the same."""

    statements: tuple[Statement, ...]

    @property
    def first(self) -> Statement:
        """The statement that stands first."""
        return self.statements[0]

    @property
    def whole(self) -> bool:
        """Whether it counts, so that its true value is a whole number."""
        return self.first.kind == "count"

    def range(self) -> tuple[float, float]:
        """Between which the true value lies by its own text alone."""
        lower = max(said.lower - said.half for said in self.statements)
        return lower, min(said.top + said.half for said in self.statements)


def statements(table: pd.DataFrame, relations: Iterable[Relation], *, across: bool = True) -> list[Statement]:
    """The rows that a relation ties to others, and all shares of their themes, in the order of the table.

    Args:
        table: a metrics table.
        across: whether reports of one district speak of the same figures; else each report stands alone.
    Raises:
        TableError: it is no metrics table.
    """
    require_columns(table)
    tied = {name for relation in relations for name in relation.roles}
    entries = load_catalogue()
    kinds = {name: entry.kind for name, entry in entries.items()}
    themes = {entries[name].theme for name in tied}
    tied |= {name for name, kind in kinds.items() if kind == "share" and entries[name].theme in themes}
    names = ["report_id", "start", "end", "text", "label", "district", "indicator", "dims", "period", "target", "unit"]
    names += ["lower", "upper", "masked", "change", "number_start", "number_end", "modality"]
    fit = (table["indicator"].isin(tied) & table["period"].notna()).tolist()
    columns = [table[name].tolist() for name in names]
    said = []
    for row, key in enumerate(table.index.tolist()):
        if not fit[row]:
            continue
        cell = [column[row] for column in columns]
        report_id, start, end, text, label, district, indicator, dims, period, target, unit = cell[:11]
        lower, upper, masked, change, number_start, number_end, modality = cell[11:]
        kind = kinds[indicator]
        if (kind == "change") != isinstance(change, str):
            continue
        top = inf if upper is None or isnan(upper) else float(upper)
        half = half_unit(text[number_start - start : number_end - start], unit, modality)
        if change == "decrease":
            lower, top = -top, -float(lower)
        place = (district if across else "") or report_id
        said.append(
            Statement(
                row, key, report_id, start, end, text, label, place, indicator, tuple(sorted(dims.items())),
                int(period), bool(target), unit, float(lower), top, half, bool(masked), kind,
            )
        )  # fmt: skip
    return said


def apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two ranges lie so far from each other that they cannot be meant to be one.

    >>> apart((1000, 9999), (10, 99)), apart((94, 95), (98, 98))
    (True, False)
    """
    low, high = sorted((one, other))
    return high[0] > high_enough(low[1])


def high_enough(value: float) -> float:
    """Where "far above" begins."""
    return value * FAR if value > 0 else 0.0 if value < 0 else 1.0


class Said(NamedTuple):
    """Figures, and the statements of one name that are not one figure, with the reason."""

    figures: tuple[Figure, ...]
    mixed: tuple[tuple[Figure, str], ...]


def same_figures(said: Iterable[Statement]) -> Said:
    """Statements of the same place, indicator, dimensions, year and measure as one figure each.

    Where they contradict each other (``conflict``), stand side by side as from and to (``a change``) or lie far
    apart (``different things``), they are kept out of the figures, since no other figure can rest on them.
    """
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for one in said:
        name = (one.place, one.indicator, one.dims, one.period, one.target, one.measure)
        groups.setdefault(name, []).append(one)
    figures, mixed = [], []
    for group in groups.values():
        figure = Figure(tuple(group))
        reason = _mixed(figure) if len(group) > 1 else ""
        if reason:
            mixed.append((figure, reason))
        else:
            figures.append(figure)
    return Said(tuple(figures), tuple(mixed))


def _mixed(figure: Figure) -> str:
    ordered = sorted(figure.statements, key=lambda said: (said.report_id, said.start))
    ranges = [(said.lower - said.half, said.top + said.half) for said in ordered]
    for one, other in pairwise(ordered):
        if one.report_id == other.report_id and other.start - one.end <= ADJACENT:
            return "a change"
    lower, top = figure.range()
    if lower <= top:
        return ""
    far = any(apart(one, other) for at, one in enumerate(ranges) for other in ranges[at + 1 :])
    return "different things" if far else "conflict"
