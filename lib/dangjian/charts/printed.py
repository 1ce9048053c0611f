"""Charts for paper and pages, by matplotlib: ranges as bars, exact values as dots, open ends as arrows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import NullLocator

from dangjian import wording
from dangjian.charts.carrying import remember
from dangjian.charts.layout import GridLayout, entitle
from dangjian.charts.marks import Grid, Mark, over_years, side_by_side
from dangjian.charts.style import FAINT, INK, KINDS, rc
from dangjian.charts.wrapping import printable, width, wrapped
from dangjian.wording import say

TITLE_EMS = 50
WIDTH, FOOT = 9.0, 0.6
"""Inches: of the figure, and of its foot, where legend and source stand."""
WORD_SIZE = 7.5
THICK = 0.5
EMPTY = 0.4
"""Inches: of a chart without figures."""
MOST_WORDS = 48
"""As many marks carry their bounds in words; beyond that words would cover marks."""


def _styled(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    @wraps(draw)
    def drawn(*given: Any, **named: Any) -> Figure:
        with matplotlib.rc_context(rc()):
            return draw(*given, **named)

    return drawn


@_styled
def years(figures: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """Figures over the years, a panel a district and category.

    Args:
        figures: a table of figures; an empty one gives a chart that says 未述及.
        title: what the chart shows, in a sentence; computed from the figures where it is left out.
        source: the line under the chart, `wording.source` gives it.
    Returns:
        A figure of its own, known to no global state; its label is its text form.
    """
    grid = over_years(figures)
    columns = min(2, max(1, len(grid.panels)))
    figure, panels = _canvas(grid, columns, height=2.3)
    for index, axes in enumerate(panels):
        _panel(axes, grid, index, columns, upright=True)
    title = title or wording.finding(figures)
    remember(figure, wording.carried(figures, "years", title=title, source=source))
    return _finish(figure, grid, title, source, upright=True)


@_styled
def ranges(figures: pd.DataFrame, *, rows: str = "category", title: str = "", source: str = "") -> Figure:
    """Figures side by side, a row each: a panel a district with its categories, or the other way round.

    Args:
        figures: a table of figures, of one year, or the years are told with the panels.
        rows: "category" or "district".
        title, source: as `years` has them.
    """
    grid = side_by_side(figures, rows)
    columns = min(2, max(1, len(grid.panels)))
    figure, panels = _canvas(grid, columns, height=0.75 + 0.32 * max(1, len(grid.places)))
    for index, axes in enumerate(panels):
        _panel(axes, grid, index, columns, upright=False)
    title = title or wording.finding(figures)
    remember(figure, wording.carried(figures, "ranges", title=title, source=source, rows=rows))
    return _finish(figure, grid, title, source, upright=False)


def _canvas(grid: Grid, columns: int, height: float) -> tuple[Figure, list[Axes]]:
    lines = -(-max(1, len(grid.panels)) // columns)
    tall = lines * (height if grid.marks else EMPTY) + 1.0 + FOOT
    figure = Figure(figsize=(WIDTH, tall), layout=GridLayout(FOOT / tall))
    found = figure.subplots(lines, columns, squeeze=False, sharex=True, sharey=True)
    panels = [axes for line in found for axes in line]
    for spare in panels[len(grid.panels) or 1 :]:
        spare.set_visible(False)
    return figure, panels[: len(grid.panels) or 1]


def _panel(axes: Axes, grid: Grid, index: int, columns: int, *, upright: bool) -> None:
    along, across = (axes.yaxis, axes.xaxis) if upright else (axes.xaxis, axes.yaxis)
    low, high = grid.ends
    scale, limit = (axes.set_yscale, axes.set_ylim) if upright else (axes.set_xscale, axes.set_xlim)
    scale("log" if grid.logarithmic else "linear")
    limit(low, high)
    place = axes.set_xlim if upright else axes.set_ylim
    place(grid.upright_ends if upright else (len(grid.places) - 0.4, -0.6))
    across.grid(False)
    across.set_ticks(range(len(grid.places)), list(map(printable, grid.places)))
    if grid.logarithmic:
        along.set_ticks(grid.decades())
    along.set_major_formatter(lambda value, _: wording.tick(value))
    along.set_minor_locator(NullLocator())
    for ticks in (axes.xaxis, axes.yaxis):
        ticks.set_tick_params(labelsize=9, length=0, which="both", labelbottom=True, labelleft=True)
    if not upright and index % 2 and len(grid.panels) > 1:
        axes.yaxis.set_tick_params(labelleft=False)
    if grid.panels and grid.panels[index]:
        axes.set_title(printable(grid.panels[index]), fontsize=10, loc="left")
    room = (WIDTH / columns - 0.7) / (grid.upright_ends[1] - grid.upright_ends[0]) if upright else WIDTH
    told = {mark: _fitted(mark.words, room) if len(grid.marks) <= MOST_WORDS else "" for mark in grid.marks}
    if upright and any("\n" in words for words in told.values()):  # room above the highest bar for two lines
        limit(low, high * (high / low) ** 0.1 if grid.logarithmic else high + 0.1 * (high - low))
    for mark in grid.marks:
        if mark.panel == index:
            _draw(axes, mark, (low, high), told[mark], upright=upright)
    for panel, at in grid.gaps:
        if panel == index:
            _gap(axes, at, upright=upright)
    if not grid.marks:
        axes.text(0.5, 0.5, say(wording.NOT_STATED), transform=axes.transAxes, ha="center", color=FAINT)
        axes.set_axis_off()


def _draw(axes: Axes, mark: Mark, ends: tuple[float, float], told: str, *, upright: bool) -> None:
    kind = KINDS[mark.kind]
    low, high = max(mark.lower, ends[0]), min(mark.upper, ends[1])
    if mark.lower == mark.upper:
        spot = (mark.at, mark.lower) if upright else (mark.lower, mark.at)
        axes.plot(*spot, marker="o", markersize=7, color=kind.edge, linestyle="none", zorder=3, clip_on=False)
    else:
        look = _look(mark.kind)
        if upright:
            axes.bar(mark.at, high - low, THICK, bottom=low, **look)
        else:
            axes.barh(mark.at, high - low, THICK, left=low, **look)
    for is_open, end, shape in ((mark.open_above, high, "^>"), (mark.open_below, low, "v<")):
        if is_open:
            spot = (mark.at, end) if upright else (end, mark.at)
            axes.plot(*spot, marker=shape[not upright], markersize=9, color=kind.edge, zorder=4, clip_on=False)
    if told:
        box = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.6}
        label: dict[str, Any] = {"textcoords": "offset points", "fontsize": WORD_SIZE, "bbox": box, "zorder": 5}
        if upright:
            axes.annotate(told, (mark.at, high), (0, 7), ha="center", va="bottom", **label)
        else:
            axes.annotate(told, (high, mark.at), (10, 0), ha="left", va="center", **label)


def _fitted(words: str, room: float) -> str:
    """The words in one line, or in two, as they fit into so many inches; "" where they do not."""
    for tried in (words, words.replace("–", "–\n").replace("（", "\n（")):
        ems = max(width(line) for line in tried.split("\n"))
        if ems * WORD_SIZE <= room * 72:
            return tried
    return ""


def _gap(axes: Axes, at: int, *, upright: bool) -> None:
    """The words 未述及 where a figure would stand, at no value."""
    if upright:
        axes.text(at, 0.5, say(wording.NOT_STATED), transform=axes.get_xaxis_transform(), rotation=90, **_GAP)
    else:
        axes.text(0.5, at, say(wording.NOT_STATED), transform=axes.get_yaxis_transform(), **_GAP)


_GAP: dict[str, Any] = {"ha": "center", "va": "center", "color": FAINT, "fontsize": 8, "style": "normal"}


def _finish(figure: Figure, grid: Grid, title: str, source: str, *, upright: bool) -> Figure:
    shown = "\n".join(wrapped(printable(title), TITLE_EMS))
    entitle(figure, shown)
    used = [kind for kind in KINDS if any(mark.kind == kind for mark in grid.marks)]
    handles = [_key(kind) for kind in used]
    if any(mark.open_above for mark in grid.marks):
        arrow: dict[str, Any] = {"marker": "^" if upright else ">", "linestyle": "none", "color": INK}
        handles.append(Line2D([], [], label=say("不设上限"), **arrow))
    height = figure.get_figheight()
    if handles:
        at: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0.0, 0.25 / height), "borderaxespad": 0.2}
        figure.legend(handles=handles, ncols=len(handles), fontsize=8, frameon=False, **at)
    scale = say("（对数刻度）") if grid.logarithmic else ""
    unit = say("单位：{unit}", unit=grid.unit + scale) + "　" if grid.unit or scale else ""
    figure.text(0.01, 0.07 / height, f"{unit}{printable(source)}", fontsize=8, color=FAINT)
    figure.set_label(f"{title}\n{grid.spoken()}")
    return figure


def _key(kind: str) -> Any:
    if kind == "exact":
        return Line2D([], [], marker="o", linestyle="none", color=KINDS[kind].edge, label=say(KINDS[kind].label))
    return Patch(label=say(KINDS[kind].label), **_look(kind))


def _look(kind: str) -> dict[str, Any]:
    look = KINDS[kind]
    return {"facecolor": look.fill, "edgecolor": look.edge, "hatch": look.hatch, "linestyle": look.line}
