"""Counts of numbers as stacked bars: how many are exact, within bounds, hidden, or bounded from below alone."""

from __future__ import annotations

from typing import Any

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

from dangjian import wording
from dangjian.charts.carrying import remember
from dangjian.charts.layout import GridLayout, entitle
from dangjian.charts.printed import FOOT, TITLE_EMS, WIDTH
from dangjian.charts.style import FAINT, KINDS, rc
from dangjian.charts.wrapping import printable, wrapped
from dangjian.wording import say

LONGEST = 18
"""Ems of a row's name; what is longer is cut, the table beside the chart has it whole."""


def counts(counted: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """A bar a row, its parts the sorts of numbers.

    Args:
        counted: whole numbers, a row a category, a column a sort of ``style.KINDS``, as `analysis.counts` gives them;
            an empty one gives a chart that says 未述及.
        title: what the chart shows, in a sentence.
        source: the line under the chart.
    Returns:
        A figure of its own, known to no global state; its label is its text form.
    """
    with matplotlib.rc_context(rc()):
        return _drawn(counted, title, source)


def _drawn(counted: pd.DataFrame, title: str, source: str) -> Figure:
    names = [_short(str(name)) for name in counted.index]
    shown = wrapped(printable(title), TITLE_EMS)
    height = 1.0 + FOOT + 0.22 * len(shown) + 0.3 * max(2, len(names))
    figure = Figure(figsize=(WIDTH, height), layout=GridLayout(FOOT / height))
    axes = figure.subplots()
    places = range(len(names))
    start = [0] * len(names)
    for sort in counted.columns:
        values = [int(value) for value in counted[sort]]
        if not any(values):
            continue
        kind = KINDS[sort]
        look: dict[str, Any] = {"facecolor": kind.fill, "edgecolor": kind.edge, "hatch": kind.hatch}
        axes.barh(places, values, 0.62, left=start, label=say(kind.label), **look)
        start = [before + value for before, value in zip(start, values, strict=True)]
    for row, value in zip(places, start, strict=True):
        axes.annotate(f"{value:,}", (value, row), (4, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set_yticks(places, names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(0, max(start, default=0) * 1.1 or 1)
    axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
    axes.grid(False, axis="y")
    axes.tick_params(labelsize=9, length=0)
    if not names:
        axes.text(0.5, 0.5, say(wording.NOT_STATED), transform=axes.transAxes, ha="center", color=FAINT)
        axes.set_axis_off()
    else:
        at: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0.0, 0.25 / height), "borderaxespad": 0.2}
        figure.legend(ncols=len(counted.columns), fontsize=8, frameon=False, **at)
    entitle(figure, "\n".join(shown))
    unit = say("单位：{unit}", unit=say("个"))
    figure.text(0.01, 0.07 / height, f"{unit}　{printable(source)}", fontsize=8, color=FAINT)
    figure.set_label(f"{title}\n{_spoken(counted)}")
    remember(figure, wording.carried_counts(counted, title=title, source=source))
    return figure


def _short(name: str) -> str:
    name = printable(name)
    longest = LONGEST if any(sign > "\u2e80" for sign in name) else 2 * LONGEST
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _spoken(counted: pd.DataFrame) -> str:
    """The chart as text: every row with its parts."""
    lines = []
    for name, row in counted.iterrows():
        parts = [f"{say(KINDS[str(sort)].label)}{int(value)}" for sort, value in row.items() if value]
        lines.append(f"{name}：{'，'.join(parts)}")
    return "\n".join(lines)
