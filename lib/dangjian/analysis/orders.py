"""Many figures at once, as far as their bounds allow: a mean, and who certainly stands above whom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from math import inf

import pandas as pd

from dangjian.analysis.compare import total
from dangjian.analysis.figures import bounds_of, require_one_measure, rows_of
from dangjian.bounds import Bounds


def mean(bounds: Iterable[Bounds]) -> Bounds:
    """Bounds of the arithmetic mean of figures known only within bounds.

    Raises:
        ValueError: there is no figure.

    >>> mean([Bounds(10, 20), Bounds(30, None)])
    Bounds(lower=20.0, upper=None)
    """
    figures = list(bounds)
    if not figures:
        raise ValueError("a mean needs at least one figure; there is none")
    return total(figures).scaled(1 / len(figures))


def above(figures: pd.DataFrame) -> pd.DataFrame:
    """The partial order of figures: every pair of which one is certainly greater.

    Args:
        figures: a table of figures that count the same thing.
    Returns:
        One row a pair: ``higher`` and ``lower``, the labels of their rows in ``figures``, and ``step``, True where no
        other row certainly stands between them (the order's diagram needs only these).
    Raises:
        UnitError: the figures count different things.
    """
    require_one_measure(list(figures["unit"]), "order")
    known = list(zip(figures.index, (bounds_of(row) for row in rows_of(figures)), strict=True))
    pairs = [((one, other), own, theirs) for one, own in known for other, theirs in known if _higher(own, theirs)]
    pairs.sort(key=lambda pair: pair[0])
    rows, between = [pair for pair, _, _ in pairs], _least_tops(own for _, own in known)
    steps = [not between(theirs.top) < own.lower for _, own, theirs in pairs]
    return pd.DataFrame(
        {
            "higher": pd.Series([one for one, _ in rows], dtype=figures.index.dtype),
            "lower": pd.Series([other for _, other in rows], dtype=figures.index.dtype),
            "step": pd.Series(steps, dtype="bool"),
        }
    )


def _higher(own: Bounds, other: Bounds) -> bool:
    return own.against(other) == "higher"


def _least_tops(figures: Iterable[Bounds]) -> Callable[[float], float]:
    """For a number the least that any figure certainly above it may be at most, ``inf`` where there is none."""
    ordered = sorted(figures, key=lambda own: own.lower)
    lowers = [own.lower for own in ordered]
    least = [*accumulate((own.top for own in reversed(ordered)), min, initial=inf)]
    return lambda value: least[len(lowers) - bisect_right(lowers, value)]
