"""The same charts for the screen, by plotly: hovering tells each figure with the report's own wording."""

from __future__ import annotations

from math import log10
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dangjian import wording
from dangjian.charts.marks import Grid, Mark, over_years, side_by_side
from dangjian.charts.style import FAINT, KINDS, template
from dangjian.charts.wrapping import wrapped
from dangjian.wording import say

TITLE_EMS, SOURCE_EMS = 40, 70
TITLE_LINE = 22
FOOT, EMPTY = 120, 30
"""Pixels: of a title's line, of the foot with axis, source and legend, and of a chart without figures."""


def years_interactive(figures: pd.DataFrame, *, title: str = "", source: str = "") -> go.Figure:
    """Figures over the years; arguments as `printed.years` has them."""
    grid, title = over_years(figures), title or wording.finding(figures)
    carried = wording.carried(figures, "years", title=title, source=source)
    return _figure(grid, title, source, carried, upright=True, columns=2)


def ranges_interactive(
    figures: pd.DataFrame, *, rows: str = "category", title: str = "", source: str = ""
) -> go.Figure:
    """Figures side by side; arguments as `printed.ranges` has them."""
    grid, title = side_by_side(figures, rows), title or wording.finding(figures)
    carried = wording.carried(figures, "ranges", title=title, source=source, rows=rows)
    return _figure(grid, title, source, carried, upright=False, columns=2)


