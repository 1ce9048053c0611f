"""Frequencies of terms in two years as pairs of dots: hollow for the first year, full for the last."""

from __future__ import annotations

from typing import Any

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

from dangjian import wording
from dangjian.charts.carrying import remember
from dangjian.charts.layout import GridLayout, entitle
from dangjian.charts.printed import FOOT, TITLE_EMS, WIDTH
from dangjian.charts.style import BLUE, FAINT, VERMILLION, rc
from dangjian.charts.wrapping import printable, wrapped
from dangjian.wording import say


def shifts(grown: pd.DataFrame, faded: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """A row a term, those that grew first, then those that faded.

    Args:
        grown, faded: ``first`` and ``last`` by term, as `terms.shifts` gives them; two empty ones give a chart that
            says 未述及.
        title: what the chart shows, in a sentence.
        source: the line under the chart.
    Returns:
        A figure of its own, known to no global state; its label is its text form.
    """
    with matplotlib.rc_context(rc()):
        return _drawn(grown, faded, title, source)


def _drawn(grown: pd.DataFrame, faded: pd.DataFrame, title: str, source: str) -> Figure:
    count = len(grown) + len(faded)
    shown = wrapped(printable(title), TITLE_EMS)
    height = 1.0 + FOOT + 0.22 * len(shown) + 0.24 * max(2, count)
    figure = Figure(figsize=(WIDTH, height), layout=GridLayout(FOOT / height))
    axes = figure.subplots()
    spoken = []
    at = 0
    for moved, colour, name in ((grown, VERMILLION, "增加"), (faded, BLUE, "减少")):
        places = list(range(at, at + len(moved)))
        first, last = moved["first"].tolist(), moved["last"].tolist()
        axes.hlines(places, first, last, color=colour, linewidth=1.2, zorder=1)
        look: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 6, "color": colour, "clip_on": False}
        axes.plot(first, places, markerfacecolor="white", label=say("{name}：最早一年", name=say(name)), **look)
        axes.plot(last, places, label=say("{name}：最后一年", name=say(name)), **look)
        spoken += [
            f"{term}：{wording.number(round(one, 1))}，{wording.number(round(other, 1))}"
            for term, one, other in zip(moved.index, first, last, strict=True)
        ]
        at += len(moved)
    axes.set_yticks(range(count), [printable(str(term)) for term in (*grown.index, *faded.index)])
    axes.set_ylim(max(count, 1) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.grid(False, axis="y")
    axes.tick_params(labelsize=9, length=0)
    if count:
        place: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0.0, 0.25 / height), "borderaxespad": 0.2}
        figure.legend(ncols=4, fontsize=8, frameon=False, **place)
    else:
        axes.text(0.5, 0.5, say(wording.NOT_STATED), transform=axes.transAxes, ha="center", color=FAINT)
        axes.set_axis_off()
    entitle(figure, "\n".join(shown))
    unit = say("单位：{unit}", unit=say("次/每万词"))
    figure.text(0.01, 0.07 / height, f"{unit}　{printable(source)}", fontsize=8, color=FAINT)
    remember(figure, wording.carried_shifts(grown, faded, title=title, source=source))
    figure.set_label(f"{title}\n" + "\n".join(spoken))
    return figure
