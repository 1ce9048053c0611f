"""Room around the panels of a figure, measured once.

matplotlib's own layout measures twice and solves what a grid of equal panels need not have solved: half of the time
that a chart takes, and an order that differs in the last bit from run to run.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine
from matplotlib.text import Text

PAD, GAP = 3.0, 9.0
"""Points around a panel with its labels, and between two of them."""


class GridLayout(LayoutEngine):
    """Panels of one size in rows and columns, above a foot and below a title, as large as their labels leave them.

    Args:
        foot: the part of the figure's height that is left free below.
    """

    _adjust_compatible = False
    _colorbar_gridspec = False

    def __init__(self, foot: float) -> None:
        super().__init__()
        self.foot = foot
        self.title: Text | None = None
        """The title above all panels, once there is one."""

    def execute(self, fig: Figure) -> None:
        """Place title and panels."""
        whole: Any = fig
        renderer = whole._get_renderer()
        wide, high = fig.bbox.width, fig.bbox.height
        pad, gap = (points * fig.dpi / 72 for points in (PAD, GAP))
        above = pad
        if self.title is not None and self.title.get_text():
            self.title.set_y(1 - pad / high)
            above = 3 * pad + self.title.get_window_extent(renderer).height
        panels = [axes for axes in fig.axes if axes.get_visible()]
        left, right, below, over = (defaultdict[int, float](float) for _ in range(4))
        for axes in panels:
            row, column, rows, columns = _cell(axes)
            taken, own = axes.get_tightbbox(renderer, for_layout_only=True), axes.bbox
            if taken is None:
                continue
            left[column] = max(left[column], own.x0 - taken.x0)
            right[column] = max(right[column], taken.x1 - own.x1)
            below[row] = max(below[row], own.y0 - taken.y0)
            over[row] = max(over[row], taken.y1 - own.y1)
        if not panels:
            return
        _, _, rows, columns = _cell(panels[0])
        width = (wide - 2 * pad - gap * (columns - 1) - sum(left.values()) - sum(right.values())) / columns
        height = high * (1 - self.foot) - above - pad - gap * (rows - 1) - sum(below.values()) - sum(over.values())
        height /= rows
        if width <= 0 or height <= 0:  # labels alone fill it
            return
        for axes in panels:
            row, column, _, _ = _cell(axes)
            x = pad + sum(left[at] + width + right[at] + gap for at in range(column)) + left[column]
            y = high - above - sum(over[at] + height + below[at] + gap for at in range(row)) - over[row] - height
            axes.set_position((x / wide, y / high, width / wide, height / high))
            axes.set_in_layout(True)


def entitle(figure: Figure, title: str) -> None:
    """Give a figure in this layout its title."""
    engine = figure.get_layout_engine()
    assert isinstance(engine, GridLayout)
    engine.title = figure.suptitle(title, x=0.01, ha="left", fontsize=12)


def _cell(axes: Any) -> tuple[int, int, int, int]:
    """The row and column of a panel, and how many of both there are."""
    place = axes.get_subplotspec()
    rows, columns = place.get_gridspec().get_geometry()
    return place.rowspan.start, place.colspan.start, rows, columns
