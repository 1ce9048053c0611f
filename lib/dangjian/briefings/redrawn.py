"""plotly figures on paper: bars, dots and lines drawn again by matplotlib from the figure's data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dangjian.briefings.plotted import plain, title_of, values_of, written_as

DRAWN = {"bar", "scatter"}
INCH = 96
MARKERS = {"triangle-up": "^", "triangle-down": "v", "triangle-right": ">", "triangle-left": "<", "square": "s"}
MARKERS |= {"diamond": "D", "cross": "P", "x": "X", "circle-open": "o", "star": "*"}
HATCHES = {"/": "////", "\\": "\\\\\\\\", "x": "xxxx", "-": "---", "|": "|||", "+": "+++", ".": "..."}
DASHES = {"dash": "--", "dot": ":", "dashdot": "-.", "longdash": "--"}
CYCLE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")


def drawing(figure: Mapping[str, Any]) -> str | None:
    """The figure as SVG, None where it holds a trace that cannot be drawn this way."""
    traces = figure.get("data") or []
    if not traces or any(trace.get("type", "scatter") not in DRAWN for trace in traces):
        return None
    import io
    import warnings

    import matplotlib
    from matplotlib.figure import Figure

    from dangjian.charts.style import rc

    layout = figure.get("layout") or {}
    wide, high = float(layout.get("width") or 760), float(layout.get("height") or 420)
    settings: Any = rc()
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        # a rare character that the bundled font lacks stays text in the drawing: the reader's own fonts draw it
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        canvas = Figure(figsize=(wide / INCH, high / INCH), dpi=INCH)
        paper = _Paper(canvas, layout)
        for number, trace in enumerate(traces):
            _draw(paper, trace, CYCLE[number % len(CYCLE)])
        paper.finish(title_of(figure))
        out = io.BytesIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue().decode("utf-8")


class _Paper:
    """The panels of a figure: a pair of plotly's axes is one panel, placed by their domains."""

    def __init__(self, canvas: Any, layout: Mapping[str, Any]) -> None:
        self.canvas, self.layout = canvas, layout
        self.panels: dict[tuple[str, str], Any] = {}
        self.places: dict[str, list[str]] = {}
        wide, high = (float(side) for side in canvas.get_size_inches() * INCH)
        below = max(90.0, float((layout.get("margin") or {}).get("b") or 0))
        above = 50.0 + 20 * (title_of({"layout": layout}).count("\n") + 1)
        self.left, self.bottom = 90 / wide, below / high
        self.width, self.height = 1 - self.left - 20 / wide, 1 - self.bottom - above / high

    def panel(self, trace: Mapping[str, Any]) -> Any:
        """The panel that a trace is drawn in, made when it is first asked for."""
        pair = trace.get("xaxis") or "x", trace.get("yaxis") or "y"
        if pair not in self.panels:
            across, up = (self._axis(name).get("domain") or [0, 1] for name in pair)
            self.panels[pair] = self.canvas.add_axes(
                (
                    self.left + self.width * across[0],
                    self.bottom + self.height * up[0],
                    self.width * (across[1] - across[0]),
                    self.height * (up[1] - up[0]),
                )
            )
        return self.panels[pair]

    def _axis(self, name: str) -> Mapping[str, Any]:
        return self.layout.get(f"{name[0]}axis{name[1:]}") or {}

    def numbers(self, trace: Mapping[str, Any], side: str) -> list[Any]:
        """Where the points of a trace stand on an axis: numbers as they are, categories by their place."""
        name = trace.get(f"{side}axis") or side
        axis = self._axis(name)
        values = values_of(trace.get(side))
        numeric = all(
            isinstance(value, int | float) and not isinstance(value, bool) for value in values if value is not None
        )
        if axis.get("type") != "category" and numeric:
            return values
        seen = self.places.setdefault(name, [written_as(place) for place in values_of(axis.get("categoryarray"))])
        at = {place: at for at, place in reversed(list(enumerate(seen)))}
        for value in map(written_as, values):
            if value not in at:
                at[value] = len(seen)
                seen.append(value)
        return [at[written_as(value)] for value in values]

    def finish(self, title: str) -> None:
        """Axes, their titles and ticks, the words on the paper, legend and title."""
        for (across, up), panel in self.panels.items():
            for name, axis, limit in ((across, panel.xaxis, panel.set_xlim), (up, panel.yaxis, panel.set_ylim)):
                self._dress(name, axis, limit)
        for note in self.layout.get("annotations") or []:
            self._annotate(note)
        marks: dict[str, Any] = {}
        for panel in self.panels.values():
            for mark, label in zip(*panel.get_legend_handles_labels(), strict=True):
                marks.setdefault(label, mark)
        if marks and self.layout.get("showlegend") is not False:
            self.canvas.legend(marks.values(), marks.keys(), loc="lower left", ncols=3, frameon=False, fontsize=9)
        if title:
            self.canvas.text(
                0.01,
                1 - 8 / (self.canvas.get_size_inches()[1] * INCH),
                title,
                ha="left",
                va="top",
                fontsize=12,
                fontweight="regular",
            )

    def _dress(self, name: str, axis: Any, limit: Any) -> None:
        facts = self._axis(name)
        places = self.places.get(name)
        if facts.get("visible") is False:
            axis.set_visible(False)
        if places is not None:
            axis.set_ticks(range(len(places)), places)
        logarithmic = facts.get("type") == "log"
        if logarithmic:
            axis._set_axes_scale("log")
        if places is None:  # matplotlib's own labels of a logarithmic axis are formulas
            from matplotlib.ticker import FuncFormatter, NullFormatter

            axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
            axis.set_minor_formatter(NullFormatter())
        ends = values_of(facts.get("range"))
        if len(ends) == 2 and all(isinstance(end, int | float) for end in ends):
            limit([10**end for end in ends] if logarithmic else ends)
        elif facts.get("autorange") == "reversed":
            axis.set_inverted(True)
        if facts.get("showticklabels") is False:
            axis.set_tick_params(labelleft=False, labelbottom=False)
        words = facts.get("title")
        words = plain(words.get("text") or "") if isinstance(words, Mapping) else ""
        if words:
            axis.set_label_text(words)

    def _annotate(self, note: Mapping[str, Any]) -> None:
        text = plain(note.get("text") or "")
        if not text or note.get("xref") != "paper" or note.get("yref") != "paper":
            return
        x, y = float(note.get("x") or 0), float(note.get("y") or 0)
        shift = float(note.get("yshift") or 0) / (float(self.layout.get("height") or 420))
        place = self.left + self.width * x, self.bottom + self.height * y + shift
        below = note.get("yanchor") == "top"
        across = {"left": "left", "right": "right"}.get(str(note.get("xanchor")), "center")
        self.canvas.text(*place, text, ha=across, va="top" if below else "bottom", fontsize=9)