def _figure(grid: Grid, title: str, source: str, carried: dict[str, Any], *, upright: bool, columns: int) -> go.Figure:
    count = max(1, len(grid.panels))
    columns = min(columns, count)
    lines = -(-count // columns)
    names = [wording.plain(name) or " " for name in grid.panels]
    figure = make_subplots(
        lines,
        columns,
        subplot_titles=names or None,
        shared_xaxes="all",
        shared_yaxes="all",
        horizontal_spacing=0.04,
        vertical_spacing=0.18 / lines,
    )
    for kind in KINDS:
        for panel in range(len(grid.panels)):
            marks = [mark for mark in grid.marks if mark.kind == kind and mark.panel == panel]
            for trace in _traces(grid, kind, marks, upright=upright):
                figure.add_trace(trace, row=panel // columns + 1, col=panel % columns + 1)
    for panel, at in grid.gaps:  # words where a figure would stand, at no value
        spot = {"x": _place(grid.places[at]), "y": 0.5, "yref": "y domain"}
        if not upright:
            spot = {"y": spot["x"], "x": 0.5, "xref": "x domain"}
        words = {"text": say(wording.NOT_STATED), "showarrow": False, "font": {"size": 11, "color": FAINT}}
        figure.add_annotation(**spot, **words, row=panel // columns + 1, col=panel % columns + 1)
    for name in {trace.name for trace in figure.data}:  # each sort stands in the legend once
        first = next(trace for trace in figure.data if trace.name == name)
        first.showlegend = True
    values: dict[str, Any] = {"type": "log" if grid.logarithmic else "linear", "range": _range(grid), "tickformat": ","}
    values |= _decades(grid) if grid.logarithmic else {}
    places: dict[str, Any] = {"type": "category", "categoryorder": "array", "categoryarray": _places(grid)}
    places |= {"range": list(grid.upright_ends) if upright else [len(grid.places) - 0.4, -0.6]}
    places["showgrid"] = False
    figure.update_xaxes(places if upright else values)
    figure.update_yaxes(values if upright else places)
    tall = 260 * lines if upright else (60 + 30 * max(1, len(grid.places))) * lines
    tall = tall if grid.marks else EMPTY
    scale = say("（对数刻度）") if grid.logarithmic else ""
    unit = say("单位：{unit}", unit=wording.plain(grid.unit) + scale) + "　" if grid.unit or scale else ""
    shown = wrapped(wording.plain(title), TITLE_EMS)
    above = 60 + TITLE_LINE * len(shown)
    figure.update_layout(
        template=template(),
        title={"text": "<br>".join(shown), "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 14}},
        legend={"y": 0, "yref": "container", "yanchor": "bottom"},
        barmode="overlay",
        height=tall + above + FOOT,
        margin={"t": above, "b": FOOT},
    )
    below = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "yshift": -32, "xanchor": "left", "yanchor": "top"}
    told = "<br>".join(wrapped(wording.plain(unit + source), SOURCE_EMS))
    figure.add_annotation(text=told, showarrow=False, align="left", font={"size": 11, "color": FAINT}, **below)
    figure.update_layout(meta={"description": f"{title}\n{grid.spoken()}", "carried": carried})
    if not grid.marks:
        figure.add_annotation(text=say(wording.NOT_STATED), showarrow=False, xref="paper", yref="paper", x=0.5, y=0.5)
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
    return figure


def _traces(grid: Grid, kind: str, marks: list[Mark], *, upright: bool) -> list[Any]:
    if not marks:
        return []
    look = KINDS[kind]
    low, high = grid.ends
    shared = {
        "name": say(look.label),
        "legendgroup": kind,
        "showlegend": False,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    single = [mark for mark in marks if mark.lower == mark.upper]
    spread = [mark for mark in marks if mark.lower != mark.upper]
    traces: list[Any] = []
    if single:
        at, values = _at(grid, single), [mark.lower for mark in single]
        dots = {"mode": "markers", "marker": {"size": 10, "color": look.edge}, "customdata": _hovers(single)}
        traces.append(go.Scatter(**_axes(at, values, upright), **dots, **shared, cliponaxis=False))
    if spread:
        base = [max(mark.lower, low) for mark in spread]
        length = [min(mark.upper, high) - start for mark, start in zip(spread, base, strict=True)]
        line = {"color": look.edge, "width": 1.2}
        fill = {"color": look.fill, "line": line, "pattern": {"shape": look.pattern, "fgcolor": look.edge, "size": 6}}
        bars = {"base": base, "width": 0.5, "marker": fill, "customdata": _hovers(spread)}
        traces.append(go.Bar(**_axes(_at(grid, spread), length, upright), **bars, **shared))
    for is_open, end, shape in ("open_above", high, ("triangle-right", "triangle-up")), (
        "open_below", low, ("triangle-left", "triangle-down"),
    ):  # fmt: skip
        ends = [mark for mark in spread if getattr(mark, is_open)]
        if ends:
            arrows = {"mode": "markers", "marker": {"size": 12, "symbol": shape[upright], "color": look.edge}}
            placed = _axes(_at(grid, ends), [end] * len(ends), upright)
            traces.append(go.Scatter(**placed, **arrows, **shared, customdata=_hovers(ends), cliponaxis=False))
    return traces


def _axes(places: list[str], values: list[float], upright: bool) -> dict[str, Any]:
    """Places and values on their axes; ``orientation`` tells which is which, to readers of dots too."""
    along = {"x": places, "y": values} if upright else {"x": values, "y": places}
    return along | {"orientation": "v" if upright else "h"}


def _at(grid: Grid, marks: list[Mark]) -> list[str]:
    return [_place(grid.places[mark.at]) for mark in marks]


def _places(grid: Grid) -> list[str]:
    return [_place(name) for name in grid.places]


def _place(name: str) -> str:
    return wording.plain(name) or " "


def _hovers(marks: list[Mark]) -> list[str]:
    return [wording.plain(mark.hover) for mark in marks]


def _decades(grid: Grid) -> dict[str, Any]:
    """The numbers along a logarithmic axis."""
    told = grid.decades()
    return {"tickmode": "array", "tickvals": told, "ticktext": [wording.tick(value) for value in told]}


def _range(grid: Grid) -> list[float]:
    low, high = grid.ends
    return [log10(low), log10(high)] if grid.logarithmic else [low, high]
