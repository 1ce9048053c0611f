"""One look for matplotlib and plotly: colours that every eye tells apart, shapes that do without colour."""

from __future__ import annotations

from typing import Any, NamedTuple

from dangjian import wording
from dangjian.charts import fonts

INK, FAINT, GRID = "#222222", "#6b6b6b", "#dddddd"
# M. Okabe and K. Ito, Color Universal Design (2008)
BLUE, SKY, GREEN, ORANGE, VERMILLION, PURPLE = "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7"


class Kind(NamedTuple):
    """How one sort of figure is drawn: its name in the legend, edge and fill, hatch in either library's signs."""

    label: str
    edge: str
    fill: str
    hatch: str = ""
    pattern: str = ""
    line: str = "-"


KINDS: dict[str, Kind] = {
    "exact": Kind("确数", BLUE, BLUE),
    "range": Kind("范围（约数、余数或由范围算出）", BLUE, "#cfe6f5"),
    "masked": Kind("数字被遮蔽", VERMILLION, "#fbe3d3", "////", "/"),
    "open": Kind("有下限，不设上限", GREEN, "#d3eee6", "", "", "--"),
    "doubtful": Kind("说法不一", PURPLE, "#f5e3ed", "xxxx", "x"),
}
"""Every sort of figure; what is not stated has no mark but the words 未述及 in its gap."""

HASH_SALT = "dangjian"


def rc() -> Any:
    """matplotlib's settings: text stays text, nothing is a formula, and equal figures give equal bytes."""
    return {
        "font.family": fonts.register(),
        "font.size": 10,
        "axes.unicode_minus": False,
        "text.parse_math": False,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": FAINT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": GRID,
        "grid.linewidth": 0.6,
        "hatch.linewidth": 0.6,
        "xtick.color": INK,
        "ytick.color": INK,
        "svg.fonttype": "none",
        "svg.hashsalt": HASH_SALT,
        "figure.facecolor": "white",
    }


def template() -> Any:
    """plotly's layout in the same look."""
    import plotly.graph_objects as go

    axis = {"gridcolor": GRID, "linecolor": FAINT, "zeroline": False, "automargin": True, "title": {"standoff": 8}}
    return go.layout.Template(
        layout={
            "font": {"family": fonts.stack(), "size": 13, "color": INK},
            "paper_bgcolor": "white",
            "plot_bgcolor": "white",
            "title": {"x": 0.01, "xanchor": "left", "font": {"size": 16}},
            "xaxis": axis,
            "yaxis": axis,
            "legend": {"orientation": "h", "x": 0, "y": -0.15, "yanchor": "top"},
            "margin": {"l": 60, "r": 20, "t": 70, "b": 60},
            "hoverlabel": {"align": "left"},
        }
    )


def apply(lang: str = "zh") -> None:
    """Dress a notebook: matplotlib figures show as SVG, plotly figures are kept as data, tables show whole.

    Outside a notebook it only sets the style of both libraries.

    Args:
        lang: the language of titles, legends, sentences and tables, "zh" or "en".
    """
    import matplotlib
    import pandas as pd
    import plotly.io as pio
    from matplotlib.figure import Figure

    wording.speak(lang)
    matplotlib.rcParams.update(rc())
    pd.set_option("display.max_rows", None, "display.max_colwidth", None, "display.max_columns", None)
    pio.templates["dangjian"] = template()
    pio.templates.default = "dangjian"
    pio.renderers.default = "plotly_mimetype"
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return
    from dangjian.charts.carrying import dress
    from dangjian.charts.vector import svg

    shell = get_ipython()
    formatters = getattr(getattr(shell, "display_formatter", None), "formatters", None)
    if formatters:
        formatters["image/svg+xml"].for_type(Figure, svg)
        formatters["image/png"].pop(Figure, None)
        dress(formatters)
