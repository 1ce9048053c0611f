"""Charts of a paper: drawn by matplotlib from the figures that a notebook's chart carried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from dangjian import charts
from dangjian.wording import restored

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Picture(NamedTuple):
    """A chart as a PNG file, its claim, its source line, and all its figures in words."""

    png: bytes
    claim: str
    source: str
    words: str


def picture(found: Mapping[str, Any]) -> Picture | None:
    """The picture of what a chart carried; None where it is of no form that is known here.

    Raises:
        KeyError, TypeError, ValueError: it is of another make.
    """
    options = {name: str(value) for name, value in (found.get("options") or {}).items()}
    figure = _figure(found, options)
    if figure is None:
        return None
    claim, _, words = str(figure.get_label()).partition("\n")
    return Picture(charts.png(figure), claim, options.get("source", ""), words)


def _figure(found: Mapping[str, Any], options: dict[str, str]) -> Figure | None:
    title, source = options.get("title", ""), options.get("source", "")
    if found.get("form") == "years":
        return charts.years(restored(found), title=title, source=source)
    if found.get("form") == "ranges":
        rows = options.get("rows", "category")
        return charts.ranges(restored(found), rows=rows, title=title, source=source)
    if found.get("form") == "counts":
        names, counted = [row[0] for row in found["rows"]], [row[1:] for row in found["rows"]]
        table = pd.DataFrame(counted, index=names, columns=found["sorts"], dtype="int64")
        return charts.counts(table, title=title, source=source)
    if found.get("form") == "shifts":
        grown, faded = (pd.DataFrame(found[name]).set_index("term") for name in ("grown", "faded"))
        return charts.shifts(grown, faded, title=title, source=source)
    return None