def _draw(paper: _Paper, trace: Mapping[str, Any], colour: str) -> None:
    panel = paper.panel(trace)
    xs, ys = paper.numbers(trace, "x"), paper.numbers(trace, "y")
    marker = trace.get("marker") or {}
    named = plain(trace.get("name") or "") if trace.get("showlegend") is not False else ""
    label = named or "_nolegend_"
    if trace.get("type") == "bar":
        _bars(panel, trace, xs, ys, marker, colour, label)
        return
    mode = str(trace.get("mode") or "lines+markers")
    line = trace.get("line") or {}
    tint = _colour(marker.get("color"), _colour(line.get("color"), colour))
    pairs = [(x, y) for x, y in zip(xs, ys, strict=False)]
    across, up = (
        [float("nan") if x is None else x for x, _ in pairs],
        [float("nan") if y is None else y for _, y in pairs],
    )
    if "lines" in mode or "markers" in mode:
        panel.plot(
            across,
            up,
            linestyle=DASHES.get(str(line.get("dash")), "-") if "lines" in mode else "none",
            marker=MARKERS.get(str(marker.get("symbol")), "o") if "markers" in mode else None,
            markersize=7 if "markers" in mode else None,
            color=tint,
            label=label,
            clip_on=False,
            zorder=3,
        )
    if "text" in mode:
        for x, y, words in zip(across, up, values_of(trace.get("text")), strict=False):
            panel.text(x, y, plain(words), ha="center", va="center", fontsize=8)


def _bars(
    panel: Any,
    trace: Mapping[str, Any],
    xs: list[Any],
    ys: list[Any],
    marker: Mapping[str, Any],
    colour: str,
    label: str,
) -> None:
    sideways = trace.get("orientation") == "h"
    places, lengths = (ys, xs) if sideways else (xs, ys)
    bases = values_of(trace.get("base")) or [0] * len(places)
    edge = marker.get("line") or {}
    pattern = marker.get("pattern") or {}
    look = {
        "color": _colour(marker.get("color"), colour),
        "edgecolor": _colour(edge.get("color"), _colour(pattern.get("fgcolor"), "white")),
        "linewidth": 1.2 if edge else 0,
        "hatch": HATCHES.get(str(pattern.get("shape"))),
        "label": label,
    }
    thick = trace.get("width") if isinstance(trace.get("width"), int | float) else 0.6
    draw, along = (panel.barh, "left") if sideways else (panel.bar, "bottom")
    draw(places, [length or 0 for length in lengths], thick, **{along: bases[: len(places)]}, **look)


def _colour(written: Any, otherwise: str) -> str:
    """A colour that matplotlib knows; plotly has notations that it does not."""
    from matplotlib.colors import is_color_like

    return written if isinstance(written, str) and is_color_like(written) else otherwise
