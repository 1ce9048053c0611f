"""The relations that hold between the figures of a table: which figure stands in which role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from dangjian.analysis.statements import Figure, Said, Statement, same_figures, statements
from dangjian.indicators.relations import Relation, relations

REACH = 60
"""In characters: how far one figure of a passage may stand from the one before it."""


class Sum(NamedTuple):
    """``parts`` add up to ``whole``; or, where it is not ``exact``, to no more than it."""

    relation: Relation
    whole: int
    parts: tuple[int, ...]
    exact: bool

    @property
    def figures(self) -> tuple[int, ...]:
        """The figures that it ties together."""
        return (self.whole, *self.parts)


class Product(NamedTuple):
    """``factor * above == (shift + rate) * below``; where not ``relative``, ``above == below + rate``."""

    relation: Relation
    rate: int
    above: int
    below: int
    factor: float
    shift: float
    relative: bool = True

    @property
    def figures(self) -> tuple[int, ...]:
        """The figures that it ties together."""
        return (self.rate, self.above, self.below)


Tie = Sum | Product


class Ties(NamedTuple):
    """Figures, the ties between them (which name figures by their place in the list), and what could not be used."""

    figures: tuple[Figure, ...]
    ties: tuple[Tie, ...]
    mixed: tuple[tuple[Figure, str], ...]


def ties_of(table: pd.DataFrame, declared: Sequence[Relation] | None = None, *, across: bool = True) -> Ties:
    """The ties between the figures of a table.

    Indicators with a ``repeat`` relation have one figure a place, year and set of dimensions; all others (problems of
    which there may be several lists in one report) are tied only within one passage.

    Args:
        table: a metrics table.
        declared: the relations; the catalogue's own by default.
        across: whether reports of one district speak of the same figures.
    """
    known = relations() if declared is None else declared
    rows = statements(table, known, across=across)
    single = {relation.indicator for relation in known if relation.kind == "repeat"}
    said = same_figures(row for row in rows if row.indicator in single)
    figures, ties = list(said.figures), []
    finder = _Finder(said)
    for relation in known:
        if relation.kind != "repeat" and set(relation.roles) <= single:
            ties += finder.ties(relation)
    nearby = [relation for relation in known if relation.kind != "repeat" and not set(relation.roles) <= single]
    for passage in _passages([row for row in rows if row.indicator not in single], nearby):
        used = [name for name in passage if any(name in relation.roles for relation in nearby)]
        at = {name: len(figures) + place for place, name in enumerate(used)}
        found = [tie for relation in nearby for tie in _near(relation, at)]
        if found:
            figures += [Figure((passage[name],)) for name in used]
            ties += found
    return Ties(tuple(figures), tuple(ties), said.mixed)


class _Finder:
    """Finds the figure of a name among those that stand for a place and year as a whole."""

    def __init__(self, said: Said) -> None:
        self.by_indicator: dict[str, list[int]] = {}
        self.by_key: dict[tuple[object, ...], list[int]] = {}
        self.parts: dict[tuple[object, ...], list[int]] = {}
        self.figures = said.figures
        for at, figure in enumerate(said.figures):
            one = figure.first
            self.by_indicator.setdefault(one.indicator, []).append(at)
            self.by_key.setdefault((one.place, one.indicator, one.dims, one.period, one.target), []).append(at)
            if len(one.dims) == 1:
                self.parts.setdefault((one.indicator, *_alike(one), one.dims[0][0]), []).append(at)

    def ties(self, relation: Relation) -> list[Tie]:
        """All ties of one relation."""
        found: list[Tie] = []
        for at in self.by_indicator.get(relation.indicator, ()):
            one = self.figures[at].first
            if relation.kind == "sum" and not one.dims and not one.target:
                found += self._sums(relation, at, one)
            elif relation.kind == "quotient" and not one.target:
                found += self._quotients(relation, at, one)
            elif relation.kind == "change" and not one.target:
                found += self._changes(relation, at, one)
        return found

    def _get(self, one: Statement, indicator: str, measure: str = "", **other: object) -> int | None:
        """The figure under another name, if there is one and no doubt which."""
        key = {"dims": one.dims, "period": one.period, "target": one.target} | other
        places = self.by_key.get((one.place, indicator, key["dims"], key["period"], key["target"]), ())
        fit = [at for at in places if not measure or self.figures[at].first.measure == measure]
        return fit[0] if len(fit) == 1 else None

    def _sums(self, relation: Relation, whole: int, one: Statement) -> list[Tie]:
        alike = self.parts.get((one.indicator, *_alike(one), relation.dim), ())
        parts = {self.figures[at].first.dims[0][1]: at for at in alike}
        found: list[Tie] = [Sum(relation, whole, (at,), False) for at in parts.values()]
        for names, complete in ((relation.disjoint, False), (relation.complete, True)):
            group = tuple(parts[name] for name in names if name in parts)
            if len(group) > 1:
                found.append(Sum(relation, whole, group, complete and len(group) == len(names)))
        return found

    def _quotients(self, relation: Relation, rate: int, one: Statement) -> list[Tie]:
        outer = tuple(pair for pair in one.dims if pair[0] != relation.within)
        if (relation.within and outer == one.dims) or (relation.plan and one.dims):
            return []
        above = self._get(one, relation.of)
        if above is None:
            return []
        unit = self.figures[above].first.measure
        below = self._get(one, relation.by, unit, dims=outer, target=relation.plan)
        factor = 100.0 if one.unit == "%" else 1.0
        return [] if below is None else [Product(relation, rate, above, below, factor, 0.0)]

    def _changes(self, relation: Relation, rate: int, one: Statement) -> list[Tie]:
        after = self._get(one, relation.of)
        if after is None:
            return []
        before = self._get(one, relation.of, self.figures[after].first.measure, period=one.period - 1)
        if before is None:
            return []
        if one.unit == "%":
            return [Product(relation, rate, after, before, 100.0, 100.0)]
        return [Product(relation, rate, after, before, 1.0, 0.0, relative=False)]


def _alike(one: Statement) -> tuple[object, ...]:
    """What a part shares with its whole."""
    return one.place, one.period, one.target, one.measure


def _passages(rows: Sequence[Statement], nearby: Iterable[Relation]) -> list[dict[str, Statement]]:
    """Figures told together: each begins with what others are a part of, and holds one figure a name.

    A name that is told twice in a passage is left out of it, and so is a part told only after a rate: a rate speaks
    of the parts before it.
    """
    opening = {relation.by or relation.indicator for relation in nearby}
    shared = {relation.of for relation in nearby if relation.of}
    found: list[dict[str, Statement]] = []
    current: dict[tuple[object, ...], tuple[dict[str, Statement], set[str], int, str]] = {}
    for row in sorted(rows, key=lambda row: (row.report_id, row.start)):
        key = (row.report_id, row.dims, row.period)
        if row.target:
            continue
        if row.indicator in opening:
            passage: dict[str, Statement] = {row.indicator: row}
            current[key] = passage, set(), row.end, row.unit
            found.append(passage)
            continue
        if key not in current:
            continue
        passage, twice, end, unit = current[key]
        late = row.indicator in shared and any(one.kind == "share" for one in passage.values())
        if row.start - end > REACH or (row.kind == "count" and row.unit != unit) or late:
            continue
        if row.indicator in passage or row.indicator in twice:
            passage.pop(row.indicator, None)
            twice.add(row.indicator)
        else:
            passage[row.indicator] = row
        current[key] = passage, twice, row.end, unit
    return found


def _near(relation: Relation, at: dict[str, int]) -> list[Tie]:
    """The tie of one relation in one passage, if its figures are there."""
    if relation.indicator not in at:
        return []
    if relation.kind == "difference":
        parts = tuple(at[part] for part in relation.parts if part in at)
        exact = len(parts) == len(relation.parts)
        return [Sum(relation, at[relation.indicator], parts, exact)] if parts else []
    if relation.kind == "quotient" and relation.of in at and relation.by in at:
        return [Product(relation, at[relation.indicator], at[relation.of], at[relation.by], 100.0, 0.0)]
    return []
